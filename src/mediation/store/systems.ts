/** Systems of bodies, where they hear of changes, and what was sent there. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

const hashOf = (key: string) => createHash('sha256').update(key).digest()

type NewSystem = { body_id: string; contact_id: string; name: string; tech_email: string; key: string }
export async function insertSystem({ db, ambito_id, actor }: Ctx, { key, ...system }: NewSystem) {
  const { id } = await db
    .insertInto('mediation.system')
    .values({ ambito_id, ...system, key_hash: hashOf(key), made_by: actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const systems = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.system as s')
    .innerJoin('mediation.contact as k', (join) =>
      join.onRef('k.ambito_id', '=', 's.ambito_id').onRef('k.id', '=', 's.contact_id'),
    )
    .innerJoin('mediation.body as b', (join) =>
      join.onRef('b.ambito_id', '=', 's.ambito_id').onRef('b.id', '=', 's.body_id'),
    )
    .leftJoin('mediation.webhook as w', (join) =>
      join.onRef('w.ambito_id', '=', 's.ambito_id').onRef('w.system_id', '=', 's.id').on('w.off_at', 'is', null),
    )
    .select(['s.id', 's.body_id', 's.contact_id', 's.name', 's.tech_email', 's.secret_number', 's.used_on'])
    .select(['s.made_at', 's.revoked_at', 'b.name as body_name', 'k.name as contact_name', 'k.email as contact_email'])
    .select(['k.lang as contact_lang', 'w.id as webhook_id', 'w.url', 'w.failing_since'])
    .where('s.ambito_id', '=', ambito_id)

export const findSystem = (ctx: Ctx, id: string) =>
  systems(ctx).where('s.id', '=', id).executeTakeFirstOrThrow(notFound)
export type System = Awaited<ReturnType<typeof findSystem>>
export const systemsOf = (ctx: Ctx, body_id: string) =>
  systems(ctx)
    .where('s.body_id', '=', body_id)
    .orderBy('s.revoked_at', (by) => by.desc().nullsFirst())
    .orderBy('s.made_at')
    .execute()

export const systemOfKey = (ctx: Ctx, key: string) =>
  systems(ctx).where('s.key_hash', '=', hashOf(key)).where('s.revoked_at', 'is', null).executeTakeFirst()

/** On which day it was last used is enough to know that it is alive. */
export async function markUsed({ db, ambito_id, today }: Ctx, id: string) {
  await db
    .updateTable('mediation.system')
    .set({ used_on: today })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}
