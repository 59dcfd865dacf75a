/** What mail servers answer, and what becomes of each letter; above all when the process dies in the middle. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { command } from '../../test/kit/command.ts'
import { openTestHouse } from '../../test/kit/house.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { root } from '../kernel/root.ts'
import { createIssue, dispatch } from './actions/issues.ts'
import { verdictOf } from './rules/delivery.ts'
import { putSubscriber } from './store/subscribers.ts'
import { newsletter } from './urls.ts'

const office = await openPostOffice()
/** On a busy machine an answer may take a while. */
const patient = office.url.replace(/timeout=.*/, 'timeout=3000')
const town = await openTestHouse({
  env: { SMTP_URL: patient, BASE_URL: 'https://lodi.example', MAIL_FROM: 'ambito@lodi.example' },
})
afterAll(() => office.close())
const { owner_pool, config } = town.house
const sql = async <Row>(text: string, values: unknown[] = []) => (await owner_pool.query(text, values)).rows as Row[]
const languages = ['it', 'ar', 'fr', 'zh', 'ur', 'uk', 'es', 'ro']

beforeEach(async () => {
  await town.settle()
  office.taken.length = 0
  office.tell({})
  office.slow(0)
  await sql(`delete from newsletter.recipient; delete from newsletter.link; delete from newsletter.subscriber`)
  await sql(
    `insert into programme.setting (ambito_id, name, value, valid_from) select id, 'newsletter.rate', '1000', '2020-01-01' from territory.ambito where slug = 'lodi'`,
  )
})

const readers = (count: number) =>
  town.inCtx(async (ctx) => {
    for (let at = 0; at < count; at++)
      await putSubscriber(ctx, {
        email: `persona${at}@esempio.it`,
        mark: `m${at}`,
        name: '',
        language: languages[at % languages.length] as string,
        topics: [],
        source: 'import',
        consent_on: ctx.today,
        consent_where: 'prova',
        confirmed_at: ctx.now.toString(),
      })
  })
async function issue(count: number) {
  await readers(count)
  const id = await town.inCtx((ctx) => createIssue(ctx, { subject: 'Prova', body: 'Prova' }))
  await town.inCtx((ctx) => dispatch(ctx, id, { when: 'now' }))
  return id
}
const ends = async (id: string) =>
  (
    await sql<Record<string, number>>(
      `select count(*)::int as all, count(sent_at)::int as sent, count(refused_at)::int as refused, count(doubted_at)::int as doubted,
         count(left_at)::int as left, (count(*) filter (where again_at is not null and sent_at is null and refused_at is null and left_at is null))::int as later
       from newsletter.recipient where issue_id = $1`,
      [id],
    )
  )[0]
const standing = async (id: string) =>
  (
    await sql<{ over: boolean; trouble: string; troubles: number }>(
      `select finished_at is not null as over, trouble, troubles from newsletter.issue where id = $1`,
      [id],
    )
  )[0]
/** As if the pauses were over. */
async function goOn(after = '0') {
  await town.moveClock(after)
  await sql('update graphile_worker._private_jobs set run_at = now() where run_at > now()')
  await town.settle()
}
const takenBy = () => Map.groupBy(office.taken, ({ to }) => to[0] as string)

test('what an answer means', () => {
  const answer = (responseCode: number, command: string, message: string, ended = false) =>
    verdictOf({ responseCode, command, message }, ended)
  expect(answer(550, 'RCPT TO', '550 5.1.1 <nobody@x.it> unknown user')).toEqual({
    kind: 'refused',
    said: '550 550 5.1.1 … unknown user',
    suppress: true,
  })
  expect(answer(550, 'RCPT TO', '550 no')).toMatchObject({ suppress: true })
  // A full mailbox, a message they do not like: the address is right.
  expect(answer(552, 'RCPT TO', '552 5.2.2 mailbox full')).toMatchObject({ kind: 'refused', suppress: false })
  expect(answer(550, 'RCPT TO', '550 5.7.1 not from you')).toMatchObject({ kind: 'refused', suppress: false })
  expect(answer(554, 'DATA', '554 spam', true)).toMatchObject({ kind: 'refused', suppress: false })
  for (const code of [421, 450, 451, 452]) expect(answer(code, 'RCPT TO', 'later').kind).toBe('again')
  expect(answer(452, 'DATA', 'later', true).kind).toBe('again')
  for (const [code, command] of [
    [535, 'AUTH PLAIN'],
    [550, 'MAIL FROM'],
    [421, 'CONN'],
  ] as const)
    expect(answer(code, command, 'no').kind).toBe('trouble')
  expect(verdictOf({ code: 'ETIMEDOUT', message: 'Timeout' }, false).kind).toBe('again')
  expect(verdictOf({ code: 'ETIMEDOUT', message: 'Timeout' }, true).kind).toBe('doubted')
})

