/** What the desk and the courses tell this service. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import type { Announced } from '../../kernel/events.ts'
import { filesOfPerson, headLines } from '../../people/actions.ts'
import { may } from '../rules/may.ts'
import * as store from '../store/plans.ts'
import { joinProposed } from '../store/records.ts'

type Sent = { visit_id: string; person_id: string; to: string; on: string }
export async function hearSent(ctx: Ctx, events: Announced<Sent>[]) {
  await store.insertReferrals(
    ctx,
    events.filter(({ payload }) => payload.to === 'self').map(({ payload }) => payload),
  )
}

/** The visit was never, or somebody else's: nobody was sent by it. */
export async function hearVisitsWithdrawn(ctx: Ctx, events: Announced<{ visit_id: string }>[]) {
  await store.withdrawReferrals(
    ctx,
    events.map(({ payload }) => payload.visit_id),
  )
}

export async function hearEnrolled(
  ctx: Ctx,
  events: Announced<{ edition_id: string; person_id: string; on: string }>[],
) {
  for (const { payload } of events)
    await joinProposed(ctx, { ...payload, person_ids: await filesOfPerson(ctx, payload.person_id) })
}

/** Who waits, the longest first; erased people have no line any more. */
export async function waiting(ctx: Ctx) {
  allow(ctx.actor.can(may.see))
  const referrals = await store.waitingReferrals(ctx)
  const heads = await headLines(
    ctx,
    referrals.map(({ person_id }) => person_id),
  )
  const head = new Map(heads.map((one) => [one.id, one]))
  return referrals.flatMap((one) => {
    const of = head.get(one.person_id)
    return of ? [{ ...one, head: of }] : []
  })
}

/** They did not come, or did not want to. */
export async function endReferral(ctx: Ctx, id: string, reason: string) {
  const referral = await store.findReferral(ctx, id)
  allow(ctx.actor.can(may.work))
  refuse({ form: referral.ended_on ? 'orientation.error.referral_ended' : undefined })
  await store.endReferrals(ctx, { id }, reason)
}
