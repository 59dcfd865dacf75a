/** What happens at the desk: opening, arriving, being called, being served. */
import { looked } from '../kernel/audit.ts'
import { addDays, instantOf } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { allow, refuse } from '../kernel/errors.ts'
import { announce, publish } from '../kernel/events.ts'
import { changed } from '../kernel/live.ts'
import type { TodayLine } from '../kernel/module.ts'
import { findPerson, householdOf, missingOf } from '../people/actions.ts'
import { closuresOn, isClosed, organisations } from '../territory/actions.ts'
import { countCalls } from './actions/calls.ts'
import { ownServices } from './codes.ts'
import { personSent, queueTopic, visitRecorded, visitWithdrawn } from './events.ts'
import type { InformationInput, OpeningInput, SeriesInput, VisitInput } from './forms.ts'
import { may, openingErrors, opensOn, readsNote, visitErrors } from './rules.ts'
import { appointmentsBetween } from './store/appointments.ts'
import {
  findOpening,
  insertOpening,
  insertSeries,
  makeOpenings,
  type Opening,
  openingsFrom,
  openingsOn as openingsThere,
  seriesOf,
} from './store/openings.ts'
import * as store from './store.ts'
import { desk } from './urls.ts'

export { asWritten, secondsToUndo, undoable, undoVisit } from './actions/undo.ts'
export { needList } from './codes.ts'

// --- openings -------------------------------------------------------------------------------------------------------

export const openingsToday = (ctx: Ctx) => openingsOn(ctx, ctx.today)

/** The openings of a day: the weekly ones are there by themselves, unless the day is closed, though one was booked before it was. */
export async function openingsOn(ctx: Ctx, day: string) {
  allow(ctx.actor.can(may.see))
  const closed = await isClosed(ctx, day)
  if (!closed) await makeOpenings(ctx, day)
  const openings = await openingsThere(ctx, day)
  return closed
    ? openings.filter(({ series_id, waiting, visits }) => !series_id || Number(waiting) + Number(visits) > 0)
    : openings
}

/** When the desk is open in the next three weeks, and the weekly hours: asked by anybody, writes nothing. */
export const openHours = (ctx: Ctx) => opensBetween(ctx, ctx.today, 21)

export async function opensBetween(ctx: Ctx, from: string, length: number) {
  const days = Array.from({ length }, (_, ahead) => addDays(from, ahead))
  const weekly = (await seriesOf(ctx)).map(withoutSeconds)
  const written = (await openingsFrom(ctx, from, days.at(-1) as string)).map(withoutSeconds)
  return { weekly, ...opensOn(days, weekly, written, new Set((await closuresOn(ctx, days)).keys())) }
}
const withoutSeconds = <Row extends { starts_at: string; ends_at: string }>(row: Row): Row => ({
  ...row,
  starts_at: row.starts_at.slice(0, 5),
  ends_at: row.ends_at.slice(0, 5),
})

export async function openDesk(ctx: Ctx, input: OpeningInput) {
  allow(ctx.actor.can(may.work))
  refuse(openingErrors(input, ctx.today))
  publish(ctx)
  return insertOpening(ctx, input.on_day ?? ctx.today, input)
}

export async function planOpenings(ctx: Ctx, input: SeriesInput) {
  allow(ctx.actor.can(may.plan_openings))
  refuse(openingErrors(input))
  await insertSeries(ctx, input)
  publish(ctx)
}

export { findOpening, openingsFrom }

// --- the queue ------------------------------------------------------------------------------------------------------

export const waitingAt = store.queueOf

/** Somebody comes in: a first name, or the number alone. */
export async function arrive(ctx: Ctx, opening_id: string, called_as = '', person_id: string | null = null) {
  allow(ctx.actor.can(may.see))
  await changed(ctx, queueTopic(opening_id))
  return store.insertArrival(ctx, opening_id, called_as, person_id)
}

export async function callArrival(ctx: Ctx, opening_id: string, id: string) {
  const arrival = await store.lockArrival(ctx, opening_id, id)
  allow(ctx.actor.can(may.work))
  refuse({ ...((arrival.served_at || arrival.left_at) && { form: 'desk.error.gone' as const }) })
  await store.updateArrival(ctx, id, { called_at: ctx.now.toString(), called_by: ctx.actor.account_id })
  await changed(ctx, queueTopic(opening_id))
  return arrival
}

export async function callNext(ctx: Ctx, opening_id: string) {
  allow(ctx.actor.can(may.work))
  const next = await store.lockNext(ctx, opening_id)
  if (next) await store.updateArrival(ctx, next.id, { called_at: ctx.now.toString(), called_by: ctx.actor.account_id })
  if (next) await changed(ctx, queueTopic(opening_id))
  return next
}

/** Did not wait. */
export async function leaveQueue(ctx: Ctx, opening_id: string, id: string) {
  const arrival = await store.lockArrival(ctx, opening_id, id)
  allow(ctx.actor.can(may.see))
  refuse({ ...(arrival.served_at && { form: 'desk.error.gone' as const }) })
  await store.updateArrival(ctx, id, { left_at: ctx.now.toString() })
  await changed(ctx, queueTopic(opening_id))
}

