/** What was decided, under its number of the year. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { ItemKind } from '../codes.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

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
