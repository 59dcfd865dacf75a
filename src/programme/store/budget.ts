import type { Ctx } from '../../kernel/ctx.ts'
import type { BudgetLine, CostFamily } from '../rules/budget.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type BudgetVersion = Awaited<ReturnType<typeof listBudgetVersions>>[number]
export const listBudgetVersions = ({ db, ambito_id }: Here, project: string) =>
  db
    .selectFrom('programme.budget_version')
    .select(['id', 'valid_from', 'reason', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('project', '=', project)
    .orderBy('valid_from', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

export const listBudgetLines = async ({ db, ambito_id }: Here, version: string) =>
  (await db
    .selectFrom('programme.budget_line')
    .select(['code', 'title', 'work_package', 'cost_family', 'cents'])
    .where('ambito_id', '=', ambito_id)
    .where('version', '=', version)
    .orderBy('position')
    .execute()) as (Omit<BudgetLine, 'cost_family'> & { cost_family: CostFamily })[]

export async function addBudget(
  { db, ambito_id }: Here,
  project: string,
  version: { valid_from: string; reason: string },
  lines: readonly BudgetLine[],
) {
  const { id } = await db
    .insertInto('programme.budget_version')
    .values({ ambito_id, project, ...version })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('programme.budget_line')
    .values(lines.map((line, position) => ({ ambito_id, version: id, position, ...line })))
    .execute()
  return id
}
