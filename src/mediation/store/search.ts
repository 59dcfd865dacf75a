/** Waves, offers, who could go, who goes. */
import { sql } from 'kysely'
import { dayOf, instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Candidate, Span } from '../rules/ranking.ts'

type Row = Omit<Candidate, keyof Known | 'known_to_case'> & {
  name: string
  email: string
  lang: string
  dispatch: string
  provider_id: string | null
}
type Known = Pick<
  Candidate,
  'languages' | 'week' | 'exceptions' | 'busy' | 'minutes_this_month' | 'asked_lately' | 'stance'
>
/** By the id of the mediator. */
type Of<What> = Record<string, What> | null
type KnownRow = {
  languages: Of<[string, string, Candidate['languages'][number]['level']][]>
  week: Of<[number, string, string][]>
  exceptions: Of<[string, string, string][]>
  busy: Of<[string, string, string | null][]>
  minutes: Of<number>
  asked: Of<number>
  stances: Of<string>
}
export type Applicant = Candidate & Row

type About = {
  body_id: string
  languages: readonly string[] | null
  known: readonly string[]
  window: Span
  month: Span
}

/** Everybody who speaks one of these languages, with all the ranking asks, in two questions. */
export async function applicants(ctx: Ctx, about: About): Promise<Applicant[]> {
  const rows = await speakers(ctx, about)
  const known = await knownOf(ctx, about)
  return rows.map((row) => ({
    ...row,
    known_to_case: about.known.includes(row.id),
    languages: (known.languages?.[row.id] ?? []).map(([language, variety, level]) => ({ language, variety, level })),
    week: (known.week?.[row.id] ?? []).map(([weekday, starts_at, ends_at]) => ({ weekday, starts_at, ends_at })),
    exceptions: (known.exceptions?.[row.id] ?? []).map(([kind, starts_at, ends_at]) => ({
      kind,
      starts_at: instantOf(starts_at),
      ends_at: instantOf(ends_at),
    })),
    busy: (known.busy?.[row.id] ?? []).map(([starts_at, ends_at, comune]) => ({
      starts_at: instantOf(starts_at),
      ends_at: instantOf(ends_at),
      comune,
    })),
    minutes_this_month: known.minutes?.[row.id] ?? 0,
    asked_lately: known.asked?.[row.id] ?? 0,
    stance: known.stances?.[row.id] ?? null,
  }))
}

