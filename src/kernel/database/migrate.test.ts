import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/kit/database.ts'
import { parseConfig } from '../config.ts'
import { root } from '../root.ts'
import { migrate } from './migrate.ts'

const { owner_url } = await freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'labimpact-migrations-'))
cpSync(join(root, 'db/migrations'), folder, { recursive: true })
const config = parseConfig({ DATA_DIR: folder })
const client = new pg.Client({ connectionString: owner_url })
beforeAll(() => client.connect())
afterAll(async () => {
  await client.end()
  rmSync(folder, { recursive: true })
})
beforeEach(() => client.query('drop schema if exists trial cascade; create schema trial'))

const file = (name: string, sql: string) => writeFileSync(join(folder, name), sql)
const run = () => migrate(owner_url, config, folder)
const tables = async () =>
  (await client.query(`select tablename from pg_tables where schemaname = 'trial' order by 1`)).rows.map(
    ({ tablename }) => tablename,
  )

test('files run once, in the order of their names', async () => {
  file('20300101000002_trial__second.sql', 'alter table trial.first rename to second')
  file('20300101000001_trial__first.sql', 'create table trial.first ()')
  await run()
  await run()
  expect(await tables()).toEqual(['second'])
})

test('a file that fails leaves nothing behind, and runs when it is mended', async () => {
  file('20300102000000_trial__broken.sql', 'create table trial.half (); select 1 / 0')
  await expect(run()).rejects.toThrow(
    '20300102000000_trial__broken.sql failed and left nothing behind: division by zero',
  )
  expect(await tables()).toEqual([])
  file('20300102000000_trial__broken.sql', 'create table trial.whole ()')
  await run()
  expect(await tables()).toEqual(['whole'])
})

test('a file that was changed afterwards is refused by name', async () => {
  file('20300103000000_trial__kept.sql', 'select 1')
  await run()
  file('20300103000000_trial__kept.sql', 'select 2')
  await expect(run()).rejects.toThrow('20300103000000_trial__kept.sql was changed')
  file('20300103000000_trial__kept.sql', 'select 1')
  await run()
})

test('a database of a newer release is refused', async () => {
  file('20300105000000_trial__tomorrow.sql', 'select 1')
  await run()
  rmSync(join(folder, '20300105000000_trial__tomorrow.sql'))
  await expect(run()).rejects.toThrow('20300105000000_trial__tomorrow.sql')
  file('20300105000000_trial__tomorrow.sql', 'select 1')
})

test('of many processes that migrate at once, one does the work', async () => {
  file('20300104000000_trial__slow.sql', 'select pg_sleep(0.2); create table trial.slow ()')
  await Promise.all([run(), run(), run(), run()])
  expect(await tables()).toEqual(['slow'])
})

test('the password of the application follows the secret', async () => {
  const passwordOf = async () =>
    (await superuser(`select rolpassword from pg_authid where rolname = 'labimpact_app'`)).rolpassword
  await run()
  const before = await passwordOf()
  await migrate(owner_url, { ...config, secret: 'another secret, long enough' }, folder)
  expect(before).toMatch(/^SCRAM-SHA-256\$4096:/)
  expect(await passwordOf()).not.toBe(before)
})

async function superuser(sql: string) {
  const url = new URL(owner_url)
  url.username = 'postgres'
  const administrator = new pg.Client({ connectionString: url.href })
  await administrator.connect()
  try {
    return (await administrator.query(sql)).rows[0]
  } finally {
    await administrator.end()
  }
}
