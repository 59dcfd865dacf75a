/** When a result is due: three and six months after the plan was agreed. */
import { addDays } from '../../kernel/clock.ts'
import type { Problems } from '../../kernel/errors.ts'
import type { ResultInput } from '../forms.ts'

export const resultMonths = [3, 6] as const
export type ResultMonths = (typeof resultMonths)[number]
export const isResultMonths = (months: number): months is ResultMonths =>
  (resultMonths as readonly number[]).includes(months)

export const dueOn = (agreed_on: string, months: number) =>
  Temporal.PlainDate.from(agreed_on).add({ months }).toString()

/** People are met when they come: two weeks before the day it is the result of that day. */
const days_before = 14

export function resultErrors(
  input: ResultInput,
  { agreed_on, months, today }: { agreed_on: string | null; months: ResultMonths; today: string },
): Problems<ResultInput> {
  if (!agreed_on) return { form: 'orientation.error.no_plan_yet' }
  const day = (on: string) => on.split('-').toReversed().join('/')
  const earliest = addDays(dueOn(agreed_on, months), -days_before)
  return {
    ...(input.on_day < agreed_on
      ? { on_day: ['orientation.error.before_plan', { day: day(agreed_on) }] as const }
      : input.on_day < earliest && { on_day: ['orientation.error.too_early', { day: day(earliest) }] as const }),
    ...(input.on_day > today && { on_day: 'orientation.error.future' as const }),
  }
}

type Agreed = { id: string; agreed_on: string | null; closed_on: string | null; close_reason: string | null }
type Known = { plan_id: string; months: number }

/** Asked of plans that have ended as well, but not of whoever cannot be reached any more. */
export function resultsDue<P extends Agreed>(plans: readonly P[], known: readonly Known[], by: string) {
  const told = new Set(known.map(({ plan_id, months }) => `${plan_id} ${months}`))
  return plans
    .flatMap((plan) =>
      plan.agreed_on && plan.close_reason !== 'unreachable'
        ? resultMonths.map((months) => ({ plan, months, due_on: dueOn(plan.agreed_on as string, months) }))
        : [],
    )
    .filter(({ plan, months, due_on }) => due_on <= by && !told.has(`${plan.id} ${months}`))
    .sort((a, b) => a.due_on.localeCompare(b.due_on))
}
