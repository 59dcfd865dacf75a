/** What a request must be like, and when it may take place. */
import { addDays, daysBetween, romeTime } from '../../kernel/clock.ts'
import type { Problems } from '../../kernel/errors.ts'
import { isWritten } from '../codes.ts'
import type { AskedFor } from '../forms.ts'
import type { Span } from './ranking.ts'

type Timed = Pick<AskedFor, 'on' | 'from' | 'to' | 'on_2' | 'from_2' | 'on_3' | 'from_3' | 'minutes'>

/**
 * The options a form gives: a day and an hour, or a range on that day; up to two more days. An hour the spring skips moves
 * forward, one that autumn doubles is the first (kernel/clock.ts); lengths are counted in real minutes, so a call on the
 * night of the change is as long as asked.
 */
export function optionsOf({ on, from, to, on_2, from_2, on_3, from_3, minutes }: Timed): Span[] {
  const exact = (day: string, time: string) => spanOf(romeTime(day, time), minutes)
  const first = exact(on, from)
  const until = to && to > from ? romeTime(on, to) : undefined
  const range =
    until && Temporal.Instant.compare(until, first.ends_at) > 0 ? { starts_at: first.starts_at, ends_at: until } : first
  return [range, ...(on_2 && from_2 ? [exact(on_2, from_2)] : []), ...(on_3 && from_3 ? [exact(on_3, from_3)] : [])]
}
const spanOf = (starts_at: Temporal.Instant, minutes: number): Span => ({
  starts_at,
  ends_at: starts_at.add({ minutes }),
})

export function requestErrors(input: AskedFor, now: Temporal.Instant, today: string): Problems<AskedFor> {
  const past = (day: string | undefined, time: string | undefined) =>
    day !== undefined && time !== undefined && Temporal.Instant.compare(romeTime(day, time), now) <= 0
  const far = (day: string | undefined) => day !== undefined && daysBetween(today, day) > 365
  return {
    ...(!input.language && !input.comes_from && { language: 'mediation.error.language_or_country' as const }),
    ...(past(input.on, input.from) && { on: 'mediation.error.past' as const }),
    ...(far(input.on) && { on: 'mediation.error.too_far' as const }),
    ...(input.to && input.to <= input.from && { to: 'mediation.error.range' as const }),
    ...(past(input.on_2, input.from_2) && { on_2: 'mediation.error.past' as const }),
    ...(input.on_2 && !input.from_2 && { from_2: 'kernel.form.required' as const }),
    ...(past(input.on_3, input.from_3) && { on_3: 'mediation.error.past' as const }),
    ...(input.on_3 && !input.from_3 && { from_3: 'kernel.form.required' as const }),
    ...(input.gender && !input.gender_reason && { gender_reason: 'mediation.error.gender_reason' as const }),
    ...(input.mode === 'PRES' && !input.place && { place: 'mediation.error.place' as const }),
    ...(input.repeat && !input.repeat_until && { repeat_until: 'kernel.form.required' as const }),
    ...(input.repeat &&
      input.repeat_until &&
      input.repeat_until <= input.on && { repeat_until: 'mediation.error.repeat' as const }),
    ...(input.repeat && far(input.repeat_until) && { repeat_until: 'mediation.error.too_far' as const }),
    ...(isWritten(input.mode) && input.repeat && { repeat: 'mediation.error.repeat_written' as const }),
  }
}

const apart = { weekly: 7, fortnightly: 14 } as const
/** "Every second Tuesday until …": the days of a recurring call, the first included; closed days are passed by. */
export function daysOf(
  { on, repeat, repeat_until }: Pick<AskedFor, 'on' | 'repeat' | 'repeat_until'>,
  isClosed: (day: string) => boolean,
) {
  if (!repeat || !repeat_until) return [on]
  const days: string[] = []
  for (let day = on; day <= repeat_until && days.length < 40; day = addDays(day, apart[repeat]))
    if (day === on || !isClosed(day)) days.push(day)
  return days
}