test('refused, not now, too full, closed in the middle, slow: each reader has an end, and nobody hears twice', async () => {
  office.tell({ recipient: [550, 452, 421], text: [451, 554, 'drop', 'hang'] })
  const id = await issue(24)
  expect(await ends(id)).toEqual({ all: 24, sent: 17, refused: 2, doubted: 2, left: 0, later: 3 })
  expect(await sql(`select suppressed_why from newsletter.subscriber where suppressed_at is not null`)).toHaveLength(1)
  expect(await standing(id)).toMatchObject({ over: false, troubles: 0 })
  // One of those who wait leaves meanwhile.
  await sql(
    `update newsletter.subscriber s set email = null, left_at = now(), left_how = 'page' from newsletter.recipient r
     where r.subscriber_id = s.id and r.issue_id = $1 and s.id = (select subscriber_id from newsletter.recipient where issue_id = $1 and again_at is not null and sent_at is null order by 1 limit 1)`,
    [id],
  )
  office.tell({ recipient: [452] })
  await goOn('2 minutes')
  expect(await ends(id)).toEqual({ all: 24, sent: 18, refused: 2, doubted: 2, left: 1, later: 1 })
  await goOn('4 minutes')
  expect((await ends(id))?.later).toBe(1)
  await goOn('10 minutes')
  expect(await ends(id)).toEqual({ all: 24, sent: 19, refused: 2, doubted: 2, left: 1, later: 0 })
  expect(await standing(id)).toMatchObject({ over: true })
  expect([...takenBy().values()].every((letters) => letters.length === 1)).toBe(true)
  // Both of whom nothing is known had it; they get it again only because somebody says so.
  expect(office.taken).toHaveLength(21)
  const editor = await town.as('redazione@demo.example')
  const page = await editor.page(newsletter.issue.href({ id }))
  expect(page).toMatch(/Di 2 messaggi non sappiamo se sono arrivati/)
  expect(page).not.toMatch(/persona\d+@/)
  await editor.submit(newsletter.doubts.href({ id }), {}, { on: newsletter.issue.href({ id }) })
  await town.settle()
  expect(await ends(id)).toEqual({ all: 24, sent: 21, refused: 2, doubted: 0, left: 1, later: 0 })
  const twice = [...takenBy().values()].filter((letters) => letters.length > 1)
  expect(twice).toHaveLength(2)
  for (const [first, second] of twice) expect(first?.mail.messageId).toBe(second?.mail.messageId)
  await town.moveClock('0')
})

test('a server that takes nothing costs no reader anything; an editor sees it, halts it, goes on', async () => {
  office.tell({ greeting: Array(40).fill(421) })
  const id = await issue(12)
  expect(await ends(id)).toMatchObject({ sent: 0, refused: 0, doubted: 0, later: 0 })
  expect(await standing(id)).toMatchObject({ over: false, troubles: 1, trouble: expect.stringMatching(/421/) })
  office.tell({ sender: Array(40).fill(550) })
  await goOn('3 minutes')
  expect(await ends(id)).toMatchObject({ sent: 0, refused: 0 })
  expect(await standing(id)).toMatchObject({ troubles: 2 })
  // Nobody there at all.
  Object.assign(config, { smtp_url: 'smtp://127.0.0.1:1?timeout=3000' })
  await goOn('6 minutes')
  Object.assign(config, { smtp_url: patient })
  expect(await ends(id)).toMatchObject({ sent: 0, refused: 0, doubted: 0 })
  expect(await standing(id)).toMatchObject({ troubles: 3, trouble: expect.stringContaining('ECONNREFUSED') })
  const editor = await town.as('redazione@demo.example')
  expect(await editor.page('/staff')).toContain('Un numero della newsletter è fermo')
  expect(await editor.page(newsletter.issue.href({ id }))).toContain('non accetta i nostri messaggi')
  await editor.submit(newsletter.halt.href({ id }), {}, { on: newsletter.issue.href({ id }) })
  office.tell({})
  await goOn('10 minutes')
  expect(await ends(id)).toMatchObject({ sent: 0 })
  await editor.submit(newsletter.goOn.href({ id }), {}, { on: newsletter.issue.href({ id }) })
  await goOn('10 minutes')
  expect(await ends(id)).toMatchObject({ all: 12, sent: 12 })
  await town.moveClock('0')
})