async function speakers({ db, ambito_id }: Ctx, { languages, window }: About) {
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
      t.dispatch, t.provider_id, t.runs as in_contract, t.minutes_left::int as contract_left
    from mediation.mediator m
    join contract t on t.id = m.contract_id
    where m.ambito_id = ${ambito_id} and m.ended_on is null
      and (${languages === null} or m.id = any (array(
        select mediator_id from mediation.mediator_language where ambito_id = ${ambito_id} and language = any (${languages ?? []}::text[]))))`.execute(
    db,
  )
  return rows
}

/** What is known of mediators around a call. Each table is walked once, however many they are and whatever the planner believes. */
async function knownOf({ db, ambito_id, now }: Ctx, { body_id, window, month }: About) {
  const { rows } = await sql<KnownRow>`
    select
      (select jsonb_object_agg(mediator_id, known) from (
        select mediator_id, jsonb_agg(jsonb_build_array(language, variety, level)) as known
        from mediation.mediator_language where ambito_id = ${ambito_id} group by mediator_id) one) as languages,
      (select jsonb_object_agg(mediator_id, known) from (
        select mediator_id, jsonb_agg(jsonb_build_array(weekday, left(starts_at::text, 5), left(ends_at::text, 5))) as known
        from mediation.availability where ambito_id = ${ambito_id} group by mediator_id) one) as week,
      (select jsonb_object_agg(mediator_id, known) from (
        select mediator_id, jsonb_agg(jsonb_build_array(kind, starts_at, ends_at)) as known
        from mediation.exception where ambito_id = ${ambito_id}
          and ends_at > ${window.starts_at.toString()} and starts_at < ${window.ends_at.toString()} group by mediator_id) one) as exceptions,
      (select jsonb_object_agg(mediator_id, known) from (
        select mediator_id, jsonb_agg(jsonb_build_array(starts_at, ends_at, comune)) as known
        from mediation.assignment where ambito_id = ${ambito_id} and ended_at is null
          and starts_at < ${window.ends_at.add({ hours: 5 }).toString()}
          and starts_at > ${window.starts_at.subtract({ hours: 15 }).toString()} group by mediator_id) one) as busy,
      (select jsonb_object_agg(mediator_id, known) from (
        select mediator_id, (sum(extract(epoch from ends_at - starts_at)) / 60)::int as known
        from mediation.assignment where ambito_id = ${ambito_id} and ended_at is null
          and starts_at >= ${month.starts_at.toString()} and starts_at < ${month.ends_at.toString()} group by mediator_id) one) as minutes,
      (select jsonb_object_agg(mediator_id, known) from (
        select mediator_id, count(*) as known
        from mediation.offer where ambito_id = ${ambito_id} and mediator_id is not null
          and sent_at > ${now.subtract({ hours: 7 * 24 }).toString()} and answer in ('taken', 'expired') group by mediator_id) one) as asked,
      (select jsonb_object_agg(mediator_id, kind) from mediation.stance
        where ambito_id = ${ambito_id} and body_id = ${body_id}) as stances`.execute(db)
  return rows[0] as KnownRow
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
export type Offer = {
  id: string
  call_id: string
  mediator_id: string | null
  provider_id: string | null
  answer: string | null
  deadline: string
  wave_ended_at: string | null
  call_state: string
  minutes: number
  options: { starts_at: string; ends_at: string }[]
}
/** With all its answer is judged by, as two hundred may ask at once: each part one index lookup, whatever the planner believes. */
export async function findOffer({ db, ambito_id }: Ctx, id: string): Promise<Offer> {
  const { rows } = await sql<Offer>`
    select o.id, o.call_id, o.mediator_id, o.provider_id, o.answer, w.deadline, w.wave_ended_at, c.call_state, c.minutes,
      (select jsonb_agg(jsonb_build_object('starts_at', p.starts_at, 'ends_at', p.ends_at) order by p.number) from mediation.option p
        where p.ambito_id = o.ambito_id and p.call_id = o.call_id) as options
    from mediation.offer o
    cross join lateral (select deadline, ended_at as wave_ended_at from mediation.wave w
      where w.ambito_id = o.ambito_id and w.call_id = o.call_id and w.number = o.wave limit 1) w
    cross join lateral (select state as call_state, minutes from mediation.call c
      where c.ambito_id = o.ambito_id and c.id = o.call_id limit 1) c
    where o.ambito_id = ${ambito_id} and o.id = ${id}`.execute(db)
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** An offer that has its answer keeps it. */
export async function declineOffer({ db, ambito_id, now }: Ctx, id: string, reason = '') {
  await db
    .updateTable('mediation.offer')
    .set({ answer: 'declined', answered_at: now.toString(), reason })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('answer', 'is', null)
    .execute()
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
    .innerJoin('mediation.wave as w', (join) =>
      join
        .onRef('w.ambito_id', '=', 'o.ambito_id')
        .onRef('w.call_id', '=', 'o.call_id')
        .onRef('w.number', '=', 'o.wave'),
    )
    .select([
      'w.deadline',
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

/** One statement decides, see `mediation.take_call`. */
export const taking = (
  { ambito_id, actor }: Pick<Ctx, 'ambito_id' | 'actor'>,
  { call_id, mediator_id, offer_id, how, starts_at, ends_at }: Booking,
) => sql<{ taken: Taken }>`
  select mediation.take_call(${ambito_id}, ${call_id}, ${mediator_id}, ${offer_id}, ${how}, ${starts_at.toString()}, ${ends_at.toString()}, ${actor.account_id}) as taken`

export async function takeCall(ctx: Ctx, booking: Booking) {
  const { rows } = await taking(ctx, booking).execute(ctx.db)
  return (rows[0] as { taken: Taken }).taken
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
