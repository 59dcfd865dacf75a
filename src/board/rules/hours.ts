/** When a service is open: the week, the days that are not like the others, and the closures of the Ambito. Wall time of Rome. */
import { addDays, weekday as weekdayOf } from '../../kernel/clock.ts'
import type { Problems } from '../../kernel/errors.ts'

export type Weekly = { weekday: number; starts_at: string; ends_at: string }
export type Exception = { on_day: string; starts_at: string | null; ends_at: string | null }
export type Opening = { on_day: string; starts_at: string; ends_at: string }
export type OpenState =
  | { open: true; until: string }
  | { open: false; day: 'today' | 'tomorrow' | `d${number}` | 'later'; on_day: string; at: string }

export const daysAhead = (today: string, days = 21) => Array.from({ length: days }, (_, ahead) => addDays(today, ahead))

/** An exception is the last word on its day, also on a day of closure: somebody wrote it for that day. */
export function opensOn(
  days: readonly string[],
  weekly: readonly Weekly[],
  exceptions: readonly Exception[],
  closed: ReadonlySet<string>,
): Opening[] {
  return days.flatMap((on_day) => {
    const said = exceptions.filter((exception) => exception.on_day === on_day)
    if (said.length > 0)
      return said
        .flatMap(({ starts_at, ends_at }) => (starts_at && ends_at ? [{ on_day, starts_at, ends_at }] : []))
        .sort(byStart)
    if (closed.has(on_day)) return []
    return weekly
      .filter(({ weekday }) => weekday === weekdayOf(on_day))
      .map(({ starts_at, ends_at }) => ({ on_day, starts_at, ends_at }))
      .sort(byStart)
  })
}
const byStart = (a: Opening, b: Opening) => a.starts_at.localeCompare(b.starts_at)

export type Hours = { starts_at: string; ends_at: string; kind?: string }
export type UnlikeDay<One extends Hours> = { on_day: string; openings: One[] }

/** The days of the next seven whose openings are not those of the week; closures are told apart. */
export function daysUnlike<One extends Hours & { on_day: string }>(
  openings: readonly One[],
  weekly: readonly (Hours & { weekday: number })[],
  closed_days: readonly string[],
  today: string,
): UnlikeDay<One>[] {
  return daysAhead(today, 7)
    .filter((on_day) => !closed_days.includes(on_day))
    .map((on_day) => ({ on_day, openings: openings.filter((opening) => opening.on_day === on_day) }))
    .filter(
      (day) => inWords(day.openings) !== inWords(weekly.filter(({ weekday }) => weekday === weekdayOf(day.on_day))),
    )
}
const inWords = (hours: readonly Hours[]) =>
  hours
    .map(({ starts_at, ends_at, kind = '' }) => `${starts_at} ${ends_at} ${kind}`)
    .sort()
    .join()

/** Open now, or when next; undefined when nobody has said when. `time` is Rome's, `HH:MM`. */
export function openState(openings: readonly Opening[], today: string, time: string): OpenState | undefined {
  const todays = openings.filter(({ on_day }) => on_day === today)
  let until: string | undefined
  // Hours that touch are one opening for whoever stands at the door.
  for (const { starts_at, ends_at } of todays)
    if (starts_at <= (until ?? time) && ends_at > (until ?? time)) until = ends_at
  if (until) return { open: true, until }
  const next = openings.find(({ on_day, starts_at }) => on_day > today || (on_day === today && starts_at > time))
  return next && { open: false, day: nearness(next.on_day, today), on_day: next.on_day, at: next.starts_at }
}

function nearness(day: string, today: string) {
  const date = Temporal.PlainDate.from(day)
  const away = Temporal.PlainDate.from(today).until(date, { largestUnit: 'day' }).days
  if (away === 0) return 'today'
  if (away === 1) return 'tomorrow'
  return away < 7 ? (`d${date.dayOfWeek}` as const) : 'later'
}

export const hoursErrors = (input: { starts_at: string; ends_at: string }): Problems<{ ends_at: string }> => ({
  ...(input.ends_at <= input.starts_at && { ends_at: 'board.error.ends_before_start' as const }),
})

export const exceptionErrors = (input: {
  starts_at?: string | undefined
  ends_at?: string | undefined
  closed: boolean
}): Problems<{ starts_at: string; ends_at: string }> => {
  if (input.closed) return {}
  if (!input.starts_at || !input.ends_at) return { starts_at: 'board.error.times_or_closed' }
  return hoursErrors({ starts_at: input.starts_at, ends_at: input.ends_at })
}