// --- visits ---------------------------------------------------------------------------------------------------------

/** The visits of an opening that still stand. */
export const visitsAt = async (ctx: Ctx, opening_id: string) =>
  (await store.visitsOfOpening(ctx, opening_id)).filter(({ withdrawn_at }) => !withdrawn_at)

/**
 * One person served, or several of one household together: a visit and a fact each, announced in the same transaction.
 * `on`: another day than today, where it is written down from paper.
 * @returns the visit of the person in front of the desk
 */
export async function recordVisit(ctx: Ctx, opening_id: string, input: VisitInput, on = ctx.today) {
  const opening = await findOpening(ctx, opening_id)
  const person = await findPerson(ctx, input.person_id)
  allow(ctx.actor.can(may.work))
  refuse(visitErrors(input))
  const by_appointment = input.arrival_id ? await serve(ctx, opening_id, input.arrival_id, person.id) : false
  const id = await recordOne(ctx, opening, { ...input, by_appointment }, person.id, on)
  // Minutes are time worked: they stand once, on the first visit. So does the note, which is about whom it was written on.
  const { minutes, note, for_whom, mandate_seen, ...same } = input
  for (const other of await servedTogether(ctx, person.id, input.also ?? []))
    await recordOne(ctx, opening, { ...same, mandate_seen: false }, other, on)
  return id
}

/** Those ticked, if they live with the person today; the same person ticked twice is served once. */
async function servedTogether(ctx: Ctx, person_id: string, also: string[]) {
  if (also.length === 0) return []
  const { others } = await householdOf(ctx, person_id)
  const household = new Set(others.map((one) => one.person_id))
  refuse({ ...(also.some((id) => !household.has(id)) && { also: 'kernel.form.not_a_choice' as const }) })
  return [...new Set(also)]
}

type Input = Omit<VisitInput, 'person_id'> & { by_appointment?: boolean }
async function recordOne(ctx: Ctx, opening: Opening, input: Input, person_id: string, on: string) {
  const id = await store.insertVisit(ctx, opening, { ...input, person_id }, on)
  if (input.sent_to)
    await store.insertReferral(
      ctx,
      id,
      person_id,
      input.sent_to,
      await organisationCalled(ctx, input.sent_to),
      input.answer_wanted,
    )
  const own = input.sent_to ? ownServiceCalled(input.sent_to) : undefined
  if (own) announce(ctx, personSent, { visit_id: id, person_id, to: own, on })
  if (input.note) await store.insertNote(ctx, { person_id, visit_id: id, closed_to: 'desk', text: input.note })
  announceVisit(ctx, id, opening, { ...input, person_id }, on)
  return id
}

/** Information given to somebody who is not registered: an activity figure, never a participant. */
export async function giveInformation(ctx: Ctx, opening_id: string, input: InformationInput) {
  const opening = await findOpening(ctx, opening_id)
  allow(ctx.actor.can(may.work))
  refuse({ ...(input.needs.length === 0 && { needs: 'desk.error.no_need' as const }) })
  const visit = {
    ...input,
    person_id: null,
    outcome: 'solved' as const,
    for_whom: 'self' as const,
    mandate_seen: false,
    help: ['information' as const],
    mediator_present: false,
    answer_wanted: false,
  }
  if (input.arrival_id) await serve(ctx, opening_id, input.arrival_id, null)
  const id = await store.insertVisit(ctx, opening, visit, ctx.today)
  announceVisit(ctx, id, opening, visit, ctx.today)
  return id
}

/** The body of the address book that was meant, if the words are its name. */
async function organisationCalled(ctx: Ctx, words: string) {
  const same = (name: string) => name.localeCompare(words, 'it', { sensitivity: 'base' }) === 0
  return (await organisations(ctx)).find((organisation) => same(organisation.name))?.id ?? null
}

/** A service of ours, however it is written: `Equipe S.E.L.F. – …` of the address book, or `al self`. */
const ownServiceCalled = (words: string) =>
  ownServices.find((service) => new RegExp(`\\b${service}\\b`, 'i').test(words.replaceAll('.', '')))

/** The service a person was sent to has taken it up. */
export const answerReferral = store.answerReferral

/** What a visit starts with: solved, the language used the last time, and the minutes since the person was called, in steps of five. */
export function usualVisit(
  ctx: Ctx,
  queue: readonly store.Waiting[],
  arrival_id: string | null,
  history: readonly store.Visit[],
) {
  const called_at = queue.find((waiting) => waiting.id === arrival_id)?.called_at
  const minutes = called_at && Math.ceil(instantOf(called_at).until(ctx.now).total('minutes') / 5) * 5
  const language = history.find((visit) => visit.language && !visit.withdrawn_at)?.language
  return {
    outcome: 'solved',
    ...(language && { language }),
    ...(minutes && minutes <= 120 && { minutes: String(minutes) }),
  }
}

