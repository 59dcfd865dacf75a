/** What an intervention is worth, by the contract in force. */
export type Terms = {
  minimum_minutes: number
  rounding_minutes: number
  pays_travel: boolean
  rate_cents: number
  late_hours: number
}
export type Times = {
  started_at: Temporal.Instant
  ended_at: Temporal.Instant
  break_minutes: number
  travel_minutes: number
}

export const workedMinutes = ({ started_at, ended_at, break_minutes }: Omit<Times, 'travel_minutes'>) =>
  Math.round(started_at.until(ended_at).total('minutes')) - break_minutes

/** At least the minimum; begun units of the contract's rounding count whole; travel when the contract pays it. */
export function paidMinutes(times: Times, terms: Pick<Terms, 'minimum_minutes' | 'rounding_minutes' | 'pays_travel'>) {
  const minutes = workedMinutes(times) + (terms.pays_travel ? times.travel_minutes : 0)
  return Math.max(terms.minimum_minutes, Math.ceil(minutes / terms.rounding_minutes) * terms.rounding_minutes)
}

/** Cancelled by the body too late: the minimum is due, as if she had come. */
export function dueWhenCancelled(
  starts_at: Temporal.Instant,
  now: Temporal.Instant,
  terms: Pick<Terms, 'late_hours' | 'minimum_minutes'>,
) {
  return now.until(starts_at).total('hours') < terms.late_hours ? terms.minimum_minutes : 0
}

export const centsOf = (minutes: number, rate_cents: number) => Math.round((minutes * rate_cents) / 60)

/** Times that the booking does not explain: a quarter of an hour before, or an hour after. */
export function outsideBooking(
  { started_at, ended_at }: Pick<Times, 'started_at' | 'ended_at'>,
  booked: { starts_at: Temporal.Instant; ends_at: Temporal.Instant },
) {
  return (
    started_at.until(booked.starts_at).total('minutes') > 15 || booked.ends_at.until(ended_at).total('minutes') > 60
  )
}

/** 0 when everybody has the same, near 1 when one has it all. */
export function gini(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b)
  const sum = sorted.reduce((all, one) => all + one, 0)
  if (sum === 0) return 0
  const weighted = sorted.reduce((all, one, at) => all + (at + 1) * one, 0)
  return (2 * weighted) / (sorted.length * sum) - (sorted.length + 1) / sorted.length
}
