/** Bodies and their contacts, providers and contracts, mediators. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { ContractInput, MediatorInput } from '../forms.ts'

// --- who asks -------------------------------------------------------------------------------------------------------

export async function bodyNamed({ db, ambito_id }: Ctx, name: string, organisation_id: string | null, comune: string) {
  await sql`insert into mediation.body (ambito_id, name, organisation_id, comune) values (${ambito_id}, ${name}, ${organisation_id}, ${comune})
    on conflict (ambito_id, lower(name)) do nothing`.execute(db)
  return db
    .selectFrom('mediation.body')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where((e) => e(e.fn('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirstOrThrow()
}
export const findBody = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.body')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export async function updateBody(
  { db, ambito_id }: Ctx,
  id: string,
  change: {
    name?: string
    comune?: string | null
    organisation_id?: string | null
    known_at?: string
    known_by?: string | null
  },
) {
  await db.updateTable('mediation.body').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}
export const listBodies = ({ db, ambito_id, today }: Ctx) =>
  db
    .selectFrom('mediation.body as b')
    .leftJoin('mediation.ceiling as x', (join) =>
      join
        .onRef('x.ambito_id', '=', 'b.ambito_id')
        .onRef('x.body_id', '=', 'b.id')
        .on('x.from_day', '<=', today)
        .on('x.to_day', '>=', today),
    )
    .select([
      'b.id',
      'b.name',
      'b.comune',
      'b.known_at',
      'b.organisation_id',
      'x.minutes as ceiling',
      'x.from_day',
      'x.to_day',
    ])
    .select(({ selectFrom, fn }) => [
      selectFrom('mediation.call as c')
        .select(fn.countAll<number>().as('n'))
        .where('c.ambito_id', '=', ambito_id)
        .whereRef('c.body_id', '=', 'b.id')
        .as('calls'),
      selectFrom('mediation.held as h')
        .select(sql<number>`coalesce(sum(h.minutes), 0)::int`.as('n'))
        .where('h.ambito_id', '=', ambito_id)
        .whereRef('h.body_id', '=', 'b.id')
        .where(({ eb, or, ref }) => or([eb('x.from_day', 'is', null), eb('h.on_day', '>=', ref('x.from_day'))]))
        .as('held'),
    ])
    .where('b.ambito_id', '=', ambito_id)
    .orderBy(sql`lower(b.name)`)
    .execute()
export type BodyLine = Awaited<ReturnType<typeof listBodies>>[number]

export async function insertCeiling(
  { db, ambito_id, actor }: Ctx,
  body_id: string,
  ceiling: { from_day: string; to_day: string; minutes: number },
) {
  await db
    .insertInto('mediation.ceiling')
    .values({ ambito_id, body_id, ...ceiling, recorded_by: actor.account_id })
    .execute()
}
/** The ceiling of a body on a day, with what is held against it and what is promised. */
export async function ceilingOn({ db, ambito_id }: Ctx, body_id: string, day: string) {
  const { rows } = await sql<{ minutes: number; from_day: string; to_day: string; held: number; promised: number }>`
    select x.minutes, x.from_day, x.to_day,
      (select coalesce(sum(h.minutes), 0)::int from mediation.held h where h.ambito_id = x.ambito_id and h.body_id = x.body_id and h.on_day between x.from_day and x.to_day) as held,
      (select coalesce(sum(c.minutes), 0)::int from mediation.call c where c.ambito_id = x.ambito_id and c.body_id = x.body_id
        and c.state in ('approved', 'offered', 'assigned', 'done', 'reported', 'absent', 'confirmed', 'cancelled_by_mediator')) as promised
    from mediation.ceiling x where x.ambito_id = ${ambito_id} and x.body_id = ${body_id} and ${day}::date between x.from_day and x.to_day
    order by x.recorded_at desc limit 1`.execute(db)
  return rows[0]
}

