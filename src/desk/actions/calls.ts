/** Who has only a telephone is called by somebody who works here: nothing else can tell them. */
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { contactsOf, headLines } from '../../people/actions.ts'
import type { CallReason } from '../codes.ts'
import { may } from '../rules.ts'
import type { Appointment } from '../store/appointments.ts'
import { callsToMake, changeCall, insertCall } from '../store/calls.ts'
import { tell } from './letters.ts'

/** By mail; where no mail can go and there is a file, the call is work to do. */
export async function tellOrCall(ctx: Ctx, appointment: Appointment, what: CallReason) {
  if (!(await tell(ctx, appointment, what)) && appointment.person_id) await insertCall(ctx, appointment.id, what)
}

/** The calls that can be made: whose contact is not safe, who wants paper or has no number, is nobody's to call. */
async function reachable(ctx: Ctx) {
  const calls = await callsToMake(ctx)
  const people = [...new Set(calls.flatMap(({ person_id }) => person_id ?? []))]
  const contacts = await contactsOf(ctx, people, ctx.today)
  return calls.flatMap((call) => {
    const contact = contacts.get(call.person_id ?? '')
    return contact?.to && contact.channel !== 'email' ? [{ ...call, contact: { ...contact, to: contact.to } }] : []
  })
}

export async function listCalls(ctx: Ctx) {
  allow(ctx.actor.can(may.give_appointments))
  const calls = await reachable(ctx)
  const heads = new Map(
    (
      await headLines(
        ctx,
        calls.flatMap(({ person_id }) => person_id ?? []),
      )
    ).map((head) => [head.id, head]),
  )
  looked(ctx, { what: 'desk.calls', detail: { rows: calls.length } })
  return calls.map((call) => ({ ...call, head: heads.get(call.person_id ?? '') ?? null }))
}
export type Call = Awaited<ReturnType<typeof listCalls>>[number]

export const countCalls = async (ctx: Ctx) => (await reachable(ctx)).length

export async function markCalled(ctx: Ctx, appointment_id: string, what: CallReason, answered: boolean) {
  allow(ctx.actor.can(may.give_appointments))
  const now = ctx.now.toString()
  await changeCall(
    ctx,
    { appointment_id, what },
    answered ? { called_at: now, called_by: ctx.actor.account_id } : { tried_at: now },
  )
}
