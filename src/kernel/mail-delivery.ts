/**
 * The way of a mail, in a job, outside any transaction:
 *
 *   queued ── recipient accepted ── claimed, and its text given over ── 250 ── sent (text emptied)
 *     │ 4xx, no connection: again after a pause          │ 4xx: unclaimed, again after a pause
 *     │ 5xx for this recipient, or too many attempts:    │ 5xx: given up
 *     └ given up, with the reason                        └ no answer, or we are killed: given up as `in_doubt`
 *
 * The server may have taken a mail whose answer we never got. Such a mail is not sent again by itself: twice is worse than
 * a line on somebody's list. The claim is made when the server asks for the text, so that the doubt is as short as can be.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { instantOf } from './clock.ts'
import { type Config, onThisMachine } from './config.ts'
import type { Ctx } from './ctx.ts'
import { faultOf, log } from './log.ts'
import type { Written } from './mail.ts'

export type PostOffice = {
  config: Pick<Config, 'smtp_url' | 'mail_from' | 'data_dir'>
  /** A short transaction in the Ambito of the mail. */
  open<Result>(work: (ctx: Ctx) => Promise<Result>): Promise<Result>
}
type Answer = Error & { responseCode?: number; command?: string; code?: string }

/** A claim older than this has no living owner: every wait on the way is shorter. */
const claim_minutes = 10

export async function deliverMail(office: PostOffice, mail_id: string, last_attempt: boolean) {
  const mail = await takeUp(office, mail_id)
  if (!mail) return
  const bytes = await compose(office, mail)
  if (!office.config.smtp_url) writeInFolder(office.config.data_dir, mail_id, bytes)
  else if (!(await handOver(office, office.config.smtp_url, mail, bytes, last_attempt))) return
  await record(office, mail_id, { sent: true })
  log.info({ mail: mail_id, kind: mail.kind }, 'mail sent')
}

type Taken = {
  id: string
  kind: string
  to_address: string
  message_id: string
  queued_at: string
  message: Written
  from: string
}

/** What is to be sent; undefined when it has had its end already. */
async function takeUp({ open }: PostOffice, id: string): Promise<Taken | undefined> {
  return open(async (ctx) => {
    const row = await one(ctx, id).forUpdate().executeTakeFirst()
    if (!row || row.sent_at || row.failed_at) return undefined
    if (row.claimed_at) {
      if (ctx.now.since(instantOf(row.claimed_at)).total('minutes') < claim_minutes) throw new InOtherHands()
      await giveUp(ctx, id, 'in_doubt')
      return undefined
    }
    await update(ctx, id)
      .set((of) => ({ attempts: of('attempts', '+', 1) }))
      .execute()
    return { ...row, message: row.message as unknown as Written, from: ctx.ambito.name }
  })
}

const one = ({ db, ambito_id }: Ctx, id: string) =>
  db.selectFrom('kernel.mail').selectAll().where('ambito_id', '=', ambito_id).where('id', '=', id)
const update = ({ db, ambito_id }: Ctx, id: string) =>
  db.updateTable('kernel.mail').where('ambito_id', '=', ambito_id).where('id', '=', id)
const giveUp = (ctx: Ctx, id: string, failure: string) =>
  update(ctx, id).set({ failed_at: ctx.now.toString(), failure }).execute()

function compose({ config }: PostOffice, { message, message_id, to_address, queued_at, from }: Taken): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: from, address: config.mail_from },
    to: { name: '', address: to_address },
    subject: message.subject,
    text: message.text,
    ...(message.html !== undefined && { html: message.html }),
    headers: { 'Auto-Submitted': 'auto-generated', ...message.headers },
    attachments: message.attachments.map(({ name, type, base64, id }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(base64, 'base64'),
      ...(id && { cid: id }),
    })),
    messageId: message_id,
    date: new Date(Number(instantOf(queued_at).epochMilliseconds)),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

