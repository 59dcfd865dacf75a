/** A refresher somebody has finished enters the profile of the mediator with that address. */
import { traineeContact } from '../../courses/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Announced } from '../../kernel/events.ts'
import * as mediators from '../store/mediators.ts'
import * as profile from '../store/profile.ts'

export async function hearRefreshers(ctx: Ctx, events: Announced<{ trainee_id: string; on: string }>[]) {
  const by_email = new Map((await mediators.listMediators(ctx)).map((one) => [one.email.toLowerCase(), one.id]))
  for (const { payload } of events) {
    const { email } = await traineeContact(ctx, payload.trainee_id)
    const mediator = email ? by_email.get(email.toLowerCase()) : undefined
    if (!mediator) continue
    const known = await profile.credentialsOf(ctx, mediator)
    // Heard twice, it is there already.
    if (known.some(({ kind, on_day }) => kind === 'refresher' && on_day === payload.on)) continue
    await profile.addCredential(ctx, mediator, { kind: 'refresher', on_day: payload.on, expires_on: null })
  }
}
