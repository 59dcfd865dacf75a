/**
 * draft ── published_from set ── waiting for its day ── live ── past its day ── gone
 *                                                        │      (a service: stale, shown with a warning, for `grace` days)
 *                                                        └ withdrawn, from any state, and back
 */

import { addDays } from '../../kernel/clock.ts'
import type { Problems } from '../../kernel/errors.ts'
import type { Setting } from '../../kernel/module.ts'

export const kinds = ['service', 'notice', 'event', 'page'] as const
export type Kind = (typeof kinds)[number]

export type Standing = 'draft' | 'waiting' | 'live' | 'stale' | 'gone' | 'withdrawn'
type Dates = { kind: string; published_from: string | null; published_until: string | null; withdrawn_at: unknown }

export function standingOf(
  { kind, published_from, published_until, withdrawn_at }: Dates,
  today: string,
  grace: number,
): Standing {
  if (withdrawn_at) return 'withdrawn'
  if (published_from === null) return 'draft'
  if (published_from > today) return 'waiting'
  if (published_until === null || published_until >= today) return 'live'
  return kind === 'service' && addDays(published_until, grace) >= today ? 'stale' : 'gone'
}
export const isShown = (standing: Standing) => standing === 'live' || standing === 'stale'

export const publicationErrors = (
  input: { published_from: string; published_until?: string | undefined },
  kind: Kind,
): Problems<{ published_from: string; published_until: string }> => ({
  ...(kind === 'service' && !input.published_until && { published_until: 'board.error.service_needs_day' as const }),
  ...(input.published_until !== undefined &&
    input.published_until < input.published_from && { published_until: 'board.error.ends_before' as const }),
})

export const graceDays = {
  name: 'board.grace_days',
  kind: 'whole',
  default: 30,
  min: 0,
  max: 365,
  assumed: true,
  text: 'board.setting.grace_days',
  hint: 'board.setting.grace_days.hint',
} as const satisfies Setting

export const reminderDays = {
  name: 'board.reminder_days',
  kind: 'whole',
  default: 14,
  min: 1,
  max: 90,
  assumed: true,
  text: 'board.setting.reminder_days',
  hint: 'board.setting.reminder_days.hint',
} as const satisfies Setting

/** How long names and contacts of who signed up stay after the event. */
export const contactDays = 30