async function serve(ctx: Ctx, opening_id: string, arrival_id: string, person_id: string | null) {
  const arrival = await store.lockArrival(ctx, opening_id, arrival_id)
  // Two operators with the same arrival before them: the second is told, and may still save without it.
  refuse({ ...((arrival.served_at || arrival.left_at) && { form: 'desk.error.gone' as const }) })
  await changed(ctx, queueTopic(opening_id))
  await store.updateArrival(ctx, arrival.id, {
    served_at: ctx.now.toString(),
    person_id,
    ...(!arrival.called_at && { called_at: ctx.now.toString(), called_by: ctx.actor.account_id }),
  })
  return arrival.appointment_at !== null
}

function announceVisit(
  ctx: Ctx,
  visit_id: string,
  opening: Opening,
  {
    person_id,
    minutes,
    needs,
    outcome,
  }: Pick<VisitInput, 'minutes' | 'needs' | 'outcome'> & { person_id: string | null },
  on: string,
) {
  announce(ctx, visitRecorded, {
    visit_id,
    person_id,
    on,
    opening_kind: opening.kind,
    opening_id: opening.id,
    minutes: minutes ?? null,
    needs: [...new Set(needs)],
    outcome,
  })
}

/** A visit entered by mistake stays readable, and stops counting. */
export async function withdrawVisit(ctx: Ctx, id: string, reason: string) {
  await store.findVisit(ctx, id)
  allow(ctx.actor.can(may.withdraw))
  const taken_back = await store.insertWithdrawal(ctx, id, reason)
  refuse({ ...(!taken_back && { form: 'desk.error.already_withdrawn' as const }) })
  announce(ctx, visitWithdrawn, { visit_id: id, on: ctx.today })
}

/** The one datum worth asking now of those just served: the cheapest that is missing, once a day each. */
export async function questionAfterVisit(ctx: Ctx, person_ids: readonly string[]) {
  for (const person_id of person_ids) {
    const [what] = await missingOf(ctx, person_id)
    if (what && (await store.rememberQuestion(ctx, person_id, what))) return { person_id, what }
  }
  return null
}

export async function writeNote(
  ctx: Ctx,
  person_id: string,
  { text, for_lawyer }: { text: string; for_lawyer: boolean },
) {
  const person = await findPerson(ctx, person_id)
  allow(ctx.actor.can(for_lawyer ? may.write_closed_note : may.write_note))
  await store.insertNote(ctx, { person_id: person.id, visit_id: null, closed_to: for_lawyer ? 'lawyer' : 'desk', text })
}

export async function notesFor(ctx: Ctx, person_ids: string[]) {
  const sees_desk = ctx.actor.can(may.see)
  return (await store.notesOf(ctx, person_ids)).filter((note) => readsNote(note, ctx.actor.account_id, sees_desk))
}

/** A visit with what followed from it; reading a named person's visit is recorded. */
export async function openVisit(ctx: Ctx, id: string) {
  const visit = await store.findVisit(ctx, id)
  allow(ctx.actor.can(may.see))
  if (visit.person_id) looked(ctx, { what: 'desk.visit', person_id: visit.person_id })
  return { visit, referrals: await store.referralsOf(ctx, [id]) }
}

export async function openDayList(ctx: Ctx, opening_id: string) {
  const opening = await findOpening(ctx, opening_id)
  allow(ctx.actor.can(may.see))
  const visits = await store.visitsOfOpening(ctx, opening_id)
  looked(ctx, { what: 'desk.list', detail: { rows: visits.length } })
  return { opening, visits }
}

/** The first screen: the desks open today and how many wait; the appointments of the day. */
export async function deskToday(ctx: Ctx): Promise<TodayLine[]> {
  if (!ctx.actor.can(may.work)) return []
  const calls = ctx.actor.can(may.give_appointments) ? await countCalls(ctx) : 0
  const booked = (await appointmentsBetween(ctx, ctx.today, ctx.today)).filter(({ cancelled_at }) => !cancelled_at)
  const agenda: TodayLine[] =
    booked.length === 0
      ? []
      : [
          {
            text: ctx.t('desk.agenda.today', { count: booked.length }),
            href: desk.appointments.href(),
            order: 9,
            count: booked.length,
          },
        ]
  const openings = (await openingsToday(ctx)).map((opening) => ({
    text: ctx.t('desk.today', {
      kind: ctx.t(`desk.kind.${opening.kind as 'foreigners'}`),
      waiting: Number(opening.waiting ?? 0),
      starts: opening.starts_at.slice(0, 5),
    }),
    href: desk.work.href({ opening: opening.id }),
    order: 10,
    count: Number(opening.waiting ?? 0),
  }))
  const toCall: TodayLine[] =
    calls === 0
      ? []
      : [{ text: ctx.t('desk.calls.today', { count: calls }), href: desk.calls.href(), order: 9.5, count: calls }]
  return [...agenda, ...toCall, ...openings]
}
