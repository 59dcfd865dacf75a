/** The faults of faults.test.ts again and again, at random moments, under load: `npm run test:long`. */
import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfig } from '../src/kernel/config.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import { arriving } from './kit/arriving.ts'
import { openTestHouse } from './kit/house.ts'
import { openPostOffice } from './kit/post-office.ts'
import { buildServer, startServer } from './kit/server.ts'
import workshopModule, { prepareWorkshop, workshop } from './kit/workshop.tsx'
import { ask, pidOf } from './kit/writers.ts'

const home = mkdtempSync(join(tmpdir(), 'labimpact-long-'))
chmodSync(home, 0o755)
beforeAll(() => void buildServer(), 120_000)
afterAll(() => rmSync(home, { recursive: true }))

test('the server killed 60 times at any moment of its writing loses nothing it acknowledged', async () => {
  const data_dir = join(home, 'killed')
  const rounds = []
  for (let round = 0; round < 60; round++) {
    const server = await startServer(data_dir)
    const clients = await arriving(server, 8)
    await sleep(Math.random() * 1500)
    server.child.kill('SIGKILL')
    await server.ended
    await clients.over
    rounds.push(clients)
  }
  expect(rounds.flatMap((clients) => clients.acknowledged()).length).toBeGreaterThan(500)
  for (const clients of rounds) expect(await clients.lost(data_dir)).toEqual([])
})

test('its database killed 20 times under it: back within five seconds, no error, nothing lost', async () => {
  const data_dir = join(home, 'database-killed')
  const server = await startServer(data_dir)
  const clients = await arriving(server, 4)
  const cookie = await server.signIn('operatore@demo.example')
  const statuses = new Map<number, number>()
  const pauses: number[] = []
  for (let round = 0; round < 20; round++) {
    const before = clients.acknowledged().length
    await expect.poll(() => clients.acknowledged().length, { timeout: 30_000 }).toBeGreaterThan(before + 20)
    if (existsSync(join(data_dir, 'postgres/postmaster.pid'))) process.kill(pidOf(data_dir), 'SIGKILL')
    const killed = Date.now()
    for (let status = 0; status !== 200 || Date.now() - killed < 200; ) {
      status = (await server.ask('/staff/sportello', { headers: { cookie } })).status
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      await sleep(20)
    }
    pauses.push(Date.now() - killed)
  }
  await clients.stop()
  expect([...statuses.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([])
  expect(Math.max(...pauses)).toBeLessThan(5000)
  expect(await clients.lost(data_dir)).toEqual([])
  await server.stop()
})

test('two thousand forms sent two to ten times at once are each done once', async () => {
  const town = await openTestHouse({ also: [workshopModule] })
  await prepareWorkshop(town.house.owner_pool)
  const operator = await town.as('operatore@demo.example')
  const list = workshop.list.href()
  const { _ambito = '' } = await operator.hidden(list)
  for (let batch = 0; batch < 500; batch++)
    await Promise.all(
      Array.from({ length: 4 }, async (_, at) => {
        const fields = { _ambito, _once: randomUUID(), what: `${batch}-${at}` }
        const answers = await Promise.all(
          Array.from({ length: 2 + Math.floor(Math.random() * 9) }, () => operator.post(list, fields)),
        )
        expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get('location')}`))).toEqual(
          new Set([`303 ${list}`]),
        )
      }),
    )
  const { rows } = await town.house.owner_pool.query(
    'select count(*)::int as all, count(distinct what)::int as different from workshop.line',
  )
  expect(rows).toEqual([{ all: 2000, different: 2000 }])
})

test('three hundred mails, the server killed 15 times while it sends: none twice, none lost without a word', async () => {
  const office = await openPostOffice()
  const data_dir = join(home, 'mail')
  const start = () => startServer(data_dir, { env: { SMTP_URL: office.url } })
  let server = await start()
  const config = parseConfig({ DATA_DIR: data_dir })
  const postgres = await openPostgres(config)
  const sql = (text: string) => ask(postgres.owner_url, text)
  await sql(`with queued as (
      insert into kernel.mail (ambito_id, to_address, kind, message, message_id)
      select a.id, 'persona' || n || '@esempio.it', 'test.letter', '{"subject": "Prova", "text": "Prova", "attachments": []}', '<' || n || '@lodi.example>'
      from territory.ambito a, generate_series(1, 300) n where a.slug = 'lodi' returning ambito_id, id)
    select graphile_worker.add_job('kernel.send_mail', json_build_object('ambito_id', ambito_id, 'payload', json_build_object('mail_id', id))) from queued`)
  office.slow(30)
  for (let round = 0; round < 15; round++) {
    await sleep(Math.random() * 600)
    server.child.kill('SIGKILL')
    await server.ended
    server = await start()
  }
  // What a killed worker had claimed stays in doubt for ten minutes of the clock; its pauses are cut short here.
  const left = async () => {
    await sql(`update graphile_worker._private_jobs set run_at = now() where run_at > now()`)
    return (
      await sql(
        'select count(*)::int as n from kernel.mail where sent_at is null and failed_at is null and claimed_at is null',
      )
    ).n
  }
  await expect.poll(left, { timeout: 120_000, interval: 500 }).toBe(0)
  await sql(`update kernel.clock_offset set ahead = '11 minutes'`)
  await expect
    .poll(
      async () =>
        (await left()) +
        (await sql('select count(*)::int as n from kernel.mail where sent_at is null and failed_at is null')).n,
      { timeout: 120_000, interval: 500 },
    )
    .toBe(0)

  const seen = office.taken.map(({ mail }) => mail.messageId)
  expect(new Set(seen).size).toBe(seen.length)
  const end = await sql(`select coalesce(array_agg(message_id) filter (where sent_at is not null), '{}') as sent,
    coalesce(array_agg(message_id) filter (where failure like 'in_doubt%'), '{}') as doubtful, count(*)::int as all from kernel.mail`)
  expect(end.sent.filter((id: string) => !seen.includes(id))).toEqual([])
  expect(seen.filter((id) => ![...end.sent, ...end.doubtful].includes(id))).toEqual([])
  // The demonstration has a few mails of its own.
  expect(end.sent.length + end.doubtful.length).toBe(end.all)
  expect(end.all).toBeGreaterThanOrEqual(300)
  // At most what fifteen killed workers had in hand, two lanes or four workers each.
  expect(end.doubtful.length).toBeLessThanOrEqual(60)
  await server.stop()
  await postgres.stop()
  await office.close()
})
