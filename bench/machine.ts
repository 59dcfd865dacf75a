/**
 * How fast this machine is beside the one the design's figures were tried on (design.md §3): the same three things, done
 * the same way. An aim in seconds is read through the share of the last column.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import autocannon from 'autocannon'
import { Hono } from 'hono'
import { type Kysely, sql } from 'kysely'
import { parseConfig } from '../src/kernel/config.ts'
import { migrate } from '../src/kernel/database/migrate.ts'
import { openPools } from '../src/kernel/database/pools.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import type { DB } from '../src/kernel/database/rows.ts'

const runs = 3
const seconds = 4
const jobs_at_once = 1000
const tried = {
  'fixed string, requests/s': 20_479,
  'jobs by the thousand, 1/s': 38_553,
  'jobs one at a time, 1/s': 871,
}

/** Of several runs the middle one. */
async function rate(run: () => Promise<number>) {
  const rates: number[] = []
  for (let at = 0; at < runs; at++) rates.push(await run())
  return rates.sort((a, b) => a - b)[Math.floor(runs / 2)] as number
}

async function freePort() {
  const server = createServer().listen(0)
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

async function fixedString() {
  const port = await freePort()
  const server = fork(import.meta.filename, ['serve', String(port)])
  await new Promise((listening) => server.once('message', listening))
  const found = await rate(async () => {
    const { requests } = await autocannon({ url: `http://127.0.0.1:${port}`, connections: 50, duration: seconds })
    return requests.average
  })
  server.kill()
  return found
}

async function addedJobs(db: Kysely<DB>, at_once: number) {
  const done = async () => {
    const until = performance.now() + seconds * 1000
    let added = 0
    for (; performance.now() < until; added += at_once) {
      const jobs = Array.from({ length: at_once }, (_, at) => ({
        identifier: 'bench',
        payload: { number: added + at },
      }))
      await sql`select count(*) from kernel.add_jobs(${JSON.stringify(jobs)}::jsonb)`.execute(db)
    }
    return added / seconds
  }
  return rate(done)
}

async function measure() {
  const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-machine-'))
  const config = parseConfig({ DATA_DIR: data_dir })
  const postgres = await openPostgres(config)
  await migrate(postgres.owner_url, config)
  const pools = openPools(postgres)
  const here = {
    'fixed string, requests/s': await fixedString(),
    'jobs by the thousand, 1/s': await addedJobs(pools.owner, jobs_at_once),
    'jobs one at a time, 1/s': await addedJobs(pools.owner, 1),
  }
  await pools.close()
  await postgres.stop()
  rmSync(data_dir, { recursive: true })
  const lines = Object.entries(here).map(([what, found]) => {
    const there = tried[what as keyof typeof tried]
    return [what, { here: Math.round(found), there, 'share, %': Math.round((found * 100) / there) }]
  })
  console.table(Object.fromEntries(lines))
}

function serveString(port: number) {
  const app = new Hono().get('/', (web) => web.text('ciao'))
  serve({ fetch: app.fetch, port }, () => process.send?.('listening'))
}

if (process.argv[2] === 'serve') serveString(Number(process.argv[3]))
else await measure()
