/** How forms open, and the page of a plan with whatever is wrong on it: for all routes of the module. */
import { accountNames } from '../../accounts/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { blankForm, type Form, type Schema } from '../../kernel/form.ts'
import { papersOf } from '../../kernel/scans/scans.ts'
import { filesOfPerson } from '../../people/actions.ts'
import { logSheet, planSheet } from '../actions/papers.ts'
import * as plans from '../actions/plans.ts'
import * as records from '../actions/records.ts'
import type * as forms from '../forms.ts'
import { PlanPage } from '../pages/plan.tsx'
import type { Meanwhile } from '../pages/plan-forms.tsx'
import { may } from '../rules/may.ts'
import { plansOf, stepsOf } from '../store/plans.ts'

export function first(form: { values: object }) {
  return Object.keys(form.values).length === 0
}
/** A form as it opens: what is known already, unless something has been typed. */
export const starting = <S extends Schema>(form: Form<S>, values: Record<string, unknown>): Form<S> =>
  first(form)
    ? {
        ...form,
        values: Object.fromEntries(
          Object.entries(values).flatMap(([name, value]) =>
            value === null || value === undefined || value === ''
              ? []
              : [[name, Array.isArray(value) ? value : String(value)]],
          ),
        ) as never,
      }
    : form

/** What was changed by others since the version that was on the screen when this was written. */
export async function meanwhileOf(
  ctx: Ctx,
  plan: { id: string; version: number },
  form: Form,
): Promise<Meanwhile | null> {
  const seen = Number(form.values.seen)
  if (!Number.isInteger(seen) || seen < 1 || seen >= plan.version) return null
  const changes = await plans.changesSince(ctx, plan.id, seen)
  return {
    changes,
    by: await accountNames(
      ctx,
      changes.flatMap(({ by_account }) => by_account ?? []),
    ),
    steps: await stepsOf(ctx, [plan.id]),
  }
}

type Agreement = Form<typeof forms.agreementForm>
export async function planPage(ctx: Ctx, id: string, { form, typed }: { form?: Agreement; typed?: Form } = {}) {
  const seen = await plans.seePlan(ctx, id)
  const { plan } = seen
  const files = await filesOfPerson(ctx, plan.person_id)
  return (
    <PlanPage
      {...seen}
      adviser={(await accountNames(ctx, plan.adviser_id ? [plan.adviser_id] : [])).get(plan.adviser_id ?? '') ?? '—'}
      files={await records.attachmentsShown(ctx, id)}
      others={(await plansOf(ctx, files)).filter((one) => one.id !== id)}
      signed={(await papersOf(ctx, planSheet, [id])).length + (await papersOf(ctx, logSheet, [id])).length}
      works={ctx.actor.can(may.work)}
      today={ctx.today}
      form={form ?? blankForm(ctx.ambito_id, { on_day: ctx.today })}
      problem={(form ?? typed)?.errors.form}
      meanwhile={(form ?? typed) ? await meanwhileOf(ctx, plan, (form ?? typed) as Form) : null}
    />
  )
}
