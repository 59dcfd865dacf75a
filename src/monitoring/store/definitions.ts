import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Counts, Pair, Version } from '../rules/definitions.ts'

export type Definition = Version & {
  id: string
  family: 'output' | 'result' | 'process'
  action: string | null
  used: 'yes' | 'maybe' | 'no' | 'region'
  measure: string | null
  name_it: string
  name_en: string
  says_it: string
  says_en: string
  note: string
  recorded_at: string
  recorded_by: string | null
}
export type NewIndicator = Omit<Definition, 'id' | 'since' | 'recorded_at' | 'recorded_by'>

/** Every version of every row: in the order of the rows, oldest first; of two with the same first day the one written last comes last. */
export async function listDefinitions({ db, ambito_id }: Ctx): Promise<Definition[]> {
  return (await db
    .selectFrom('monitoring.definition as d')
    .innerJoin('monitoring.indicator as i', (join) =>
      join.onRef('i.ambito_id', '=', 'd.ambito_id').onRef('i.code', '=', 'd.code'),
    )
    .select([
      'd.id',
      'd.code',
      'd.since',
      'd.counts',
      'd.kinds',
      'd.actions',
      'd.parent',
      'd.note',
      'd.recorded_at',
      'd.recorded_by',
    ])
    .select(['d.name_it', 'd.name_en', 'd.says_it', 'd.says_en', 'i.family', 'i.action', 'i.used', 'i.measure'])
    .where('d.ambito_id', '=', ambito_id)
    .where('i.ambito_id', '=', ambito_id)
    .orderBy('i.position')
    .orderBy(sql`d.since nulls first`)
    .orderBy('d.recorded_at')
    .orderBy('d.id')
    .execute()) as Definition[]
}

export async function insertIndicators({ db, ambito_id }: Ctx, indicators: readonly NewIndicator[]) {
  await db
    .insertInto('monitoring.indicator')
    .values(
      indicators.map(({ code, family, action, used, measure }, position) => ({
        ambito_id,
        code,
        position,
        family,
        action,
        used,
        measure,
      })),
    )
    .execute()
  await db
    .insertInto('monitoring.definition')
    .values(
      indicators.map(({ family: _f, action: _a, used: _u, measure: _m, ...definition }) => ({
        ambito_id,
        ...written(definition),
      })),
    )
    .execute()
}

export type NewDefinition = {
  code: string
  since: string | null
  name_it: string
  name_en: string
  says_it: string
  says_en: string
  counts: Counts
  kinds: readonly string[]
  actions: readonly string[]
  parent: string | null
  note: string
}
export const insertDefinition = ({ db, ambito_id, actor }: Ctx, definition: NewDefinition) =>
  db
    .insertInto('monitoring.definition')
    .values({ ambito_id, ...written(definition), recorded_by: actor.account_id })
    .execute()

const written = <D extends { kinds: readonly string[]; actions: readonly string[] }>({
  kinds,
  actions,
  ...definition
}: D) => ({
  ...definition,
  kinds: [...kinds],
  actions: [...actions],
})

/** The kinds and actions present in the ledger: a loose scan that touches one row of the index for each. */
export async function presentPairs({ db, ambito_id }: Ctx) {
  const { rows } = await sql<Pair>`
    with recursive pair as (
      (select kind, action from monitoring.fact where ambito_id = ${ambito_id} order by kind, action limit 1)
      union all
      select next.kind, next.action from pair cross join lateral (
        select f.kind, f.action from monitoring.fact f
        where f.ambito_id = ${ambito_id} and (f.kind, f.action) > (pair.kind, pair.action) order by f.kind, f.action limit 1
      ) next
    )
    select kind, action from pair`.execute(db)
  return rows
}