export type NewContact = {
  name: string
  job: string
  email: string
  phone: string
  lang: string
  account_id?: string | null
}
/** One address is one contact; what is typed without proof changes nothing of a contact already verified. */
export async function contactOf(
  { db, ambito_id }: Ctx,
  { name, job, email, phone, lang, account_id = null }: NewContact,
) {
  await sql`insert into mediation.contact (ambito_id, name, job, email, phone, lang, account_id)
    values (${ambito_id}, ${name}, ${job}, ${email}, ${phone}, ${lang}, ${account_id})
    on conflict (ambito_id, lower(email)) do update set name = excluded.name, job = excluded.job, phone = excluded.phone, lang = excluded.lang
      where contact.verified_at is null`.execute(db)
  return db
    .selectFrom('mediation.contact')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where((e) => e(e.fn('lower', ['email']), '=', email.toLowerCase()))
    .executeTakeFirstOrThrow()
}
export const findContact = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.contact')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export type Contact = Awaited<ReturnType<typeof findContact>>
export async function verifyContact({ db, ambito_id, now, actor }: Ctx, id: string, how: 'mail' | 'call' | 'account') {
  await db
    .updateTable('mediation.contact')
    .set({ verified_at: now.toString(), verified_how: how, verified_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('verified_at', 'is', null)
    .execute()
}
export const contactOfAccount = ({ db, ambito_id }: Ctx, account_id: string) =>
  db
    .selectFrom('mediation.contact')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('account_id', '=', account_id)
    .executeTakeFirst()

// --- providers and contracts ----------------------------------------------------------------------------------------

export async function insertProvider(
  { db, ambito_id, actor }: Ctx,
  provider: { name: string; coordinator_name: string; email: string; phone: string },
) {
  const { id } = await db
    .insertInto('mediation.provider')
    .values({ ambito_id, ...provider, recorded_by: actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const listProviders = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.provider')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('ended_on', 'is', null)
    .orderBy('name')
    .execute()
export const findProvider = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.provider')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)

type NewContract = Pick<
  ContractInput,
  'title' | 'dispatch' | 'starts_on' | 'minimum_minutes' | 'pays_travel' | 'late_hours'
> & {
  provider_id: string | null
  ends_on: string | null
  rate_cents: number
  rounding_minutes: number
  ceiling_minutes: number | null
}
export async function insertContract({ db, ambito_id, actor }: Ctx, contract: NewContract) {
  const { id } = await db
    .insertInto('mediation.contract')
    .values({ ambito_id, ...contract, recorded_by: actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const listContracts = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.contract as t')
    .leftJoin('mediation.provider as p', (join) =>
      join.onRef('p.ambito_id', '=', 't.ambito_id').onRef('p.id', '=', 't.provider_id'),
    )
    .selectAll('t')
    .select('p.name as provider_name')
    .select(({ selectFrom }) => [
      selectFrom('mediation.held as h')
        .select(sql<number>`coalesce(sum(h.minutes), 0)::int`.as('n'))
        .where('h.ambito_id', '=', ambito_id)
        .whereRef('h.contract_id', '=', 't.id')
        .as('held'),
    ])
    .where('t.ambito_id', '=', ambito_id)
    .orderBy('t.starts_on', 'desc')
    .execute()
export const findContract = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.contract')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export type Contract = Awaited<ReturnType<typeof findContract>>

// --- mediators ------------------------------------------------------------------------------------------------------

export type NewMediator = Omit<MediatorInput, 'phone' | 'base_comune' | 'monthly_hours' | 'fields'> & {
  phone: string
  base_comune: string | null
  monthly_minutes: number | null
  fields: string[]
  account_id?: string | null
  ended_on?: string | null
}
export async function insertMediator({ db, ambito_id, actor }: Ctx, mediator: NewMediator) {
  const { id } = await db
    .insertInto('mediation.mediator')
    .values({ ambito_id, ...mediator, recorded_by: actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export async function updateMediator(
  { db, ambito_id }: Ctx,
  id: string,
  change: Partial<NewMediator> & { ended_on?: string | null },
) {
  await db
    .updateTable('mediation.mediator')
    .set(change)
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}
export const listMediators = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.mediator as m')
    .innerJoin('mediation.contract as t', (join) =>
      join.onRef('t.ambito_id', '=', 'm.ambito_id').onRef('t.id', '=', 'm.contract_id'),
    )
    .leftJoin('mediation.provider as p', (join) =>
      join.onRef('p.ambito_id', '=', 't.ambito_id').onRef('p.id', '=', 't.provider_id'),
    )
    .selectAll('m')
    .select(['t.title as contract_title', 't.dispatch', 't.provider_id', 'p.name as provider_name'])
    .select(({ selectFrom }) => [
      selectFrom('mediation.mediator_language as l')
        .select(sql<string[]>`array_agg(distinct l.language)`.as('n'))
        .where('l.ambito_id', '=', ambito_id)
        .whereRef('l.mediator_id', '=', 'm.id')
        .as('languages'),
    ])
    .where('m.ambito_id', '=', ambito_id)
    .where('m.ended_on', 'is', null)
    .orderBy('m.name')
    .execute()
export type MediatorLine = Awaited<ReturnType<typeof listMediators>>[number]
/** Those of old registers, who no longer work. */
export const endedMediators = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.mediator')
    .select(['id', 'name'])
    .where('ambito_id', '=', ambito_id)
    .where('ended_on', 'is not', null)
    .execute()
/** Has a living booking with one more minute of travel than none: what the constraints would refuse. */
export async function isElsewhere(
  { db, ambito_id }: Ctx,
  number: number,
  starts_at: Temporal.Instant,
  ends_at: Temporal.Instant,
) {
  const found = await db
    .selectFrom('mediation.assignment')
    .select('id')
    .where('ambito_id', '=', ambito_id)
    .where('mediator_number', '=', number)
    .where('ended_at', 'is', null)
    .where('starts_at', '<', ends_at.toString())
    .where('ends_at', '>', starts_at.toString())
    .executeTakeFirst()
  return found !== undefined
}
export const findMediator = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.mediator')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export type Mediator = Awaited<ReturnType<typeof findMediator>>
export const mediatorOfAccount = ({ db, ambito_id }: Ctx, account_id: string) =>
  db
    .selectFrom('mediation.mediator')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('account_id', '=', account_id)
    .where('ended_on', 'is', null)
    .executeTakeFirst()

export async function setLanguage(
  { db, ambito_id }: Ctx,
  mediator_id: string,
  { language, variety = '', level }: { language: string; variety?: string | undefined; level: string },
) {
  await db
    .insertInto('mediation.mediator_language')
    .values({ ambito_id, mediator_id, language, variety, level })
    .onConflict((conflict) =>
      conflict.columns(['ambito_id', 'mediator_id', 'language', 'variety']).doUpdateSet({ level }),
    )
    .execute()
}
export async function dropLanguage({ db, ambito_id }: Ctx, mediator_id: string, language: string, variety: string) {
  await db
    .deleteFrom('mediation.mediator_language')
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .where('language', '=', language)
    .where('variety', '=', variety)
    .execute()
}
export const languagesOf = ({ db, ambito_id }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.mediator_language')
    .select(['language', 'variety', 'level'])
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .orderBy('language')
    .execute()
export async function addHours(
  { db, ambito_id }: Ctx,
  mediator_id: string,
  hours: { weekday: number; starts_at: string; ends_at: string },
) {
  await db
    .insertInto('mediation.availability')
    .values({ ambito_id, mediator_id, ...hours })
    .onConflict((conflict) =>
      conflict.columns(['ambito_id', 'mediator_id', 'weekday', 'starts_at']).doUpdateSet({ ends_at: hours.ends_at }),
    )
    .execute()
}
export async function dropHours({ db, ambito_id }: Ctx, mediator_id: string, weekday: number, starts_at: string) {
  await db
    .deleteFrom('mediation.availability')
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .where('weekday', '=', weekday)
    .where('starts_at', '=', starts_at)
    .execute()
}
export const weekOf = ({ db, ambito_id }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.availability')
    .select(['weekday', 'starts_at', 'ends_at'])
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .orderBy('weekday')
    .orderBy('starts_at')
    .execute()
export async function addException(
  { db, ambito_id }: Ctx,
  mediator_id: string,
  kind: string,
  starts_at: Temporal.Instant,
  ends_at: Temporal.Instant,
  source = 'typed',
) {
  await db
    .insertInto('mediation.exception')
    .values({ ambito_id, mediator_id, kind, starts_at: starts_at.toString(), ends_at: ends_at.toString(), source })
    .execute()
}
export async function dropCalendarExceptions({ db, ambito_id }: Ctx, mediator_id: string) {
  await db
    .deleteFrom('mediation.exception')
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .where('source', '=', 'calendar')
    .execute()
}
export async function dropException({ db, ambito_id }: Ctx, mediator_id: string, id: string) {
  await db
    .deleteFrom('mediation.exception')
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .where('id', '=', id)
    .execute()
}
export const exceptionsOf = ({ db, ambito_id, now }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.exception')
    .select(['id', 'kind', 'starts_at', 'ends_at', 'source'])
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .where('ends_at', '>', now.toString())
    .orderBy('starts_at')
    .execute()
export async function addCredential(
  { db, ambito_id, actor }: Ctx,
  mediator_id: string,
  credential: { kind: string; on_day: string; expires_on: string | null },
) {
  await db
    .insertInto('mediation.credential')
    .values({ ambito_id, mediator_id, ...credential, recorded_by: actor.account_id })
    .execute()
}
export const credentialsOf = ({ db, ambito_id }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.credential')
    .select(['kind', 'on_day', 'expires_on'])
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .orderBy('on_day', 'desc')
    .execute()
export async function setStance(
  { db, ambito_id, actor }: Ctx,
  body_id: string,
  mediator_id: string,
  kind: 'preferred' | 'excluded' | 'none',
) {
  if (kind === 'none')
    await db
      .deleteFrom('mediation.stance')
      .where('ambito_id', '=', ambito_id)
      .where('body_id', '=', body_id)
      .where('mediator_id', '=', mediator_id)
      .execute()
  else
    await db
      .insertInto('mediation.stance')
      .values({ ambito_id, body_id, mediator_id, kind, recorded_by: actor.account_id })
      .onConflict((conflict) => conflict.columns(['ambito_id', 'body_id', 'mediator_id']).doUpdateSet({ kind }))
      .execute()
}
export const stancesOf = ({ db, ambito_id }: Ctx, body_id: string) =>
  db
    .selectFrom('mediation.stance as s')
    .innerJoin('mediation.mediator as m', (join) =>
      join.onRef('m.ambito_id', '=', 's.ambito_id').onRef('m.id', '=', 's.mediator_id'),
    )
    .select(['s.kind', 'm.id', 'm.name'])
    .where('s.ambito_id', '=', ambito_id)
    .where('s.body_id', '=', body_id)
    .execute()

/** The bodies that prefer her, or better not. */
export const stancesAbout = ({ db, ambito_id }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.stance as s')
    .innerJoin('mediation.body as b', (join) =>
      join.onRef('b.ambito_id', '=', 's.ambito_id').onRef('b.id', '=', 's.body_id'),
    )
    .select(['s.kind', 'b.name'])
    .where('s.ambito_id', '=', ambito_id)
    .where('s.mediator_id', '=', mediator_id)
    .execute()

// --- travel ---------------------------------------------------------------------------------------------------------

export async function fillTravel(
  { db, ambito_id }: Ctx,
  rows: readonly { from: string; to: string; minutes: number }[],
) {
  await sql`insert into mediation.travel (ambito_id, from_comune, to_comune, minutes)
    select ${ambito_id}, r->>'from', r->>'to', (r->>'minutes')::int from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r
    on conflict do nothing`.execute(db)
}
/** Minutes from and to one Comune, and among those of the bookings. */
export async function travelTable({ db, ambito_id }: Ctx, comune: string) {
  const rows = await db
    .selectFrom('mediation.travel')
    .select(['from_comune', 'to_comune', 'minutes'])
    .where('ambito_id', '=', ambito_id)
    .where(({ eb, or }) => or([eb('from_comune', '=', comune), eb('to_comune', '=', comune)]))
    .execute()
  const minutes = new Map(rows.map((row) => [`${row.from_comune} ${row.to_comune}`, row.minutes]))
  return (from: string | null, to: string | null) =>
    from === null || to === null || from === to ? 0 : (minutes.get(`${from} ${to}`) ?? 60)
}
