/** Appointments: given, moved, cancelled, kept or missed. */
import { dayOf, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { changed } from '../../kernel/live.ts'
import { findPerson } from '../../people/actions.ts'
import { settingOf } from '../../programme/actions.ts'
import { queueTopic } from '../events.ts'
import type { BookInput, GiveInput } from '../forms.ts'
import { codeTyped, type Slot } from '../rules/slots.ts'
import { bookedAtOnce, may } from '../rules.ts'
import * as store from '../store/appointments.ts'
import { findLink } from '../store/links.ts'
import { makeOpenings } from '../store/openings.ts'
import { insertArrival, updateArrival } from '../store.ts'
import { tellOrCall } from './calls.ts'
import { codeFor, codeUntil, tell } from './letters.ts'
import { problemOf, slotAsked } from './slots.ts'

/** A thousand bookings from one address: the first few are taken. */
export const bookLimit = { name: 'desk.book', points: 10, seconds: 3600 } as const
export const codeLimit = { name: 'desk.code', points: 30, seconds: 3600 } as const

type Who = Parameters<typeof store.takePlace>[3]

/** @returns the appointment; whoever comes too late is told, and which hours are near stands on the page again */
async function take(ctx: Ctx, kind: string, key: string, who: Who, open: boolean) {
  const asked = await slotAsked(ctx, kind, key, { open })
  refuse({ slot: 'error' in asked ? problemOf[asked.error] : undefined })
  const { slot } = asked as { slot: Slot }
  const id = await store.takePlace(ctx, await openingOf(ctx, slot), slot, who)
  refuse({ slot: id ? undefined : problemOf.taken })
  return id as string
}

/** Openings are written down on their day, or as soon as somebody has an appointment there. */
async function openingOf(ctx: Ctx, slot: Slot) {
  if (slot.opening_id) return slot.opening_id
  await makeOpenings(ctx, slot.on_day)
  return store.openingOfSlot(ctx, slot)
}

/** Somebody without an account. @returns the code that opens it: shown once, and in the letter if there is an address */
export async function bookOpenly(ctx: Ctx, kind: string, key: string, { called_as, email = '' }: BookInput) {
  const max = await settingOf(ctx, bookedAtOnce)
  refuse({
    email: email && (await store.bookedBy(ctx, email)) >= max ? ['desk.error.too_many_booked', { max }] : undefined,
  })
  const id = await take(ctx, kind, key, { person_id: null, called_as, email, lang: ctx.lang }, true)
  const appointment = await store.findAppointment(ctx, id)
  const code = await codeFor(ctx, appointment)
  await tell(ctx, appointment, 'booked', code)
  return code
}

/** Given by whoever works here: to a person with a file, or to a name. */
export async function give(
  ctx: Ctx,
  kind: string,
  { slot, person_id, called_as = '', email = '', lang = 'it' }: GiveInput,
) {
  allow(ctx.actor.can(may.give_appointments))
  const person = person_id ? (await findPerson(ctx, person_id)).id : null
  refuse({ called_as: person || called_as ? undefined : 'kernel.form.required' })
  const id = await take(ctx, kind, slot, { person_id: person, called_as, email, lang }, false)
  await tell(ctx, await store.findAppointment(ctx, id), 'booked')
  return id
}

// --- the life of one ------------------------------------------------------------------------------------------------

const stands = ({ cancelled_at, arrival_id, missed_at }: store.Appointment) =>
  !cancelled_at && !arrival_id && !missed_at
const begins = ({ on_day, starts_at }: store.Appointment) => romeTime(on_day, starts_at.slice(0, 5))
/** To come, and nothing happened to it yet. */
export const mayChange = (ctx: Pick<Ctx, 'now'>, appointment: store.Appointment) =>
  stands(appointment) && Temporal.Instant.compare(begins(appointment), ctx.now) > 0

export async function appointmentOfCode(ctx: Ctx, typed: string) {
  const found = await findLink(ctx, 'appointment', codeTyped(typed))
  if (!found) throw new NotFound()
  return store.findAppointment(ctx, found.thing_id)
}

/** The new place is taken before the old one is free: nobody falls between two chairs. */
async function move(ctx: Ctx, id: string, key: string, open: boolean) {
  const appointment = await store.lockAppointment(ctx, id)
  refuse({ form: mayChange(ctx, appointment) ? undefined : 'desk.error.appointment_gone' })
  const { person_id, called_as, email, lang, kind } = appointment
  const to = await take(ctx, kind, key, { person_id, called_as, email, lang }, open)
  await store.changeAppointment(ctx, to, { sequence: appointment.sequence + 1 })
  await store.changeAppointment(ctx, id, { cancelled_at: ctx.now.toString(), cancelled_by: open ? 'person' : 'staff' })
  const moved = await store.findAppointment(ctx, to)
  await store.handOver(ctx, id, to, codeUntil(moved))
  if (open) await tell(ctx, moved, 'moved')
  else await tellOrCall(ctx, moved, 'moved')
  return to
}
export const moveByCode = async (ctx: Ctx, code: string, key: string) =>
  move(ctx, (await appointmentOfCode(ctx, code)).id, key, true)
export async function moveAppointment(ctx: Ctx, id: string, key: string) {
  allow(ctx.actor.can(may.give_appointments))
  return move(ctx, id, key, false)
}

async function cancel(ctx: Ctx, id: string, by: 'person' | 'staff' | 'house') {
  const appointment = await store.lockAppointment(ctx, id)
  refuse({ form: mayChange(ctx, appointment) || by === 'house' ? undefined : 'desk.error.appointment_gone' })
  await store.changeAppointment(ctx, id, {
    cancelled_at: ctx.now.toString(),
    cancelled_by: by,
    sequence: appointment.sequence + 1,
  })
  await changed(ctx, queueTopic(appointment.opening_id))
  return appointment
}
export const cancelByCode = async (ctx: Ctx, code: string) => {
  await cancel(ctx, (await appointmentOfCode(ctx, code)).id, 'person')
}
export async function cancelAppointment(ctx: Ctx, id: string) {
  allow(ctx.actor.can(may.give_appointments))
  await tellOrCall(ctx, await cancel(ctx, id, 'staff'), 'cancelled')
}
/** The desk does not open: whoever can be written to is told, and may book another day. */
export async function cancelByHouse(ctx: Ctx, appointment: store.Appointment) {
  if (!stands(appointment)) return
  await tellOrCall(ctx, await cancel(ctx, appointment.id, 'house'), 'cancelled')
}

/** Who comes in by appointment stands in the same queue, and is called at the hour that was given. */
export async function arriveByAppointment(ctx: Ctx, opening_id: string, id: string) {
  const appointment = await store.lockAppointment(ctx, id)
  if (appointment.opening_id !== opening_id) throw new NotFound()
  allow(ctx.actor.can(may.see))
  refuse({ form: stands(appointment) && appointment.on_day === ctx.today ? undefined : 'desk.error.appointment_gone' })
  const arrival = await insertArrival(ctx, opening_id, appointment.called_as, appointment.person_id)
  await updateArrival(ctx, arrival.id, { appointment_at: begins(appointment).toString() })
  await store.changeAppointment(ctx, id, { arrival_id: arrival.id })
  await changed(ctx, queueTopic(opening_id))
  return arrival
}

/** Nobody came at the hour given: said with a code, never with words. */
export async function missAppointment(ctx: Ctx, opening_id: string, id: string, why: string) {
  const appointment = await store.lockAppointment(ctx, id)
  if (appointment.opening_id !== opening_id) throw new NotFound()
  allow(ctx.actor.can(may.see))
  const passed = Temporal.Instant.compare(begins(appointment), ctx.now) <= 0
  refuse({ form: stands(appointment) && passed ? undefined : 'desk.error.appointment_gone' })
  await store.changeAppointment(ctx, id, { missed_at: ctx.now.toString(), missed_why: why })
  await changed(ctx, queueTopic(opening_id))
}

/** The day before, once, in the language of the person: those who cannot be written to are not. */
export async function remindOfAppointments(ctx: Ctx) {
  const until = ctx.now.add({ hours: 24 })
  const found = await store.toRemind(ctx, ctx.today, dayOf(until), ctx.now.subtract({ hours: 3 }))
  for (const appointment of found) {
    const at = begins(appointment)
    if (Temporal.Instant.compare(at, until) > 0 || Temporal.Instant.compare(at, ctx.now) <= 0) continue
    await tellOrCall(ctx, appointment, 'reminder')
    await store.changeAppointment(ctx, appointment.id, { reminded_at: ctx.now.toString() })
  }
}
