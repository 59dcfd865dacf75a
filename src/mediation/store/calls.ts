import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import { later } from '../../kernel/events.ts'
import type { Span } from '../rules/ranking.ts'
import type { State } from '../rules/states.ts'

export type By = 'body' | 'mediator' | 'provider' | 'coordinator' | 'rule' | 'clock' | 'register'

export type NewCall = {
  body_id: string
  contact_id: string
  system_id?: string | null
  series_id?: string | null
  after_call_id?: string | null
  language: string | null
  variety?: string
  other_language?: string | null
  comes_from?: string | null
  field: string
  purpose: string
  mode: string
  minutes: number
  comune: string
  place?: string
  link?: string
  adults?: number
  minors?: number
  staff?: number
  gender?: string | null
  gender_reason?: string | null
  same_mediator?: boolean
  urgent?: boolean
  safety?: string
  pages?: number | null
  lang?: string
}

export async function insertCall({ db, ambito_id, actor }: Ctx, call: NewCall, options: readonly Span[]) {
  const { id, number } = await db
    .insertInto('mediation.call')
    .values({ ambito_id, ...call, recorded_by: actor.account_id })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow()
  await db
    .insertInto('mediation.option')
    .values(
      options.map(({ starts_at, ends_at }, at) => ({
        ambito_id,
        call_id: id,
        number: at + 1,
        starts_at: starts_at.toString(),
        ends_at: ends_at.toString(),
      })),
    )
    .execute()
  return { id, number }
}

/**
 * Brings a call to another state; the database refuses an arrow that is not drawn. The system that asked for it, if it wants
 * to hear, gets a message that waits for `tellSystems`.
 */
export async function takeStep(ctx: Ctx, call_id: string, state: State, by_whom: By, reason = '') {
  const { db, ambito_id, actor } = ctx
  const { rows } = await sql`
    with step as (
      insert into mediation.step (ambito_id, call_id, number, state, by_whom, account_id, reason)
      values (${ambito_id}, ${call_id}, 0, ${state}, ${by_whom}, ${actor.account_id}, ${reason})
      returning number)
    insert into mediation.delivery (ambito_id, system_id, call_id, step, state)
    select c.ambito_id, c.system_id, c.id, step.number, ${state} from step cross join mediation.call c
    join mediation.webhook w on w.ambito_id = c.ambito_id and w.system_id = c.system_id and w.off_at is null
    where c.ambito_id = ${ambito_id} and c.id = ${call_id} and c.system_id is not null returning id`.execute(db)
  if (rows.length > 0) wakeTelling(ctx)
}
const wakeTelling = (ctx: Ctx) =>
  later(ctx, { name: tellSystemsJob }, {}, { key: tellSystemsJob, queue: tellSystemsJob })
/** See actions/telling-systems.ts. */
export const tellSystemsJob = 'mediation.tell_systems'

const calls = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.call as c')
    .innerJoin('mediation.body as b', (join) =>
      join.onRef('b.ambito_id', '=', 'c.ambito_id').onRef('b.id', '=', 'c.body_id'),
    )
    .innerJoin('mediation.contact as k', (join) =>
      join.onRef('k.ambito_id', '=', 'c.ambito_id').onRef('k.id', '=', 'c.contact_id'),
    )
    .leftJoin('mediation.assignment as a', (join) =>
      join.onRef('a.ambito_id', '=', 'c.ambito_id').onRef('a.call_id', '=', 'c.id').on('a.ended_at', 'is', null),
    )
    .leftJoin('mediation.mediator as m', (join) =>
      join.onRef('m.ambito_id', '=', 'a.ambito_id').onRef('m.id', '=', 'a.mediator_id'),
    )
    .selectAll('c')
    .select([
      'b.name as body_name',
      'b.organisation_id',
      'b.known_at as body_known_at',
      'k.name as contact_name',
      'k.job as contact_job',
      'k.email as contact_email',
      'k.phone as contact_phone',
      'k.lang as contact_lang',
      'k.account_id as contact_account',
      'k.verified_at as contact_verified_at',
      'a.id as assignment_id',
      'a.mediator_id',
      'a.starts_at',
      'a.ends_at',
      'a.how',
      'm.name as mediator_name',
      'm.email as mediator_email',
      'm.phone as mediator_phone',
      'm.lang as mediator_lang',
      'm.account_id as mediator_account',
      'm.contract_id',
    ])
    .where('c.ambito_id', '=', ambito_id)

