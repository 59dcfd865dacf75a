import type { Ctx } from '../../kernel/ctx.ts'
import type { DeadlineKind } from '../rules/calendar.ts'
import type { Words } from '../rules/words.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type NewDeadline = {
  due_on: string
  kind: DeadlineKind
  title: Words
  note: string
  assumed: boolean
  remind_days: number
}
export type Deadline = NewDeadline & { id: string; done_on: string | null }

const deadline = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('programme.deadline')
    .select(['id', 'due_on', 'kind', 'title', 'note', 'assumed', 'remind_days', 'done_on'])
    .where('ambito_id', '=', ambito_id)
    .where('dropped_on', 'is', null)

export const listDeadlines = async (ctx: Here, project: string) =>
  (await deadline(ctx)
    .where('project', '=', project)
    .orderBy('due_on')
    .orderBy('id')
    .execute()) as unknown as Deadline[]
export const findDeadline = async (ctx: Here, id: string) =>
  (await deadline(ctx).where('id', '=', id).executeTakeFirst()) as unknown as Deadline | undefined

export const addDeadlines = ({ db, ambito_id }: Here, project: string, deadlines: readonly NewDeadline[]) =>
  db
    .insertInto('programme.deadline')
    .values(
      deadlines.map(({ title, ...deadline }) => ({ ambito_id, project, title: JSON.stringify(title), ...deadline })),
    )
    .execute()

export const changeDeadline = (
  { db, ambito_id }: Here,
  id: string,
  {
    title,
    ...change
  }: Partial<NewDeadline> & { done_on?: string | null; done_by?: string | null; dropped_on?: string },
) =>
  db
    .updateTable('programme.deadline')
    .set({ ...change, ...(title && { title: JSON.stringify(title) }) })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
