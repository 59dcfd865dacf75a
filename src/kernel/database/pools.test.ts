import { afterAll, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/kit/database.ts'
import { openPools } from './pools.ts'

const pools = openPools(await freshDatabase())
afterAll(() => pools.close())

test('values come back as the code means them', async () => {
  const { rows } =
    await pools.app_pool.query(`select '2026-03-29'::date as day, '2026-03-29 03:30:00.123456+02'::timestamptz as instant,
    12345678901::int8 as number, 12.50::numeric as amount, interval '90 minutes' as length,
    array['2026-01-01'::date, null] as days, array['2026-03-29 03:30+02'::timestamptz] as instants`)
  expect(rows[0]).toEqual({
    day: '2026-03-29',
    instant: '2026-03-29T01:30:00.123456Z',
    number: 12345678901,
    amount: '12.50',
    length: 'PT1H30M',
    days: ['2026-01-01', null],
    instants: ['2026-03-29T01:30:00Z'],
  })
  expect(Temporal.Instant.from(rows[0].instant).epochNanoseconds).toBe(1774747800123456000n)
})
