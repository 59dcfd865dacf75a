/** What each row counts, since when; and what would change if it counted otherwise. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import indicators from '../lists/indicators.json' with { type: 'json' }
import { may } from '../rules/may.ts'
import { insertIndicators, listDefinitions, type NewIndicator } from '../store/definitions.ts'

/** The rows of the fund and of the project's processes, as a new Ambito starts with them. */
export const foundIndicators = (ctx: Ctx) => insertIndicators(ctx, indicators as NewIndicator[])

/** Every version of every row, oldest first. */
export async function definitions(ctx: Ctx) {
  allow(ctx.actor.can(may.see_definitions))
  return listDefinitions(ctx)
}
