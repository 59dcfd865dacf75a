/** After the assignment: the mediator's page, report, countersignature, dispute, the month held for good. */
import { dayOf, instantOf, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce, job, later } from '../../kernel/events.ts'
import { createPerson, giveNotice } from '../../people/actions.ts'
import { countryOf } from '../../territory/actions.ts'
import { hoursKind } from '../codes.ts'
import { callDone, hoursConfirmed, hoursLocked, hoursReopened, personHelped } from '../events.ts'
import type { RecipientInput, ReportInput } from '../forms.ts'
import { centsOf, dueWhenCancelled, outsideBooking, paidMinutes, workedMinutes } from '../rules/hours.ts'
import { may } from '../rules/may.ts'
import { canBeReported } from '../rules/states.ts'
import * as calls from '../store/calls.ts'
import * as hours from '../store/hours.ts'
import { findLink, makeLink } from '../store/links.ts'
import * as people from '../store/people.ts'
import { callOfAssignment, markArrived } from '../store/search.ts'
import { open } from '../urls.ts'
import { facts, gist, link, write } from './letters.ts'

// --- the mediator's page --------------------------------------------------------------------------------------------

/** The call behind the winner's link, as long as it is hers. */
export async function jobOfLink(ctx: Ctx, token: string) {
  const found = await findLink(ctx, 'job', token)
  const assignment = found && (await callOfAssignment(ctx, found.thing_id))
  if (!found || !assignment || assignment.ended_at) throw new NotFound()
  return { call: await calls.findCall(ctx, assignment.call_id), arrived_at: assignment.arrived_at }
}

export async function arrive(ctx: Ctx, call: calls.Call) {
  refuse({ form: call.assignment_id && call.state === 'assigned' ? undefined : 'mediation.error.moved_on' })
  await markArrived(ctx, call.assignment_id as string)
}

/** Two minutes; a correction is another report, and the last one counts. */
export async function report(ctx: Ctx, call_id: string, input: ReportInput, by: 'mediator' | 'coordinator') {
  const call = await calls.lockCall(ctx, call_id)
  refuse({ form: canBeReported(call.state) && call.assignment_id ? undefined : 'mediation.error.moved_on' })
  const times = {
    started_at: romeTime(input.on, input.from),
    ended_at: romeTime(input.on, input.to),
    break_minutes: input.break_minutes ?? 0,
    travel_minutes: input.travel_minutes ?? 0,
  }
  const expense = centsTyped(input.expense)
  refuse({
    to:
      input.to <= input.from
        ? 'mediation.error.ends_before'
        : Temporal.Instant.compare(times.ended_at, ctx.now) > 0
          ? 'mediation.error.not_yet'
          : undefined,
    break_minutes: input.to > input.from && workedMinutes(times) <= 0 ? 'mediation.error.break_too_long' : undefined,
    on:
      Math.abs(times.started_at.until(instantOf(call.starts_at as string)).total('hours')) > 24 * 7
        ? 'mediation.error.other_day'
        : undefined,
    outcome: !input.absent && !input.outcome ? 'kernel.form.required' : undefined,
    expense: expense === undefined ? 'kernel.form.not_a_number' : undefined,
  })
  const contract = await people.findContract(ctx, call.contract_id as string)
  const booked = { starts_at: instantOf(call.starts_at as string), ends_at: instantOf(call.ends_at as string) }
  const paid_minutes = paidMinutes(times, contract)
  const first = (await hours.reportOf(ctx, call_id)) === undefined
  await hours.insertReport(ctx, {
    call_id,
    assignment_id: call.assignment_id as string,
    ...times,
    absent: input.absent,
    expense_cents: expense ?? 0,
    adults: input.adults ?? 0,
    minors: input.minors ?? 0,
    outcome: input.absent ? null : (input.outcome ?? null),
    note: input.note ?? '',
    outside_booking: outsideBooking(times, booked),
    paid_minutes,
  })
  if (call.state === 'assigned') await calls.takeStep(ctx, call_id, 'done', by)
  await calls.takeStep(ctx, call_id, input.absent ? 'absent' : 'reported', by)
  await hours.resolveDispute(ctx, call_id, 'report_corrected')
  if (first && !input.absent) announce(ctx, callDone, { ...(await facts(ctx, call)), minutes: paid_minutes })
}

function centsTyped(typed: string | undefined) {
  if (!typed) return 0
  const found = /^(\d{1,4})(?:[.,](\d{1,2}))?$/.exec(typed.replace(/[\s€]/g, ''))
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '0').padEnd(2, '0')) : undefined
}

// --- the body countersigns ------------------------------------------------------------------------------------------

