import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export type Config = {
  port: number
  host: string
  base_url: string
  data_dir: string
  /** With fewer megabytes free there, nothing more is written. */
  room_mb: number
  database_url?: string
  database_app_url?: string
  smtp_url?: string
  mail_from: string
  demo: boolean
  demo_password?: string
  secret: string
  metrics_token?: string
  /** A program that looks into files that come in; none: they are marked as not looked into. */
  scan_command?: string
  /** Messages to systems of others: how long an answer is waited for, and whether our own network may be spoken to. */
  webhook_seconds: number
  webhook_private: boolean
}

type Env = Record<string, string | undefined>

/** Its message is one sentence for whoever runs the machine: print it alone, without a stack. */
export class CannotStart extends Error {}

export function readConfig(env: Env = process.env): Config {
  try {
    return parseConfig(env)
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error
    console.error(error.message)
    process.exit(2)
  }
}

export function parseConfig(env: Env): Config {
  const port = wholeOf('PORT', env.PORT || '3000', 0, 65535)
  const data_dir = resolve(env.DATA_DIR || 'var')
  const database_url = databaseOf('DATABASE_URL', env.DATABASE_URL)
  const database_app_url = databaseOf('DATABASE_APP_URL', env.DATABASE_APP_URL)
  if (database_app_url && !database_url) {
    throw new CannotStart('DATABASE_APP_URL needs DATABASE_URL as well: set both, or neither.')
  }
  const base_url = urlOf('BASE_URL', env.BASE_URL, ['http:', 'https:']) ?? `http://localhost:${port}`
  return {
    port,
    host: env.HOST || '127.0.0.1',
    base_url: base_url.replace(/\/+$/, ''),
    data_dir,
    room_mb: wholeOf('ROOM_MB', env.ROOM_MB || '500', 0, 1_000_000),
    database_url,
    database_app_url,
    smtp_url: urlOf('SMTP_URL', env.SMTP_URL, ['smtp:', 'smtps:']),
    mail_from: mailFromOf(env.MAIL_FROM || `labimpact@${new URL(base_url).hostname}`),
    demo: demoOf(env.DEMO || (database_url ? '0' : '1')),
    demo_password: env.DEMO_PASSWORD || undefined,
    secret: secretOf(env.SECRET || undefined, data_dir),
    metrics_token: env.METRICS_TOKEN || undefined,
    scan_command: env.SCAN_COMMAND?.trim() || undefined,
    webhook_seconds: wholeOf('WEBHOOK_SECONDS', env.WEBHOOK_SECONDS || '10', 1, 99),
    webhook_private: env.WEBHOOK_PRIVATE === '1',
  }
}

function wholeOf(name: string, text: string, min: number, max: number) {
  if (/^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text)
  throw new CannotStart(`${name} must be a whole number from ${min} to ${max}, but it is "${text}".`)
}

function demoOf(text: string) {
  if (text === '0' || text === '1') return text === '1'
  throw new CannotStart(`DEMO must be 1 or 0, but it is "${text}".`)
}

function mailFromOf(text: string) {
  if (/^[^\s<>,;"]+@[^\s<>,;"]+$/.test(text)) return text
  throw new CannotStart(`MAIL_FROM must be one plain e-mail address such as ufficio@example.org, but it is "${text}".`)
}

function urlOf(name: string, text: string | undefined, protocols: string[]) {
  if (!text) return undefined
  const url = URL.parse(text)
  if (url && protocols.includes(url.protocol)) return text
  // The value may hold a password, so it is not repeated.
  throw new CannotStart(`${name} must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
}

/** A database on another machine is spoken to over TLS and must be who it says it is, unless its address says otherwise. */
function databaseOf(name: string, text: string | undefined) {
  const address = urlOf(name, text, ['postgres:', 'postgresql:'])
  if (!address) return undefined
  const url = new URL(address)
  const host = url.searchParams.get('host') ?? url.hostname
  if (host.startsWith('/') || onThisMachine(host) || url.searchParams.has('sslmode')) return address
  url.searchParams.set('sslmode', 'verify-full')
  return url.href
}

export const onThisMachine = (host: string) => ['', 'localhost', '127.0.0.1', '[::1]'].includes(host)

function secretOf(given: string | undefined, data_dir: string) {
  if (given !== undefined) {
    if (given.length >= 16) return given
    throw new CannotStart('SECRET must have at least 16 characters; leave it out and one is generated.')
  }
  const file = join(data_dir, 'secret')
  try {
    if (!existsSync(file)) writeSecret(file)
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length >= 16) return secret
  } catch (error) {
    throw new CannotStart(`DATA_DIR ${data_dir} cannot be used: ${(error as Error).message}.`)
  }
  throw new CannotStart(`${file} is damaged: put back the file you had, or delete it to get a new secret.`)
}

/** Linked, not written in place: of two processes that start at once, both read the secret of the first. */
function writeSecret(file: string) {
  makeDataDir(dirname(file))
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}

/** As root, PostgreSQL runs as another user and must be able to walk through the folder, not to list it. */
export function makeDataDir(data_dir: string) {
  if (existsSync(data_dir)) return
  // Folder by folder: Node's own `recursive` never ends where one can neither be made nor be found, as under /proc.
  if (dirname(data_dir) !== data_dir) makeDataDir(dirname(data_dir))
  try {
    mkdirSync(data_dir, { mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
