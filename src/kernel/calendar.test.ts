/** Golden files over both changes of the clock, read back by a library we did not write. */
import ICAL from 'ical.js'
import { expect, it } from 'vitest'
import { type CalendarEntry, calendarFile } from './calendar.ts'

const entry = (more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid: '018f2b6e-0000-7000-8000-000000000001',
  sequence: 0,
  stamp: Temporal.Instant.from('2026-11-22T10:00:00Z'),
  day: '2026-11-25',
  starts_at: '15:00',
  ends_at: '17:00',
  title: 'Colazione delle lingue',
  ...more,
})
const fileOf = (...entries: CalendarEntry[]) => calendarFile({ name: 'Eventi', lang: 'it', entries })

function readBack(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file))
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone') as ICAL.Component)
  ICAL.TimezoneService.register(zone)
  return calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component))
}

it('writes what RFC 5545 asks, line by line', () =>
  expect(
    fileOf(entry())
      .split('\r\n')
      .filter((line) => !line.startsWith('X-')),
  ).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    "PRODID:-//Lab'Impact//IT",
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'NAME;LANGUAGE=it:Eventi',
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'BEGIN:VTIMEZONE',
    'TZID:Europe/Rome',
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
    'BEGIN:VEVENT',
    'UID:018f2b6e-0000-7000-8000-000000000001',
    'DTSTAMP:20261122T100000Z',
    'LAST-MODIFIED:20261122T100000Z',
    'SEQUENCE:0',
    'STATUS:CONFIRMED',
    'DTSTART;TZID=Europe/Rome:20261125T150000',
    'DTEND;TZID=Europe/Rome:20261125T170000',
    'SUMMARY;LANGUAGE=it:Colazione delle lingue',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]))

// What another program makes of our wall times and our zone is the instant Temporal makes of them.
it.each([
  ['2026-11-25', '15:00'],
  ['2026-03-28', '15:00'],
  ['2026-03-29', '01:30'],
  ['2026-03-29', '03:30'],
  ['2026-10-24', '23:30'],
  ['2026-10-25', '01:30'],
  ['2026-10-25', '03:30'],
  ['2027-03-28', '12:00'],
  ['2027-10-31', '12:00'],
  ['2030-07-01', '09:00'],
])('%s at %s is the same moment for everybody', (day, starts_at) => {
  const [event] = readBack(fileOf(entry({ day, starts_at, ends_at: '23:45' })))
  const meant = Temporal.PlainDateTime.from(`${day}T${starts_at}`).toZonedDateTime('Europe/Rome').epochMilliseconds
  expect(event?.startDate.toUnixTime()).toBe(meant / 1000)
})

it('keeps texts whole: long lines, commas, line breaks, every script', () => {
  const description =
    'Porta: tè, pane; e "qualcosa" \\ altro.\nمرحبا بكم جميعًا في هذا اللقاء الجميل في مدينة لودي\n欢迎大家来参加这个活动欢迎大家来参加这个活动 👨‍👩‍👧'
  const file = fileOf(entry({ title: 'ਸੇਵਾ '.repeat(40).trim(), description }))
  for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const [event] = readBack(file)
  expect(event?.description).toBe(description)
  expect(event?.summary).toBe('ਸੇਵਾ '.repeat(40).trim())
})

it('lets nobody write a line of their own', () => {
  const [event, ...others] = readBack(
    fileOf(entry({ title: 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil', place: 'a\nATTENDEE:mailto:a@b.it' })),
  )
  expect(others).toEqual([])
  expect(event?.component.getFirstProperty('attendee')).toBeNull()
})

it('a moved and then cancelled entry is the same one, newer each time', () => {
  const steps = [
    entry(),
    entry({ day: '2026-11-26', sequence: 1 }),
    entry({ day: '2026-11-26', sequence: 2, cancelled: true }),
  ]
  const read = steps.map((step) => readBack(fileOf(step))[0] as ICAL.Event)
  expect(new Set(read.map((event) => event.uid)).size).toBe(1)
  expect(read.map((event) => event.sequence)).toEqual([0, 1, 2])
  expect(read.map((event) => event.component.getFirstPropertyValue('status'))).toEqual([
    'CONFIRMED',
    'CONFIRMED',
    'CANCELLED',
  ])
})
