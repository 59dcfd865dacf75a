/** Sessions and who was there. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

const sessions = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('orientation.session').selectAll().where('ambito_id', '=', ambito_id)
export const findSession = (ctx: Ctx, id: string) =>
  sessions(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export type Session = Awaited<ReturnType<typeof findSession>>

/** Of persons, the latest first; with a plan: those of that plan and those of a register, which have none. */
export const sessionsOf = (ctx: Ctx, person_ids: readonly string[], plan_id?: string) =>
  person_ids.length === 0
    ? Promise.resolve([])
    : ctx.db
        .selectFrom('orientation.session as s')
        .innerJoin('orientation.attendance as a', (join) =>
          join.onRef('a.ambito_id', '=', 's.ambito_id').onRef('a.session_id', '=', 's.id'),
        )
        .selectAll('s')
        .select(['a.plan_id', 'a.person_id'])
        .where('s.ambito_id', '=', ctx.ambito_id)
        .where('a.person_id', 'in', [...person_ids])
        .$if(plan_id !== undefined, (those) =>
          those.where(({ eb, or }) => or([eb('a.plan_id', '=', plan_id as string), eb('a.plan_id', 'is', null)])),
        )
        .orderBy('s.on_day', 'desc')
        .orderBy('s.recorded_at', 'desc')
        .execute()
export type SessionOf = Awaited<ReturnType<typeof sessionsOf>>[number]

export const attendancesOf = ({ db, ambito_id }: Ctx, session_id: string) =>
  db
    .selectFrom('orientation.attendance')
    .select(['person_id', 'plan_id', 'row_id'])
    .where('ambito_id', '=', ambito_id)
    .where('session_id', '=', session_id)
    .execute()

/** How long a person has been with us that day. */
export async function minutesOn({ db, ambito_id }: Ctx, person_ids: readonly string[], on_day: string) {
  if (person_ids.length === 0) return 0
  const { rows } = await sql<{ minutes: number }>`select coalesce(max(minutes), 0)::int minutes from (
    select sum(s.minutes) minutes from orientation.session s
    join orientation.attendance a on a.ambito_id = s.ambito_id and a.session_id = s.id
    where s.ambito_id = ${ambito_id} and s.on_day = ${on_day} and s.withdrawn_on is null and a.person_id = any (${[...person_ids]}::uuid[])
    group by a.person_id) each`.execute(db)
  return rows[0]?.minutes ?? 0
}

export type NewSession = {
  id?: string
  kind: string
  on_day: string
  minutes: number
  way?: string
  where_to?: string | null
  topics?: string[]
  language?: string | null
  mediator_present?: boolean
  record?: string
  held_by?: string
}
export type Present = { person_id: string; plan_id: string | null; row_id?: string | null }
export async function insertSession({ db, ambito_id }: Ctx, row: NewSession, present: readonly Present[]) {
  const { id } = await db
    .insertInto('orientation.session')
    .values({ ambito_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('orientation.attendance')
    .values(present.map((one) => ({ ambito_id, session_id: id, ...one })))
    .execute()
  return id
}

/** @returns false when somebody was quicker: a session is taken back once */
export async function withdrawSession({ db, ambito_id, today, actor }: Ctx, id: string, withdrawn_for: string) {
  const { numUpdatedRows } = await db
    .updateTable('orientation.session')
    .set({ withdrawn_on: today, withdrawn_by: actor.account_id, withdrawn_for })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('withdrawn_on', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

// --- registers of before --------------------------------------------------------------------------------------------

/** A meeting of a register, of which another row has come in already. */
export const groupLike = (
  { db, ambito_id }: Ctx,
  like: { on_day: string; minutes: number; held_by: string; record: string },
) =>
  db
    .selectFrom('orientation.session as s')
    .select('s.id')
    .where('s.ambito_id', '=', ambito_id)
    .where('s.kind', '=', 'group')
    .where('s.on_day', '=', like.on_day)
    .where('s.minutes', '=', like.minutes)
    .where('s.held_by', '=', like.held_by)
    .where('s.record', '=', like.record)
    .where('s.withdrawn_on', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('orientation.attendance as a')
          .select('a.session_id')
          .where('a.ambito_id', '=', ambito_id)
          .whereRef('a.session_id', '=', 's.id')
          .where('a.row_id', 'is not', null),
      ),
    )
    .executeTakeFirst()

/** @returns false when the person is there already */
export async function addAttendance({ db, ambito_id }: Ctx, session_id: string, present: Present) {
  const row = await db
    .insertInto('orientation.attendance')
    .values({ ambito_id, session_id, ...present })
    .onConflict((conflict) => conflict.doNothing())
    .returning('session_id')
    .executeTakeFirst()
  return row !== undefined
}
export const attendanceOfRow = ({ db, ambito_id }: Ctx, row_id: string) =>
  db
    .selectFrom('orientation.attendance')
    .select(['session_id', 'person_id'])
    .where('ambito_id', '=', ambito_id)
    .where('row_id', '=', row_id)
    .executeTakeFirst()
/** Rows belong to the session written in its place. */
export async function freeRows({ db, ambito_id }: Ctx, session_id: string) {
  await db
    .updateTable('orientation.attendance')
    .set({ row_id: null })
    .where('ambito_id', '=', ambito_id)
    .where('session_id', '=', session_id)
    .execute()
}
