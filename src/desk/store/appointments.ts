/** Appointments: a place of a slot, given once by the unique index `slot_given_once`. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Slot } from '../rules/slots.ts'

const appointments = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('desk.appointment as p')
    .innerJoin('desk.opening as o', (join) =>
      join.onRef('o.ambito_id', '=', 'p.ambito_id').onRef('o.id', '=', 'p.opening_id'),
    )
    .selectAll('p')
    .select(['o.kind', 'o.place', 'o.series_id'])
    .where('p.ambito_id', '=', ambito_id)
export type Appointment = Awaited<ReturnType<typeof findAppointment>>

export const findAppointment = (ctx: Ctx, id: string) =>
  appointments(ctx).where('p.id', '=', id).executeTakeFirstOrThrow(notFound)
export const lockAppointment = (ctx: Ctx, id: string) =>
  appointments(ctx).where('p.id', '=', id).forUpdate('p').executeTakeFirstOrThrow(notFound)
export const appointmentsBetween = (ctx: Ctx, from: string, to: string) =>
  appointments(ctx)
    .where('p.on_day', '>=', from)
    .where('p.on_day', '<=', to)
    .orderBy('p.on_day')
    .orderBy('p.starts_at')
    .orderBy('p.seat')
    .execute()
export const appointmentsOfOpening = (ctx: Ctx, opening_id: string) =>
  appointments(ctx)
    .where('p.opening_id', '=', opening_id)
    .where('p.cancelled_at', 'is', null)
    .orderBy('p.starts_at')
    .orderBy('p.seat')
    .execute()
export const appointmentsOfPersons = (ctx: Ctx, person_ids: string[]) =>
  appointments(ctx).where('p.person_id', 'in', person_ids).orderBy('p.on_day', 'desc').limit(50).execute()

/** What was given of these openings, counted by hour. */
export async function givenOf({ db, ambito_id }: Ctx, from: string, to: string) {
  const { rows } = await sql<{ opening_id: string; starts_at: string; n: number }>`
    select opening_id, starts_at, count(*)::int as n from desk.appointment
    where ambito_id = ${ambito_id} and on_day between ${from} and ${to} and cancelled_at is null
    group by opening_id, starts_at`.execute(db)
  return rows
}

export const bookedBy = async ({ db, ambito_id, today }: Ctx, email: string) =>
  Number(
    (
      await db
        .selectFrom('desk.appointment')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('ambito_id', '=', ambito_id)
        .where(sql`lower(email)`, '=', email.toLowerCase())
        .where('email', '<>', '')
        .where('on_day', '>=', today)
        .where('cancelled_at', 'is', null)
        .executeTakeFirstOrThrow()
    ).n,
  )

/** The opening of this slot, written down when nobody had needed it yet. */
export async function openingOfSlot({ db, ambito_id }: Ctx, { series_id, on_day }: Slot) {
  const row = await db
    .selectFrom('desk.opening')
    .select('id')
    .where('ambito_id', '=', ambito_id)
    .where('series_id', '=', series_id)
    .where('on_day', '=', on_day)
    .executeTakeFirstOrThrow(notFound)
  return row.id
}

