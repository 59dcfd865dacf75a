import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { notFound } from '../kernel/errors.ts'
import type { InformationInput, VisitInput } from './forms.ts'
import type { Opening } from './store/openings.ts'

// --- the queue ------------------------------------------------------------------------------------------------------

/** The next number of this opening; the lock on the opening gives each number once. */
export async function insertArrival(
  { db, ambito_id, actor, now }: Ctx,
  opening_id: string,
  called_as: string,
  person_id: string | null = null,
) {
  await db
    .selectFrom('desk.opening')
    .select('id')
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', opening_id)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)
  const { rows } = await sql<{ id: string; number: number }>`
    insert into desk.arrival (ambito_id, opening_id, number, called_as, person_id, arrived_at, recorded_by)
    select ${ambito_id}, ${opening_id}, coalesce(max(number), 0) + 1, ${called_as}, ${person_id}, ${now.toString()}, ${actor.account_id}
    from desk.arrival where ambito_id = ${ambito_id} and opening_id = ${opening_id}
    returning id, number`.execute(db)
  return rows[0] as { id: string; number: number }
}

export const queueOf = ({ db, ambito_id }: Ctx, opening_id: string) =>
  db
    .selectFrom('desk.arrival')
    .select(['id', 'number', 'called_as', 'person_id', 'arrived_at', 'called_at', 'appointment_at'])
    .where('ambito_id', '=', ambito_id)
    .where('opening_id', '=', opening_id)
    .where('served_at', 'is', null)
    .where('left_at', 'is', null)
    .orderBy('number')
    .execute()
export type Waiting = Awaited<ReturnType<typeof queueOf>>[number]

export const lockArrival = ({ db, ambito_id }: Ctx, opening_id: string, id: string) =>
  db
    .selectFrom('desk.arrival')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('opening_id', '=', opening_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)

/** The first who waits uncalled, an appointment whose time has come before all; two operators who ask at once get two different people. */
export const lockNext = ({ db, ambito_id, now }: Ctx, opening_id: string) =>
  db
    .selectFrom('desk.arrival')
    .select(['id', 'person_id'])
    .where('ambito_id', '=', ambito_id)
    .where('opening_id', '=', opening_id)
    .where('called_at', 'is', null)
    .where('served_at', 'is', null)
    .where('left_at', 'is', null)
    .orderBy(sql`case when appointment_at <= ${now.toString()} then appointment_at end`, (order) =>
      order.asc().nullsLast(),
    )
    .orderBy('number')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

