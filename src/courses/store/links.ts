/** Doors without an account. Only the hash of a token is kept; what was sent cannot be read back. */
import { createHash, randomBytes } from 'node:crypto'
import type { Ctx } from '../../kernel/ctx.ts'

export type LinkKind = 'status' | 'offer' | 'register'
const hashOf = (token: string) => createHash('sha256').update(token).digest()

export async function makeLink({ db, ambito_id }: Ctx, kind: LinkKind, thing_id: string, expires_at: Temporal.Instant) {
  const token = randomBytes(24).toString('base64url')
  await db
    .insertInto('courses.link')
    .values({ ambito_id, token_hash: hashOf(token), kind, thing_id, expires_at: expires_at.toString() })
    .execute()
  return token
}

export const findLink = ({ db, ambito_id, now }: Ctx, kind: LinkKind, token: string) =>
  db
    .selectFrom('courses.link')
    .select('thing_id')
    .where('ambito_id', '=', ambito_id)
    .where('token_hash', '=', hashOf(token))
    .where('kind', '=', kind)
    .where('expires_at', '>', now.toString())
    .executeTakeFirst()

export async function endLinks({ db, ambito_id }: Ctx, kind: LinkKind, thing_id: string) {
  await db
    .deleteFrom('courses.link')
    .where('ambito_id', '=', ambito_id)
    .where('kind', '=', kind)
    .where('thing_id', '=', thing_id)
    .execute()
}

export async function sweepLinks({ db, ambito_id, now }: Ctx) {
  await db
    .deleteFrom('courses.link')
    .where('ambito_id', '=', ambito_id)
    .where('expires_at', '<', now.toString())
    .execute()
}
