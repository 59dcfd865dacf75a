/** The body countersigns: by link, on the mediator's screen, or in ink; what is not right is disputed, or reopened. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { hoursKind } from '../codes.ts'
import { hoursConfirmed, hoursReopened } from '../events.ts'
import type { HoursInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import * as bodies from '../store/bodies.ts'
import * as calls from '../store/calls.ts'
import * as hours from '../store/hours.ts'
import { findLink, makeLink } from '../store/links.ts'
import { open } from '../urls.ts'
import { facts, link, write } from './letters.ts'

/** One link opens everything a contact has to countersign. */
export async function hoursLink(ctx: Ctx, contact_id: string) {
  return makeLink(ctx, 'hours', contact_id, ctx.now.add({ hours: 62 * 24 }))
}
export async function askToConfirm(ctx: Ctx, contact_id: string) {
  const waiting = await hours.toConfirm(ctx, contact_id)
  if (waiting.length === 0) return 0
  const contact = await bodies.findContact(ctx, contact_id)
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
  return waitingFor(ctx, found.thing_id)
}
export async function waitingFor(ctx: Ctx, contact_id: string) {
  const month = `${ctx.today.slice(0, 7)}-01`
  return {
    contact: await bodies.findContact(ctx, contact_id),
    waiting: await hours.toConfirm(ctx, contact_id),
    rated: await hours.hasRated(ctx, contact_id, month),
    month,
  }
}
type Waiting = Awaited<ReturnType<typeof waitingFor>>

export type Signature = { signer: string; job?: string | undefined }
export const confirmByLink = async (ctx: Ctx, token: string, said: HoursInput) =>
  confirmRight(ctx, await contactOfLink(ctx, token), said, 'link')

export async function confirmRight(
  ctx: Ctx,
  { contact, waiting, month }: Waiting,
  { right, rating, ...signature }: HoursInput,
  how: 'link' | 'system',
) {
  const known = new Set(waiting.map(({ id }) => id))
  refuse({ right: right.length === 0 ? 'mediation.error.nothing_ticked' : undefined })
  for (const id of right) if (known.has(id)) await confirm(ctx, id, signature, how)
  if (rating) await hours.rate(ctx, contact.id, month, Number(rating))
}

/** A sheet signed in ink, registered by the office. */
export async function confirmOnPaper(ctx: Ctx, call_id: string, signature: Signature) {
  allow(ctx.actor.can(may.coordinate))
  await confirm(ctx, call_id, signature, 'paper')
}

export async function confirm(
  ctx: Ctx,
  call_id: string,
  { signer, job = '' }: Signature,
  how: 'link' | 'screen' | 'paper' | 'system',
) {
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
  return { call, report_id }
}

/** "These hours are not right": the call waits for the coordinator, the others can be signed. */
export async function dispute(
  ctx: Ctx,
  { waiting }: Waiting,
  call_id: string,
  { about, text = '' }: { about: string; text?: string | undefined },
) {
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
