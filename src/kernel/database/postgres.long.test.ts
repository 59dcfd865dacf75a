import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { end, lostRows, pidOf, startWriter, type Writer } from '../../../test/kit/writers.ts'
import { parseConfig } from '../config.ts'
import { openPostgres } from './postgres.ts'

const home = mkdtempSync(join(tmpdir(), 'labimpact-kills-'))
chmodSync(home, 0o755)
afterAll(() => rmSync(home, { recursive: true }))
const moment = (most: number) => sleep(Math.random() * most)

async function lostAfterwards(data_dir: string, writers: Writer[]) {
  const postgres = await openPostgres(parseConfig({ DATA_DIR: data_dir }))
  try {
    return await lostRows(postgres.owner_url, writers)
  } finally {
    await postgres.stop()
  }
}

/** How long a process takes here from its start to its twentieth row, once the database is made. */
async function timeToWrite(data_dir: string) {
  await (await openPostgres(parseConfig({ DATA_DIR: data_dir }))).stop()
  const began = Date.now()
  const writer = startWriter(data_dir)
  await vi.waitUntil(() => writer.written().length > 20, { timeout: 20_000 })
  const life = Date.now() - began
  await end(writer.child, 'SIGTERM')
  return life
}

/** Its file may be gone, or name the one killed before, when the next is not there yet. */
function killServer(data_dir: string) {
  try {
    process.kill(pidOf(data_dir), 'SIGKILL')
  } catch (error) {
    if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

test('200 processes killed at any moment of their life lose nothing acknowledged', async () => {
  const data_dir = join(home, 'writers')
  const life = await timeToWrite(data_dir)
  const writers: Writer[] = []
  for (let round = 0; round < 100; round++) {
    const pair = [startWriter(data_dir), startWriter(data_dir)]
    writers.push(...pair)
    await moment(3 * life)
    for (const { child } of pair) await end(child, 'SIGKILL')
  }
  expect(writers.flatMap(({ written }) => written()).length).toBeGreaterThan(200)
  expect(await lostAfterwards(data_dir, writers)).toEqual([])
})

test('a server killed 40 times under its writers comes back, and loses nothing acknowledged', async () => {
  const data_dir = join(home, 'servers')
  const writers = [startWriter(data_dir), startWriter(data_dir), startWriter(data_dir)]
  const count = () => writers.reduce((sum, { written }) => sum + written().length, 0)
  for (let round = 0; round < 40; round++) {
    const before = count()
    await expect.poll(count, { timeout: 20_000 }).toBeGreaterThan(before + 20)
    await moment(300)
    killServer(data_dir)
  }
  const before = count()
  await expect.poll(count, { timeout: 20_000 }).toBeGreaterThan(before + 20)
  for (const { child } of writers) await end(child, 'SIGTERM')
  expect(existsSync(join(data_dir, 'postgres/postmaster.pid'))).toBe(false)
  expect(await lostAfterwards(data_dir, writers)).toEqual([])
})

test('a first start killed 25 times at any moment can always be started again', async () => {
  for (let round = 0; round < 25; round++) {
    const data_dir = join(home, `first-${round}`)
    const killed = startWriter(data_dir)
    await moment(2500)
    await end(killed.child, 'SIGKILL')
    const next = startWriter(data_dir)
    await expect.poll(() => next.written().length, { timeout: 20_000 }).toBeGreaterThan(5)
    await end(next.child, 'SIGTERM')
    expect(await lostAfterwards(data_dir, [killed, next])).toEqual([])
    rmSync(data_dir, { recursive: true })
  }
})
