import { accountNames } from '../../accounts/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'

/** The names behind rows, for their history. */
export const authors = (ctx: Ctx, rows: readonly { recorded_by: string | null }[]) =>
  accountNames(
    ctx,
    rows.flatMap(({ recorded_by }) => recorded_by ?? []),
  )
