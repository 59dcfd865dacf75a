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

export type Session = { account_id: string; current_ambito: string | null; said: unknown; live: boolean; stale: boolean }

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
  await db.insertInto('kernel.session').values({ token_hash: hashOf(token), account_id, current_ambito }).execute()
  return token
}

export async function endSession({ db }: Pick<Ctx, 'db'>, token: string) {
  await sql`update kernel.session set ended_at = kernel.now() where token_hash = ${hashOf(token)} and ended_at is null`.execute(db)
}

export async function endSessionsOf({ db }: Pick<Ctx, 'db'>, account_id: string) {
  await sql`update kernel.session set ended_at = kernel.now() where account_id = ${account_id} and ended_at is null`.execute(db)
}

export async function touchSession(db: Transaction<DB>, token: string) {
  await sql`update kernel.session set seen_at = kernel.now() where token_hash = ${hashOf(token)}`.execute(db)
}

export const sessionCookie = (token: string) => `${cookieName}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax`
export const goodbyeCookie = `${cookieName}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`
