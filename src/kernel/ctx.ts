/**
 * `ctx`: one transaction, one actor, one Ambito, one language, one clock. It is the only road to the database, and what
 * is announced, queued or looked at in it is written just before its commit, in that order: events and jobs, then the
 * audit trail (whose chain is locked as briefly as can be).
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Actor } from './actor.ts'
import { type Reading, writeReadings } from './audit.ts'
import { dayOf, instantOf } from './clock.ts'
import type { DB } from './database/rows.ts'
import { type Outbox, writeOutbox } from './events.ts'
import type { Translate, Words } from './i18n.ts'
import type { Limits } from './limits.ts'
import type { Module } from './module.ts'

export type Ambito = {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** Its own name in addresses; none: it answers at BASE_URL. */
  readonly host?: string | null
}

export type Ctx = {
  readonly db: Transaction<DB>
  readonly ambito: Ambito
  readonly ambito_id: string
  readonly actor: Actor
  readonly lang: string
  readonly t: Translate
  /** For what is written to somebody who reads another language than the actor. */
  readonly words: Words
  readonly now: Temporal.Instant
  /** The day in Rome, `YYYY-MM-DD`, like every date column. */
  readonly today: string
  readonly base_url: string
  readonly demo: boolean
  /** Written before commit; see `announce`, `later`, `looked`, `say`, `publish`. */
  readonly outbox: Outbox
  readonly readings: Reading[]
  /** What must stay even when this transaction is rolled back: written at once on a second connection. Security events only. */
  keep(event: SecurityEvent): Promise<void>
  readonly limits: Limits
  /** Files that come in are closed until a program has looked into them. */
  readonly looks_into_files: boolean
  /** A trial: systems of others may be told of changes inside our own network. */
  readonly private_webhooks: boolean
  /** A short mark that only this installation can make, in letters and digits; for what is printed and comes back. */
  readonly seal: (text: string) => string
  /** What other modules contribute (a person's file, the first screen …), asked without knowing them. */
  readonly modules: readonly Module[]
}

export type SecurityEvent = {
  kind: string
  account_id?: string | null
  detail?: Record<string, string | number | boolean>
}

export type Who = { ambito: Ambito; actor: Actor; lang: string }

/** What a ctx is opened on; one per process. */
export type Ground = {
  db: Kysely<DB>
  /** On connections of its own: what is written while a transaction waits for it. */
  beside: Kysely<DB>
  words: Words
  base_url: string
  demo: boolean
  listeners: Outbox['listeners']
  limits: Limits
  looks_into_files: boolean
  private_webhooks?: boolean
  seal: (text: string) => string
  modules: readonly Module[]
}

/**
 * Opens the transaction, finds out who asks (inside it), runs `work` and commits. Whatever throws rolls everything back.
 * @returns what `work` returns, after the commit
 */
export async function openCtx<Result>(
  ground: Ground,
  who: Who | ((db: Transaction<DB>) => Promise<Who>),
  work: (ctx: Ctx) => Promise<Result>,
): Promise<Result> {
  return ground.db.transaction().execute(async (db) => {
    const { ambito, actor, lang } = typeof who === 'function' ? await who(db) : who
    const now = await enter(db, ambito, actor)
    const ctx: Ctx = {
      db,
      ambito,
      ambito_id: ambito.id,
      actor,
      lang,
      t: ground.words.translate(lang),
      words: ground.words,
      now,
      today: dayOf(now),
      base_url: baseUrlOf(ground.base_url, ambito),
      demo: ground.demo,
      outbox: { events: [], jobs: [], said: [], publish: false, listeners: ground.listeners },
      readings: [],
      keep: (event) => keepSecurityEvent(ground, event),
      limits: ground.limits,
      looks_into_files: ground.looks_into_files,
      private_webhooks: ground.private_webhooks ?? false,
      seal: ground.seal,
      modules: ground.modules,
    }
    const result = await work(ctx)
    await writeOutbox(ctx)
    await writeReadings(ctx)
    return result
  })
}

/** Links lead back to where the Ambito is read: only to names it has registered, never to what a request calls itself. */
function baseUrlOf(base_url: string, { host }: Ambito) {
  if (!host) return base_url
  const url = new URL(base_url)
  url.hostname = host
  return url.origin
}

/** Tells the transaction whose it is; row-level security and `kernel.now()` read these settings. */
async function enter(db: Transaction<DB>, ambito: Ambito, actor: Actor) {
  const { rows } = await sql<{ now: string }>`
    with clock as materialized (select kernel.now() as now)
    select set_config('app.ambito', ${ambito.id}, true), set_config('app.account', ${actor.account_id ?? ''}, true),
           set_config('app.now', clock.now::text, true), clock.now from clock`.execute(db)
  return instantOf((rows[0] as { now: string }).now)
}

/** Not from the pool of the transactions: when all of them wait to keep something, none would ever get a connection. */
async function keepSecurityEvent({ beside }: Ground, { kind, account_id, detail }: SecurityEvent) {
  await beside
    .insertInto('kernel.security_event')
    .values({ kind, account_id: account_id ?? null, detail: JSON.stringify(detail ?? {}) })
    .execute()
}
