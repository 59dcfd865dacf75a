/** Days, times and numbers in words: Rome's clock, Latin digits in every language. */
import { dayOf, zone } from '../kernel/clock.ts'
import { locale } from '../kernel/i18n.ts'

export type When = Temporal.Instant | string
export type DayStyle = 'long' | 'short' | 'numeric' | 'date'

/** Making a formatter costs a hundred times what using it does. */
const formats = new Map<string, unknown>()

function kept<Format>(id: string, make: () => Format) {
  const found = (formats.get(id) as Format | undefined) ?? make()
  formats.set(id, found)
  return found
}

const format = (lang: string, options: Intl.DateTimeFormatOptions) =>
  kept(
    `time ${lang} ${JSON.stringify(options)}`,
    // Without the calendar, Arabic and Persian would fall back to others on some systems.
    () => new Intl.DateTimeFormat(locale(lang), { calendar: 'gregory', timeZone: zone, ...options }),
  )

const parts = {
  long: { weekday: 'long', day: 'numeric', month: 'long' },
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  numeric: { day: '2-digit', month: '2-digit', year: 'numeric' },
  // For days so far away that their weekday says nothing.
  date: { day: 'numeric', month: 'long', year: 'numeric' },
} as const satisfies Record<DayStyle, Intl.DateTimeFormatOptions>

export const instant = (when: When) => (typeof when === 'string' ? Temporal.Instant.from(when.replace(' ', 'T')) : when)

/** "lunedì 23 novembre", with the year when it is not the year of `today`. */
export function dayInWords(day: string, lang: string, today: string, style: DayStyle = 'long') {
  const year =
    (style === 'long' || style === 'short') && day.slice(0, 4) !== today.slice(0, 4) ? { year: 'numeric' as const } : {}
  return format(lang, { ...parts[style], ...year, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))
}

/** 1 is Monday. */
export const weekdayInWords = (weekday: number, lang: string) =>
  format(lang, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday))

export const timeInWords = (when: When, lang: string) =>
  format(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant(when).epochMilliseconds)

/** "lunedì 23 novembre, 15:00": each script has a comma of its own, Chinese none here. */
export const dayAndHour = (day: string, hour: string, lang: string) =>
  `${day}${lang === 'zh' ? '' : lang === 'ar' || lang === 'ur' ? '،' : ','} ${hour}`

export const momentInWords = (when: When, lang: string, today: string, style: DayStyle = 'long') =>
  dayAndHour(dayInWords(dayOf(instant(when)), lang, today, style), timeInWords(when, lang), lang)

export const numberInWords = (value: number, lang: string, options: Intl.NumberFormatOptions = {}) =>
  kept(
    `number ${lang} ${JSON.stringify(options)}`,
    // "always": Italian and Spanish would leave 4-digit numbers ungrouped, and columns would not line up.
    () => new Intl.NumberFormat(locale(lang), { useGrouping: 'always', ...options }),
  ).format(value)

const languagesIn = (lang: string) =>
  kept(`language ${lang}`, () => new Intl.DisplayNames([lang], { type: 'language' }))

/** A language as the reader calls it: `arabo` for an Italian. */
export const languageInWords = (language: string, lang: string) => languagesIn(lang).of(language) ?? language

/** The language's own name, as its speakers write it. */
export function ownName(lang: string) {
  const name = languageInWords(lang, lang)
  return name.charAt(0).toLocaleUpperCase(lang) + name.slice(1)
}
