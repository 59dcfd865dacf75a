/** Points of the agenda with what was said, decisions, and what is to be done. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { ItemKind, Step } from '../codes.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

// --- points ---------------------------------------------------------------------------------------------------------

export type ItemInput = {
  meeting_id: string | null
  kind: ItemKind
  source_id?: string | null
  title: string
  explained?: string
  minutes?: number | null
  brought_by?: string
  proposed_by?: string | null
  position?: number
  data?: ItemData
  said?: string
  demo?: boolean
}
/** Figures and codes of other services, as they were when the agenda was last fed. */
export type ItemData = {
  people?: number | null
  topic?: string
  languages?: string[]
  calls?: { number: number; language: string | null; comune: string; field: string }[]
  indicators?: { code: string; name: string; value: number; expected: number; target: number }[]
}

export async function insertItem({ db, ambito_id }: Here, { data = {}, ...item }: ItemInput) {
  const { id } = await db
    .insertInto('tavolo.item')
    .values({ ambito_id, ...item, data: JSON.stringify(data) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const items = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('tavolo.item')
    .select([
      'id',
      'meeting_id',
      'position',
      'kind',
      'source_id',
      'title',
      'explained',
      'minutes',
      'brought_by',
      'proposed_by',
      'data',
      'said',
      'version',
      'said_at',
      'said_by',
      'answered_on',
      'postponed_from',
    ])
    .where('ambito_id', '=', ambito_id)
    .where('removed_at', 'is', null)
    .$narrowType<{ kind: ItemKind; data: ItemData }>()
export type Item = Awaited<ReturnType<typeof findItem>>
export const findItem = (ctx: Here, id: string) => items(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export const lockItem = (ctx: Here, id: string) =>
  items(ctx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow(notFound)
export const itemsOf = (ctx: Here, meeting_id: string) =>
  items(ctx).where('meeting_id', '=', meeting_id).orderBy('position').orderBy('recorded_at').orderBy('id').execute()
export const waitingItems = (ctx: Here) => items(ctx).where('meeting_id', 'is', null).orderBy('recorded_at').execute()
export const itemsFrom = (ctx: Here, source_id: string) =>
  items(ctx).where('source_id', '=', source_id).orderBy('recorded_at').execute()

type ItemChange = Partial<{
  meeting_id: string | null
  position: number
  title: string
  explained: string
  minutes: number | null
  brought_by: string
  data: string
  said: string
  version: number
  said_at: string
  said_by: string | null
  answered_on: string
  postponed_from: string | null
  removed_at: string
  removed_by: string | null
}>
export async function updateItem({ db, ambito_id }: Here, id: string, change: ItemChange) {
  await db.updateTable('tavolo.item').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

/** Whatever waits comes onto this agenda, except what was postponed from it. */
export async function takeWaiting({ db, ambito_id }: Here, meeting_id: string) {
  await db
    .updateTable('tavolo.item')
    .set({ meeting_id })
    .where('ambito_id', '=', ambito_id)
    .where('meeting_id', 'is', null)
    .where('removed_at', 'is', null)
    .where((where) => where.or([where('postponed_from', 'is', null), where('postponed_from', '<>', meeting_id)]))
    .execute()
}
/** A meeting was cancelled: what was to be spoken of waits again. */
export async function letWait({ db, ambito_id }: Here, meeting_id: string) {
  await db
    .updateTable('tavolo.item')
    .set({ meeting_id: null })
    .where('ambito_id', '=', ambito_id)
    .where('meeting_id', '=', meeting_id)
    .where('removed_at', 'is', null)
    .execute()
}

export async function insertWriting({ db, ambito_id }: Here, item_id: string, version: number, said: string) {
  await db.insertInto('tavolo.writing').values({ ambito_id, item_id, version, said }).execute()
}
export const writingsOf = ({ db, ambito_id }: Here, item_id: string) =>
  db
    .selectFrom('tavolo.writing')
    .select(['version', 'said', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .orderBy('version', 'desc')
    .limit(50)
    .execute()

// --- decisions ------------------------------------------------------------------------------------------------------

export type DecisionInput = {
  meeting_id: string
  item_id: string | null
  year: number
  number: number | null
  text: string
  folded: string
  on_day: string
  demo?: boolean
}
export async function insertDecisions({ db, ambito_id }: Here, decisions: readonly DecisionInput[]) {
  if (decisions.length === 0) return []
  return (
    await db
      .insertInto('tavolo.decision')
      .values(decisions.map((one) => ({ ambito_id, ...one })))
      .returning('id')
      .execute()
  ).map(({ id }) => id)
}

const decisions = ({ db, ambito_id, today }: Here & Pick<Ctx, 'today'>) =>
  db
    .selectFrom('tavolo.decision as d')
    .innerJoin('tavolo.meeting as m', (join) =>
      join.onRef('m.ambito_id', '=', 'd.ambito_id').onRef('m.id', '=', 'd.meeting_id'),
    )
    .leftJoin('tavolo.item as i', (join) =>
      join.onRef('i.ambito_id', '=', 'd.ambito_id').onRef('i.id', '=', 'd.item_id'),
    )
    .select([
      'd.id',
      'd.meeting_id',
      'd.item_id',
      'd.year',
      'd.number',
      'd.text',
      'd.on_day',
      'd.withdrawn_at',
      'm.number as meeting_number',
      'm.approved_on',
      'i.title as item_title',
      'i.kind as item_kind',
      'i.source_id',
      'i.answered_on',
      // What came of it: of what was taken on at its point, how much is open, and how much of that is late.
      sql<{
        all: number
        open: number
        late: number
      }>`(select json_build_object('all', count(*), 'open', count(*) filter (where t.closed_on is null),
          'late', count(*) filter (where t.closed_on is null and t.due_on < ${today}))
        from tavolo.task t where t.ambito_id = d.ambito_id and t.meeting_id = d.meeting_id and t.item_id = d.item_id)`.as(
        'followed',
      ),
    ])
    .where('d.ambito_id', '=', ambito_id)
    .$narrowType<{ item_kind: ItemKind | null }>()
export type Decision = Awaited<ReturnType<typeof findDecision>>
export const findDecision = (ctx: Ctx, id: string) =>
  decisions(ctx).where('d.id', '=', id).executeTakeFirstOrThrow(notFound)
export const decisionsOf = (ctx: Ctx, meeting_id: string) =>
  decisions(ctx)
    .where('d.meeting_id', '=', meeting_id)
    .where('d.withdrawn_at', 'is', null)
    .orderBy('d.recorded_at')
    .orderBy('d.id')
    .execute()

/** Every word must be there, wherever it stands. */
export async function searchDecisions(
  ctx: Ctx,
  { words, year }: { words: readonly string[]; year: number | undefined },
  { limit, offset = 0 }: { limit: number; offset?: number },
) {
  let found = ctx.db
    .selectFrom('tavolo.decision')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('number', 'is not', null)
  if (year !== undefined) found = found.where('year', '=', year)
  for (const word of words) found = found.where('folded', 'like', `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
  // Counted in the same pass: the words are looked for once.
  const ids = await found
    .select(['id', sql<string>`count(*) over ()`.as('total')])
    .orderBy('on_day', 'desc')
    .orderBy('number', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  const rows =
    ids.length === 0
      ? []
      : await decisions(ctx)
          .where(
            'd.id',
            'in',
            ids.map(({ id }) => id),
          )
          .orderBy('d.on_day', 'desc')
          .orderBy('d.number', 'desc')
          .execute()
  return { rows, total: Number(ids[0]?.total ?? 0) }
}

/** From the first year to the last, the newest first. */
export async function decisionYears({ db, ambito_id }: Here) {
  const { first, last } = await db
    .selectFrom('tavolo.decision')
    .select(({ fn }) => [fn.min('year').as('first'), fn.max('year').as('last')])
    .where('ambito_id', '=', ambito_id)
    .executeTakeFirstOrThrow()
  return first === null || last === null ? [] : Array.from({ length: last - first + 1 }, (_, at) => last - at)
}

export async function updateDecision(
  { db, ambito_id }: Here,
  id: string,
  change: Partial<{ text: string; folded: string; number: number; withdrawn_at: string; withdrawn_by: string | null }>,
) {
  await db.updateTable('tavolo.decision').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

/** Within the year, without a hole. */
export async function nextDecisionNumber({ db, ambito_id }: Here, year: number) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tavolo decision ${ambito_id} ${year}`}, 0))`.execute(db)
  const { number } = await db
    .selectFrom('tavolo.decision')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('ambito_id', '=', ambito_id)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  return (number ?? 0) + 1
}

// --- to do ----------------------------------------------------------------------------------------------------------

export type TaskInput = {
  meeting_id: string | null
  item_id: string | null
  what: string
  organisation_id: string | null
  member_id: string | null
  given_on: string
  due_on: string | null
  closed_on?: string | null
  demo?: boolean
}
export async function insertTasks({ db, ambito_id }: Here, tasks: readonly TaskInput[]) {
  if (tasks.length === 0) return []
  return (
    await db
      .insertInto('tavolo.task')
      .values(tasks.map((task) => ({ ambito_id, ...task })))
      .returning('id')
      .execute()
  ).map(({ id }) => id)
}

const tasks = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('tavolo.task as t')
    .leftJoin('tavolo.member as m', (join) =>
      join.onRef('m.ambito_id', '=', 't.ambito_id').onRef('m.id', '=', 't.member_id'),
    )
    .leftJoin('tavolo.meeting as g', (join) =>
      join.onRef('g.ambito_id', '=', 't.ambito_id').onRef('g.id', '=', 't.meeting_id'),
    )
    .select([
      't.id',
      't.meeting_id',
      't.item_id',
      't.what',
      't.organisation_id',
      't.member_id',
      't.given_on',
      't.due_on',
      't.closed_on',
      't.reminded_for',
      'm.name as member_name',
      'm.email as member_email',
      'g.number as meeting_number',
      'g.on_day as meeting_day',
      // Closed because it is no longer needed, which is not done.
      sql<boolean>`t.closed_on is not null and (select s.step from tavolo.task_step s
        where s.ambito_id = t.ambito_id and s.task_id = t.id order by s.recorded_at desc, s.id desc limit 1) = 'dropped'`.as(
        'dropped',
      ),
    ])
    .where('t.ambito_id', '=', ambito_id)
export type Task = Awaited<ReturnType<typeof findTask>>
export const findTask = (ctx: Here, id: string) => tasks(ctx).where('t.id', '=', id).executeTakeFirstOrThrow(notFound)
export async function lockTask(ctx: Here, id: string) {
  await ctx.db
    .selectFrom('tavolo.task')
    .select('id')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)
  return findTask(ctx, id)
}
export const openTasks = (ctx: Here) =>
  tasks(ctx)
    .where('t.closed_on', 'is', null)
    .orderBy(sql`t.due_on nulls last`)
    .orderBy('t.given_on')
    .orderBy('t.id')
    .execute()
export const tasksGivenAt = (ctx: Here, meeting_id: string) =>
  tasks(ctx).where('t.meeting_id', '=', meeting_id).orderBy('t.recorded_at').orderBy('t.id').execute()
/** Given before that day and not closed before it: what its agenda carries on. */
export const carriedTo = (ctx: Here, day: string) =>
  tasks(ctx)
    .where('t.given_on', '<', day)
    .where((where) => where.or([where('t.closed_on', 'is', null), where('t.closed_on', '>=', day)]))
    .orderBy(sql`t.due_on nulls last`)
    .orderBy('t.given_on')
    .orderBy('t.id')
    .execute()
export const closedTasks = (ctx: Here, limit: number) =>
  tasks(ctx).where('t.closed_on', 'is not', null).orderBy('t.closed_on', 'desc').limit(limit).execute()
export const openTasksOfMember = (ctx: Here, member_id: string) =>
  tasks(ctx)
    .where('t.closed_on', 'is', null)
    .where('t.member_id', '=', member_id)
    .orderBy(sql`t.due_on nulls last`)
    .execute()
/** Whose owner is to be reminded: due by that day, and not reminded of that very day yet. */
export const tasksToRemind = (ctx: Here, until: string) =>
  tasks(ctx)
    .where('t.closed_on', 'is', null)
    .where('t.due_on', '<=', until)
    .where('t.member_id', 'is not', null)
    .where('m.email', '<>', '')
    .where(sql<boolean>`t.reminded_for is distinct from t.due_on`)
    .execute()

export async function countTasks({ db, ambito_id }: Here, today: string) {
  const { open, late, nobody } = await db
    .selectFrom('tavolo.task')
    .select(({ fn, eb }) => [
      fn.countAll<string>().as('open'),
      fn.count<string>('id').filterWhere('due_on', '<', today).as('late'),
      fn
        .count<string>('id')
        .filterWhere(eb('member_id', 'is', null))
        .as('nobody'),
    ])
    .where('ambito_id', '=', ambito_id)
    .where('closed_on', 'is', null)
    .executeTakeFirstOrThrow()
  return { open: Number(open), late: Number(late), nobody: Number(nobody) }
}

export async function updateTask(
  { db, ambito_id }: Here,
  id: string,
  change: Partial<{
    due_on: string | null
    closed_on: string | null
    member_id: string | null
    organisation_id: string | null
    reminded_for: string | null
  }>,
) {
  await db.updateTable('tavolo.task').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

type NewStep = {
  task_id: string
  step: Step
  due_on?: string | null
  note?: string
  by_link?: boolean
  on_day?: string
}
export async function insertSteps({ db, ambito_id }: Here, steps: readonly NewStep[]) {
  if (steps.length === 0) return
  await db
    .insertInto('tavolo.task_step')
    .values(steps.map((step) => ({ ambito_id, ...step })))
    .execute()
}
export const stepsOf = ({ db, ambito_id }: Here, task_id: string) =>
  db
    .selectFrom('tavolo.task_step')
    .select(['step', 'due_on', 'note', 'by_link', 'on_day'])
    .where('ambito_id', '=', ambito_id)
    .where('task_id', '=', task_id)
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .$narrowType<{ step: Step }>()
    .execute()
