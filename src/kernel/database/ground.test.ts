import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/kit/database.ts'

const { owner_url, app_url } = await freshDatabase()
const owner = new pg.Client({ connectionString: owner_url })
const app = new pg.Client({ connectionString: app_url })
beforeAll(() => Promise.all([owner.connect(), app.connect()]))
afterAll(() => Promise.all([owner.end(), app.end()]))

async function value(client: pg.Client, expression: string) {
  return (await client.query(`select ${expression} as value`)).rows[0].value
}

async function inTransaction(client: pg.Client, work: () => Promise<void>) {
  await client.query('begin')
  try {
    await work()
  } finally {
    await client.query('rollback')
  }
}

test('ids of version 7 follow one another in time', async () => {
  const first = await value(app, 'kernel.uuidv7()')
  await new Promise((resolve) => setTimeout(resolve, 3))
  const second = await value(app, 'kernel.uuidv7()')
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/)
  expect(first < second).toBe(true)
})

describe('the clock', () => {
  test('is the real one', async () => {
    const before = Date.now()
    const now = (await value(app, 'kernel.now()')).getTime()
    // Milliseconds are cut off on one side, microseconds kept on the other.
    expect([now >= before - 1, now <= Date.now() + 1]).toEqual([true, true])
  })

  test('reads the moment of the ctx, and its day in Rome', () =>
    inTransaction(app, async () => {
      await app.query(`select set_config('app.now', '2026-10-24T22:30:00Z', true)`)
      expect((await value(app, 'kernel.now()')).toISOString()).toBe('2026-10-24T22:30:00.000Z')
      expect(await value(app, 'kernel.today()::text')).toBe('2026-10-25')
    }))

  test('can be moved by the owner for every process', () =>
    inTransaction(owner, async () => {
      await owner.query(`update kernel.clock_offset set ahead = '10 days'`)
      expect((await value(owner, 'kernel.now()')).getTime() - Date.now()).toBeGreaterThan(9.9 * 86_400_000)
    }))

  test('is not moved by the application', async () => {
    await expect(app.query(`update kernel.clock_offset set ahead = '1 day'`)).rejects.toMatchObject({ code: '42501' })
  })
})

test('a protected table shows each Ambito its own rows', () =>
  inTransaction(owner, async () => {
    await owner.query(`select set_config('labimpact.app_role', 'labimpact_app', true)`)
    await owner.query(`select kernel.open_schema('trial')`)
    await owner.query(
      'create table trial.thing (ambito_id uuid, id uuid default kernel.uuidv7(), primary key (ambito_id, id))',
    )
    await owner.query(`select kernel.protect('trial.thing', 'select, insert')`)
    await owner.query('insert into trial.thing values (gen_random_uuid()), (gen_random_uuid())')
    expect((await owner.query('select from trial.thing')).rowCount).toBe(2)
    const { rows } = await owner.query(`select string_agg(privilege_type, ',' order by privilege_type) as may
      from information_schema.role_table_grants where table_schema = 'trial' and grantee = 'labimpact_app'`)
    expect(rows[0].may).toBe('INSERT,SELECT')
  }))

test('the application hands over all jobs of a transaction at once, and touches the queue in no other way', async () => {
  const jobs = Array.from({ length: 1000 }, (_, number) => ({
    identifier: 'greet',
    payload: { number },
    job_key: `greet-${number}`,
  }))
  const { rows } = await app.query('select kernel.add_jobs($1) as id', [JSON.stringify(jobs)])
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1000)
  expect((await owner.query('select from graphile_worker.jobs where key is not null')).rowCount).toBe(1000)
  await expect(app.query('select from graphile_worker.jobs')).rejects.toMatchObject({ code: '42501' })
})

test('a function of the region is handed to the rollup, which reads what it was let read', async () => {
  await owner.query(`select set_config('labimpact.app_role', 'labimpact_app', false)`)
  await owner.query(`select kernel.open_schema('trial_region')`)
  await owner.query(
    'create table trial_region.fact (ambito_id uuid, id uuid default kernel.uuidv7(), primary key (ambito_id, id))',
  )
  await owner.query(`select kernel.protect('trial_region.fact')`)
  await owner.query('insert into trial_region.fact values (gen_random_uuid()), (gen_random_uuid())')
  await owner.query(`create function trial_region.everything() returns bigint language sql stable security definer
    set search_path = pg_catalog, pg_temp as 'select count(*) from trial_region.fact'`)
  await owner.query(
    `select kernel.let_rollup_read('trial_region.fact'), kernel.give_to_rollup('trial_region.everything()')`,
  )
  expect(await value(app, 'trial_region.everything()')).toBe('2')
  expect(await value(app, '(select count(*) from trial_region.fact)')).toBe('0')
})
