/** Who takes part, on which place, who waits, and what was offered. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { State } from '../rules/states.ts'

const enrolment = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('courses.enrolment as n')
    .leftJoin('courses.trainee as o', (join) =>
      join.onRef('o.ambito_id', '=', 'n.ambito_id').onRef('o.id', '=', 'n.trainee_id'),
    )
    .selectAll('n')
    .select(['o.name as trainee_name', 'o.body as trainee_body', 'o.job as trainee_job', 'o.organisation_id'])
    .where('n.ambito_id', '=', ambito_id)

export type Enrolment = Awaited<ReturnType<typeof findEnrolment>>
export const findEnrolment = (ctx: Ctx, id: string) =>
  enrolment(ctx).where('n.id', '=', id).executeTakeFirstOrThrow(notFound)
export async function lockEnrolment(ctx: Ctx, id: string) {
  await ctx.db
    .selectFrom('courses.enrolment')
    .select('id')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow(notFound)
  return findEnrolment(ctx, id)
}
export const enrolmentsOf = (ctx: Ctx, edition_id: string) =>
  enrolment(ctx)
    .where('n.edition_id', '=', edition_id)
    .orderBy('n.queue')
    .orderBy('n.recorded_at')
    .orderBy('n.id')
    .execute()
export const enrolmentsNamed = (ctx: Ctx, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : enrolment(ctx)
        .where('n.id', 'in', [...ids])
        .execute()

/** Those with a place whose pact may still come back, the latest first. */
export async function enrolmentsForPacts({ db, ambito_id }: Ctx) {
  const rows = await db
    .selectFrom('courses.enrolment')
    .select('id')
    .where('ambito_id', '=', ambito_id)
    .where('state', '=', 'enrolled')
    .where('trainee_id', 'is', null)
    .orderBy('recorded_at', 'desc')
    .limit(200)
    .execute()
  return rows.map(({ id }) => id)
}

/** With the course each belongs to. */
export const enrolmentsOfPersons = (ctx: Ctx, person_ids: readonly string[]) =>
  person_ids.length === 0
    ? Promise.resolve([])
    : enrolment(ctx)
        .innerJoin('courses.edition_text as t', (join) =>
          join
            .onRef('t.ambito_id', '=', 'n.ambito_id')
            .onRef('t.edition_id', '=', 'n.edition_id')
            .on('t.language', '=', 'it'),
        )
        .select('t.title')
        .where('n.person_id', 'in', [...person_ids])
        .orderBy('n.recorded_at', 'desc')
        .execute()

