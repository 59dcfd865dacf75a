/** Sheets of those who were helped: handed over, filled in once, emptied when the person's file holds them. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

export async function insertSheet({ db, ambito_id }: Ctx, call_id: string, lang: string) {
  const { id } = await db
    .insertInto('mediation.recipient_sheet')
    .values({ ambito_id, call_id, lang })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const findSheet = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.recipient_sheet')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export const sheetsOf = ({ db, ambito_id }: Ctx, call_id: string) =>
  db
    .selectFrom('mediation.recipient_sheet')
    .select(['id', 'lang', 'filled_at', 'person_id'])
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .execute()
/** False when it was filled in already: a sheet is used once. */
export async function fillSheet({ db, ambito_id, now }: Ctx, id: string, typed: object) {
  const row = await db
    .updateTable('mediation.recipient_sheet')
    .set({ typed: JSON.stringify(typed), filled_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('filled_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
export const lockSheet = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.recipient_sheet')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
export async function tiePerson({ db, ambito_id }: Ctx, id: string, person_id: string) {
  await db
    .updateTable('mediation.recipient_sheet')
    .set({ person_id, typed: null })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}
export const sheetsOfPersons = ({ db, ambito_id }: Ctx, person_ids: string[]) =>
  db
    .selectFrom('mediation.recipient_sheet as s')
    .innerJoin('mediation.call as c', (join) =>
      join.onRef('c.ambito_id', '=', 's.ambito_id').onRef('c.id', '=', 's.call_id'),
    )
    .leftJoin('mediation.assignment as a', (join) =>
      join.onRef('a.ambito_id', '=', 'c.ambito_id').onRef('a.call_id', '=', 'c.id').on('a.ended_at', 'is', null),
    )
    .select(['s.id', 's.call_id', 's.lang', 's.filled_at', 's.typed', 'c.number', 'c.language', 'a.starts_at'])
    .where('s.ambito_id', '=', ambito_id)
    .where('s.person_id', 'in', person_ids)
    .execute()
/** Who filled in a sheet in the last months, the newest first; once each, with the call it was. */
export async function peopleHelped({ db, ambito_id, now }: Ctx) {
  const { rows } = await sql<{ person_id: string; call_id: string; number: number; filled_at: string }>`
    select * from (
      select distinct on (s.person_id) s.person_id, s.call_id, c.number, s.filled_at
      from mediation.recipient_sheet s join mediation.call c on c.ambito_id = s.ambito_id and c.id = s.call_id
      where s.ambito_id = ${ambito_id} and s.person_id is not null and s.filled_at > ${now.subtract({ hours: 200 * 24 }).toString()}
      order by s.person_id, s.filled_at desc) of
    order by filled_at desc limit 200`.execute(db)
  return rows
}
export async function emptySheets({ db, ambito_id }: Ctx, person_ids: string[]) {
  await db
    .updateTable('mediation.recipient_sheet')
    .set({ typed: null })
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .execute()
}