type Who = { person_id: string | null; called_as: string; email: string; lang: string }
/** A free place of the slot. @returns undefined when the last one has just gone: two who ask at once get one each, or one gets none */
export async function takePlace({ db, ambito_id, actor, now }: Ctx, opening_id: string, slot: Slot, who: Who) {
  for (let round = 0; round <= slot.places; round++) {
    const { rows } = await sql<{ id: string }>`
      insert into desk.appointment (ambito_id, opening_id, on_day, starts_at, ends_at, seat, person_id, called_as, email, lang, recorded_at, recorded_by)
      select ${ambito_id}, ${opening_id}, ${slot.on_day}::date, ${slot.starts_at}::time, ${slot.ends_at}::time, seat,
        ${who.person_id}::uuid, ${who.called_as}, ${who.email}, ${who.lang}, ${now.toString()}::timestamptz, ${actor.account_id}::uuid
      from generate_series(1, ${slot.places}::int) seat
      where ${freeSeat(ambito_id, opening_id, slot)} order by seat limit 1
      on conflict (ambito_id, opening_id, starts_at, seat) where cancelled_at is null do nothing
      returning id`.execute(db)
    if (rows[0]) return rows[0].id
    if (!(await anyFree(db, ambito_id, opening_id, slot))) return undefined
  }
  return undefined
}
const freeSeat = (ambito_id: string, opening_id: string, { starts_at }: Slot) => sql`not exists (
  select from desk.appointment a where a.ambito_id = ${ambito_id} and a.opening_id = ${opening_id}
    and a.starts_at = ${starts_at}::time and a.seat = seat.seat and a.cancelled_at is null)`
async function anyFree(db: Ctx['db'], ambito_id: string, opening_id: string, slot: Slot) {
  const { rows } = await sql<{ free: boolean }>`select exists (
    select from generate_series(1, ${slot.places}::int) seat where ${freeSeat(ambito_id, opening_id, slot)}) as free`.execute(
    db,
  )
  return rows[0]?.free === true
}

export async function changeAppointment(
  { db, ambito_id }: Ctx,
  id: string,
  change: {
    sequence?: number
    reminded_at?: string | null
    arrival_id?: string
    missed_at?: string
    missed_why?: string
    cancelled_at?: string
    cancelled_by?: 'person' | 'staff' | 'house'
  },
) {
  await db.updateTable('desk.appointment').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

/** The links and the history of an appointment go over to the one that takes its place. */
export async function handOver({ db, ambito_id }: Ctx, from: string, to: string, until: Temporal.Instant) {
  await db
    .updateTable('desk.link')
    .set({ thing_id: to, expires_at: until.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('kind', '=', 'appointment')
    .where('thing_id', '=', from)
    .execute()
}

/** Booked, not reminded and not of the last hours: whoever has just booked knows. */
export const toRemind = (ctx: Ctx, from: string, to: string, booked_before: Temporal.Instant) =>
  appointments(ctx)
    .where('p.on_day', '>=', from)
    .where('p.on_day', '<=', to)
    .where('p.cancelled_at', 'is', null)
    .where('p.reminded_at', 'is', null)
    .where('p.arrival_id', 'is', null)
    .where('p.missed_at', 'is', null)
    .where('p.recorded_at', '<', booked_before.toString())
    .orderBy('p.id')
    .limit(500)
    .forUpdate('p')
    .skipLocked()
    .execute()

// --- shifts ---------------------------------------------------------------------------------------------------------

export const findSeries = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('desk.opening_series')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export type Series = Awaited<ReturnType<typeof findSeries>>

type Slots = { slot_minutes: number | null; slot_places: number; open_booking: boolean }
/** Of the series, and of its openings to come that were written down already. */
export async function changeSlots({ db, ambito_id, today }: Ctx, series_id: string, slots: Slots) {
  await db
    .updateTable('desk.opening_series')
    .set(slots)
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', series_id)
    .execute()
  await db
    .updateTable('desk.opening')
    .set(slots)
    .where('ambito_id', '=', ambito_id)
    .where('series_id', '=', series_id)
    .where('on_day', '>=', today)
    .execute()
}

export async function changeOpening(
  { db, ambito_id }: Ctx,
  id: string,
  change: { cancelled_at: string | null; starts_at?: string; ends_at?: string },
) {
  await db.updateTable('desk.opening').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

export const openingsToCome = ({ db, ambito_id, today }: Ctx, series_id: string) =>
  db
    .selectFrom('desk.opening')
    .select(['id', 'on_day', 'starts_at', 'ends_at', 'cancelled_at'])
    .where('ambito_id', '=', ambito_id)
    .where('series_id', '=', series_id)
    .where('on_day', '>=', today)
    .orderBy('on_day')
    .execute()
