/** Busy times of an iCalendar file: single events and plain daily or weekly repetitions, as phones write them. */
import { zone } from '../../kernel/clock.ts'
import type { Span } from './ranking.ts'

type Property = { value: string; params: Record<string, string> }

/** Undefined when the text is no calendar. */
export function busyTimes(text: string, from: Temporal.Instant, to: Temporal.Instant): Span[] | undefined {
  if (!/^BEGIN:VCALENDAR/m.test(text)) return undefined
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const spans: Span[] = []
  let event: Map<string, Property> | undefined
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') event = new Map()
    else if (line === 'END:VEVENT') {
      if (event) spans.push(...spansOf(event, from, to))
      event = undefined
    } else if (event) {
      const found = /^([A-Z-]+)((?:;[^:]*)?):(.*)$/.exec(line)
      if (found) event.set(found[1] as string, { value: found[3] as string, params: paramsOf(found[2] as string) })
    }
  }
  return spans
}
const paramsOf = (text: string) =>
  Object.fromEntries(
    text.split(';').flatMap((one) => (one.includes('=') ? [one.split('=', 2) as [string, string]] : [])),
  )

function spansOf(event: ReadonlyMap<string, Property>, from: Temporal.Instant, to: Temporal.Instant): Span[] {
  const start = momentOf(event.get('DTSTART'))
  if (!start || event.get('TRANSP')?.value === 'TRANSPARENT' || event.get('STATUS')?.value === 'CANCELLED') return []
  const end =
    momentOf(event.get('DTEND')) ?? start.add(event.get('DTSTART')?.value.length === 8 ? { days: 1 } : { hours: 1 })
  const rule = Object.fromEntries((event.get('RRULE')?.value ?? '').split(';').map((one) => one.split('=', 2)))
  const every =
    rule.FREQ === 'DAILY'
      ? { days: Number(rule.INTERVAL ?? 1) }
      : rule.FREQ === 'WEEKLY'
        ? { weeks: Number(rule.INTERVAL ?? 1) }
        : undefined
  const until = rule.UNTIL ? momentOf({ value: rule.UNTIL, params: {} }) : undefined
  const spans: Span[] = []
  // Wall time repeats, not the instant: three o'clock stays three o'clock over a change of the clocks.
  const length = start.until(end)
  for (let at = start, count = 0; count < Number(rule.COUNT ?? 400); at = at.add(every ?? { days: 1 }), count++) {
    if (Temporal.Instant.compare(at.toInstant(), to) >= 0 || (until && Temporal.ZonedDateTime.compare(at, until) > 0))
      break
    const span = { starts_at: at.toInstant(), ends_at: at.add(length).toInstant() }
    if (Temporal.Instant.compare(span.ends_at, from) > 0 && Temporal.Instant.compare(span.ends_at, span.starts_at) > 0)
      spans.push(span)
    if (!every) break
  }
  return spans
}

function momentOf(property: Property | undefined): Temporal.ZonedDateTime | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(property?.value ?? '')
  if (!found) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', utc] = found
  try {
    const wall = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${hour}:${minute}:${second}`)
    return wall.toZonedDateTime(utc ? 'UTC' : (property?.params.TZID ?? zone)).withTimeZone(zone)
  } catch {
    return undefined
  }
}
