import type { Ctx } from '../../kernel/ctx.ts'
import type { Spread, Step } from '../rules/targets.ts'
import type { Words } from '../rules/words.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type NewMeasure = { indicator: string; action: string; title: Words }
export const addMeasures = ({ db, ambito_id }: Here, project: string, measures: readonly NewMeasure[]) =>
  db
    .insertInto('programme.measure')
    .values(
      measures.map(({ title, ...measure }, position) => ({
        ambito_id,
        project,
        position,
        title: JSON.stringify(title),
        ...measure,
      })),
    )
    .execute()

export type NewTarget = {
  indicator: string
  value: number | null
  valid_from: string
  spread: Spread
  steps: readonly Step[]
  note: string
  assumed: boolean
}
export const addTargets = ({ db, ambito_id }: Here, project: string, targets: readonly NewTarget[]) =>
  db
    .insertInto('programme.target')
    .values(targets.map(({ steps, ...target }) => ({ ambito_id, project, steps: JSON.stringify(steps), ...target })))
    .execute()

export type TargetRow = {
  indicator: string
  action: string
  title: Words
  value: number | null
  valid_from: string
  spread: Spread
  steps: Step[]
  note: string
  assumed: boolean
  recorded_at: string
  starts_on: string
  ends_on: string
}

/** Each measure with the target that held on that day: the latest valid one, and of two of the same day the one written last. */
export const listTargets = async ({ db, ambito_id }: Here, project: string, on: string) =>
  (await db
    .selectFrom('programme.measure as m')
    .innerJoin('programme.project as p', (join) =>
      join.onRef('p.ambito_id', '=', 'm.ambito_id').onRef('p.id', '=', 'm.project'),
    )
    .innerJoinLateral(
      (query) =>
        query
          .selectFrom('programme.target as t')
          .select(['t.value', 't.valid_from', 't.spread', 't.steps', 't.note', 't.assumed', 't.recorded_at'])
          .whereRef('t.ambito_id', '=', 'm.ambito_id')
          .whereRef('t.project', '=', 'm.project')
          .whereRef('t.indicator', '=', 'm.indicator')
          .where('t.valid_from', '<=', on)
          .orderBy('t.valid_from', 'desc')
          .orderBy('t.recorded_at', 'desc')
          .orderBy('t.id', 'desc')
          .limit(1)
          .as('t'),
      (join) => join.onTrue(),
    )
    .select([
      'm.indicator',
      'm.action',
      'm.title',
      't.value',
      't.valid_from',
      't.spread',
      't.steps',
      't.note',
      't.assumed',
      't.recorded_at',
      'p.starts_on',
      'p.ends_on',
    ])
    .where('m.ambito_id', '=', ambito_id)
    .where('m.project', '=', project)
    .orderBy('m.position')
    .execute()) as unknown as TargetRow[]

export type TargetVersion = {
  id: string
  value: number | null
  valid_from: string
  spread: Spread
  steps: Step[]
  note: string
  assumed: boolean
  recorded_at: string
  recorded_by: string | null
}
export const listTargetVersions = async ({ db, ambito_id }: Here, project: string, indicator: string) =>
  (await db
    .selectFrom('programme.target')
    .select(['id', 'value', 'valid_from', 'spread', 'steps', 'note', 'assumed', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('project', '=', project)
    .where('indicator', '=', indicator)
    .orderBy('valid_from', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute()) as unknown as TargetVersion[]

export const findMeasure = async ({ db, ambito_id }: Here, project: string, indicator: string) =>
  (await db
    .selectFrom('programme.measure')
    .select(['indicator', 'action', 'title'])
    .where('ambito_id', '=', ambito_id)
    .where('project', '=', project)
    .where('indicator', '=', indicator)
    .executeTakeFirst()) as NewMeasure | undefined
