/** A month at a glance; each day with something on leads to it in the list beside. */
import { dayOf } from '../../kernel/clock.ts'
import { locale } from '../../kernel/i18n.ts'
import { useFrame } from '../../ui/frame.ts'
import { weekdayInWords } from '../../ui/words-of-time.ts'
import { weeksOf } from '../rules/months.ts'
import { board } from '../urls.ts'

export const monthName = (month: string, lang: string) =>
  new Intl.DateTimeFormat(locale(lang), {
    month: 'long',
    year: 'numeric',
    calendar: 'gregory',
    timeZone: 'UTC',
  }).format(new Date(`${month}-15T12:00:00Z`))

export const dayAnchor = (day: string) => `g-${day}`

/** Arabic shortens no weekday; its calendars write the first letter. */
const shortWeekday = (weekday: number, lang: string) =>
  new Intl.DateTimeFormat(locale(lang), { weekday: lang === 'ar' ? 'narrow' : 'short', timeZone: 'UTC' }).format(
    // A Monday and the days after it.
    new Date(Date.UTC(2024, 0, weekday)),
  )

type Days = ReadonlyMap<string, { count: number; page: number }>

export function MonthGrid({ month, days }: { month: string; days: Days }) {
  const { lang, now } = useFrame()
  const today = dayOf(now)
  return (
    <table class="month">
      <caption>{monthName(month, lang)}</caption>
      <thead>
        <tr>
          {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
            <th scope="col">
              <abbr title={weekdayInWords(weekday, lang)}>{shortWeekday(weekday, lang)}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr>
            {week.map((day) => (
              <td {...(day === today && { 'aria-current': 'date' as const })}>
                {day && <DayCell month={month} day={day} on={days.get(day)} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DayCell({ month, day, on }: { month: string; day: string; on: { count: number; page: number } | undefined }) {
  const { lang, t } = useFrame()
  const number = Number(day.slice(8))
  if (!on) return <>{number}</>
  const pagina = on.page > 1 ? on.page : undefined
  return (
    <a href={`${board.events.href({ l: lang }, { mese: month, pagina })}#${dayAnchor(day)}`}>
      {number}
      <span class="visually-hidden">: {t('board.events.on_day', { count: on.count })}</span>
    </a>
  )
}
