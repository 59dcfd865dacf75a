/** Waves, offers, who could go, who goes. */
import { sql } from 'kysely'
import { dayOf, instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Candidate, Span } from '../rules/ranking.ts'

type Row = Omit<Candidate, 'exceptions' | 'busy' | 'known_to_case' | 'languages' | 'week'> & {
  name: string
  email: string
  lang: string
  dispatch: string
  provider_id: string | null
  languages: [string, string, Candidate['languages'][number]['level']][] | null
  week: [number, string, string][] | null
  exceptions: [string, string, string][] | null
  busy: [string, string, string | null][] | null
  known_to_case: boolean
}
export type Applicant = Candidate & Pick<Row, 'name' | 'email' | 'lang' | 'dispatch' | 'provider_id'>

type About = {
  body_id: string
  languages: readonly string[] | null
  known: readonly string[]
  window: Span
  month: Span
}

/** Everybody who speaks one of these languages, with all the ranking asks, in one question. */
export async function applicants(
  { db, ambito_id, now }: Ctx,
  { body_id, languages, known, window, month }: About,
): Promise<Applicant[]> {
  // One index lookup per mediator and question, whatever the planner believes of the tables: 1,000 of them are 1,000 short walks.
  const { rows } = await sql<Row>`
    with contract as materialized (
      select t.id, t.dispatch, t.provider_id, ${dayOf(window.starts_at)}::date between t.starts_on and coalesce(t.ends_on, 'infinity') as runs,
        t.ceiling_minutes - case when t.ceiling_minutes is not null then
          (select coalesce(sum(h.minutes), 0) from mediation.held h where h.ambito_id = t.ambito_id and h.contract_id = t.id)
          + (select coalesce(sum(extract(epoch from a.ends_at - a.starts_at)) / 60, 0) from mediation.assignment a
            join mediation.mediator n on n.ambito_id = a.ambito_id and n.id = a.mediator_id and n.contract_id = t.id
            where a.ambito_id = t.ambito_id and a.ended_at is null
              and not exists (select from mediation.held h where h.ambito_id = a.ambito_id and h.call_id = a.call_id)) end as minutes_left
      from mediation.contract t where t.ambito_id = ${ambito_id}
    )
    select m.id, m.name, m.email, m.lang, m.gender, m.base_comune, m.max_travel_minutes, m.short_notice, m.remote, m.fields, m.monthly_minutes,
      t.dispatch, t.provider_id, t.runs as in_contract, t.minutes_left::int as contract_left, m.id = any (${known}::uuid[]) as known_to_case,
      (select jsonb_agg(jsonb_build_array(l.language, l.variety, l.level)) from mediation.mediator_language l
        where l.ambito_id = ${ambito_id} and l.mediator_id = m.id) as languages,
      (select jsonb_agg(jsonb_build_array(w.weekday, left(w.starts_at::text, 5), left(w.ends_at::text, 5))) from mediation.availability w
        where w.ambito_id = ${ambito_id} and w.mediator_id = m.id) as week,
      (select jsonb_agg(jsonb_build_array(e.kind, e.starts_at, e.ends_at)) from mediation.exception e
        where e.ambito_id = ${ambito_id} and e.mediator_id = m.id
          and e.ends_at > ${window.starts_at.toString()} and e.starts_at < ${window.ends_at.toString()}) as exceptions,
      (select jsonb_agg(jsonb_build_array(b.starts_at, b.ends_at, b.comune)) from mediation.assignment b
        where b.ambito_id = ${ambito_id} and b.mediator_id = m.id and b.ended_at is null
          and b.starts_at < ${window.ends_at.add({ hours: 5 }).toString()} and b.starts_at > ${window.starts_at.subtract({ hours: 15 }).toString()}) as busy,
      (select coalesce(sum(extract(epoch from h.ends_at - h.starts_at)) / 60, 0)::int from mediation.assignment h
        where h.ambito_id = ${ambito_id} and h.mediator_id = m.id and h.ended_at is null
          and h.starts_at >= ${month.starts_at.toString()} and h.starts_at < ${month.ends_at.toString()}) as minutes_this_month,
      (select count(*)::int from mediation.offer o
        where o.ambito_id = ${ambito_id} and o.mediator_id = m.id and o.sent_at > ${now.subtract({ hours: 7 * 24 }).toString()}
          and o.answer in ('taken', 'expired')) as asked_lately,
      (select z.kind from mediation.stance z where z.ambito_id = ${ambito_id} and z.body_id = ${body_id} and z.mediator_id = m.id) as stance
    from mediation.mediator m
    join contract t on t.id = m.contract_id
    where m.ambito_id = ${ambito_id} and m.ended_on is null
      and (${languages === null} or m.id = any (array(
        select mediator_id from mediation.mediator_language where ambito_id = ${ambito_id} and language = any (${languages ?? []}::text[]))))`.execute(
    db,
  )
  return rows.map((row) => ({
    ...row,
    languages: (row.languages ?? []).map(([language, variety, level]) => ({ language, variety, level })),
    week: (row.week ?? []).map(([weekday, starts_at, ends_at]) => ({ weekday, starts_at, ends_at })),
    exceptions: (row.exceptions ?? []).map(([kind, starts_at, ends_at]) => ({
      kind,
      starts_at: instantOf(starts_at),
      ends_at: instantOf(ends_at),
    })),
    busy: (row.busy ?? []).map(([starts_at, ends_at, comune]) => ({
      starts_at: instantOf(starts_at),
      ends_at: instantOf(ends_at),
      comune,
    })),
  }))
}