export function writeInFolder(data_dir: string, id: string, bytes: Buffer) {
  const folder = join(data_dir, 'mail')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${id}.eml`)
  writeFileSync(`${file}.draft`, bytes, { mode: 0o600 })
  renameSync(`${file}.draft`, file)
}

/** @returns whether the server took it; what did not go wrong for good is thrown, so that the job tries again */
async function handOver(office: PostOffice, smtp_url: string, mail: Taken, bytes: Buffer, last_attempt: boolean) {
  let claimed = false
  const text = async function* () {
    await office.open((ctx) => claim(ctx, mail.id))
    claimed = true
    yield bytes
  }
  try {
    await transmit(
      smtp_url,
      { from: office.config.mail_from, to: [mail.to_address], size: bytes.length },
      Readable.from(text()),
    )
    return true
  } catch (fault) {
    if (fault instanceof InOtherHands) throw fault
    const { responseCode, command, code } = fault as Answer
    const refused =
      responseCode !== undefined && responseCode >= 500 && (claimed || recipient_commands.has(command ?? ''))
    const reason = `${responseCode || code || 'no answer'} ${(fault as Answer).message}`.slice(0, 500)
    const in_doubt = claimed && !responseCode
    log.warn({ mail: mail.id, kind: mail.kind, answer: responseCode || undefined, ...faultOf(fault) }, 'mail not sent')
    if (refused || in_doubt || last_attempt) {
      await record(office, mail.id, { failure: in_doubt ? `in_doubt: ${reason}` : reason })
      return false
    }
    await record(office, mail.id, { again: reason })
    throw new Error(`mail not sent: ${responseCode || code || 'no answer'}`)
  }
}

const recipient_commands = new Set(['MAIL FROM', 'RCPT TO', 'DATA'])

async function claim(ctx: Ctx, id: string) {
  const { numUpdatedRows } = await update(ctx, id)
    .set({ claimed_at: ctx.now.toString() })
    .where('claimed_at', 'is', null)
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new InOtherHands()
}
/** Another worker is sending it, or has sent it, at this moment. */
class InOtherHands extends Error {}

/** One connection, one mail: the text is asked for only when the server has accepted the recipient. */
function transmit(smtp_url: string, envelope: { from: string; to: string[]; size: number }, text: Readable) {
  const connection = lineTo(smtp_url)
  return new Promise<void>((done, fail) => {
    connection.once('error', fail)
    greet(connection, smtp_url, (fault) =>
      fault ? fail(fault) : connection.send(envelope, text, (refusal) => (refusal ? fail(refusal) : done())),
    )
  }).finally(() => {
    connection.on('error', () => {})
    connection.close()
  })
}

export function lineTo(smtp_url: string) {
  const url = new URL(smtp_url)
  const patience = Number(url.searchParams.get('timeout')) || 60_000
  return new SMTPConnection({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
    secure: url.protocol === 'smtps:',
    // To another machine letters go over TLS, to whom the certificate says it is; a password never in clear.
    requireTLS: !onThisMachine(url.hostname) && (url.username !== '' || url.searchParams.get('tls') !== 'none'),
    connectionTimeout: Math.min(patience, 10_000),
    greetingTimeout: Math.min(patience, 10_000),
    socketTimeout: patience,
  })
}

/** Connects, and says who we are where the address says so. */
export function greet(connection: SMTPConnection, smtp_url: string, ready: (fault?: Error | null) => void) {
  const { username, password } = new URL(smtp_url)
  connection.connect((fault) => {
    if (fault || !username) return ready(fault)
    connection.login(
      { credentials: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } },
      (refusal) => ready(refusal),
    )
  })
}

type End = { sent?: true; failure?: string; again?: string }

/** After an answer of the server its meaning must not get lost: a database that is away for a moment is waited for. */
async function record({ open }: PostOffice, id: string, { sent, failure, again }: End) {
  for (let tries = 60; ; tries--) {
    try {
      return await open(async (ctx) => {
        if (sent) await update(ctx, id).set({ sent_at: ctx.now.toString(), message: null, failure: null }).execute()
        else if (failure) await giveUp(ctx, id, failure)
        else
          await update(ctx, id)
            .set({ claimed_at: null, failure: again ?? null })
            .execute()
      })
    } catch (error) {
      if (tries === 1) throw error
      await sleep(1000)
    }
  }
}
