import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Gave } from '../actions/register-learning.ts'

/** Rows of registers that are taken to be about these files, the oldest first. */
export const rowsOf = ({ db, ambito_id }: Ctx, person_ids: string[]) =>
  db
    .selectFrom('people.joined_row')
    .select(['id', 'register', 'row_id', 'person_id', 'reason', 'on_day', 'said', 'remarks', 'gave', 'recorded_at'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .where('ended_at', 'is', null)
    .orderBy('on_day')
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
export type RowOfPerson = Awaited<ReturnType<typeof rowsOf>>[number]

export const lockRow = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('people.joined_row')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)

export async function endRow({ db, ambito_id, now, actor }: Ctx, id: string) {
  await db
    .updateTable('people.joined_row')
    .set({ ended_at: now.toString(), ended_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

/** Nothing is deleted that was dated; a language is only a word. */
export async function withdraw({ db, ambito_id, now }: Ctx, person_id: string, gave: Gave) {
  const at = now.toString()
  for (const [table, ids] of [
    ['people.name', gave.names],
    ['people.phone', gave.phones],
  ] as const)
    if (ids?.length)
      await db
        .updateTable(table)
        .set({ ended_at: at })
        .where('ambito_id', '=', ambito_id)
        .where('id', 'in', ids)
        .execute()
  for (const [table, ids] of [
    ['people.citizenship', gave.citizenships],
    ['people.title', gave.titles],
    ['people.privacy_notice', gave.notices],
  ] as const)
    if (ids?.length)
      await db
        .updateTable(table)
        .set({ withdrawn_at: at })
        .where('ambito_id', '=', ambito_id)
        .where('id', 'in', ids)
        .execute()
  if (gave.languages?.length)
    await db
      .deleteFrom('people.language')
      .where('ambito_id', '=', ambito_id)
      .where('person_id', '=', person_id)
      .where('language', 'in', gave.languages)
      .execute()
}

export async function restoreFields({ db, ambito_id }: Ctx, person_id: string, fields: Record<string, string | null>) {
  await db
    .updateTable('people.person')
    .set(fields)
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', person_id)
    .execute()
}

export async function makeMain({ db, ambito_id }: Ctx, name_id: string) {
  await db
    .updateTable('people.name')
    .set({ kind: 'main' })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', name_id)
    .execute()
}

export async function addGave({ db, ambito_id }: Ctx, id: string, before: Gave, more: Gave) {
  const lists = (['names', 'phones', 'languages', 'citizenships', 'titles', 'notices'] as const).flatMap((what) => {
    const all = [...(before[what] ?? []), ...(more[what] ?? [])]
    return all.length > 0 ? [[what, all] as const] : []
  })
  const gave = { ...Object.fromEntries(lists), fields: { ...more.fields, ...before.fields } }
  await sql`update people.joined_row set gave = ${JSON.stringify(gave)}::jsonb where ambito_id = ${ambito_id} and id = ${id}`.execute(
    db,
  )
}

/** That a row of a register was this person stays, what it said does not. */
export const emptyRows = ({ db, ambito_id }: Ctx, person_ids: string[]) =>
  db
    .updateTable('people.joined_row')
    .set({ said: '{}', gave: '{}', remarks: [] })
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .execute()
