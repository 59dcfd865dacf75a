export const deadlineKinds = ['report', 'transmission', 'claim', 'milestone', 'law', 'retention', 'other'] as const
export type DeadlineKind = (typeof deadlineKinds)[number]

export type DeadlineState = 'done' | 'late' | 'past' | 'soon' | 'later'
type Due = { due_on: string; remind_days: number; done_on: string | null; assumed: boolean }

/** A date we only guessed cannot be missed: it is past, never late. */
export function deadlineState({ due_on, remind_days, done_on, assumed }: Due, today: string): DeadlineState {
  if (done_on) return 'done'
  if (due_on < today) return assumed ? 'past' : 'late'
  return Temporal.PlainDate.from(due_on).subtract({ days: remind_days }).toString() <= today ? 'soon' : 'later'
}

/** What comes back every month of the project; the services themselves keep count of it. */
export const monthlyRhythm = ['tavolo', 'timesheets', 'mediation_hours', 'newsletter'] as const

/** `2025-09` … `2028-09`: the project's months, the first and the last in part. */
export function monthsOf({ starts_on, ends_on }: { starts_on: string; ends_on: string }) {
  const months: string[] = []
  const last = Temporal.PlainYearMonth.from(ends_on.slice(0, 7))
  for (
    let month = Temporal.PlainYearMonth.from(starts_on.slice(0, 7));
    Temporal.PlainYearMonth.compare(month, last) <= 0;
    month = month.add({ months: 1 })
  )
    months.push(month.toString())
  return months
}

/** Month 14 of 36: counted from the day the project begins; outside it, nothing. */
export function monthNumber({ starts_on, ends_on }: { starts_on: string; ends_on: string }, day: string) {
  if (day < starts_on || day > ends_on) return undefined
  return Temporal.PlainDate.from(starts_on).until(day, { largestUnit: 'month' }).months + 1
}

export const monthsLong = ({ starts_on, ends_on }: { starts_on: string; ends_on: string }) =>
  Temporal.PlainDate.from(starts_on).until(Temporal.PlainDate.from(ends_on).add({ days: 1 }), { largestUnit: 'month' })
    .months
