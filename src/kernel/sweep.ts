/** What is kept for a while is not kept for ever: drafts and marks of forms, old sessions, counters, texts of undelivered mail. */
import { sql } from 'kysely'
import type { Ctx } from './ctx.ts'
import { forgetRuns } from './register/runs.ts'

export async function sweep(ctx: Ctx) {
  const { db, ambito_id } = ctx
  await sql`delete from kernel.draft where recorded_at < kernel.now() - interval '1 day'`.execute(db)
  await sql`delete from kernel.submission where recorded_at < kernel.now() - interval '2 days'`.execute(db)
  await sql`delete from kernel.api_answer where ambito_id = ${ambito_id} and recorded_at < kernel.now() - interval '2 days'`.execute(
    db,
  )
  await sql`delete from kernel.session where created_at < kernel.now() - interval '30 days'`.execute(db)
  await sql`delete from kernel.rate_limit where expire < extract(epoch from kernel.now()) * 1000`.execute(db)
  await sql`update kernel.mail set message = null
    where ambito_id = ${ambito_id} and failed_at < kernel.now() - interval '30 days' and message is not null`.execute(
    db,
  )
  await forgetRuns(ctx)
}
