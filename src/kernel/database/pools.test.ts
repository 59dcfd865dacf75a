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

test('a killed backend costs its query, not the process', async () => {
  const idle = await pools.app_pool.connect()
  const pid = async (client: { query(text: string): Promise<{ rows: { pid: number }[] }> }) =>
    (await client.query('select pg_backend_pid() as pid')).rows[0]?.pid
  const killed = await pid(idle)
  await pools.app_pool.query('select pg_terminate_backend($1)', [killed])
  await expect
    .poll(() =>
      idle.query('select 1').then(
        () => 'alive',
        () => 'gone',
      ),
    )
    .toBe('gone')
  idle.release(true)
  expect(await pid(pools.app_pool)).not.toBe(killed)
})

test('the application may not ask longer than five seconds', async () => {
  expect((await pools.app_pool.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '5s' }])
})

test('whoever waits two seconds for a connection is sent away', async () => {
  const taken = await Promise.all(Array.from({ length: 20 }, () => pools.app_pool.connect()))
  await expect(pools.app_pool.query('select 1')).rejects.toThrow(/timeout/)
  for (const client of taken) client.release()
})