export async function revokeSystem({ db, ambito_id, now, actor }: Ctx, id: string) {
  await db
    .updateTable('mediation.system')
    .set({ revoked_at: now.toString(), revoked_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}
export async function renewSecret({ db, ambito_id }: Ctx, id: string) {
  await db
    .updateTable('mediation.system')
    .set((of) => ({ secret_number: of('secret_number', '+', 1) }))
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

// --- where it hears -------------------------------------------------------------------------------------------------

export async function setWebhook({ db, ambito_id, actor }: Ctx, system_id: string, url: string) {
  await db.insertInto('mediation.webhook').values({ ambito_id, system_id, url, set_by: actor.account_id }).execute()
}
export async function endWebhook(
  { db, ambito_id, now }: Ctx,
  system_id: string,
  off_why: 'staff' | 'replaced' | 'failing' | 'gone' | 'revoked',
) {
  const { numUpdatedRows } = await db
    .updateTable('mediation.webhook')
    .set({ off_at: now.toString(), off_why })
    .where('ambito_id', '=', ambito_id)
    .where('system_id', '=', system_id)
    .where('off_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}
export const lastWebhook = ({ db, ambito_id }: Ctx, system_id: string) =>
  db
    .selectFrom('mediation.webhook')
    .select(['url', 'set_at', 'off_at', 'off_why', 'failing_since'])
    .where('ambito_id', '=', ambito_id)
    .where('system_id', '=', system_id)
    .orderBy('set_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

// --- what is sent ---------------------------------------------------------------------------------------------------

export const lastDeliveries = ({ db, ambito_id }: Ctx, system_id: string) =>
  db
    .selectFrom('mediation.delivery as d')
    .innerJoin('mediation.call as c', (join) =>
      join.onRef('c.ambito_id', '=', 'd.ambito_id').onRef('c.id', '=', 'd.call_id'),
    )
    .select(['d.id', 'd.call_id', 'c.number', 'd.state', 'd.made_at', 'd.next_at', 'd.attempts', 'd.tried_at'])
    .select(['d.status', 'd.said', 'd.delivered_at', 'd.given_up_at', 'd.file_id'])
    .where('d.ambito_id', '=', ambito_id)
    .where('d.system_id', '=', system_id)
    .orderBy('d.made_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(30)
    .execute()
export type DeliveryLine = Awaited<ReturnType<typeof lastDeliveries>>[number]

/** What is due at a living target: the oldest first, a handful at a time; while one waits, those after it wait as well. */
export async function dueDeliveries({ db, ambito_id, now }: Ctx) {
  const { rows } = await sql<{
    id: string
    system_id: string
    secret_number: number
    url: string
    call_id: string
    number: number
    state: string
    file_id: string | null
    made_at: string
    attempts: number
  }>`
    select * from (
      select d.id, d.system_id, s.secret_number, w.url, d.call_id, c.number, d.state, d.file_id, d.made_at, d.attempts,
        row_number() over way as turn, first_value(d.next_at) over way as due_at
      from mediation.delivery d
      join mediation.system s on s.ambito_id = d.ambito_id and s.id = d.system_id and s.revoked_at is null
      join mediation.webhook w on w.ambito_id = d.ambito_id and w.system_id = d.system_id and w.off_at is null
      join mediation.call c on c.ambito_id = d.ambito_id and c.id = d.call_id
      where d.ambito_id = ${ambito_id} and d.next_at is not null
      window way as (partition by d.system_id order by d.made_at, d.step, d.id)
    ) waiting where due_at <= ${now.toString()} and turn <= 20 order by turn`.execute(db)
  return rows
}
export type Due = Awaited<ReturnType<typeof dueDeliveries>>[number]

export async function nextDelivery({ db, ambito_id }: Ctx) {
  const { rows } = await sql<{ at: string | null }>`
    select min(at) as at from (
      select distinct on (d.system_id) d.next_at as at from mediation.delivery d
      join mediation.webhook w on w.ambito_id = d.ambito_id and w.system_id = d.system_id and w.off_at is null
      where d.ambito_id = ${ambito_id} and d.next_at is not null order by d.system_id, d.made_at, d.step, d.id
    ) of_each`.execute(db)
  return rows[0]?.at ?? null
}

export type Tried = {
  id: string
  status: number
  said: string
  end: 'delivered' | 'given_up' | { again: Temporal.Instant }
}
export async function recordTry({ db, ambito_id, now }: Ctx, { id, status, said, end }: Tried) {
  await db
    .updateTable('mediation.delivery')
    .set((of) => ({
      attempts: of('attempts', '+', 1),
      tried_at: now.toString(),
      status,
      said,
      next_at: typeof end === 'object' ? end.again.toString() : null,
      delivered_at: end === 'delivered' ? now.toString() : null,
      given_up_at: end === 'given_up' ? now.toString() : null,
    }))
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('delivered_at', 'is', null)
    .execute()
}
export async function markFailing({ db, ambito_id, now }: Ctx, system_id: string, failing: boolean) {
  await db
    .updateTable('mediation.webhook')
    .set({ failing_since: failing ? now.toString() : null })
    .where('ambito_id', '=', ambito_id)
    .where('system_id', '=', system_id)
    .where('off_at', 'is', null)
    .where('failing_since', failing ? 'is' : 'is not', null)
    .execute()
}
/** Sent once more from the beginning, also what had arrived. False when there is no such message of this system. */
export async function sendAgain({ db, ambito_id, now }: Ctx, system_id: string, id: string) {
  const { numUpdatedRows } = await db
    .updateTable('mediation.delivery')
    .set({ next_at: now.toString(), delivered_at: null, given_up_at: null, attempts: 0 })
    .where('ambito_id', '=', ambito_id)
    .where('system_id', '=', system_id)
    .where('id', '=', id)
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}
export async function forgetDeliveries({ db, ambito_id, now }: Ctx) {
  await db
    .deleteFrom('mediation.delivery')
    .where('ambito_id', '=', ambito_id)
    .where('made_at', '<', now.subtract({ hours: 90 * 24 }).toString())
    .execute()
}
