/** The keys of bodies' own systems: made and revoked by the coordinator, shown once. */
import { randomBytes } from 'node:crypto'
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { later } from '../../kernel/events.ts'
import { singleAddress } from '../../kernel/mail.ts'
import { isFitTarget } from '../../kernel/webhook.ts'
import type { SystemInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import * as bodies from '../store/bodies.ts'
import { tellSystemsJob } from '../store/calls.ts'
import * as systems from '../store/systems.ts'

/** @returns the key, which nobody can read again */
export async function makeSystem(
  ctx: Ctx,
  body_id: string,
  { name, contact_name, email, phone, tech_email }: SystemInput,
) {
  const body = await bodies.findBody(ctx, body_id)
  allow(ctx.actor.can(may.coordinate))
  refuse({
    email: singleAddress(email) ? undefined : 'kernel.form.not_an_email',
    tech_email: singleAddress(tech_email) ? undefined : 'kernel.form.not_an_email',
  })
  const contact = await bodies.contactOf(ctx, { name: contact_name, job: '', email, phone, lang: 'it' })
  await bodies.verifyContact(ctx, contact.id, 'call')
  if (!body.known_at)
    await bodies.updateBody(ctx, body_id, { known_at: ctx.now.toString(), known_by: ctx.actor.account_id })
  const key = `labimpact_${randomBytes(32).toString('base64url')}`
  const id = await systems.insertSystem(ctx, { body_id, contact_id: contact.id, name, tech_email, key })
  looked(ctx, { what: 'mediation.system_made', detail: { system: id } })
  return { id, key }
}

export async function revokeSystem(ctx: Ctx, id: string) {
  await systems.findSystem(ctx, id)
  allow(ctx.actor.can(may.coordinate))
  await systems.endWebhook(ctx, id, 'revoked')
  await systems.revokeSystem(ctx, id)
  looked(ctx, { what: 'mediation.system_revoked', detail: { system: id } })
}

// --- where it hears -------------------------------------------------------------------------------------------------

/** Made from the key of this installation: kept nowhere, the same whenever it is needed. */
export const secretOf = ({ seal }: Pick<Ctx, 'seal'>, { id, secret_number }: { id: string; secret_number: number }) =>
  `whsec_${Buffer.from([1, 2, 3].map((part) => seal(`mediation.webhook:${part}:${secret_number}:${id}`)).join('')).toString('base64')}`

async function living(ctx: Ctx, id: string) {
  const system = await systems.findSystem(ctx, id)
  allow(ctx.actor.can(may.coordinate))
  refuse({ form: system.revoked_at ? 'mediation.error.moved_on' : undefined })
  return system
}

export async function setTarget(ctx: Ctx, id: string, url: string) {
  await living(ctx, id)
  refuse({ url: isFitTarget(url, ctx.private_webhooks) ? undefined : 'mediation.error.target' })
  await systems.endWebhook(ctx, id, 'replaced')
  await systems.setWebhook(ctx, id, url)
  queueTelling(ctx)
}
export async function switchOff(ctx: Ctx, id: string) {
  await living(ctx, id)
  await systems.endWebhook(ctx, id, 'staff')
}
/** The same address again; what has waited goes there now. */
export async function switchOn(ctx: Ctx, id: string) {
  const system = await living(ctx, id)
  const last = await systems.lastWebhook(ctx, id)
  refuse({ form: !last || system.webhook_id ? 'mediation.error.moved_on' : undefined })
  await systems.setWebhook(ctx, id, last?.url as string)
  queueTelling(ctx)
}
export async function renewSecret(ctx: Ctx, id: string) {
  await living(ctx, id)
  await systems.renewSecret(ctx, id)
}
export async function sendAgain(ctx: Ctx, id: string, delivery_id: string) {
  await living(ctx, id)
  if (!(await systems.sendAgain(ctx, id, delivery_id))) throw new NotFound()
  queueTelling(ctx)
}
const queueTelling = (ctx: Ctx) =>
  later(ctx, { name: tellSystemsJob }, {}, { key: tellSystemsJob, queue: tellSystemsJob })
