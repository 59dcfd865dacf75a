/** What is to be done, by whom and until when; each step of it is a row. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Step } from '../codes.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

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
