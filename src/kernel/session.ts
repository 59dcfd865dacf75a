/**
 * Staff sessions: a 256-bit token in a `__Host-` cookie, only its SHA-256 in the database. Idle 30 minutes, 12 hours in all
 * (quality.md §5, 3). An ended, idle or old session is refused on the very next request: nothing caches it.
 */
import { createHash, randomBytes } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Ctx } from './ctx.ts'
import type { DB } from './database/rows.ts'

export const cookieName = '__Host-session'
const idle = '30 minutes'
const longest = '12 hours'

export const hashOf = (token: string) => createHash('sha256').update(token).digest()

export type Session = {
  account_id: string
  current_ambito: string | null
  said: unknown
  live: boolean
  stale: boolean
}

export async function findSession(db: Transaction<DB> | Kysely<DB>, token: string): Promise<Session | undefined> {
  const { rows } = await sql<Session>`
    select account_id, current_ambito, said,
      ended_at is null and seen_at > kernel.now() - ${idle}::interval and created_at > kernel.now() - ${longest}::interval as live,
      seen_at < kernel.now() - interval '1 minute' as stale
    from kernel.session where token_hash = ${hashOf(token)}`.execute(db)
  return rows[0]
}

/** @returns the token for the cookie; a new one at every sign-in and at every change of role or Ambito */
export async function startSession({ db }: Pick<Ctx, 'db'>, account_id: string, current_ambito: string | null) {
  const token = randomBytes(32).toString('base64url')
  await db
    .insertInto('kernel.session')
    .values({ token_hash: hashOf(token), account_id, current_ambito })
    .execute()
  return token
}

export async function endSession({ db }: Pick<Ctx, 'db'>, token: string) {
  await sql`update kernel.session set ended_at = kernel.now() where token_hash = ${hashOf(token)} and ended_at is null`.execute(
    db,
  )
}

/** Of an account; all of them, or all `but` the one with this token. */
export async function endSessionsOf({ db }: Pick<Ctx, 'db'>, account_id: string, but = '') {
  await sql`update kernel.session set ended_at = kernel.now()
    where account_id = ${account_id} and ended_at is null and token_hash <> ${hashOf(but)}`.execute(db)
}

/** The same session under a new token, perhaps in another Ambito; its twelve hours run on. Undefined when it is over. */
export async function renewSession({ db }: Pick<Ctx, 'db'>, token: string, current_ambito?: string) {
  const fresh = randomBytes(32).toString('base64url')
  const { rows } = await sql`
    with old as (
      update kernel.session set ended_at = kernel.now() where token_hash = ${hashOf(token)} and ended_at is null
      returning account_id, current_ambito, created_at)
    insert into kernel.session (token_hash, account_id, current_ambito, created_at)
    select ${hashOf(fresh)}, account_id, coalesce(${current_ambito ?? null}::uuid, current_ambito), created_at from old
    returning account_id`.execute(db)
  return rows.length === 1 ? fresh : undefined
}

export async function touchSession(db: Transaction<DB>, token: string) {
  await sql`update kernel.session set seen_at = kernel.now() where token_hash = ${hashOf(token)}`.execute(db)
}

export const sessionCookie = (token: string) => `${cookieName}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax`
export const goodbyeCookie = `${cookieName}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`