export type NewEnrolment = {
  edition_id: string
  person_id?: string | null
  trainee_id?: string | null
  typed?: string | null
  email?: string
  phone?: string
  lang?: string
  signer_name?: string
  signer_as?: string | null
  needs_childcare?: boolean
  how: string
  from_enrolment_id?: string | null
}
export async function insertEnrolment({ db, ambito_id, lang }: Ctx, row: NewEnrolment) {
  const { id } = await db
    .insertInto('courses.enrolment')
    .values({ ambito_id, lang, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A file has been opened with what was typed; here only the tie remains. */
export async function tiePerson({ db, ambito_id }: Ctx, id: string, person_id: string) {
  await db
    .updateTable('courses.enrolment')
    .set({ person_id, typed: null })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

// --- steps ----------------------------------------------------------------------------------------------------------

export type By = 'person' | 'staff' | 'rule' | 'clock' | 'register'
export async function takeStep(
  { db, ambito_id, actor }: Ctx,
  enrolment_id: string,
  state: State,
  by_whom: By,
  { seat = null, reason = '' }: { seat?: number | null; reason?: string } = {},
) {
  await db
    .insertInto('courses.step')
    .values({ ambito_id, enrolment_id, number: 0, state, seat, by_whom, account_id: actor.account_id, reason })
    .execute()
}

export const stepsOf = ({ db, ambito_id }: Ctx, enrolment_ids: readonly string[]) =>
  enrolment_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('courses.step')
        .selectAll()
        .where('ambito_id', '=', ambito_id)
        .where('enrolment_id', 'in', [...enrolment_ids])
        .orderBy('enrolment_id')
        .orderBy('number')
        .execute()
export type Step = Awaited<ReturnType<typeof stepsOf>>[number]

// --- seats ----------------------------------------------------------------------------------------------------------

/** As many seats as the capacity says, numbered from 1; a seat somebody has, or had, stays. */
export async function setSeats({ db, ambito_id }: Ctx, edition_id: string, capacity: number) {
  await sql`insert into courses.seat (ambito_id, edition_id, number)
    select ${ambito_id}, ${edition_id}, n from generate_series(1, ${capacity}::int) n on conflict do nothing`.execute(
    db,
  )
}

/**
 * The first free place; asked under the lock of the edition, and held by a unique index all the same. Where nobody knows for how
 * many the course was, none is free.
 */
export async function freeSeat({ db, ambito_id }: Ctx, edition_id: string, capacity: number | null) {
  const { rows } = await sql<{ number: number }>`select number from courses.seat s
    where ambito_id = ${ambito_id} and edition_id = ${edition_id} and number <= ${capacity}::int
      and not exists (select from courses.enrolment n where n.ambito_id = s.ambito_id and n.edition_id = s.edition_id and n.seat = s.number)
    order by number limit 1`.execute(db)
  return rows[0]?.number
}

export async function highestSeat({ db, ambito_id }: Ctx, edition_id: string) {
  const { rows } = await sql<{
    seats: number
    taken: number
  }>`select coalesce(max(seat), 0)::int seats, count(seat)::int taken
    from courses.enrolment where ambito_id = ${ambito_id} and edition_id = ${edition_id}`.execute(db)
  return rows[0] as { seats: number; taken: number }
}

export async function countTaken({ db, ambito_id }: Ctx, edition_ids: readonly string[]) {
  if (edition_ids.length === 0) return new Map<string, { taken: number; waiting: number }>()
  const { rows } = await sql<{ edition_id: string; taken: number; waiting: number }>`
    select edition_id, count(seat)::int taken, count(queue)::int waiting from courses.enrolment
    where ambito_id = ${ambito_id} and edition_id = any(${[...edition_ids]}::uuid[]) group by edition_id`.execute(db)
  return new Map(rows.map(({ edition_id, taken, waiting }) => [edition_id, { taken, waiting }]))
}

export const firstWaiting = ({ db, ambito_id }: Ctx, edition_id: string) =>
  db
    .selectFrom('courses.enrolment')
    .select('id')
    .where('ambito_id', '=', ambito_id)
    .where('edition_id', '=', edition_id)
    .where('queue', 'is not', null)
    .orderBy('queue')
    .limit(1)
    .executeTakeFirst()

export async function placeInList(
  { db, ambito_id }: Ctx,
  { edition_id, queue }: { edition_id: string; queue: number | null },
) {
  if (queue === null) return null
  const { n } = await db
    .selectFrom('courses.enrolment')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('ambito_id', '=', ambito_id)
    .where('edition_id', '=', edition_id)
    .where('queue', '<=', queue)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Editions where somebody waits while a place is free. */
export async function editionsWithRoom({ db, ambito_id }: Ctx) {
  const { rows } = await sql<{ id: string }>`select e.id from courses.edition e
    where e.ambito_id = ${ambito_id} and e.cancelled_at is null and e.ended_on is null
      and exists (select from courses.enrolment n where n.ambito_id = e.ambito_id and n.edition_id = e.id and n.queue is not null)
      and (select count(n.seat) from courses.enrolment n where n.ambito_id = e.ambito_id and n.edition_id = e.id) < e.capacity`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

// --- offers ---------------------------------------------------------------------------------------------------------

export type Offer = Awaited<ReturnType<typeof findOffer>>
export const findOffer = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('courses.offer')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export const openOffer = ({ db, ambito_id }: Ctx, enrolment_id: string) =>
  db
    .selectFrom('courses.offer')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('enrolment_id', '=', enrolment_id)
    .where('answer', 'is', null)
    .executeTakeFirst()
export const openOffersOf = ({ db, ambito_id }: Ctx, edition_id: string) =>
  db
    .selectFrom('courses.offer')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('edition_id', '=', edition_id)
    .where('answer', 'is', null)
    .execute()

export async function insertOffer(
  { db, ambito_id }: Ctx,
  row: { enrolment_id: string; edition_id: string; seat: number; expires_at: string; told: 'mail' | null },
) {
  const { id } = await db
    .insertInto('courses.offer')
    .values({ ambito_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export async function toldByMail({ db, ambito_id }: Ctx, id: string) {
  await db
    .updateTable('courses.offer')
    .set({ told: 'mail' })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

/** @returns false when it had been answered already */
export async function answerOffer(
  { db, ambito_id, now }: Ctx,
  id: string,
  answer: 'accepted' | 'declined' | 'expired' | 'withdrawn',
) {
  const { numUpdatedRows } = await db
    .updateTable('courses.offer')
    .set({ answer, answered_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('answer', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
export const expiredOffers = ({ db, ambito_id, now }: Ctx) =>
  db
    .selectFrom('courses.offer')
    .select(['id', 'enrolment_id', 'edition_id'])
    .where('ambito_id', '=', ambito_id)
    .where('answer', 'is', null)
    .where('expires_at', '<=', now.toString())
    .orderBy('expires_at')
    .orderBy('id')
    .execute()

/** Offers somebody has to make by voice. */
export async function offersToCall({ db, ambito_id }: Ctx) {
  const { n } = await db
    .selectFrom('courses.offer')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('ambito_id', '=', ambito_id)
    .where('answer', 'is', null)
    .where('told', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(n)
}

// --- trainees -------------------------------------------------------------------------------------------------------

export type TraineeRow = {
  name: string
  email: string
  phone: string
  organisation_id: string | null
  body: string
  job: string
}
/** Known by the address; who has none is somebody new each time. */
export async function traineeNamed({ db, ambito_id }: Ctx, row: TraineeRow) {
  if (row.email) {
    const known = await db
      .selectFrom('courses.trainee')
      .select('id')
      .where('ambito_id', '=', ambito_id)
      .where(sql`lower(email)`, '=', row.email.toLowerCase())
      .executeTakeFirst()
    if (known) return known.id
  }
  const { id } = await db
    .insertInto('courses.trainee')
    .values({ ambito_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const findTrainee = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('courses.trainee')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)

// --- levels ---------------------------------------------------------------------------------------------------------

export const levelsOf = ({ db, ambito_id }: Ctx, enrolment_ids: readonly string[]) =>
  enrolment_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('courses.level')
        .selectAll()
        .where('ambito_id', '=', ambito_id)
        .where('enrolment_id', 'in', [...enrolment_ids])
        .orderBy('position')
        .execute()
export type Level = Awaited<ReturnType<typeof levelsOf>>[number]

export async function insertLevel(
  { db, ambito_id }: Ctx,
  row: Pick<Level, 'enrolment_id' | 'moment' | 'level' | 'on_day' | 'assessor'>,
) {
  const { id } = await db
    .insertInto('courses.level')
    .values({ ambito_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** What names or reaches somebody; that there was an enrolment stays, so that counts stay. */
export async function emptyEnrolments({ db, ambito_id }: Ctx, person_ids: readonly string[]) {
  await db
    .updateTable('courses.enrolment')
    .set({ email: '', phone: '', signer_name: '', typed: null })
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', [...person_ids])
    .execute()
}
