/** After the assignment: the mediator's page, her report, the sheet of whoever was helped, reminders. */
import { addDays, dayOf, instantOf, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce, job, later } from '../../kernel/events.ts'
import { createPerson, giveNotice } from '../../people/actions.ts'
import { countryOf } from '../../territory/actions.ts'
import { callDone, personHelped } from '../events.ts'
import type { RecipientInput, ReportInput } from '../forms.ts'
import { outsideBooking, paidMinutes, workedMinutes } from '../rules/hours.ts'
import { may } from '../rules/may.ts'
import { canBeReported } from '../rules/states.ts'
import * as calls from '../store/calls.ts'
import * as contracts from '../store/contracts.ts'
import * as hours from '../store/hours.ts'
import { findLink, makeLink } from '../store/links.ts'
import * as recipients from '../store/recipients.ts'
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

/** She told it on the telephone. */
export async function reportForHer(ctx: Ctx, call_id: string, input: ReportInput) {
  allow(ctx.actor.can(may.coordinate))
  await report(ctx, call_id, input, 'coordinator')
}

/** Two minutes; a correction is another report, and the last one counts. */
export async function report(ctx: Ctx, call_id: string, input: ReportInput, by: 'mediator' | 'coordinator') {
  const call = await calls.lockCall(ctx, call_id)
  refuse({ form: canBeReported(call.state) && call.assignment_id ? undefined : 'mediation.error.moved_on' })
  const booked = { starts_at: instantOf(call.starts_at as string), ends_at: instantOf(call.ends_at as string) }
  const overnight = dayOf(booked.starts_at) < dayOf(booked.ends_at) && input.to <= input.from
  const times = {
    started_at: romeTime(input.on, input.from),
    ended_at: romeTime(overnight ? addDays(input.on, 1) : input.on, input.to),
    break_minutes: input.break_minutes ?? 0,
    travel_minutes: input.travel_minutes ?? 0,
  }
  const expense = centsTyped(input.expense)
  refuse({
    to:
      input.to <= input.from && !overnight
        ? 'mediation.error.ends_before'
        : Temporal.Instant.compare(times.ended_at, ctx.now) > 0
          ? 'mediation.error.not_yet'
          : undefined,
    break_minutes:
      Temporal.Instant.compare(times.ended_at, times.started_at) > 0 && workedMinutes(times) <= 0
        ? 'mediation.error.break_too_long'
        : undefined,
    on:
      Math.abs(times.started_at.until(booked.starts_at).total('hours')) > 24 * 7
        ? 'mediation.error.other_day'
        : undefined,
    outcome: !input.absent && !input.outcome ? 'kernel.form.required' : undefined,
    expense: expense === undefined ? 'kernel.form.not_a_number' : undefined,
  })
  const contract = await contracts.findContract(ctx, call.contract_id as string)
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

// --- who was helped -------------------------------------------------------------------------------------------------

/** In the hour of the call, and as long as its hours may still be corrected. */
const mayHelp = (state: string) => ['assigned', 'done', 'reported', 'confirmed'].includes(state)

/** A page for the person's own phone, used once. The body never sees it. */
export async function handOverSheet(ctx: Ctx, call: calls.Call, language: string) {
  refuse({ form: mayHelp(call.state) ? undefined : 'mediation.error.moved_on' })
  const id = await recipients.insertSheet(ctx, call.id, language)
  const token = await makeLink(ctx, 'sheet', id, ctx.now.add({ hours: 48 }))
  return link(ctx, open.sheet.href({ l: language, token }))
}

export async function sheetOfLink(ctx: Ctx, token: string) {
  const found = await findLink(ctx, 'sheet', token)
  if (!found) throw new NotFound()
  return recipients.findSheet(ctx, found.thing_id)
}

export async function fillSheet(ctx: Ctx, token: string, input: RecipientInput) {
  await fill(ctx, (await sheetOfLink(ctx, token)).id, input, ctx.lang)
}

/** Filled in on paper, typed in by the office. */
export async function typeSheet(
  ctx: Ctx,
  call_id: string,
  { language, ...input }: RecipientInput & { language: string },
) {
  const call = await calls.findCall(ctx, call_id)
  allow(ctx.actor.can(may.coordinate))
  refuse({ form: mayHelp(call.state) ? undefined : 'mediation.error.moved_on' })
  await fill(ctx, await recipients.insertSheet(ctx, call_id, language), input, language)
}

async function fill(ctx: Ctx, id: string, input: RecipientInput, lang: string) {
  refuse({
    form: (await recipients.fillSheet(ctx, id, { ...input, lang })) ? undefined : 'mediation.error.sheet_used',
  })
  later(ctx, registerPerson, { sheet_id: id })
}

/** What the person wrote becomes a file at the desk, to be completed there; here only the tie to the call remains. */
export const registerPerson = job<{ sheet_id: string }>('mediation.register_person', async (ctx, { sheet_id }) => {
  const sheet = await recipients.lockSheet(ctx, sheet_id)
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
  await recipients.tiePerson(ctx, sheet_id, person_id)
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
