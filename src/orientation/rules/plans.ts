/** What may be written in a plan, and what is shown to whoever wrote at the same time. */
import type { Problems } from '../../kernel/errors.ts'
import type { OutcomeInput, StepInput } from '../forms.ts'

export const aimNames = [
  'language',
  'goal',
  'goal_own',
  'availability',
  'hours_note',
  'minors',
  'childcare',
  'transport',
  'licences',
  'employment',
  'education',
] as const
export const stepNames = ['kind', 'text', 'text_own', 'owner', 'owner_text', 'due_on'] as const
export type Changed = { field: string; before: string | string[]; after: string | string[] }

type Value = string | number | string[] | null | undefined
const plain = (value: Value): string | string[] => (Array.isArray(value) ? value : String(value ?? ''))

/** The fields that differ, as they stood and as they stand. */
export function changedFields<Name extends string>(
  names: readonly Name[],
  before: Readonly<Record<Name, Value>>,
  after: Readonly<Partial<Record<Name, Value>>>,
): Changed[] {
  return names
    .map((field) => ({ field, before: plain(before[field]), after: plain(after[field]) }))
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
}

export const stepErrors = (input: StepInput): Problems<StepInput> => ({
  ...(input.kind === 'other' && !input.text && { text: 'orientation.error.step_text' as const }),
  ...(input.owner === 'other' && !input.owner_text && { owner_text: 'orientation.error.owner_text' as const }),
})

/** Whoever writes has seen the plan as it stands; otherwise the page shows what has changed, and they save again. */
export const seenErrors = (seen: number, version: number) =>
  seen === version ? {} : { form: 'orientation.error.changed_meanwhile' as const }

// --- sessions -------------------------------------------------------------------------------------------------------

export const most_minutes = 480
type Held = { on_day: string; minutes: number }
/** No working day has more: nine hours with one person are a slip of the pen, and would not be paid. */
export const sessionErrors = (
  { on_day, minutes }: Held,
  { today, starts_on, of_the_day }: { today: string; starts_on: string; of_the_day: number },
): Problems<Held> => ({
  ...(on_day > today && { on_day: 'orientation.error.future' as const }),
  ...(on_day < starts_on && { on_day: 'orientation.error.before_project' as const }),
  ...(minutes < 5 && { minutes: 'orientation.error.too_short' as const }),
  ...(minutes > most_minutes
    ? { minutes: 'orientation.error.too_long' as const }
    : minutes + of_the_day > most_minutes && { minutes: 'orientation.error.day_full' as const }),
})

// --- what happened on the way ---------------------------------------------------------------------------------------

export const outcomeErrors = (
  { outcome, on_day }: OutcomeInput,
  { on_day: began, today, allowed }: { on_day: string; today: string; allowed: readonly string[] },
): Problems<OutcomeInput> => ({
  ...(!allowed.includes(outcome) && { outcome: 'kernel.form.not_a_choice' as const }),
  ...(on_day > today && { on_day: 'orientation.error.future' as const }),
  ...(on_day < began && { on_day: 'orientation.error.before_start' as const }),
})
