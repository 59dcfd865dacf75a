/** Marks, seals, certificates: only ever added to. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

export const marksOf = ({ db, ambito_id }: Ctx, lesson_ids: readonly string[]) =>
  lesson_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('courses.mark')
        .selectAll()
        .where('ambito_id', '=', ambito_id)
        .where('lesson_id', 'in', [...lesson_ids])
        .orderBy('recorded_at')
        .orderBy('id')
        .execute()
export type MarkRow = Awaited<ReturnType<typeof marksOf>>[number]

export const marksOfEnrolments = ({ db, ambito_id }: Ctx, enrolment_ids: readonly string[]) =>
  enrolment_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('courses.mark as m')
        .innerJoin('courses.lesson as l', (join) =>
          join.onRef('l.ambito_id', '=', 'm.ambito_id').onRef('l.id', '=', 'm.lesson_id'),
        )
        .selectAll('m')
        .select(['l.on_day', 'l.starts_at', 'l.closed_at', 'l.edition_id'])
        .where('m.ambito_id', '=', ambito_id)
        .where('m.enrolment_id', 'in', [...enrolment_ids])
        .orderBy('m.recorded_at')
        .orderBy('m.id')
        .execute()

export type NewMark = {
  id?: string
  lesson_id: string
  enrolment_id: string
  present: boolean
  from_time: string | null
  to_time: string | null
  minutes: number
  absence: string | null
  seen: string[]
  made_at: string
  how: 'page' | 'link' | 'offline' | 'register' | 'correction'
  reason?: string
}
/** Sent twice by a device that heard no answer, a mark is written once. */
export async function insertMarks({ db, ambito_id }: Ctx, rows: readonly NewMark[]) {
  if (rows.length === 0) return []
  const added = await db
    .insertInto('courses.mark')
    .values(rows.map((row) => ({ ambito_id, ...row })))
    .onConflict((conflict) => conflict.columns(['ambito_id', 'id']).doNothing())
    .returning('id')
    .execute()
  return added.map(({ id }) => id)
}

// --- seals ----------------------------------------------------------------------------------------------------------

export const sealsOf = ({ db, ambito_id }: Ctx, edition_id: string) =>
  db
    .selectFrom('courses.seal')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('edition_id', '=', edition_id)
    .orderBy('number')
    .execute()
export type Seal = Awaited<ReturnType<typeof sealsOf>>[number]

export const lastSeal = ({ db, ambito_id }: Ctx, edition_id: string) =>
  db
    .selectFrom('courses.seal')
    .select(['number', 'hash'])
    .where('ambito_id', '=', ambito_id)
    .where('edition_id', '=', edition_id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

export async function insertSeal(
  { db, ambito_id }: Ctx,
  row: Pick<Seal, 'edition_id' | 'number' | 'lesson_id' | 'kind' | 'content' | 'hash' | 'code'>,
) {
  await db
    .insertInto('courses.seal')
    .values({ ambito_id, ...row })
    .execute()
}

// --- certificates ---------------------------------------------------------------------------------------------------

const certificate = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('courses.certificate as c')
    .innerJoin('courses.enrolment as n', (join) =>
      join.onRef('n.ambito_id', '=', 'c.ambito_id').onRef('n.id', '=', 'c.enrolment_id'),
    )
    .leftJoin('courses.revocation as r', (join) =>
      join.onRef('r.ambito_id', '=', 'c.ambito_id').onRef('r.certificate_id', '=', 'c.id'),
    )
    .selectAll('c')
    .select(['n.edition_id', 'n.person_id', 'n.trainee_id', 'r.at as revoked_at', 'r.reason as revoked_why'])
    .where('c.ambito_id', '=', ambito_id)
export const certificatesOf = (ctx: Ctx, edition_id: string) =>
  certificate(ctx).where('n.edition_id', '=', edition_id).orderBy('c.number').execute()
export type Certificate = Awaited<ReturnType<typeof certificatesOf>>[number]
export const findCertificate = (ctx: Ctx, id: string) =>
  certificate(ctx).where('c.id', '=', id).executeTakeFirstOrThrow(notFound)
export const certificatesNamed = (ctx: Ctx, ids: readonly string[]) =>
  certificate(ctx)
    .where('c.id', 'in', [...ids])
    .orderBy('c.number')
    .execute()
export const certificateNumbered = (ctx: Ctx, number: string) =>
  certificate(ctx).where('c.number', '=', number).executeTakeFirst()

/** Counted within the year, under a lock that the next one waits for. */
export async function nextNumber({ db, ambito_id }: Ctx, year: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`courses certificate ${ambito_id} ${year}`}, 0))`.execute(
    db,
  )
  const { rows } = await sql<{ n: number }>`select coalesce(max(split_part(number, '-', 2)::int), 0)::int + 1 n
    from courses.certificate where ambito_id = ${ambito_id} and number like ${`${year}-%`}`.execute(db)
  return rows[0]?.n ?? 1
}

export async function insertCertificate(
  { db, ambito_id }: Ctx,
  row: Pick<Certificate, 'number' | 'enrolment_id' | 'minutes' | 'planned_minutes' | 'level' | 'issued_on'>,
) {
  const { id } = await db
    .insertInto('courses.certificate')
    .values({ ambito_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function insertRevocation({ db, ambito_id }: Ctx, certificate_id: string, reason: string) {
  await db.insertInto('courses.revocation').values({ ambito_id, certificate_id, reason }).execute()
}

export const findMark = ({ db, ambito_id }: Ctx, id: string) =>
  db.selectFrom('courses.mark').selectAll().where('ambito_id', '=', ambito_id).where('id', '=', id).executeTakeFirst()
