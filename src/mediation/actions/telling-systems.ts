/**
 * Tells the systems of bodies what became of their calls: a job in rounds, outside any transaction, one at a time in the
 * whole house, so that a target that hangs never takes more than one of its hands. In a round all targets are told side by
 * side, each its messages in order; one that fails is left until its pause is over. A message may arrive twice (we were
 * killed before writing down that it had), under the same id: never not at all.
 */
import { colleagues } from '../../accounts/actions.ts'
import { instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { later, type OutsideJob, slowJob } from '../../kernel/events.ts'
import { type Told, tell } from '../../kernel/webhook.ts'
import { phaseOf } from '../rules/states.ts'
import { pauseAfter } from '../rules/telling.ts'
import { tellSystemsJob } from '../store/calls.ts'
import * as systems from '../store/systems.ts'
import { mediation } from '../urls.ts'
import { link, write } from './letters.ts'
import { secretOf } from './systems.ts'

export const tellSystems = slowJob<Record<string, never>>(tellSystemsJob, tellAll)

async function tellAll(outside: OutsideJob) {
  const due = await outside.open((ctx) => systems.dueDeliveries(ctx))
  await Promise.all([...Map.groupBy(due, ({ system_id }) => system_id).values()].map((one) => tellOne(outside, one)))
  await outside.open(async (ctx) => {
    const next = await systems.nextDelivery(ctx)
    // Under a name of its own: it must never take the place of what has just been queued for now.
    if (next)
      later(ctx, tellSystems, {}, { at: instantOf(next), key: `${tellSystemsJob}.again`, queue: tellSystemsJob })
  })
}

async function tellOne({ open, config }: OutsideJob, messages: readonly systems.Due[]) {
  for (const message of messages) {
    const { secret, now } = await open(async (ctx) => ({
      secret: secretOf(ctx, { id: message.system_id, secret_number: message.secret_number }),
      now: ctx.now,
    }))
    const told = await tell({
      url: message.url,
      id: `msg_${message.id}`,
      secret,
      at: now,
      body: JSON.stringify(payloadOf(message)),
      private_too: config.webhook_private,
      seconds: config.webhook_seconds,
    })
    await open((ctx) => record(ctx, message, told))
    if (told.said !== 'ok') return
  }
}

/** What a body's system hears: which call, and where it stands, or which translated text is there. Whatever else it may know, it asks for with its key. */
export function payloadOf({
  call_id,
  number,
  state,
  file_id,
  made_at,
}: Pick<systems.Due, 'call_id' | 'number' | 'state' | 'file_id' | 'made_at'>) {
  return {
    type: file_id ? 'translation.ready' : 'request.changed',
    timestamp: instantOf(made_at).toString(),
    data: { id: call_id, number, state, phase: phaseOf(state), ...(file_id && { file: file_id }) },
  }
}

async function record(ctx: Ctx, { id, system_id, attempts }: systems.Due, { status, said }: Told) {
  if (said === 'ok') {
    await systems.recordTry(ctx, { id, status, said: '', end: 'delivered' })
    await systems.markFailing(ctx, system_id, false)
    return
  }
  const minutes = status === 410 ? undefined : pauseAfter(attempts + 1)
  await systems.recordTry(ctx, {
    id,
    status,
    said: status === 0 ? said : '',
    end: minutes === undefined ? 'given_up' : { again: ctx.now.add({ minutes }) },
  })
  await systems.markFailing(ctx, system_id, true)
  if (minutes === undefined) await giveUpTarget(ctx, system_id, status === 410 ? 'gone' : 'failing')
}

/** Days of silence, or a target that says it is gone: whoever looks after it, and the coordinators, are told once. */
async function giveUpTarget(ctx: Ctx, system_id: string, why: 'failing' | 'gone') {
  if (!(await systems.endWebhook(ctx, system_id, why))) return
  const system = await systems.findSystem(ctx, system_id)
  const coordinators = (await colleagues(ctx, 'coordinator')).map(({ email }) => email)
  for (const email of new Set([system.tech_email, ...coordinators]))
    await write(
      ctx,
      { email, lang: 'it' },
      'target_off',
      ['mediation.mail.target_off.subject', { system: system.name }],
      [
        [`mediation.mail.target_off.${why}`, { system: system.name, body: system.body_name }],
        email !== system.tech_email && link(ctx, mediation.system.href({ system: system_id })),
      ],
    )
}
