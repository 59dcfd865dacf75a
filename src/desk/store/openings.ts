/** Openings as their papers name them. */

import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'

const named = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('desk.opening').select(['id', 'kind', 'on_day']).where('ambito_id', '=', ambito_id)

export const openingsNamed = (ctx: Ctx, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : named(ctx)
        .where('id', 'in', [...ids])
        .execute()

/** Who signs the registers of these openings. */
export async function linesOf({ db, ambito_id }: Ctx, ids: readonly string[]) {
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom('desk.visit as v')
          .select(['v.opening_id', 'v.id', 'v.recorded_at as at'])
          .where('v.ambito_id', '=', ambito_id)
          .where('v.opening_id', 'in', [...ids])
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('desk.withdrawal as w')
                  .select('w.visit_id')
                  .where('w.ambito_id', '=', ambito_id)
                  .whereRef('w.visit_id', '=', 'v.id'),
              ),
            ),
          )
          .execute()
  const lines = Map.groupBy(rows, ({ opening_id }) => opening_id)
  return new Map(ids.map((id) => [id, lines.get(id) ?? []]))
}

/** Besides the weekly ones, in the days to come. */
export const extraOpenings = ({ db, ambito_id, today }: Ctx) =>
  db
    .selectFrom('desk.opening')
    .select(['id', 'kind', 'on_day', 'starts_at', 'ends_at', 'place', 'slot_minutes', 'open_booking'])
    .where('ambito_id', '=', ambito_id)
    .where('series_id', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('on_day', '>', today)
    .orderBy('on_day')
    .orderBy('starts_at')
    .execute()
export type ExtraOpening = Awaited<ReturnType<typeof extraOpenings>>[number]

/** The last three months, newest first: whose register may still be on its way. */
export const openingsForSheets = (ctx: Ctx) =>
  named(ctx)
    .where('cancelled_at', 'is', null)
    .where('on_day', '<=', ctx.today)
    .where('on_day', '>=', addDays(ctx.today, -92))
    .orderBy('on_day', 'desc')
    .orderBy('starts_at', 'desc')
    .limit(200)
    .execute()
