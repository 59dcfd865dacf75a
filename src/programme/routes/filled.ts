import { accountNames } from '../../accounts/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Form, Schema } from '../../kernel/form.ts'

/** A form opened for the first time shows what is known; sent and refused, what was typed. */
export const filled = <S extends Schema>(form: Form<S>, values: Form<S>['values']): Form<S> =>
  Object.keys(form.values).length > 0 ? form : { ...form, values }

/** The names behind rows, for their history. */
export const authors = (ctx: Ctx, rows: readonly { recorded_by: string | null }[]) =>
  accountNames(
    ctx,
    rows.flatMap(({ recorded_by }) => recorded_by ?? []),
  )
