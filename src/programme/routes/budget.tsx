import { filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { addBudgetVersion, budgetOn, budgetVersions } from '../actions/budget.ts'
import { projectOf } from '../actions/project.ts'
import { budgetForm } from '../forms.ts'
import { BudgetFormPage, BudgetPage } from '../pages/budget.tsx'
import { budgetAsText } from '../rules/budget.ts'
import { may } from '../rules/may.ts'
import { programme } from '../urls.ts'
import { authors } from './authors.ts'

const routes = router()
export default routes.all

routes.page(programme.budget, may.read, async (ctx) => {
  const versions = await budgetVersions(ctx)
  return (
    <BudgetPage
      project={await projectOf(ctx)}
      version={await budgetOn(ctx)}
      versions={versions}
      names={await authors(ctx, versions)}
      changes={ctx.actor.can(may.keep_budget)}
    />
  )
})

routes.form(programme.newBudget, may.keep_budget, budgetForm, {
  async show(ctx, _, form) {
    const now = await budgetOn(ctx)
    return (
      <BudgetFormPage
        form={filled(form, {
          valid_from: ctx.today,
          ...(now && { lines: budgetAsText(now.lines, (family) => ctx.t(`programme.cost.${family}`)) }),
        })}
      />
    )
  },
  async submit(ctx, _, input) {
    await addBudgetVersion(ctx, input)
    return programme.budget.href()
  },
})
