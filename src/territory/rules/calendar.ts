/** The days nothing opens: Italian public holidays, computed for every year, and the closures of an Ambito. */
export type Holiday =
  | 'new_year'
  | 'epiphany'
  | 'easter'
  | 'easter_monday'
  | 'liberation'
  | 'labour'
  | 'republic'
  | 'assumption'
  | 'saint_francis'
  | 'all_saints'
  | 'immaculate'
  | 'christmas'
  | 'saint_stephen'
export type Closure = { from_day: string; to_day: string; yearly: boolean; name: string; kind: string }

const fixed: readonly (readonly [monthDay: string, holiday: Holiday])[] = [
  ['01-01', 'new_year'],
  ['01-06', 'epiphany'],
  ['04-25', 'liberation'],
  ['05-01', 'labour'],
  ['06-02', 'republic'],
  ['08-15', 'assumption'],
  ['10-04', 'saint_francis'],
  ['11-01', 'all_saints'],
  ['12-08', 'immaculate'],
  ['12-25', 'christmas'],
  ['12-26', 'saint_stephen'],
]

/** Gregorian Easter (Meeus, Jones, Butcher). */
export function easter(year: number) {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return new Temporal.PlainDate(year, Math.floor(n / 31), (n % 31) + 1)
}

export function holidaysOf(year: number): { day: string; holiday: Holiday }[] {
  const sunday = easter(year)
  const days = [
    ...fixed.map(([monthDay, holiday]) => ({ day: `${year}-${monthDay}`, holiday })),
    { day: sunday.toString(), holiday: 'easter' as const },
    { day: sunday.add({ days: 1 }).toString(), holiday: 'easter_monday' as const },
  ]
  // Saint Francis came back as a public holiday in 2026 (law 151 of 2025).
  return days
    .filter(({ holiday }) => holiday !== 'saint_francis' || year >= 2026)
    .sort((a, b) => a.day.localeCompare(b.day))
}

export const holidayOn = (day: string): Holiday | undefined =>
  holidaysOf(Number(day.slice(0, 4))).find((one) => one.day === day)?.holiday

export function covers({ from_day, to_day, yearly }: Pick<Closure, 'from_day' | 'to_day' | 'yearly'>, day: string) {
  if (!yearly) return from_day <= day && day <= to_day
  return from_day.slice(5) <= day.slice(5) && day.slice(5) <= to_day.slice(5) && from_day.slice(0, 4) <= day.slice(0, 4)
}
