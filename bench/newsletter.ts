/**
 * One issue to ten thousand readers in eight languages, through the whole house into a local mail server in a process of its
 * own; beside it, nodemailer alone with the same letters, the same number of lines and the same server.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { Pool } from 'pg'
import { SMTPServer } from 'smtp-server'
import flags from '../bin/node-flags.json' with { type: 'json' }
import { parseConfig } from '../src/kernel/config.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import { root } from '../src/kernel/root.ts'

const readers = Number(process.env.READERS) || 10_000
const languages = ['it', 'ar', 'fr', 'zh', 'ur', 'uk', 'es', 'ro']

// --- measuring --------------------------------------------------------------------------------------------------------

async function measure() {
  const post = spawn(process.execPath, ['--no-warnings', import.meta.filename, 'serve'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const mail_port = await new Promise<number>((listening) => post.once('message', (port) => listening(Number(port))))
  const web_port = await freePort()
  const taken = () =>
    new Promise<{ different: number; all: number }>((said) => {
      post.once('message', (count) => said(count as never))
      post.send('count')
    })
  const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-newsletter-'))
  const env = {
    ...process.env,
    DATA_DIR: data_dir,
    PORT: String(web_port),
    DEMO_PASSWORD: 'measured-only',
    SMTP_URL: `smtp://127.0.0.1:${mail_port}`,
    LOG_LEVEL: 'error',
  }
  const server: ChildProcess = spawn(process.execPath, [...flags.server, join(root, 'dist/main.js')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const up = () =>
    fetch(`http://127.0.0.1:${web_port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  // Whatever goes wrong, nothing of it is left running.
  process.once('exit', () => {
    post.kill()
    server.kill()
  })
  while (!(await up())) {
    if (server.exitCode !== null) throw new Error('the server did not start')
    await rest(50)
  }
  const postgres = await openPostgres(parseConfig(env))
  const pool = new Pool({ connectionString: postgres.owner_url })
  const sql = async (text: string, values: unknown[] = []) => (await pool.query(text, values)).rows

  try {
    const began_with = await tenThousand(sql)
    await taken()
    const [issue] = await sql(
      `update newsletter.issue set planned_for = kernel.now() where id = (select id from newsletter.issue where started_at is null order by id desc limit 1) returning ambito_id, id`,
    )
    const asked = performance.now()
    await sql(
      `select graphile_worker.add_job('newsletter.start', json_build_object('ambito_id', $1::text, 'payload', json_build_object('issue_id', $2::text)))`,
      [issue.ambito_id, issue.id],
    )
    const done = async () =>
      (await sql('select count(sent_at)::int as sent from newsletter.recipient where issue_id = $1', [issue.id]))[0]
        .sent
    while ((await done()) === 0) await rest(20)
    const [first, begun] = [await done(), performance.now()]
    while ((await done()) < began_with) await rest(100)
    const over = performance.now()
    const ours = ((began_with - first) * 1000) / (over - begun)
    const got = await taken()
    const letters = await sql('select language, subject, text, html from newsletter.letter where issue_id = $1', [
      issue.id,
    ])
    const alone = await nodemailerAlone(letters, began_with, mail_port)
    console.log(`readers, in ${languages.length} languages               ${whole(began_with)}`)
    console.log(`letters and readers written down   ${whole(begun - asked)} ms until the first had gone`)
    console.log(
      `sent and recorded one by one       ${whole(ours)} messages/s (${(ours / alone).toFixed(2)} of the limit)`,
    )
    console.log(`nodemailer alone, same server      ${whole(alone)} messages/s`)
    console.log(`the server got                     ${whole(got.all)} messages for ${whole(got.different)} addresses`)
    if (got.all !== began_with || got.different !== began_with) process.exitCode = 1
  } finally {
    await pool.end()
    await ended(server)
    await ended(post)
    await postgres.stop()
    rmSync(data_dir, { recursive: true, force: true })
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}
const rest = (ms: number) => new Promise((done) => setTimeout(done, ms))
const whole = (value: number) => Math.round(value).toLocaleString('en')
const ended = (child: ChildProcess) =>
  new Promise((gone) => {
    child.once('exit', gone)
    child.kill('SIGTERM')
  })

/** @returns how many will get it, those of the demonstration included */
async function tenThousand(sql: (text: string, values?: unknown[]) => Promise<Record<string, never>[]>) {
  await sql(
    `with here as (select id as ambito_id from territory.ambito where slug = 'lodi'),
      fast as (insert into programme.setting (ambito_id, name, value, valid_from) select ambito_id, 'newsletter.rate', '1000', '2020-01-01' from here)
    insert into newsletter.subscriber (ambito_id, email, language, source, consent_on, consent_where, confirmed_at)
    select ambito_id, 'persona' || n || '@esempio.it', ($2::text[])[1 + n % $3], 'import', kernel.today(), 'misura', kernel.now() from here, generate_series(1, $1) n`,
    [readers, languages, languages.length],
  )
  await sql('analyze newsletter.subscriber')
  const [row] = await sql('select count(*)::int as n from newsletter.subscriber where confirmed_at is not null')
  return Number(row?.n)
}

type Letter = { subject: string; text: string; html: string }
async function nodemailerAlone(letters: readonly Record<string, never>[], count: number, mail_port: number) {
  const transport = createTransport({
    host: '127.0.0.1',
    port: mail_port,
    pool: true,
    maxConnections: 12,
    maxMessages: Number.POSITIVE_INFINITY,
    ignoreTLS: true,
  })
  const began = performance.now()
  await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const { subject, text, html } = letters[at % letters.length] as unknown as Letter
      await transport.sendMail({
        from: 'ambito@lodi.example',
        to: `persona${at}@esempio.it`,
        subject,
        text,
        html,
      })
    }),
  )
  transport.close()
  return (count * 1000) / (performance.now() - began)
}

// --- the mail server, when this file is started as one ----------------------------------------------------------------

if (process.argv[2] === 'serve') {
  const taken = new Map<string, number>()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      stream.resume()
      stream.on('end', () => {
        // The house writes other letters meanwhile.
        for (const { address } of session.envelope.rcptTo)
          if (/^persona\d+@|@lettori\.example$/.test(address)) taken.set(address, (taken.get(address) ?? 0) + 1)
        done()
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1', () => process.send?.((server.server.address() as AddressInfo).port))
  process.on('message', () => {
    process.send?.({ different: taken.size, all: [...taken.values()].reduce((sum, one) => sum + one, 0) })
    taken.clear()
  })
} else await measure()
