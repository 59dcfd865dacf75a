/** Doors without an account: one link opens one thing. Only the hash of a token is kept; what was sent cannot be read back. */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from './ctx.ts'

const hashOf = (token: string) => createHash('sha256').update(token).digest()

/** The links of a module, in its own table: `(ambito_id, token_hash, kind, thing_id, expires_at)`. */
export function linksIn<Kind extends string>(table: string) {
  const links = sql.table(table)
  return {
    /** `token` where it is also read aloud or written on paper. */
    async makeLink(
      { db, ambito_id }: Ctx,
      kind: Kind,
      thing_id: string,
      expires_at: Temporal.Instant,
      token = randomBytes(24).toString('base64url'),
    ) {
      await sql`insert into ${links} (ambito_id, token_hash, kind, thing_id, expires_at)
        values (${ambito_id}, ${hashOf(token)}, ${kind}, ${thing_id}, ${expires_at.toString()})`.execute(db)
      return token
    },
    async findLink({ db, ambito_id, now }: Ctx, kind: Kind, token: string) {
      const { rows } = await sql<{ thing_id: string }>`
        select thing_id from ${links} where ambito_id = ${ambito_id} and token_hash = ${hashOf(token)}
          and kind = ${kind} and expires_at > ${now.toString()}`.execute(db)
      return rows[0]
    },
    async endLinks({ db, ambito_id }: Ctx, kind: Kind, thing_id: string) {
      await sql`delete from ${links} where ambito_id = ${ambito_id} and kind = ${kind} and thing_id = ${thing_id}`.execute(
        db,
      )
    },
    async sweepLinks({ db, ambito_id, now }: Ctx) {
      await sql`delete from ${links} where ambito_id = ${ambito_id} and expires_at < ${now.toString()}`.execute(db)
    },
  }
}
