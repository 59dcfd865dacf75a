/** How a figure divides by Comune or by citizenship, and how complete the data are month by month. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { sharesOf } from '../../people/actions.ts'
import { wantsNothing } from '../rules/columns.ts'
import { participants } from '../rules/definitions.ts'
import { may } from '../rules/may.ts'
import { isSmall, type Period, publicShares, type Shares, type Trait } from '../rules/report.ts'
import { listDefinitions } from '../store/definitions.ts'
import { everybodyIn, type Month, sweepMonths } from '../store/persons.ts'
import { ground } from './figures.ts'

/** Those who count in a row from the start to the end of the period; small groups together for whoever may not see them. */
export async function sharesIn(ctx: Ctx, code: string, period: Period, trait: Trait): Promise<Shares> {
  allow(ctx.actor.can(may.see_cells))
  const { rows, matches, window } = await ground(ctx, await listDefinitions(ctx), period)
  const plan = { rows: rows.filter(({ counts }) => counts === 'persons'), matches }
  if (!plan.rows.some((row) => row.code === code) || wantsNothing(plan)) return { shares: [], others: 0 }
  const shares = await sharesOf(ctx, await everybodyIn(ctx, plan, window, code), trait)
  return ctx.actor.can(may.see_small_cells) ? { shares, others: 0 } : publicShares(shares)
}

export type MonthSeen = Omit<Month, 'countable'> & { countable: number | null }

/** Of those served in a month, how many can be counted (null: fewer than may be seen): what is completed later raises the months behind, too. */
export async function monthsOfQuality(ctx: Ctx): Promise<MonthSeen[]> {
  allow(ctx.actor.can(may.see_not_countable))
  const { rows, matches, window } = await ground(ctx, await listDefinitions(ctx), { from: ctx.today, to: ctx.today })
  const plan = { rows: rows.filter(({ code }) => code === participants), matches }
  const months = wantsNothing(plan) ? [] : await sweepMonths(ctx, plan, window)
  if (ctx.actor.can(may.see_small_cells)) return months
  const seen = months.filter(({ served }) => !isSmall(served))
  return seen.map((month) => (isSmall(month.countable) ? { ...month, countable: null } : month))
}