export const findCall = (ctx: Ctx, id: string) => calls(ctx).where('c.id', '=', id).executeTakeFirstOrThrow(notFound)
export type Call = Awaited<ReturnType<typeof findCall>>

export async function lockCall(ctx: Ctx, id: string) {
  await ctx.db
    .selectFrom('mediation.call')
    .select('id')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow(notFound)
  return findCall(ctx, id)
}

export type CallFilter = {
  states?: readonly string[] | undefined
  contact_id?: string | undefined
  account_id?: string | undefined
  mediator_id?: string | undefined
  body_id?: string | undefined
  series_id?: string | undefined
  changed_after?: Temporal.Instant | undefined
  from?: Temporal.Instant | undefined
  to?: Temporal.Instant | undefined
  limit?: number
}
export const listCalls = (
  ctx: Ctx,
  { states, contact_id, account_id, mediator_id, body_id, series_id, changed_after, from, to, limit = 200 }: CallFilter,
) =>
  calls(ctx)
    .select(({ selectFrom }) =>
      selectFrom('mediation.option as o')
        .select(sql<string>`min(o.starts_at)`.as('first'))
        .where('o.ambito_id', '=', ctx.ambito_id)
        .whereRef('o.call_id', '=', 'c.id')
        .as('first_option'),
    )
    .$if(states !== undefined, (query) => query.where('c.state', 'in', states as string[]))
    .$if(contact_id !== undefined, (query) => query.where('c.contact_id', '=', contact_id as string))
    .$if(account_id !== undefined, (query) => query.where('k.account_id', '=', account_id as string))
    .$if(mediator_id !== undefined, (query) => query.where('a.mediator_id', '=', mediator_id as string))
    .$if(body_id !== undefined, (query) => query.where('c.body_id', '=', body_id as string))
    .$if(series_id !== undefined, (query) => query.where('c.series_id', '=', series_id as string))
    .$if(changed_after !== undefined, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('mediation.step as s')
            .select('s.number')
            .whereRef('s.ambito_id', '=', 'c.ambito_id')
            .whereRef('s.call_id', '=', 'c.id')
            .where('s.at', '>', String(changed_after)),
        ),
      ),
    )
    .$if(from !== undefined, (query) => query.where('a.starts_at', '>=', String(from)))
    .$if(to !== undefined, (query) => query.where('a.starts_at', '<', String(to)))
    .orderBy(sql`coalesce(a.starts_at, c.recorded_at)`, 'desc')
    .limit(limit)
    .execute()
export type CallLine = Awaited<ReturnType<typeof listCalls>>[number]

