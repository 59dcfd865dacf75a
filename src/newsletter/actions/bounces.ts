import type { Ctx } from '../../kernel/ctx.ts'
import type { Bounce } from '../rules/bounces.ts'
import { recordBounce, suppress } from '../store/delivery.ts'

/** False when we have sent no such letter, or know already: a mail of no meaning changes nothing. */
export async function takeBounce(ctx: Ctx, { issue_id, subscriber_id, status, gone }: Bounce) {
  if (!(await recordBounce(ctx, issue_id, subscriber_id, status))) return false
  if (gone) await suppress(ctx, [{ subscriber_id, why: status }])
  return true
}
