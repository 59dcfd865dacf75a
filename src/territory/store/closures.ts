import type { Ctx } from '../../kernel/ctx.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type ClosureKind = 'holiday' | 'local' | 'summer' | 'school'
export type ClosureInput = { from_day: string; to_day: string; name: string; kind: ClosureKind; yearly: boolean }

export const listClosures = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('territory.closure')
    .select(['id', 'from_day', 'to_day', 'name', 'kind', 'yearly'])
    .where('ambito_id', '=', ambito_id)
    .orderBy('from_day')
    .$narrowType<{ kind: ClosureKind }>()
    .execute()

export const addClosure = ({ db, ambito_id }: Here, input: ClosureInput) =>
  db
    .insertInto('territory.closure')
    .values({ ambito_id, ...input })
    .execute()

export const removeClosure = ({ db, ambito_id }: Here, id: string) =>
  db
    .deleteFrom('territory.closure')
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