/** For sheets that come back. */
export const callsNamed = (ctx: Ctx, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : calls(ctx)
        .where('c.id', 'in', [...ids])
        .execute()

export const countByState = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.call')
    .select(({ fn }) => ['state', fn.countAll<number>().as('calls')])
    .where('ambito_id', '=', ambito_id)
    .groupBy('state')
    .execute()

export const optionsOf = ({ db, ambito_id }: Ctx, call_id: string) =>
  db
    .selectFrom('mediation.option')
    .select(['number', 'starts_at', 'ends_at'])
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .orderBy('number')
    .execute()

export const stepsOf = ({ db, ambito_id }: Ctx, call_id: string) =>
  db
    .selectFrom('mediation.step')
    .select(['number', 'state', 'by_whom', 'account_id', 'reason', 'at'])
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .orderBy('number')
    .execute()
export type Step = Awaited<ReturnType<typeof stepsOf>>[number]

export async function insertSlots(
  { db, ambito_id }: Ctx,
  call_id: string,
  slots: readonly { starts_at: Temporal.Instant; minutes: number }[],
) {
  await db
    .insertInto('mediation.slot')
    .values(
      slots.map(({ starts_at, minutes }, at) => ({
        ambito_id,
        call_id,
        number: at + 1,
        starts_at: starts_at.toString(),
        minutes,
      })),
    )
    .execute()
}
export const slotsOf = ({ db, ambito_id }: Ctx, call_ids: readonly string[]) =>
  call_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('mediation.slot')
        .select(['call_id', 'number', 'starts_at', 'minutes'])
        .where('ambito_id', '=', ambito_id)
        .where('call_id', 'in', call_ids)
        .orderBy('starts_at')
        .execute()

/** Who went to the case before: the last mediator this contact had for the same language and field. */
export const mediatorsBefore = ({ db, ambito_id }: Ctx, call: { contact_id: string; language: string | null }) =>
  db
    .selectFrom('mediation.call as c')
    .innerJoin('mediation.assignment as a', (join) =>
      join.onRef('a.ambito_id', '=', 'c.ambito_id').onRef('a.call_id', '=', 'c.id').on('a.ended_at', 'is', null),
    )
    .select('a.mediator_id')
    .where('c.ambito_id', '=', ambito_id)
    .where('c.contact_id', '=', call.contact_id)
    .where('c.language', '=', call.language)
    .orderBy('a.starts_at', 'desc')
    .limit(1)
    .execute()

/** Assigned calls whose hour has passed. */
export const heldUntil = ({ db, ambito_id, now }: Ctx) =>
  db
    .selectFrom('mediation.assignment as a')
    .innerJoin('mediation.call as c', (join) =>
      join.onRef('c.ambito_id', '=', 'a.ambito_id').onRef('c.id', '=', 'a.call_id'),
    )
    .select('c.id')
    .where('a.ambito_id', '=', ambito_id)
    .where('a.ended_at', 'is', null)
    .where('a.ends_at', '<=', now.toString())
    .where('c.state', '=', 'assigned')
    .limit(500)
    .execute()

export async function takeReminders({ db, ambito_id, now }: Ctx) {
  const rows = await db
    .updateTable('mediation.assignment')
    .set({ reminded_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('ended_at', 'is', null)
    .where('reminded_at', 'is', null)
    .where('starts_at', '>', now.toString())
    .where('starts_at', '<=', now.add({ hours: 26 }).toString())
    // Whoever was given a call at the last moment has just been told.
    .where('recorded_at', '<', now.subtract({ hours: 12 }).toString())
    .returning('call_id')
    .execute()
  return rows.map(({ call_id }) => call_id)
}

/** Drafts whose address was never verified. */
export const staleDrafts = ({ db, ambito_id, now }: Ctx) =>
  db
    .selectFrom('mediation.call')
    .select('id')
    .where('ambito_id', '=', ambito_id)
    .where('state', '=', 'draft')
    .where('recorded_at', '<', now.subtract({ hours: 7 * 24 }).toString())
    .limit(500)
    .execute()

/** How it is held after all: the same call by telephone or video. */
export async function changeMode({ db, ambito_id }: Ctx, id: string, change: { mode: string; link: string }) {
  await db.updateTable('mediation.call').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

// --- files of a written translation ---------------------------------------------------------------------------------

export async function insertFile({ db, ambito_id }: Ctx, call_id: string, way: 'in' | 'out', file_id: string) {
  await db.insertInto('mediation.file').values({ ambito_id, call_id, way, file_id }).execute()
}
/** The same system hears of a translated text, once it may be fetched. */
export async function tellOfTranslation(ctx: Ctx, file_id: string) {
  const { rows } = await sql`
    insert into mediation.delivery (ambito_id, system_id, call_id, step, state, file_id)
    select c.ambito_id, c.system_id, c.id, last.number, c.state, f.file_id from mediation.file f
    join mediation.call c on c.ambito_id = f.ambito_id and c.id = f.call_id
    join mediation.webhook w on w.ambito_id = c.ambito_id and w.system_id = c.system_id and w.off_at is null
    cross join lateral (select max(number) as number from mediation.step where ambito_id = c.ambito_id and call_id = c.id) last
    where f.ambito_id = ${ctx.ambito_id} and f.file_id = ${file_id} and f.way = 'out' returning id`.execute(ctx.db)
  if (rows.length > 0) wakeTelling(ctx)
}
/** In the order they came. */
export const filesOf = async ({ db, ambito_id }: Ctx, call_id: string, way: 'in' | 'out') => {
  const rows = await db
    .selectFrom('mediation.file')
    .select('file_id')
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .where('way', '=', way)
    .orderBy('recorded_at')
    .execute()
  return rows.map(({ file_id }) => file_id)
}