/** One link opens everything a contact has to countersign. */
export async function hoursLink(ctx: Ctx, contact_id: string) {
  return makeLink(ctx, 'hours', contact_id, ctx.now.add({ hours: 62 * 24 }))
}
export async function askToConfirm(ctx: Ctx, contact_id: string) {
  const waiting = await hours.toConfirm(ctx, contact_id)
  if (waiting.length === 0) return 0
  const contact = await people.findContact(ctx, contact_id)
  const token = await hoursLink(ctx, contact_id)
  await write(
    ctx,
    contact,
    'hours',
    ['mediation.mail.hours.subject'],
    [['mediation.mail.hours.text', { count: waiting.length }], link(ctx, open.hours.href({ l: contact.lang, token }))],
  )
  return waiting.length
}

export async function contactOfLink(ctx: Ctx, token: string) {
  const found = await findLink(ctx, 'hours', token)
  if (!found) throw new NotFound()
  const month = `${ctx.today.slice(0, 7)}-01`
  return {
    contact: await people.findContact(ctx, found.thing_id),
    waiting: await hours.toConfirm(ctx, found.thing_id),
    rated: await hours.hasRated(ctx, found.thing_id, month),
    month,
  }
}

type Signature = { signer: string; job?: string | undefined }
export async function confirmByLink(
  ctx: Ctx,
  token: string,
  { right, rating, ...signature }: Signature & { right: string[]; rating?: string | undefined },
) {
  const { contact, waiting, month } = await contactOfLink(ctx, token)
  const known = new Set(waiting.map(({ id }) => id))
  refuse({ right: right.length === 0 ? 'mediation.error.nothing_ticked' : undefined })
  for (const id of right) if (known.has(id)) await confirm(ctx, id, signature, 'link')
  if (rating) await hours.rate(ctx, contact.id, month, Number(rating))
}

/** A sheet signed in ink, registered by the office. */
export async function confirmOnPaper(ctx: Ctx, call_id: string, signature: Signature) {
  allow(ctx.actor.can(may.coordinate))
  await confirm(ctx, call_id, signature, 'paper')
}

async function confirm(ctx: Ctx, call_id: string, { signer, job = '' }: Signature, how: 'link' | 'paper') {
  const call = await calls.lockCall(ctx, call_id)
  const last = await hours.reportOf(ctx, call_id)
  refuse({
    form:
      last && ['reported', 'absent'].includes(call.state) && !(await hours.openDispute(ctx, call_id))
        ? undefined
        : 'mediation.error.moved_on',
  })
  const { id: report_id, paid_minutes: minutes } = last as hours.Report
  await hours.insertConfirmation(ctx, { call_id, report_id, minutes, signer, job, how })
  await calls.takeStep(ctx, call_id, 'confirmed', how === 'paper' ? 'coordinator' : 'body')
  announce(ctx, hoursConfirmed, { ...(await facts(ctx, call)), report_id, minutes, kind: hoursKind(call.mode) })
}

/** "These hours are not right": the call waits for the coordinator, the others can be signed. */
export async function dispute(
  ctx: Ctx,
  token: string,
  call_id: string,
  { about, text = '' }: { about: string; text?: string | undefined },
) {
  const { waiting } = await contactOfLink(ctx, token)
  const found = waiting.find(({ id }) => id === call_id)
  if (!found?.report_id) throw new NotFound()
  await hours.insertDispute(ctx, { call_id, report_id: found.report_id, about, text })
  await write(
    ctx,
    { email: found.mediator_email, lang: found.mediator_lang },
    'dispute',
    ['mediation.mail.dispute.subject', { number: found.number }],
    [['mediation.mail.dispute.text']],
  )
}

export async function resolve(ctx: Ctx, call_id: string) {
  allow(ctx.actor.can(may.coordinate))
  await hours.resolveDispute(ctx, call_id, 'report_stands')
}

/** A countersigned call is to be corrected: only while its month is open. */
export async function reopen(ctx: Ctx, call_id: string) {
  const call = await calls.lockCall(ctx, call_id)
  allow(ctx.actor.can(may.coordinate))
  refuse({ form: call.state === 'confirmed' ? undefined : 'mediation.error.moved_on' })
  const { report_id } = await hours.dropConfirmation(ctx, call_id)
  // What is signed next is another report, even if nothing in it changes: its hours are announced under its own name.
  await hours.repeatReport(ctx, report_id)
  await calls.takeStep(ctx, call_id, 'reported', 'coordinator', 'correction')
  announce(ctx, hoursReopened, { call_id, report_id, on: (await facts(ctx, call)).on })
}

// --- held -----------------------------------------------------------------------------------------------------------

export const monthOf = (month: string) => {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  return { from: romeTime(first.toString(), '00:00'), to: romeTime(first.add({ months: 1 }).toString(), '00:00') }
}

