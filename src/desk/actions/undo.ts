/** A visit just saved is taken back: seconds later, by whoever saved it. */
import { instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { changed } from '../../kernel/live.ts'
import { queueTopic, visitWithdrawn } from '../events.ts'
import { may, mayUndo } from '../rules.ts'
import * as store from '../store.ts'

/** Withdraws the visit and those of the household saved with it; the arrival stands in front of the desk again. */
export async function undoVisit(ctx: Ctx, opening_id: string, visit_id: string) {
  const visit = await store.findVisit(ctx, visit_id)
  if (visit.opening_id !== opening_id) throw new NotFound()
  allow(ctx.actor.can(may.withdraw))
  refuse({
    ...(visit.withdrawn_at && { form: 'desk.error.already_withdrawn' as const }),
    ...(!visit.withdrawn_at && !mayUndo(visit, ctx) && { form: 'desk.error.too_late' as const }),
  })
  for (const { id } of await store.visitsSavedWith(ctx, visit)) {
    if (await store.insertWithdrawal(ctx, id, 'undone')) announce(ctx, visitWithdrawn, { visit_id: id, on: ctx.today })
  }
  if (visit.arrival_id) await store.updateArrival(ctx, visit.arrival_id, { served_at: null })
  await changed(ctx, queueTopic(opening_id))
  return visit
}

/** The visit whose undoing is offered: mine, of a moment ago, still standing. */
export async function undoable(ctx: Ctx, opening_id: string, visit_id: string | null) {
  if (!visit_id) return null
  const visit = await store.findVisit(ctx, visit_id)
  const standing = visit.opening_id === opening_id && !visit.withdrawn_at
  if (!standing || !mayUndo(visit, ctx)) return null
  return { id: visit.id, visits: (await store.visitsSavedWith(ctx, visit)).length, seconds: secondsLeft(visit, ctx) }
}

/** What had been written in a visit taken back, to be put right and saved again. */
export async function asWritten(ctx: Ctx, visit_id: string, person_id: string) {
  const visit = await store.findVisit(ctx, visit_id)
  if (visit.withdrawn_for !== 'undone' || visit.recorded_by !== ctx.actor.account_id || visit.person_id !== person_id)
    return null
  const [referral] = await store.referralsOf(ctx, [visit_id])
  const { outcome, minutes, for_whom, language, help, mandate_seen, mediator_present } = visit
  return {
    needs: visit.needs ?? [],
    outcome,
    for_whom,
    help,
    ...(minutes && { minutes: String(minutes) }),
    ...(language && { language }),
    ...(mandate_seen && { mandate_seen: '1' }),
    ...(mediator_present && { mediator_present: '1' }),
    ...(referral && { sent_to: referral.to_whom, ...(referral.answer_wanted && { answer_wanted: '1' }) }),
    note: (await store.noteOfVisit(ctx, visit_id))?.text ?? '',
  }
}

/** Of something saved here together with a visit, or on one. Null: it is too late, or somebody else's. */
export const secondsToUndo = (saved: Saved, ctx: Ctx) => (mayUndo(saved, ctx) ? secondsLeft(saved, ctx) : null)

type Saved = Parameters<typeof mayUndo>[0]
const OFFERED = 10
const secondsLeft = ({ recorded_at }: Saved, { now }: Ctx) =>
  Math.max(3, OFFERED - Math.floor(instantOf(recorded_at).until(now).total('seconds')))
