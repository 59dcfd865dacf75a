/** A body asks; its address is verified; the coordinator, or a rule, finds it right. */
import { randomUUID } from 'node:crypto'
import { addDays, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { singleAddress } from '../../kernel/mail.ts'
import { settingOf } from '../../programme/actions.ts'
import { closuresOn, comuni, countryCalled, countryName, languageOf, organisations } from '../../territory/actions.ts'
import { callCancelled, callRequested } from '../events.ts'
import type { AskedFor, InterviewsInput, RequestInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import type { Span } from '../rules/ranking.ts'
import { daysOf, optionsOf, requestErrors } from '../rules/requests.ts'
import { approvesKnown, urgentHours } from '../rules/settings.ts'
import { canBeCancelledByBody } from '../rules/states.ts'
import * as bodies from '../store/bodies.ts'
import * as calls from '../store/calls.ts'
import { endLinks, findLink, makeLink } from '../store/links.ts'
import { endAssignment } from '../store/search.ts'
import type { System } from '../store/systems.ts'
import { open } from '../urls.ts'
import { facts, gist, hoursOf, link, statusLink, tell, write } from './letters.ts'
import { callOff, startWave } from './searching.ts'

const verify_hours = 72

type Who = Pick<RequestInput, 'name' | 'job' | 'email' | 'phone' | 'body' | 'comune'>

async function askerOf(ctx: Ctx, { name, job = '', email, phone, body, comune }: Who) {
  refuse({ email: singleAddress(email) ? undefined : 'kernel.form.not_an_email' })
  const known = (await organisations(ctx)).find(
    (one) => one.name.localeCompare(body, 'it', { sensitivity: 'base' }) === 0,
  )
  return {
    contact: await bodies.contactOf(ctx, { name, job, email, phone, lang: ctx.lang }),
    body: await bodies.bodyNamed(ctx, body, known?.id ?? null, comune),
  }
}

async function knownComune(ctx: Ctx, code: string) {
  refuse({ comune: (await comuni(ctx)).some((one) => one.code === code) ? undefined : 'kernel.form.not_a_choice' })
}

/** Nothing is searched for before the address is verified. */
export async function askForMediator(ctx: Ctx, input: RequestInput, after_call_id: string | null = null) {
  await mayBeAsked(ctx, input)
  const { contact, body } = await askerOf(ctx, input)
  const ids = await writeCalls(ctx, { body_id: body.id, contact_id: contact.id, after_call_id, lang: ctx.lang }, input)
  await askToVerify(ctx, contact, ids[0] as string)
  return ids
}

/** Whoever has the key of a system speaks for its contact: there is no address left to verify. */
export async function askBySystem(ctx: Ctx, { id, body_id, contact_id, contact_lang }: System, input: AskedFor) {
  await mayBeAsked(ctx, input)
  const ids = await writeCalls(ctx, { body_id, contact_id, system_id: id, lang: contact_lang }, input)
  for (const call_id of ids) await send(ctx, call_id, 'body')
  return ids
}

async function mayBeAsked(ctx: Ctx, input: AskedFor) {
  refuse({
    ...requestErrors(input, ctx.now, ctx.today),
    ...(input.comes_from && !countryCalled(input.comes_from, ctx.lang) && { comes_from: 'mediation.error.country' }),
  })
  await knownComune(ctx, input.comune)
}

type Asker = Pick<calls.NewCall, 'body_id' | 'contact_id' | 'system_id' | 'after_call_id' | 'lang'>
/** One call, or as many as its recurrence has days. */
async function writeCalls(ctx: Ctx, asker: Asker, input: AskedFor) {
  const language = input.language ? (languageOf(input.language) ?? input.language) : null
  const closed = input.repeat
    ? new Set((await closuresOn(ctx, allDays(input.on, input.repeat_until))).keys())
    : new Set<string>()
  const days = daysOf(input, (day) => closed.has(day))
  const series_id = days.length > 1 ? randomUUID() : null
  const ids: string[] = []
  for (const on of days) {
    const options =
      days.length > 1
        ? optionsOf({ on, from: input.from, to: input.to, minutes: input.minutes } as never)
        : optionsOf(input)
    const { id } = await calls.insertCall(
      ctx,
      {
        ...asker,
        series_id,
        language,
        variety: input.variety ?? '',
        other_language: input.other_language ?? null,
        comes_from: input.comes_from ? (countryCalled(input.comes_from, ctx.lang) ?? null) : null,
        field: input.field,
        purpose: input.purpose,
        mode: input.mode,
        minutes: input.minutes,
        comune: input.comune,
        place: input.place ?? '',
        link: input.link ?? '',
        adults: input.adults ?? 1,
        minors: input.minors ?? 0,
        staff: input.staff ?? 1,
        gender: input.gender ?? null,
        gender_reason: input.gender ? (input.gender_reason ?? null) : null,
        same_mediator: input.same_mediator,
        urgent: input.urgent || (await isUrgent(ctx, options)),
        safety: input.safety ?? '',
        pages: input.pages ?? null,
      },
      options,
    )
    await calls.takeStep(ctx, id, 'draft', 'body')
    ids.push(id)
  }
  return ids
}
const allDays = (from: string, to: string | undefined) => {
  const days: string[] = []
  for (let day = from; to && day <= to && days.length < 400; day = addDays(day, 1)) days.push(day)
  return days
}

async function isUrgent(ctx: Ctx, options: readonly Span[]) {
  const hours = await settingOf(ctx, urgentHours)
  return options.every(({ starts_at }) => ctx.now.until(starts_at).total('hours') < hours)
}

async function askToVerify(ctx: Ctx, contact: bodies.Contact, call_id: string) {
  const token = await makeLink(ctx, 'verify', call_id, ctx.now.add({ hours: verify_hours }))
  await write(
    ctx,
    contact,
    'verify',
    ['mediation.mail.verify.subject'],
    [['mediation.mail.verify.text', { hours: verify_hours }], link(ctx, open.verify.href({ l: contact.lang, token }))],
  )
}

/** A day of interviews: each language is one call with its slots in a row, so that each mediator comes for a block. */
export async function askForInterviews(ctx: Ctx, input: InterviewsInput) {
  const wanted = [
    [input.language_1, input.interviews_1],
    [input.language_2, input.interviews_2],
    [input.language_3, input.interviews_3],
  ].filter((pair): pair is [string, number] => pair[0] !== undefined && pair[1] !== undefined)
  const start = romeTime(input.on, input.from)
  const total = wanted.reduce((sum, [, interviews]) => sum + interviews * input.slot_minutes, 0)
  refuse({
    on: Temporal.Instant.compare(start, ctx.now) <= 0 ? 'mediation.error.past' : undefined,
    interviews_1: total > 600 ? 'mediation.error.day_too_long' : undefined,
  })
  await knownComune(ctx, input.comune)
  const { contact, body } = await askerOf(ctx, input)
  const series_id = randomUUID()
  const ids: string[] = []
  let at = start
  for (const [language, interviews] of wanted) {
    const minutes = Math.max(10, interviews * input.slot_minutes)
    const span = { starts_at: at, ends_at: at.add({ minutes }) }
    const { id } = await calls.insertCall(
      ctx,
      {
        body_id: body.id,
        contact_id: contact.id,
        series_id,
        language: languageOf(language) ?? language,
        field: input.field,
        purpose: input.field.startsWith('SCU') ? 'SCFAM' : 'COLL',
        mode: 'PRES',
        minutes,
        comune: input.comune,
        place: input.place,
        urgent: await isUrgent(ctx, [span]),
        lang: ctx.lang,
      },
      [span],
    )
    await calls.insertSlots(
      ctx,
      id,
      Array.from({ length: interviews }, (_, slot) => ({
        starts_at: span.starts_at.add({ minutes: slot * input.slot_minutes }),
        minutes: input.slot_minutes,
      })),
    )
    await calls.takeStep(ctx, id, 'draft', 'body')
    ids.push(id)
    at = span.ends_at
  }
  await askToVerify(ctx, contact, ids[0] as string)
  return ids
}

// --- verified -------------------------------------------------------------------------------------------------------

/** What a link opens: the call it was made for, and those asked for with it. */
export async function callsOfLink(ctx: Ctx, kind: 'verify' | 'status', token: string) {
  const found = await findLink(ctx, kind, token)
  if (!found) throw new NotFound()
  return withSeries(ctx, found.thing_id)
}
async function withSeries(ctx: Ctx, id: string) {
  const call = await calls.findCall(ctx, id)
  const others = call.series_id ? await calls.listCalls(ctx, { series_id: call.series_id }) : []
  return {
    call,
    all: call.series_id ? others.toSorted((a, b) => a.number - b.number) : [{ ...call, first_option: null }],
  }
}

/** The button on the page the mail leads to: opening that page verified nothing. @returns the token of the status page */
export async function verifyByLink(ctx: Ctx, token: string) {
  const { call, all } = await callsOfLink(ctx, 'verify', token)
  await bodies.verifyContact(ctx, call.contact_id, 'mail')
  for (const one of all) await send(ctx, one.id, 'body')
  await endLinks(ctx, 'verify', call.id)
  return statusLink(ctx, call)
}

/** The coordinator has called them on the phone. */
export async function verifyByCall(ctx: Ctx, call_id: string) {
  const { call, all } = await withSeries(ctx, call_id)
  allow(ctx.actor.can(may.coordinate))
  await bodies.verifyContact(ctx, call.contact_id, 'call')
  for (const one of all) await send(ctx, one.id, 'coordinator')
  return statusLink(ctx, call)
}

async function send(ctx: Ctx, call_id: string, by: calls.By) {
  const call = await calls.lockCall(ctx, call_id)
  if (call.state !== 'draft') return
  await calls.takeStep(ctx, call_id, 'sent', by)
  announce(ctx, callRequested, await facts(ctx, call))
  if (await isRight(ctx, call)) await approveIt(ctx, call_id, 'rule')
}

/** A body already taken on, within its hours: nobody needs to look. */
async function isRight(ctx: Ctx, call: calls.Call) {
  if (!call.body_known_at || !call.language || !(await settingOf(ctx, approvesKnown))) return false
  const ceiling = await bodies.ceilingOn(ctx, call.body_id, ctx.today)
  return !ceiling || ceiling.held + ceiling.promised + call.minutes <= ceiling.minutes
}

async function approveIt(ctx: Ctx, call_id: string, by: calls.By) {
  await calls.takeStep(ctx, call_id, 'approved', by)
  await startWave(ctx, call_id)
}

/** The coordinator takes the call on, and with it the body. */
export async function approve(ctx: Ctx, call_id: string) {
  const call = await calls.lockCall(ctx, call_id)
  allow(ctx.actor.can(may.coordinate))
  refuse({ form: call.state === 'sent' ? undefined : 'mediation.error.moved_on' })
  if (!call.body_known_at)
    await bodies.updateBody(ctx, call.body_id, { known_at: ctx.now.toString(), known_by: ctx.actor.account_id })
  await approveIt(ctx, call_id, 'coordinator')
}

export async function refuseCall(ctx: Ctx, call_id: string, reason: string) {
  const call = await calls.lockCall(ctx, call_id)
  allow(ctx.actor.can(may.coordinate))
  refuse({
    form: ['draft', 'sent', 'approved', 'offered'].includes(call.state) ? undefined : 'mediation.error.moved_on',
  })
  await callOff(ctx, call_id)
  await calls.takeStep(ctx, call_id, 'refused', 'coordinator', reason)
  await tell(ctx, call, 'refused')
}

/** By the body through its link, or by the coordinator for it. Late ones are paid when the month is closed. */
export async function cancelCall(ctx: Ctx, call_id: string, by: 'body' | 'coordinator') {
  const call = await calls.lockCall(ctx, call_id)
  refuse({ form: canBeCancelledByBody(call.state) ? undefined : 'mediation.error.moved_on' })
  const was_assigned = call.assignment_id !== null
  await callOff(ctx, call_id)
  if (call.assignment_id) await endAssignment(ctx, call.assignment_id, 'cancelled_by_body')
  await calls.takeStep(ctx, call_id, 'cancelled_by_body', by)
  if (call.state !== 'draft') announce(ctx, callCancelled, await facts(ctx, call))
  if (was_assigned && call.mediator_email)
    await write(
      ctx,
      { email: call.mediator_email, lang: call.mediator_lang ?? 'it' },
      'cancelled',
      ['mediation.mail.cancelled.subject', { number: call.number }],
      [['mediation.mail.cancelled.text', await gist(ctx, call, await hoursOf(ctx, call), call.mediator_lang ?? 'it')]],
    )
}
// --- again ----------------------------------------------------------------------------------------------------------

/** The fields of an earlier request, for the next one: everything but the date. */
export async function copyOf(ctx: Ctx, token: string) {
  const { call } = await callsOfLink(ctx, 'status', token)
  const values = {
    name: call.contact_name,
    job: call.contact_job,
    email: call.contact_email,
    phone: call.contact_phone,
    body: call.body_name,
    language: call.language,
    variety: call.variety,
    other_language: call.other_language,
    comes_from: call.comes_from && countryName(call.comes_from, ctx.lang),
    field: call.field,
    purpose: call.purpose,
    mode: call.mode,
    comune: call.comune,
    place: call.place,
    minutes: String(call.minutes),
    adults: String(call.adults),
    minors: String(call.minors),
    staff: String(call.staff),
    gender: call.gender,
    gender_reason: call.gender_reason,
    same_mediator: '1',
  }
  return { id: call.id, values: Object.fromEntries(Object.entries(values).filter(([, value]) => value)) }
}
