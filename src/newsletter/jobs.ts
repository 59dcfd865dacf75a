/** What runs by the clock. */
import type { Ctx } from '../kernel/ctx.ts'
import { queueDelivery } from './actions/delivery.ts'
import { begin } from './actions/issues.ts'
import { askSilent, forgetUnconfirmed } from './actions/subscribing.ts'
import { notOver } from './store/issues.ts'

/** Whose hour has come goes out, and what was on its way and has not moved for a while goes on. */
export async function watch(ctx: Ctx) {
  for (const { id, started_at } of await notOver(ctx)) {
    if (started_at) queueDelivery(ctx, id)
    else await begin(ctx, id)
  }
}

export { askSilent, forgetUnconfirmed }
