/** The budget by line: whole versions, each holding from a day. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { publish, say } from '../../kernel/events.ts'
import { type CostFamily, costFamilies, readBudget, sumOf } from '../rules/budget.ts'
import { may } from '../rules/may.ts'
import { addBudget, listBudgetLines, listBudgetVersions } from '../store/budget.ts'
import { projectOf } from './project.ts'

export { type BudgetLine, type CostFamily, costFamilies, readCents } from '../rules/budget.ts'
export const budgetVersions = async (ctx: Ctx) => listBudgetVersions(ctx, (await projectOf(ctx)).id)

/** The version that holds on a day, with its lines; undefined as long as nobody has written one. */
export async function budgetOn(ctx: Ctx, on = ctx.today) {
  const version = (await budgetVersions(ctx)).find(({ valid_from }) => valid_from <= on)
  return version && { ...version, lines: await listBudgetLines(ctx, version.id) }
}

export async function addBudgetVersion(
  ctx: Ctx,
  { lines: typed, ...version }: { valid_from: string; reason: string; lines: string },
) {
  const project = await projectOf(ctx)
  allow(ctx.actor.can(may.keep_budget))
  const lines = readBudget(typed, (word) => familyNamed(ctx, word))
  if (typeof lines === 'number') return refuse({ lines: ['programme.error.budget_line', { line: lines }] })
  refuse({
    lines:
      lines.length === 0
        ? 'programme.error.budget_empty'
        : sumOf(lines) > project.total_cents
          ? 'programme.error.budget_over'
          : undefined,
  })
  await addBudget(ctx, project.id, version, lines)
  publish(ctx)
  say(ctx, sumOf(lines) === project.total_cents ? 'programme.budget.added' : 'programme.budget.added_less')
}

const same = (a: string, b: string) => a.trim().localeCompare(b, 'it', { sensitivity: 'base' }) === 0
const familyNamed = (ctx: Ctx, word: string): CostFamily | undefined =>
  costFamilies.find((family) => same(word, family) || same(word, ctx.t(`programme.cost.${family}`)))