export async function updateArrival(
  { db, ambito_id }: Ctx,
  id: string,
  change: {
    called_at?: string
    called_by?: string | null
    served_at?: string | null
    left_at?: string
    appointment_at?: string
    person_id?: string | null
  },
) {
  await db.updateTable('desk.arrival').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

// --- visits ---------------------------------------------------------------------------------------------------------

export async function insertVisit(
  { db, ambito_id, actor }: Ctx,
  opening: Opening,
  input: Omit<VisitInput, 'person_id' | 'also' | 'after'> & { person_id: string | null; by_appointment?: boolean },
  on_day: string,
) {
  const { person_id, arrival_id, outcome, minutes, for_whom, mandate_seen, help, language, mediator_present } = input
  const { id } = await db
    .insertInto('desk.visit')
    .values({
      ambito_id,
      opening_id: opening.id,
      arrival_id: arrival_id ?? null,
      person_id,
      on_day,
      channel: input.by_appointment ? 'appointment' : 'walk_in',
      for_whom: for_whom ?? 'self',
      mandate_seen,
      help,
      outcome,
      minutes: minutes ?? null,
      language: language ?? null,
      mediator_present,
      recorded_by: actor.account_id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('desk.visit_need')
    .values([...new Set(input.needs)].map((need) => ({ ambito_id, visit_id: id, need })))
    .execute()
  return id
}
export type Information = InformationInput

const visits = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('desk.visit as v')
    .innerJoin('desk.opening as o', (join) =>
      join.onRef('o.ambito_id', '=', 'v.ambito_id').onRef('o.id', '=', 'v.opening_id'),
    )
    .leftJoin('desk.withdrawal as w', (join) =>
      join.onRef('w.ambito_id', '=', 'v.ambito_id').onRef('w.visit_id', '=', 'v.id'),
    )
    .select([
      'v.id',
      'v.person_id',
      'v.opening_id',
      'v.arrival_id',
      'v.on_day',
      'v.for_whom',
      'v.mandate_seen',
      'v.outcome',
      'v.minutes',
      'v.help',
      'v.language',
      'v.mediator_present',
      'v.recorded_at',
      'v.recorded_by',
    ])
    .select(['o.kind as opening_kind', 'w.reason as withdrawn_for', 'w.recorded_at as withdrawn_at'])
    .select(({ selectFrom }) =>
      selectFrom('desk.visit_need as n')
        .select(sql<string[]>`array_agg(n.need order by n.need)`.as('needs'))
        .where('n.ambito_id', '=', ambito_id)
        .whereRef('n.visit_id', '=', 'v.id')
        .as('needs'),
    )
    .where('v.ambito_id', '=', ambito_id)

export const findVisit = (ctx: Ctx, id: string) => visits(ctx).where('v.id', '=', id).executeTakeFirstOrThrow(notFound)
export const visitsOfOpening = (ctx: Ctx, opening_id: string) =>
  visits(ctx).where('v.opening_id', '=', opening_id).orderBy('v.recorded_at', 'desc').execute()
export const visitsOfPersons = (ctx: Ctx, person_ids: string[], limit = 50) =>
  visits(ctx)
    .where('v.person_id', 'in', person_ids)
    .orderBy('v.on_day', 'desc')
    .orderBy('v.recorded_at', 'desc')
    .limit(limit)
    .execute()
export type Visit = Awaited<ReturnType<typeof findVisit>>
/** Those saved in one go with this one: a household served together. */
export const visitsSavedWith = (ctx: Ctx, { opening_id, recorded_at, recorded_by }: Visit) =>
  visits(ctx)
    .where('v.opening_id', '=', opening_id)
    .where('v.recorded_at', '=', recorded_at)
    .where('v.recorded_by', '=', recorded_by)
    .where('w.visit_id', 'is', null)
    .execute()

/** @returns false when somebody was quicker: a visit is taken back once */
export async function insertWithdrawal({ db, ambito_id, actor }: Ctx, visit_id: string, reason: string) {
  const row = await db
    .insertInto('desk.withdrawal')
    .values({ ambito_id, visit_id, reason, recorded_by: actor.account_id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('visit_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertReferral(
  { db, ambito_id, actor, today }: Ctx,
  visit_id: string,
  person_id: string | null,
  to_whom: string,
  organisation_id: string | null,
  answer_wanted: boolean,
) {
  await db
    .insertInto('desk.referral')
    .values({
      ambito_id,
      visit_id,
      person_id,
      to_whom,
      organisation_id,
      answer_wanted,
      on_day: today,
      recorded_by: actor.account_id,
    })
    .execute()
}
export const referralsOf = ({ db, ambito_id }: Ctx, visit_ids: string[]) =>
  visit_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('desk.referral')
        .select(['visit_id', 'to_whom', 'answer_wanted', 'answered_on'])
        .where('ambito_id', '=', ambito_id)
        .where('visit_id', 'in', visit_ids)
        .execute()

export async function answerReferral({ db, ambito_id, today }: Ctx, visit_id: string) {
  await db
    .updateTable('desk.referral')
    .set({ answered_on: today })
    .where('ambito_id', '=', ambito_id)
    .where('visit_id', '=', visit_id)
    .where('answered_on', 'is', null)
    .execute()
}

// --- notes and questions --------------------------------------------------------------------------------------------

export async function insertNote(
  { db, ambito_id, actor }: Ctx,
  note: { person_id: string | null; visit_id: string | null; closed_to: 'desk' | 'lawyer'; text: string },
) {
  await db
    .insertInto('desk.note')
    .values({ ambito_id, ...note, recorded_by: actor.account_id })
    .execute()
}
export const notesOf = ({ db, ambito_id }: Ctx, person_ids: string[]) =>
  db
    .selectFrom('desk.note')
    .select(['id', 'closed_to', 'text', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    // A note written on the wrong file is not read there.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('desk.withdrawal as w')
            .select('w.visit_id')
            .where('w.ambito_id', '=', ambito_id)
            .whereRef('w.visit_id', '=', 'desk.note.visit_id')
            .where('w.reason', 'in', ['undone', 'wrong_person']),
        ),
      ),
    )
    .orderBy('recorded_at', 'desc')
    .limit(50)
    .execute()
export const noteOfVisit = ({ db, ambito_id }: Ctx, visit_id: string) =>
  db
    .selectFrom('desk.note')
    .select('text')
    .where('ambito_id', '=', ambito_id)
    .where('visit_id', '=', visit_id)
    .where('closed_to', '=', 'desk')
    .executeTakeFirst()

/** @returns false when this person was already asked something today */
export async function rememberQuestion({ db, ambito_id, actor, today }: Ctx, person_id: string, what: string) {
  const row = await db
    .insertInto('desk.question_asked')
    .values({ ambito_id, person_id, on_day: today, what, recorded_by: actor.account_id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('person_id')
    .executeTakeFirst()
  return row !== undefined
}

// --- giving back and erasing ----------------------------------------------------------------------------------------

export async function emptyDesk({ db, ambito_id }: Ctx, person_ids: string[]) {
  await db.deleteFrom('desk.note').where('ambito_id', '=', ambito_id).where('person_id', 'in', person_ids).execute()
  await db
    .updateTable('desk.arrival')
    .set({ called_as: '' })
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .execute()
  await db
    .updateTable('desk.appointment')
    .set({ called_as: '', email: '' })
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .execute()
  await db
    .deleteFrom('desk.question_asked')
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .execute()
}
