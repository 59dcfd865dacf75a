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
