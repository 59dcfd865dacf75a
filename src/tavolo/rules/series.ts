/** The days of a rhythm such as "the second Thursday of every month". */

export type Rhythm = { weekday: number; week: number | 'last'; every_months: number }

export function dayInMonth(month: string, { weekday, week }: Rhythm) {
  const first = Temporal.PlainDate.from(`${month}-01`)
  if (week === 'last') {
    const last = first.with({ day: first.daysInMonth })
    return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 }).toString()
  }
  return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + (week - 1) * 7 }).toString()
}

/** The next `count` days after `after`; `step` months apart, counted from the month of `after`. */
export function daysOf(after: string, count: number, rhythm: Rhythm) {
  const days: string[] = []
  for (let month = Temporal.PlainYearMonth.from(after.slice(0, 7)), at = 0; days.length < count; at++) {
    const day = dayInMonth(month.add({ months: at * rhythm.every_months }).toString(), rhythm)
    if (day > after) days.push(day)
  }
  return days
}

/** The same wall clock, so many minutes later; no meeting runs past midnight. */
export function endOf(starts_at: string, minutes: number) {
  const [hours = 0, rest = 0] = starts_at.split(':').map(Number)
  const end = Math.min(hours * 60 + rest + minutes, 23 * 60 + 59)
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`
}

/** What was typed in the settings, or ten in the morning. */
export const asStart = (text: string) => (/^([01]\d|2[0-2]):[0-5]\d$/.test(text.trim()) ? text.trim() : '10:00')
