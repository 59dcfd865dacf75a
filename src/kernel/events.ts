/**
 * Facts announced in the past tense, inside the transaction that makes them true; and work for later, queued in that same
 * transaction. The announcer does not know who listens. Delivery is at least once, so listeners are idempotent on `event_id`.
 */
import { sql } from 'kysely'
import type { Config } from './config.ts'
import type { Ctx } from './ctx.ts'
import type { Params, TextKey } from './i18n.ts'

export type EventType<Payload> = { readonly name: string; readonly payload?: Payload }
export type Announced<Payload> = { readonly event_id: string; readonly payload: Payload }
export type Listener = { event: string; name: string; hear(ctx: Ctx, events: Announced<never>[]): Promise<void> }
export type Job<Payload> = { readonly name: string; readonly run: (ctx: Ctx, payload: Payload) => Promise<void> }
/** Work that must not hold a transaction: it opens short ones, each committed at once. */
export type SlowJob<Payload> = {
  readonly name: string
  readonly slowly: (outside: OutsideJob, payload: Payload) => Promise<void>
}
export type OutsideJob = {
  readonly config: Config
  open<Result>(work: (ctx: Ctx) => Promise<Result>): Promise<Result>
  /** There will be no other try. */
  readonly last_attempt: boolean
}
export type JobOptions = { at?: Temporal.Instant; key?: string; attempts?: number; queue?: string }

export type Outbox = {
  events: { id: string; name: string; payload: unknown }[]
  jobs: JobSpec[]
  said: { key: TextKey; params: Params }[]
  publish: boolean
  /** Event name → the listeners that want it, of all modules. */
  readonly listeners: ReadonlyMap<string, readonly Listener[]>
}
type JobSpec = {
  identifier: string
  payload: unknown
  run_at?: string
  job_key?: string
  max_attempts?: number
  queue_name?: string
}

/** Payloads carry ids, codes and dates, never names or free text. */
export const event = <Payload extends object>(name: string): EventType<Payload> => ({ name })

/** `on(visitRecorded, 'record_facts', fn)` in a `module.ts`: `fn` takes a batch and must bear hearing it twice. */
export function on<Payload>(
  event: EventType<Payload>,
  name: string,
  hear: (ctx: Ctx, events: Announced<Payload>[]) => Promise<void>,
): Listener {
  return { event: event.name, name, hear: hear as Listener['hear'] }
}

export function announce<Payload extends object>(ctx: Ctx, event: EventType<Payload>, payload: Payload) {
  const id = crypto.randomUUID()
  ctx.outbox.events.push({ id, name: event.name, payload })
  return id
}

export const job = <Payload extends object>(name: string, run: Job<Payload>['run']): Job<Payload> => ({ name, run })

export const slowJob = <Payload extends object>(
  name: string,
  slowly: SlowJob<Payload>['slowly'],
): SlowJob<Payload> => ({ name, slowly })

/** Queues `job` in this transaction; with `key`, a waiting job of the same key is replaced instead of doubled. */
export function later<Payload extends object>(
  ctx: Ctx,
  job: Job<Payload> | SlowJob<Payload> | { readonly name: string },
  payload: Payload,
  options: JobOptions = {},
) {
  const job_key = options.key && `${ctx.ambito_id}:${options.key}`
  // Queued twice in one transaction: the later one replaces the earlier, as it would a job already waiting.
  const earlier = job_key ? ctx.outbox.jobs.findIndex((waiting) => waiting.job_key === job_key) : -1
  if (earlier >= 0) ctx.outbox.jobs.splice(earlier, 1)
  ctx.outbox.jobs.push({
    identifier: job.name,
    payload: { ambito_id: ctx.ambito_id, payload },
    ...(options.at && { run_at: options.at.toString() }),
    ...(job_key && { job_key }),
    ...(options.attempts && { max_attempts: options.attempts }),
    ...(options.queue && { queue_name: options.queue }),
  })
}

/** One sentence for the actor's next page: what happened and what comes next. No names in it. */
export function say(ctx: Ctx, key: TextKey, params: Params = {}) {
  ctx.outbox.said.push({ key, params })
}

/** What the public may read has changed: the finished pages of this Ambito are dropped in every process. */
export function publish(ctx: Ctx) {
  ctx.outbox.publish = true
}

/** The job that carries a batch of one event to one listener. */
export const deliveryOf = (listener: Listener) => `hear.${listener.name}`

/** Before commit: one insert of the events, one call of add_jobs. Each listener gets the batch of this transaction, in a queue of its own. */
export async function writeOutbox(ctx: Ctx) {
  const { db, ambito_id, actor, outbox } = ctx
  if (outbox.events.length > 0) {
    await sql`insert into kernel.event (ambito_id, id, name, payload, account_id)
      select ${ambito_id}, (e->>'id')::uuid, e->>'name', e->'payload', ${actor.account_id}
      from jsonb_array_elements(${JSON.stringify(outbox.events)}::jsonb) e`.execute(db)
    for (const [name, ids] of Map.groupBy(outbox.events, (announced) => announced.name))
      for (const listener of outbox.listeners.get(name) ?? [])
        outbox.jobs.push({
          identifier: deliveryOf(listener),
          payload: { ambito_id, payload: { event_ids: ids.map((announced) => announced.id) } },
          queue_name: `${deliveryOf(listener)}:${ambito_id}`,
        })
  }
  if (outbox.jobs.length > 0) await sql`select kernel.add_jobs(${JSON.stringify(outbox.jobs)}::jsonb)`.execute(db)
  if (outbox.publish) await sql`select pg_notify('public_changed', ${ambito_id})`.execute(db)
}

/** What a listener's job runs: reads its batch back and hands it over. */
export async function deliver(ctx: Ctx, listener: Listener, event_ids: string[]) {
  const events = await ctx.db
    .selectFrom('kernel.event')
    .select(['id as event_id', 'payload'])
    .where('ambito_id', '=', ctx.ambito_id)
    .where('id', 'in', event_ids)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
  await listener.hear(ctx, events as Announced<never>[])
}