// --- waves and offers -----------------------------------------------------------------------------------------------

export const wavesOf = ({ db, ambito_id }: Ctx, call_id: string) =>
  db
    .selectFrom('mediation.wave')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .orderBy('number')
    .execute()
export async function insertWave(
  { db, ambito_id }: Ctx,
  wave: { call_id: string; number: number; all_at_once: boolean; deadline: Temporal.Instant },
) {
  await db
    .insertInto('mediation.wave')
    .values({ ambito_id, ...wave, deadline: wave.deadline.toString() })
    .execute()
}
export async function endWaves({ db, ambito_id, now }: Ctx, call_id: string) {
  await db
    .updateTable('mediation.wave')
    .set({ ended_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .where('ended_at', 'is', null)
    .execute()
}
/** Waves past their deadline: an index lookup that finds nothing costs nothing, however many calls are open. */
export const wavesOver = ({ db, ambito_id, now }: Ctx) =>
  db
    .selectFrom('mediation.wave')
    .select(['call_id', 'number'])
    .where('ambito_id', '=', ambito_id)
    .where('ended_at', 'is', null)
    .where('deadline', '<=', now.toString())
    .orderBy('deadline')
    .limit(500)
    .execute()

export type NewOffer = {
  call_id: string
  wave: number
  mediator_id?: string
  provider_id?: string
  rank: number
  points: number
}
export async function insertOffer({ db, ambito_id }: Ctx, offer: NewOffer) {
  const { id } = await db
    .insertInto('mediation.offer')
    .values({ ambito_id, ...offer })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const findOffer = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.offer as o')
    .innerJoin('mediation.wave as w', (join) =>
      join
        .onRef('w.ambito_id', '=', 'o.ambito_id')
        .onRef('w.call_id', '=', 'o.call_id')
        .onRef('w.number', '=', 'o.wave'),
    )
    .selectAll('o')
    .select(['w.deadline', 'w.ended_at as wave_ended_at'])
    .where('o.ambito_id', '=', ambito_id)
    .where('o.id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export type Offer = Awaited<ReturnType<typeof findOffer>>

/** Answers an offer that is still open; false when it had its answer already. */
export async function answerOffer(
  { db, ambito_id, now }: Ctx,
  id: string,
  answer: 'accepted' | 'declined',
  reason = '',
) {
  const row = await db
    .updateTable('mediation.offer')
    .set({ answer, answered_at: now.toString(), reason })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('answer', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
/** Closes the open offers of a call; returns whom to tell. */
export const closeOffers = ({ db, ambito_id, now }: Ctx, call_id: string, answer: 'taken' | 'expired' | 'withdrawn') =>
  db
    .updateTable('mediation.offer')
    .set({ answer, answered_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .where('answer', 'is', null)
    .returning(['id', 'mediator_id', 'provider_id'])
    .execute()
export const offersOf = ({ db, ambito_id }: Ctx, call_id: string) =>
  db
    .selectFrom('mediation.offer as o')
    .leftJoin('mediation.mediator as m', (join) =>
      join.onRef('m.ambito_id', '=', 'o.ambito_id').onRef('m.id', '=', 'o.mediator_id'),
    )
    .leftJoin('mediation.provider as p', (join) =>
      join.onRef('p.ambito_id', '=', 'o.ambito_id').onRef('p.id', '=', 'o.provider_id'),
    )
    .select([
      'o.id',
      'o.wave',
      'o.rank',
      'o.points',
      'o.sent_at',
      'o.answer',
      'o.answered_at',
      'o.reason',
      'o.mediator_id',
      'o.provider_id',
      'm.name as mediator_name',
      'p.name as provider_name',
    ])
    .where('o.ambito_id', '=', ambito_id)
    .where('o.call_id', '=', call_id)
    .orderBy('o.wave')
    .orderBy('o.rank')
    .execute()
export type OfferLine = Awaited<ReturnType<typeof offersOf>>[number]
export const openOffersOf = ({ db, ambito_id, now }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.offer as o')
    .innerJoin('mediation.wave as w', (join) =>
      join
        .onRef('w.ambito_id', '=', 'o.ambito_id')
        .onRef('w.call_id', '=', 'o.call_id')
        .onRef('w.number', '=', 'o.wave'),
    )
    .innerJoin('mediation.call as c', (join) =>
      join.onRef('c.ambito_id', '=', 'o.ambito_id').onRef('c.id', '=', 'o.call_id'),
    )
    .select(['o.id', 'o.call_id', 'w.deadline', 'c.language', 'c.field', 'c.comune', 'c.mode', 'c.minutes'])
    .where('o.ambito_id', '=', ambito_id)
    .where('o.mediator_id', '=', mediator_id)
    .where('o.answer', 'is', null)
    .where('w.deadline', '>', now.toString())
    .where('c.state', '=', 'offered')
    .orderBy('w.deadline')
    .execute()

// --- the contest ----------------------------------------------------------------------------------------------------

export type Booking = {
  call_id: string
  mediator_id: string
  offer_id: string | null
  how: string
  starts_at: Temporal.Instant
  ends_at: Temporal.Instant
}
export type Taken = 'won' | 'taken' | 'overlap'

/**
 * One statement decides: it takes the call only if nobody has it, and the constraints hold the rest. Whoever comes second
 * waits for the first's commit on the row of the call, sees it taken, and gets no row back.
 */
export const taking = (
  { ambito_id, actor }: Pick<Ctx, 'ambito_id' | 'actor'>,
  { call_id, mediator_id, offer_id, how, starts_at, ends_at }: Booking,
) => sql<{ id: string }>`
  with free as (
    select c.ambito_id, c.id, c.comune, c.mode from mediation.call c
    where c.ambito_id = ${ambito_id} and c.id = ${call_id} and c.state in ('approved', 'offered', 'cancelled_by_mediator', 'not_covered')
    for no key update
  )
  insert into mediation.assignment (ambito_id, call_id, mediator_id, mediator_number, offer_id, how, starts_at, ends_at, comune, recorded_by)
  select f.ambito_id, f.id, m.id, m.number, ${offer_id}::uuid, ${how}, ${starts_at.toString()}::timestamptz, ${ends_at.toString()}::timestamptz,
    case when f.mode = 'PRES' then f.comune end, ${actor.account_id}::uuid
  from free f join mediation.mediator m on m.ambito_id = f.ambito_id and m.id = ${mediator_id}
  on conflict (ambito_id, call_id) where ended_at is null do nothing
  returning id`

export async function takeCall(ctx: Ctx, booking: Booking): Promise<Taken> {
  const { db } = ctx
  await sql`savepoint taking`.execute(db)
  try {
    const { rows } = await taking(ctx, booking).execute(db)
    await sql`release savepoint taking`.execute(db)
    return rows.length === 1 ? 'won' : 'taken'
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'no_double_booking') throw error
    await sql`rollback to savepoint taking`.execute(db)
    return 'overlap'
  }
}

export async function endAssignment(
  { db, ambito_id, now }: Ctx,
  id: string,
  ended_why: 'cancelled_by_body' | 'cancelled_by_mediator' | 'replaced',
) {
  await db
    .updateTable('mediation.assignment')
    .set({ ended_at: now.toString(), ended_why })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}
export const assignmentsOf = ({ db, ambito_id }: Ctx, call_id: string) =>
  db
    .selectFrom('mediation.assignment as a')
    .innerJoin('mediation.mediator as m', (join) =>
      join.onRef('m.ambito_id', '=', 'a.ambito_id').onRef('m.id', '=', 'a.mediator_id'),
    )
    .select([
      'a.id',
      'a.mediator_id',
      'm.name',
      'a.how',
      'a.starts_at',
      'a.ends_at',
      'a.recorded_at',
      'a.ended_at',
      'a.ended_why',
      'm.contract_id',
    ])
    .where('a.ambito_id', '=', ambito_id)
    .where('a.call_id', '=', call_id)
    .orderBy('a.recorded_at')
    .execute()
export async function markArrived({ db, ambito_id, now }: Ctx, id: string) {
  await db
    .updateTable('mediation.assignment')
    .set({ arrived_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('arrived_at', 'is', null)
    .execute()
}

/** False when they were told already. */
export async function markTold({ db, ambito_id, now }: Ctx, assignment_id: string) {
  const row = await db
    .updateTable('mediation.assignment')
    .set({ told_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', assignment_id)
    .where('told_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Where those who were offered a call are written to. */
export async function addressesOf(
  { db, ambito_id }: Ctx,
  offers: readonly { mediator_id: string | null; provider_id: string | null }[],
) {
  const mediators = offers.flatMap(({ mediator_id }) => mediator_id ?? [])
  const providers = offers.flatMap(({ provider_id }) => provider_id ?? [])
  const people =
    mediators.length === 0
      ? []
      : await db
          .selectFrom('mediation.mediator')
          .select(['email', 'lang'])
          .where('ambito_id', '=', ambito_id)
          .where('id', 'in', mediators)
          .execute()
  const offices =
    providers.length === 0
      ? []
      : await db
          .selectFrom('mediation.provider')
          .select('email')
          .where('ambito_id', '=', ambito_id)
          .where('id', 'in', providers)
          .where('email', '<>', '')
          .execute()
  return [...people, ...offices.map(({ email }) => ({ email, lang: 'it' }))]
}

export const callOfAssignment = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.assignment')
    .select(['call_id', 'ended_at', 'arrived_at'])
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
