/** How forms open: empty, or with what stands there already. */
import type { Ctx } from '../../kernel/ctx.ts'
import { blankForm, type Form, type Schema } from '../../kernel/form.ts'

export const blank = <S extends Schema>(ctx: Ctx, values: Form<S>['values'] = {}): Form<S> =>
  blankForm<S>(ctx.ambito_id, values)
/** What was typed wins over what stands there. */
export const filled = <S extends Schema>(form: Form<S>, values: Form<S>['values']): Form<S> => ({
  ...form,
  values: Object.keys(form.values).length > 0 ? form.values : values,
})
export const pageIn = (query: URLSearchParams) => {
  const page = query.get('pagina') ?? '1'
  return /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1
}
