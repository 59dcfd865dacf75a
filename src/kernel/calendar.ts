/**
 * Calendar files (RFC 5545), written here: the libraries tried wrote a wrong hour or no VTIMEZONE. Times are wall times of
 * Rome with their zone, so that an appointment stays at three in the afternoon whatever happens to the clock.
 */
import { zone } from './clock.ts'

export type CalendarEntry = {
  /** Stays the same for ever, also when moved or cancelled: that is how calendars find their copy. */
  uid: string
  /** Counts up with every move and with the cancellation. */
  sequence: number
  cancelled?: boolean
  /** When this state of it was made. */
  stamp: Temporal.Instant
  /** Wall time of Rome. */
  day: string
  starts_at: string
  ends_at: string
  /** No person's name in any of these: calendars are shared, and shown on locked screens. */
  title: string
  description?: string
  place?: string
  url?: string
}
type Calendar = {
  name: string
  lang: string
  entries: readonly CalendarEntry[]
  /** An invitation by mail (iTIP, RFC 5546): the calendar of who gets it takes moves and cancellations over by itself. */
  invites?: { organiser: string; guest: string }
}

export const calendarType = 'text/calendar; charset=utf-8'

export function calendarFile({ name, lang, entries, invites }: Calendar) {
  const cancelled = entries.every((entry) => entry.cancelled)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    "PRODID:-//Lab'Impact//IT",
    'CALSCALE:GREGORIAN',
    `METHOD:${invites ? (cancelled ? 'CANCEL' : 'REQUEST') : 'PUBLISH'}`,
    ...text('NAME', name, lang),
    ...text('X-WR-CALNAME', name),
    `X-WR-TIMEZONE:${zone}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    ...romeZone,
    ...entries.flatMap((entry) => linesOf(entry, lang, invites)),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function linesOf(
  { uid, sequence, cancelled, stamp, day, starts_at, ends_at, title, description, place, url }: CalendarEntry,
  lang: string,
  invites: Calendar['invites'],
) {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${utc(stamp)}`,
    `LAST-MODIFIED:${utc(stamp)}`,
    `SEQUENCE:${sequence}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `DTSTART;TZID=${zone}:${local(day, starts_at)}`,
    `DTEND;TZID=${zone}:${local(day, ends_at)}`,
    ...text('SUMMARY', title, lang),
    ...text('DESCRIPTION', description, lang),
    ...text('LOCATION', place),
    ...(url ? [`URL:${url}`] : []),
    ...(invites
      ? [
          `ORGANIZER:mailto:${invites.organiser}`,
          `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:${invites.guest}`,
        ]
      : []),
    'END:VEVENT',
  ]
}

const text = (name: string, value: string | undefined, lang?: string) =>
  value ? [`${name}${lang ? `;LANGUAGE=${lang}` : ''}:${escaped(value)}`] : []

const escaped = (value: string) =>
  value
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '')
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n')

const utc = (instant: Temporal.Instant) => instant.round('second').toString().replaceAll(/[-:]/g, '')
const local = (day: string, time: string) => `${day}T${time.slice(0, 5)}:00`.replaceAll(/[-:]/g, '')

const encoder = new TextEncoder()
/** Lines of at most 75 octets, never cut inside a letter (3.1). */
function folded(line: string) {
  if (encoder.encode(line).length <= 75) return line
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const letter of line) {
    const size = encoder.encode(letter).length
    // From the second part on, the blank that begins it counts.
    if (octets + size > (parts.length === 0 ? 75 : 74)) {
      parts.push(part)
      part = ''
      octets = 0
    }
    part += letter
    octets += size
  }
  return [...parts, part].join('\r\n ')
}

/** The rule of the Union: last Sundays of March and October, at one in the morning UTC. */
const romeZone = [
  'BEGIN:VTIMEZONE',
  `TZID:${zone}`,
  'BEGIN:DAYLIGHT',
  'TZNAME:CEST',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZNAME:CET',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
]
