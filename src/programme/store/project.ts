import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Words } from '../rules/words.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

const identity = [
  'id',
  'name',
  'fund',
  'starts_on',
  'ends_on',
  'total_cents',
  'contribution_cents',
  'lead',
  'partner',
  'contact',
  'cup',
  'project_code',
] as const
export type Project = NonNullable<Awaited<ReturnType<typeof findProject>>>
export type NewProject = Omit<Project, 'id'>
export type ProjectField = keyof NewProject

/** The project of this Ambito on that day: the running one, else the one that began last. */
export const findProject = ({ db, ambito_id }: Here, on: string) =>
  db
    .selectFrom('programme.project')
    .select(identity)
    .where('ambito_id', '=', ambito_id)
    .orderBy(sql`${on}::date between starts_on and ends_on`, 'desc')
    .orderBy('starts_on', 'desc')
    .limit(1)
    .executeTakeFirst()

export const lockProject = ({ db, ambito_id }: Here, id: string) =>
  db
    .selectFrom('programme.project')
    .select(identity)
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()

export const addProject = ({ db, ambito_id }: Here, project: NewProject) =>
  db
    .insertInto('programme.project')
    .values({ ambito_id, ...project })
    .returning('id')
    .executeTakeFirstOrThrow()

export const changeProject = ({ db, ambito_id }: Here, id: string, project: Partial<NewProject>) =>
  db.updateTable('programme.project').set(project).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()

export const addProjectChanges = (
  { db, ambito_id }: Here,
  project: string,
  note: string,
  changes: { field: ProjectField; before: string; after: string }[],
) =>
  db
    .insertInto('programme.project_change')
    .values(changes.map((change) => ({ ambito_id, project, note, ...change })))
    .execute()

export type ProjectChange = Awaited<ReturnType<typeof listProjectChanges>>[number]
export const listProjectChanges = ({ db, ambito_id }: Here, project: string) =>
  db
    .selectFrom('programme.project_change')
    .select(['id', 'field', 'before', 'after', 'note', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('project', '=', project)
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .$narrowType<{ field: ProjectField }>()
    .execute()

export type ActionRow = { code: string; area: string; title: Words; carries: Words }
export const listActions = async ({ db, ambito_id }: Here, project: string) =>
  (await db
    .selectFrom('programme.action')
    .select(['code', 'area', 'title', 'carries'])
    .where('ambito_id', '=', ambito_id)
    .where('project', '=', project)
    .orderBy('position')
    .execute()) as unknown as ActionRow[]

export const addActions = ({ db, ambito_id }: Here, project: string, actions: readonly ActionRow[]) =>
  db
    .insertInto('programme.action')
    .values(
      actions.map(({ title, carries, ...action }, position) => ({
        ambito_id,
        project,
        position,
        title: JSON.stringify(title),
        carries: JSON.stringify(carries),
        ...action,
      })),
    )
    .execute()
