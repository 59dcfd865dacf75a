/**
 * What the front door gives: a cached public page beside a fixed string through the same server, a staff list of fifty rows
 * beside a bare transaction, the time to start and the memory at rest. Several runs, medians.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { Pool } from 'pg'
import flags from '../bin/node-flags.json' with { type: 'json' }
import { parseConfig } from '../src/kernel/config.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import { root } from '../src/kernel/root.ts'

const runs = 3
const seconds = 5
const port = 3977
const address = `http://127.0.0.1:${port}`
const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-http-'))
const env = {
  ...process.env,
  DATA_DIR: data_dir,
  PORT: String(port),
  DEMO_PASSWORD: 'measured-only',
  LOG_LEVEL: 'error',
}

function start() {
  const began = performance.now()
  const server = spawn(process.execPath, [...flags.server, join(root, 'dist/main.js')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise<{ server: ChildProcess; ms: number }>((resolve) => {
    const knock = async () => {
      if (
        await fetch(`${address}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        resolve({ server, ms: performance.now() - began })
      else setTimeout(knock, 20)
    }
    void knock()
  })
}
const stop = (server: ChildProcess) =>
  new Promise((gone) => {
    server.once('exit', gone)
    server.kill('SIGTERM')
  })

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

async function press(path: string, headers: Record<string, string> = {}, connections = 50) {
  const rates: number[] = []
  const p95s: number[] = []
  for (let run = 0; run < runs; run++) {
    const result = await autocannon({ url: `${address}${path}`, connections, duration: seconds, headers })
    if (result.non2xx > 0) throw new Error(`${path}: ${result.non2xx} answers were refusals`)
    rates.push(result.requests.average)
    p95s.push(result.latency.p97_5)
  }
  return { rate: median(rates), p97: median(p95s) }
}

async function signIn() {
  const answer = await fetch(`${address}/staff/accesso`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: 'operatore@demo.example', password: 'measured-only' }),
  })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

/** An opening of today with fifty visits of the demonstration's people. */
async function fiftyVisits(pool: Pool) {
  const { rows } = await pool.query<{ id: string }>(`
    with here as (select id from territory.ambito where slug = 'lodi'),
    opened as (
      insert into desk.opening (ambito_id, kind, on_day, starts_at, ends_at) select id, 'foreigners', kernel.today(), '09:00', '18:00' from here returning ambito_id, id
    ),
    served as (
      insert into desk.visit (ambito_id, opening_id, person_id, on_day, channel, for_whom, outcome, minutes)
      select o.ambito_id, o.id, p.id, kernel.today(), 'walk_in', 'self', 'solved', 15 from opened o
      cross join generate_series(1, 50) n
      join lateral (select id from people.person p where p.ambito_id = o.ambito_id order by p.id offset n % 9 limit 1) p on true
      returning ambito_id, id, opening_id
    ),
    needed as (insert into desk.visit_need (ambito_id, visit_id, need) select ambito_id, id, 'DOC.RINNOVO' from served returning visit_id)
    select id from opened where (select count(*) from needed) = 50`)
  return rows[0]?.id as string
}

async function bareTransactions(url: string, connections: number) {
  const pool = new Pool({ connectionString: url, max: connections })
  let done = 0
  const until = performance.now() + seconds * 1000
  const loop = async () => {
    while (performance.now() < until) {
      const client = await pool.connect()
      await client.query('begin')
      await client.query('select 1')
      await client.query('commit')
      client.release()
      done++
    }
  }
  await Promise.all(Array.from({ length: connections }, loop))
  await pool.end()
  return done / seconds
}

const first = await start()
await stop(first.server)
const starts: number[] = []
for (let run = 0; run < runs; run++) {
  const again = await start()
  starts.push(again.ms)
  await stop(again.server)
}
const { server } = await start()
const postgres = await openPostgres(parseConfig(env))
const pool = new Pool({ connectionString: postgres.owner_url })
try {
  await new Promise((rest) => setTimeout(rest, 5000))
  const resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024
  const opening = await fiftyVisits(pool)
  const cookie = await signIn()
  const fixed = await press('/healthz')
  const page = await press('/it/', { 'accept-encoding': 'br' })
  const list = await press(`/staff/sportello/${opening}/elenco`, { cookie }, 10)
  const bare = await bareTransactions(postgres.owner_url, 10)
  const whole = (value: number) => Math.round(value)
  console.table({
    'fixed string (limit), requests/s': { measured: whole(fixed.rate), aim: '' },
    'cached public page, requests/s': { measured: whole(page.rate), aim: `≥ ${whole(fixed.rate / 2)}` },
    'cached page as share of the limit, %': { measured: whole((page.rate / fixed.rate) * 100), aim: '≥ 50' },
    'bare transaction (control), 1/s': { measured: whole(bare), aim: '' },
    'staff list of 50 rows, requests/s': { measured: whole(list.rate), aim: '' },
    'staff list of 50 rows, p97.5 ms': { measured: whole(list.p97), aim: '' },
    'start of an initialised installation, ms': { measured: whole(median(starts)), aim: '≤ 3000' },
    'Node at rest, MB': { measured: whole(resident), aim: '≤ 200' },
  })
} finally {
  await pool.end()
  await stop(server)
  await postgres.stop()
  rmSync(data_dir, { recursive: true, force: true })
}
