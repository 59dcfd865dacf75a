/** What runs by the clock. Each asks an index; with nothing due it finds nothing, however many calls are open. */
import type { Ctx } from '../kernel/ctx.ts'
import { askToConfirm } from './actions/confirming.ts'
import { startWave } from './actions/searching.ts'
import { remind } from './actions/working.ts'
import { heldUntil, staleDrafts, takeReminders, takeStep } from './store/calls.ts'
import { whoIsLate } from './store/hours.ts'
import { sweepLinks } from './store/links.ts'
import { wavesOver } from './store/search.ts'
import { forgetDeliveries } from './store/systems.ts'

/** Waves past their deadline go on; calls whose hour has passed are done; both sides are reminded the day before. */
export async function watch(ctx: Ctx) {
  for (const { call_id } of await wavesOver(ctx)) await startWave(ctx, call_id)
  for (const { id } of await heldUntil(ctx)) await takeStep(ctx, id, 'done', 'clock')
  for (const call_id of await takeReminders(ctx)) await remind(ctx, call_id)
}

export async function sweepDrafts(ctx: Ctx) {
  for (const { id } of await staleDrafts(ctx)) await takeStep(ctx, id, 'refused', 'clock', 'unverified')
  await sweepLinks(ctx)
  await forgetDeliveries(ctx)
}

/** One link for a month's calls; asked again until it is signed. */
export async function askMonthly(ctx: Ctx) {
  for (const { id } of await whoIsLate(ctx)) await askToConfirm(ctx, id)
}