test('killed with -9 again and again while it sends, and sent by two at once: none twice, none lost without a word', async () => {
  await readers(240)
  const id = await town.inCtx((ctx) => createIssue(ctx, { subject: 'Prova', body: 'Prova' }))
  // Letters and readers are written down, and nothing has gone yet.
  office.tell({ greeting: Array(40).fill(421) })
  await town.inCtx((ctx) => dispatch(ctx, id, { when: 'now' }))
  const program = join(root, 'test/kit/delivering-process.ts')
  const unhurried = office.url.replace(/timeout=.*/, 'timeout=60000')
  /** What it waits for does not come before it is dead. */
  const killedOnce = async (it_waits: () => Promise<unknown>) => {
    const child = spawn(
      process.execPath,
      ['--no-warnings', program, town.database.app_url, unhurried, config.secret, id],
      { stdio: 'ignore' },
    )
    await it_waits()
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const lines = 12
  const thirty_then_silence = () => [...Array<undefined>(30), ...Array<'hang'>(lines).fill('hang')]

  // Every line has given a letter away and hears nothing: nobody can know.
  office.tell({ text: thirty_then_silence() })
  await killedOnce(() => office.silentTo(lines))
  expect(await ends(id)).toMatchObject({ sent: 30 })
  // Every line has only said for whom its letter is: nobody has it.
  office.tell({ recipient: thirty_then_silence() })
  await killedOnce(() => office.silentTo(lines))
  expect(office.taken).toHaveLength(30 + lines + 30)
  // Every line would end its letter, and cannot write that it does.
  office.tell({})
  const other = await owner_pool.connect()
  await other.query('begin; select from newsletter.recipient where claimed_at is null for update')
  // Only its own kind sees what a connection waits for.
  const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  const held = async () => (await town.pools.app_pool.query(waits)).rowCount
  await killedOnce(() => expect.poll(held).toBeGreaterThan(0))
  await other.query('rollback')
  other.release()
  expect(office.taken).toHaveLength(30 + lines + 30)
  // Written, and dead before the last dot.
  const [lost] = await sql<{ subscriber_id: string }>(
    `update newsletter.recipient set claimed_at = now() where subscriber_id =
       (select subscriber_id from newsletter.recipient where issue_id = $1 and claimed_at is null limit 1) returning subscriber_id`,
    [id],
  )

  await sql('update graphile_worker._private_jobs set run_at = now() where run_at > now()')
  await Promise.all([town.settle(), town.settle()])
  await goOn('10 minutes')

  const end = (await ends(id)) as Record<string, number>
  expect(await standing(id)).toMatchObject({ over: true })
  expect((end.sent as number) + (end.doubted as number)).toBe(240)
  expect([...takenBy().values()].filter((letters) => letters.length > 1)).toEqual([])
  const doubted = await sql<{ subscriber_id: string; email: string }>(
    `select r.subscriber_id, s.email from newsletter.recipient r join newsletter.subscriber s on s.id = r.subscriber_id where r.issue_id = $1 and r.doubted_at is not null`,
    [id],
  )
  // Whoever has not got it is listed. So is whose answer came, and was not written any more.
  const taken = takenBy()
  const missing = Array.from({ length: 240 }, (_, at) => `persona${at}@esempio.it`).filter((email) => !taken.has(email))
  expect(missing).toEqual(
    doubted.flatMap(({ subscriber_id, email }) => (subscriber_id === lost?.subscriber_id ? [email] : [])),
  )
  expect(missing).toHaveLength(1)
  expect(doubted.length - 1).toBeGreaterThanOrEqual(lines)
  expect(doubted.length - 1).toBeLessThanOrEqual(2 * lines)
  await town.moveClock('0')
})

test('what comes back days later is believed when it carries our letter, and its address is not written to again', async () => {
  const id = await issue(3)
  await town.settle()
  const letters = [...office.taken].sort((a, b) => ((a.to[0] ?? '') < (b.to[0] ?? '') ? -1 : 1))
  const bounce = (message_id: string, status: string, action = 'failed') => `From MAILER-DAEMON Sun Nov 22 21:00:00 2026
From: MAILER-DAEMON@mx.example
To: ambito@lodi.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <1234@mx.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Final-Recipient: rfc822; altro@altrove.example
Action: ${action}
Status: ${status}

--x
Content-Type: text/rfc822-headers

To: persona@esempio.it
Message-ID:
 ${message_id}
--x--
`
  const ids = letters.map(({ mail }) => mail.messageId as string)
  const stranger = `<${crypto.randomUUID()}.${crypto.randomUUID()}@lodi.example>`
  const file = join(config.data_dir, 'bounces.mbox')
  writeFileSync(
    file,
    [
      bounce(ids[0] as string, '5.1.1'),
      bounce(ids[0] as string, '5.1.1'),
      bounce(ids[1] as string, '5.2.2'),
      bounce(ids[2] as string, '4.4.7', 'delayed'),
      bounce(stranger, '5.1.1'),
      'From: a@b.example\n\nStatus: 5.1.1, said somebody\n',
    ].join('\n'),
  )
  const said = await command(town, 'bounces', file, '--ambito', 'lodi')
  expect([said.status, said.out]).toEqual([0, expect.stringContaining('2 letters came back, 1 addresses')])
  const { rows } = await owner_pool.query(
    `select s.email, s.suppressed_why, r.bounced_at is not null as back from newsletter.recipient r join newsletter.subscriber s on s.id = r.subscriber_id where issue_id = $1 order by s.email`,
    [id],
  )
  expect(rows).toEqual([
    { email: 'persona0@esempio.it', suppressed_why: '5.1.1', back: true },
    { email: 'persona1@esempio.it', suppressed_why: '', back: true },
    { email: 'persona2@esempio.it', suppressed_why: '', back: false },
  ])
  expect((await command(town, 'bounces', '/nowhere', '--ambito', 'lodi')).status).toBe(1)
})
