/** What other modules may ask about who works here. What is done to accounts is in `actions/`. */
import type { Ctx } from '../kernel/ctx.ts'
import type { Role } from './rules/roles.ts'
import { namesOf, withRole } from './store.ts'

/** The names behind the authors of rows, whoever they were. */
export async function accountNames(ctx: Ctx, account_ids: readonly string[]) {
  const rows = await namesOf(ctx, [...new Set(account_ids)])
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Who has one of these roles in this Ambito today: id, name and e-mail, by name. */
export const colleagues = (ctx: Ctx, ...roles: Role[]) => withRole(ctx, roles)
