import type { Problems } from '../../kernel/errors.ts'

export type Standing = 'draft' | 'planned' | 'sending' | 'halted' | 'sent'
type Dates = { planned_for: unknown; started_at: unknown; halted_at: unknown; finished_at: unknown }

export function standingOf({ planned_for, started_at, halted_at, finished_at }: Dates): Standing {
  if (finished_at) return 'sent'
  if (halted_at) return 'halted'
  if (started_at) return 'sending'
  return planned_for ? 'planned' : 'draft'
}

export const dispatchErrors = (
  input: { when: 'now' | 'planned'; on_day?: string | undefined; at?: string | undefined },
  planned: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Problems<{ on_day: string; at: string }> => {
  if (input.when === 'now') return {}
  if (!input.on_day) return { on_day: 'kernel.form.required' }
  if (!input.at) return { at: 'kernel.form.required' }
  return planned && Temporal.Instant.compare(planned, now) <= 0 ? { on_day: 'newsletter.error.past' } : {}
}
