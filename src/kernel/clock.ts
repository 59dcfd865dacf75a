/**
 * Time. PostgreSQL keeps instants and days; `Temporal` alone converts between zones (the two resolve October's doubled hour
 * differently). `kernel.now()` and `ctx.now` read the same clock, moved by the row `kernel.clock_offset` in demonstrations and tests.
 */
export const zone = 'Europe/Rome'

export const dayOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(zone).toPlainDate().toString()
export const instantOf = (text: string) => Temporal.Instant.from(text.replace(' ', 'T'))
/** `15:04`, for lists and papers. */
export const romeClock = (instant: string) =>
  instantOf(instant).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })

/** Wall time of Rome on a day; an hour the spring skips moves forward, one that autumn doubles takes the first pass. */
export function romeTime(day: string, time: string) {
  return Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant()
}

export const addDays = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString()
export const daysBetween = (from: string, to: string) =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days
export const weekday = (day: string) => Temporal.PlainDate.from(day).dayOfWeek
