import { expect, it } from 'vitest'
import { opensOn } from './rules.ts'

const slots = { slot_minutes: null, slot_places: 1, open_booking: false }
const hours = { kind: 'foreigners', starts_at: '15:00', ends_at: '18:00', place: 'via Cavour 73', ...slots }
const mondays = { ...hours, id: 'mondays', weekday: 1, since: '2025-09-25', until: null }
const fridays = { ...hours, id: 'fridays', weekday: 5, since: '2025-09-25', until: '2026-11-27' }
// Monday 23 November 2026 and the two weeks after it.
const days = Array.from({ length: 14 }, (_, ahead) =>
  Temporal.PlainDate.from('2026-11-23').add({ days: ahead }).toString(),
)
const opened = (...[written, closed]: [Parameters<typeof opensOn>[2], string[]]) =>
  opensOn(days, [mondays, fridays], written, new Set(closed)).openings.map(
    ({ on_day, starts_at }) => `${on_day} ${starts_at}`,
  )

it('the weekly hours hold from their first to their last day', () => {
  expect(opened([], [])).toEqual(['2026-11-23 15:00', '2026-11-27 15:00', '2026-11-30 15:00'])
})
it('nothing opens by itself on a closed day, and the day is named when it would have', () => {
  expect(opened([], ['2026-11-23', '2026-11-24'])).toEqual(['2026-11-27 15:00', '2026-11-30 15:00'])
  expect(opensOn(days, [mondays], [], new Set(['2026-11-23', '2026-11-24'])).closed_days).toEqual(['2026-11-23'])
})
it('an opening written down for a day takes the place of the weekly one, cancelled or not', () => {
  const written = { ...hours, id: 'one', series_id: 'mondays', on_day: '2026-11-23', cancelled_at: null }
  expect(opened([{ ...written, starts_at: '16:00' }], [])).toContain('2026-11-23 16:00')
  expect(opened([{ ...written, starts_at: '16:00' }], [])).not.toContain('2026-11-23 15:00')
  expect(opened([{ ...written, cancelled_at: '2026-11-20T10:00:00Z' }], [])).toEqual([
    '2026-11-27 15:00',
    '2026-11-30 15:00',
  ])
  // Made before the closure was known.
  expect(opened([written], ['2026-11-23'])).not.toContain('2026-11-23 15:00')
})
it('an opening besides the weekly ones holds even on a closed day', () => {
  expect(
    opened(
      [{ ...hours, id: 'two', series_id: null, on_day: '2026-11-24', starts_at: '09:00', cancelled_at: null }],
      ['2026-11-24'],
    )[1],
  ).toBe('2026-11-24 09:00')
})
