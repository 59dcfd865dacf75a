/**
 * The list of a thousand coming events in eight languages at fifty clients; the same pages made for the first time; and
 * `eventi.ics` asked again by who has it. Beside them, a fixed string through the same server.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { Pool } from 'pg'
import flags from '../bin/node-flags.json' with { type: 'json' }
import { parseConfig } from '../src/kernel/config.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import { root } from '../src/kernel/root.ts'

const port = 3978
const address = `http://127.0.0.1:${port}`
const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-board-'))
const env = {
  ...process.env,
  DATA_DIR: data_dir,
  PORT: String(port),
  DEMO_PASSWORD: 'measured-only',
  LOG_LEVEL: 'error',
}
const languages = ['it', 'en', 'ar', 'fr', 'es', 'sq', 'zh', 'uk']
const words = { en: 'Meeting', ar: 'لقاء', fr: 'Rencontre', es: 'Encuentro', sq: 'Takim', zh: '聚会', uk: 'Зустріч' }

const server: ChildProcess = spawn(process.execPath, [...flags.server, join(root, 'dist/main.js')], {
  env,
  stdio: ['ignore', 'ignore', 'inherit'],
})
const up = () =>
  fetch(`${address}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )
while (!(await up())) await new Promise((rest) => setTimeout(rest, 50))
const postgres = await openPostgres(parseConfig(env))
const pool = new Pool({ connectionString: postgres.owner_url })

async function thousandEvents() {
  await pool.query(
    `with here as (select id as ambito_id from territory.ambito where slug = 'lodi'),
      made as (insert into board.item (ambito_id, kind, slug, published_from, version) select ambito_id, 'event', 'misura-' || n, kernel.today(), 1 from here, generate_series(1, 1000) n returning ambito_id, id, slug),
      written as (insert into board.source_version (ambito_id, item_id, version, title, summary, body) select ambito_id, id, 1, 'Incontro ' || slug, 'Si parla, si impara, si sta insieme.', '- uno' from made returning item_id),
      planned as (insert into board.event (ambito_id, item_id, on_day, starts_at, ends_at, place_text) select ambito_id, id, kernel.today() + 1 + substr(slug, 8)::int % 180, '15:00', '17:00', 'Lodi' from made returning item_id),
      translated as (insert into board.translation (ambito_id, item_id, language, revision, of_version, origin, title, summary) select m.ambito_id, m.id, w.key, 1, 1, 'person', w.value || ' ' || m.slug, w.value from made m, jsonb_each_text($1::jsonb) w returning item_id)
    select (select count(*) from written), (select count(*) from planned), (select count(*) from translated)`,
    [JSON.stringify(words)],
  )
  await pool.query("select pg_notify('public_changed', id::text) from territory.ambito")
  await pool.query('analyze')
}

const press = async (requests: { path: string; headers?: Record<string, string> }[]) => {
  const result = await autocannon({ url: address, connections: 50, duration: 5, requests })
  return { rate: result.requests.average, p97: result.latency.p97_5 }
}
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
const whole = (value: number) => Math.round(value).toLocaleString('en')

try {
  await thousandEvents()
  const first: number[] = []
  let bytes = 0
  for (const lang of languages)
    for (let page = 1; page <= 5; page++) {
      const began = performance.now()
      const answer = await fetch(`${address}/${lang}/eventi?pagina=${page}`, { headers: { 'accept-encoding': 'br' } })
      if (answer.status !== 200) throw new Error(`page ${page} in ${lang}: ${answer.status}`)
      await answer.arrayBuffer()
      first.push(performance.now() - began)
      bytes = Math.max(bytes, Number(answer.headers.get('content-length') ?? 0))
    }
  const fixed = await press([{ path: '/healthz' }])
  const lists = await press(
    languages.map((lang) => ({ path: `/${lang}/eventi`, headers: { 'accept-encoding': 'br' } })),
  )
  const etag = (await fetch(`${address}/it/eventi.ics`)).headers.get('etag') as string
  const calendar = await press([{ path: '/it/eventi.ics', headers: { 'if-none-match': etag } }])
  console.log(`fixed string                      ${whole(fixed.rate)} requests/s, p97.5 ${whole(fixed.p97)} ms`)
  console.log(
    `1,000 events, 8 languages, kept    ${whole(lists.rate)} requests/s, p97.5 ${whole(lists.p97)} ms (${(lists.rate / fixed.rate).toFixed(2)} of the limit)`,
  )
  console.log(
    `the same, made for the first time  median ${whole(median(first))} ms, most ${whole(Math.max(...first))} ms`,
  )
  if (bytes > 0) console.log(`largest page of fifty events       ${whole(bytes)} bytes`)
  console.log(`eventi.ics, not changed            ${whole(calendar.rate)} requests/s, p97.5 ${whole(calendar.p97)} ms`)
} finally {
  await pool.end()
  await new Promise((gone) => {
    server.once('exit', gone)
    server.kill('SIGTERM')
  })
  await postgres.stop()
  rmSync(data_dir, { recursive: true, force: true })
}
