/**
 * Days on which many people stay at home though nothing is closed: fasts and feasts of those who live here, and the school
 * holidays. The Islamic and the Chinese days are computed (Umm al-Qura, astronomical): the moon that is seen may differ by a day.
 */
import { easter } from './calendar.ts'

export type Feast =
  | 'ramadan'
  | 'eid_al_fitr'
  | 'eid_al_adha'
  | 'lunar_new_year'
  | 'orthodox_easter'
  | 'school_christmas'
  | 'school_carnival'
  | 'school_easter'
  | 'school_summer'
export type FeastDays = { feast: Feast; from_day: string; to_day: string; moon: boolean }

/** Easter of the Eastern churches (Meeus, Julian), as a day of our calendar. */
export function orthodoxEaster(year: number) {
  const d = (19 * (year % 19) + 15) % 30
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
  const days = d + e + 114
  // Thirteen days lie between the two calendars from 1900 to 2099.
  return new Temporal.PlainDate(year, Math.floor(days / 31), (days % 31) + 1).add({ days: 13 })
}

/** What the Region fixes for all its schools (d.g.r. IX/3318 of 2012, Roman rite); where schools have others, somebody writes them. Not yet checked against the act: shown as a hint, nothing counts on it. */
function schoolDays(year: number): Omit<FeastDays, 'moon'>[] {
  const sunday = easter(year)
  const day = (days: number) => sunday.add({ days }).toString()
  return [
    { feast: 'school_carnival', from_day: day(-48), to_day: day(-47) },
    { feast: 'school_easter', from_day: day(-3), to_day: day(2) },
    { feast: 'school_summer', from_day: `${year}-06-09`, to_day: `${year}-09-11` },
    { feast: 'school_christmas', from_day: `${year}-12-23`, to_day: `${year + 1}-01-06` },
  ]
}

const islamic = [
  { feast: 'ramadan', month: 9, day: 1 },
  { feast: 'eid_al_fitr', month: 10, day: 1 },
  { feast: 'eid_al_adha', month: 12, day: 10 },
] as const

/** A day of another calendar in the year of that calendar in which ours begins, and in the two after. */
function byTheMoon(year: number): FeastDays[] {
  const start = new Temporal.PlainDate(year, 1, 1)
  const hijri = start.withCalendar('islamic-umalqura').year
  const lunar = start.withCalendar('chinese').year
  const ours = (calendar: string, date: { year: number; month?: number; monthCode?: string; day: number }) =>
    Temporal.PlainDate.from({ calendar, ...date } as Temporal.PlainDateLike).withCalendar('iso8601')
  return [0, 1, 2].flatMap((later) => [
    ...islamic.map(({ feast, month, day }) => {
      const from = ours('islamic-umalqura', { year: hijri + later, month, day })
      const to =
        feast === 'ramadan'
          ? ours('islamic-umalqura', { year: hijri + later, month: 10, day: 1 }).subtract({ days: 1 })
          : from
      return { feast, from_day: from.toString(), to_day: to.toString(), moon: true }
    }),
    ...[ours('chinese', { year: lunar + later, monthCode: 'M01', day: 1 }).toString()].map((day) => ({
      feast: 'lunar_new_year' as const,
      from_day: day,
      to_day: day,
      moon: true,
    })),
  ])
}

/** Those that touch these days, the first to begin first. */
export function feastsBetween(from: string, to: string): FeastDays[] {
  const [first, last] = [Number(from.slice(0, 4)) - 1, Number(to.slice(0, 4))]
  const years = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const all = years.flatMap((year) => [
    ...schoolDays(year).map((one) => ({ ...one, moon: false })),
    ...[orthodoxEaster(year).toString()].map((day) => ({
      feast: 'orthodox_easter' as const,
      from_day: day,
      to_day: day,
      moon: false,
    })),
    ...byTheMoon(year),
  ])
  const once = new Map(all.map((one) => [`${one.feast} ${one.from_day}`, one]))
  return [...once.values()]
    .filter(({ from_day, to_day }) => to_day >= from && from_day <= to)
    .toSorted((a, b) => a.from_day.localeCompare(b.from_day) || a.feast.localeCompare(b.feast))
}