/** Closes everything countersigned up to the end of a month: held against the ceilings, and told to the budget. */
export async function closeMonth(ctx: Ctx, month: string) {
  allow(ctx.actor.can(may.close_month))
  const { to } = monthOf(month)
  const rows = await hours.toHold(ctx, to)
  for (const row of rows)
    await hold(ctx, { ...row, minutes: row.confirmed_minutes ?? 0, starts_at: row.started_at ?? row.starts_at })
  const late = (await hours.lateCancellations(ctx, to)).map((row) => ({
    ...row,
    minutes: dueWhenCancelled(instantOf(row.starts_at), instantOf(row.ended_at as string), row),
  }))
  for (const row of late.filter(({ minutes }) => minutes > 0)) await hold(ctx, row)
  return rows.length + late.length
}

type ToHold = Pick<
  hours.Work,
  | 'id'
  | 'language'
  | 'field'
  | 'comune'
  | 'mode'
  | 'body_id'
  | 'organisation_id'
  | 'mediator_id'
  | 'contract_id'
  | 'rate_cents'
> & { minutes: number; starts_at: string }
async function hold(ctx: Ctx, row: ToHold) {
  const {
    id: call_id,
    body_id,
    mediator_id,
    contract_id,
    minutes,
    language,
    field,
    comune,
    mode,
    organisation_id,
  } = row
  const on = dayOf(instantOf(row.starts_at))
  const cents = centsOf(minutes, row.rate_cents)
  await hours.hold(ctx, { call_id, body_id, mediator_id, contract_id, on_day: on, minutes, cents })
  await calls.takeStep(ctx, call_id, 'locked', ctx.actor.can(may.coordinate) ? 'coordinator' : 'rule')
  announce(ctx, hoursLocked, {
    call_id,
    on,
    language,
    field,
    comune,
    mode,
    organisation_id,
    minutes,
    cents,
    contract_id,
    mediator_id,
  })
}

// --- who was helped -------------------------------------------------------------------------------------------------

/** A page for the person's own phone, used once. The body never sees it. */
export async function handOverSheet(ctx: Ctx, call: calls.Call, language: string) {
  refuse({ form: ['assigned', 'done', 'reported'].includes(call.state) ? undefined : 'mediation.error.moved_on' })
  const id = await hours.insertSheet(ctx, call.id, language)
  const token = await makeLink(ctx, 'sheet', id, ctx.now.add({ hours: 48 }))
  return link(ctx, open.sheet.href({ l: language, token }))
}

export async function sheetOfLink(ctx: Ctx, token: string) {
  const found = await findLink(ctx, 'sheet', token)
  if (!found) throw new NotFound()
  return hours.findSheet(ctx, found.thing_id)
}

export async function fillSheet(ctx: Ctx, token: string, input: RecipientInput) {
  const sheet = await sheetOfLink(ctx, token)
  refuse({
    form: (await hours.fillSheet(ctx, sheet.id, { ...input, lang: ctx.lang }))
      ? undefined
      : 'mediation.error.sheet_used',
  })
  later(ctx, registerPerson, { sheet_id: sheet.id })
}

/** What the person wrote becomes a file at the desk, to be completed there; here only the tie to the call remains. */
export const registerPerson = job<{ sheet_id: string }>('mediation.register_person', async (ctx, { sheet_id }) => {
  const sheet = await hours.lockSheet(ctx, sheet_id)
  if (!sheet?.typed || sheet.person_id) return
  const { lang, heard, citizenship, ...typed } = sheet.typed as RecipientInput & { lang: string }
  const country = citizenship ? countryOf(citizenship) : undefined
  const call = await calls.findCall(ctx, sheet.call_id)
  const person_id = await createPerson(
    ctx,
    {
      ...typed,
      ...(country && { citizenship: country }),
      ...(call.language && { speaks: call.language }),
    } as never,
    { demo: ctx.demo },
  )
  await giveNotice(ctx, person_id, { language: lang, how: 'mediator' })
  await hours.tiePerson(ctx, sheet_id, person_id)
  announce(ctx, personHelped, {
    call_id: sheet.call_id,
    person_id,
    on: call.starts_at ? dayOf(instantOf(call.starts_at)) : ctx.today,
  })
})

// --- reminders ------------------------------------------------------------------------------------------------------

export async function remind(ctx: Ctx, call_id: string) {
  const call = await calls.findCall(ctx, call_id)
  if (!call.mediator_email || !call.starts_at || !call.ends_at) return
  const when = [{ starts_at: call.starts_at, ends_at: call.ends_at }]
  for (const to of [
    { email: call.mediator_email, lang: call.mediator_lang ?? 'it' },
    { email: call.contact_email, lang: call.contact_lang },
  ])
    await write(
      ctx,
      to,
      'reminder',
      ['mediation.mail.reminder.subject', { number: call.number }],
      [['mediation.mail.reminder.text', await gist(ctx, call, when, to.lang)]],
    )
}
