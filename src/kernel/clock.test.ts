/** The machine may stand anywhere: days and hours are Rome's, through both changes of the clock. */
import { afterEach, describe, expect, test } from 'vitest'
import { calendarFile } from './calendar.ts'
import { dayOf, romeClock, romeTime, zone } from './clock.ts'
import { xlsxOf } from './exports/xlsx.ts'
import { readWorkbook } from './sheets.ts'

const suite = process.env.TZ
afterEach(() => {
  process.env.TZ = suite
})

const quarters = Array.from({ length: 96 }, (_, at) =>
  Temporal.PlainTime.from('00:00')
    .add({ minutes: 15 * at })
    .toString({ smallestUnit: 'minute' }),
)

describe.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'])('on a machine in %s', (machine) => {
  test.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2027-03-28', 23],
    ['2027-10-31', 25],
  ])('every quarter of %s, which has %s hours, is read as it was written', (day, hours) => {
    process.env.TZ = machine
    expect(Temporal.Now.zonedDateTimeISO().offset).toBe(Temporal.Now.zonedDateTimeISO(machine).offset)
    const skipped = (time: string) => hours === 23 && time.startsWith('02:')
    for (const time of quarters) {
      const at = romeTime(day, time)
      expect([dayOf(at), romeClock(at.toString())]).toEqual([day, skipped(time) ? time.replace('02:', '03:') : time])
    }
    const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString()
    expect(romeTime(day, '00:00').until(romeTime(next, '00:00')).total('hours')).toBe(hours)
  })

  test('a calendar and a sheet hold the days they were given', async () => {
    process.env.TZ = machine
    const stamp = Temporal.Instant.from('2026-11-22T23:30:00Z')
    const times = { day: '2026-10-25', starts_at: '02:30', ends_at: '04:00' }
    const file = calendarFile({
      name: 'x',
      lang: 'it',
      entries: [{ uid: '1', sequence: 0, stamp, title: 'x', ...times }],
    })
    for (const line of [`DTSTART;TZID=${zone}:20261025T023000`, 'DTSTAMP:20261122T233000Z'])
      expect(file).toContain(line)
    const column = { header: 'Giorno', width: 1, kind: 'day' as const }
    const rows = [['2026-03-29'], ['2026-10-25']]
    const sheet = await xlsxOf({ title: 'x', notes: [], columns: [column], rows } as never)
    expect(readWorkbook(Buffer.from(sheet)).sheets[0]?.rows.slice(1)).toEqual([['2026-03-29'], ['2026-10-25']])
  })
})
