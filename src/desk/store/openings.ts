/** Openings, by the week and of a day. */
import { sql } from 'kysely'
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { OpeningInput, SeriesInput } from '../forms.ts'

/** The openings of a day, made from the weekly series where they are not there yet. */
export async function makeOpenings({ db, ambito_id, actor }: Ctx, day: string) {
  await sql`insert into desk.opening (ambito_id, series_id, kind, on_day, starts_at, ends_at, place, slot_minutes, slot_places, open_booking, recorded_by)
    select ambito_id, id, kind, ${day}::date, starts_at, ends_at, place, slot_minutes, slot_places, open_booking, ${actor.account_id}::uuid from desk.opening_series
    where ambito_id = ${ambito_id} and weekday = extract(isodow from ${day}::date) and since <= ${day}::date and (until is null or until >= ${day}::date)
    on conflict (ambito_id, series_id, on_day) do nothing`.execute(db)
}

export const openingsOn = ({ db, ambito_id }: Ctx, day: string) =>
  db
    .selectFrom('desk.opening as o')
    .select(['o.id', 'o.series_id', 'o.kind', 'o.on_day', 'o.starts_at', 'o.ends_at', 'o.place'])
    .select(({ selectFrom, fn }) => [
      selectFrom('desk.arrival as a')
        .select(fn.countAll<number>().as('n'))
        .where('a.ambito_id', '=', ambito_id)
        .whereRef('a.opening_id', '=', 'o.id')
        .where('a.served_at', 'is', null)
        .where('a.left_at', 'is', null)
        .as('waiting'),
      selectFrom('desk.visit as v')
        .select(fn.countAll<number>().as('n'))
        .where('v.ambito_id', '=', ambito_id)
        .whereRef('v.opening_id', '=', 'o.id')
        .as('visits'),
    ])
    .where('o.ambito_id', '=', ambito_id)
    .where('o.on_day', '=', day)
    .where('o.cancelled_at', 'is', null)
    .orderBy('o.starts_at')
    .execute()
export type OpeningLine = Awaited<ReturnType<typeof openingsOn>>[number]

/** Those written down for these days, cancelled ones too: they say that the weekly hours do not hold. */
export const openingsFrom = ({ db, ambito_id }: Ctx, from: string, to: string) =>
  db
    .selectFrom('desk.opening')
    .select(['id', 'series_id', 'kind', 'on_day', 'starts_at', 'ends_at', 'place', 'cancelled_at'])
    .select(['slot_minutes', 'slot_places', 'open_booking'])
    .where('ambito_id', '=', ambito_id)
    .where('on_day', '>=', from)
    .where('on_day', '<=', to)
    .execute()

export const findOpening = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('desk.opening')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export type Opening = Awaited<ReturnType<typeof findOpening>>

export async function insertOpening(
  { db, ambito_id, actor }: Ctx,
  on_day: string,
  { kind, starts_at, ends_at, place, slot_minutes, slot_places, open_booking }: OpeningInput,
) {
  const row = await db
    .insertInto('desk.opening')
    .values({
      ambito_id,
      kind,
      on_day,
      starts_at,
      ends_at,
      place: place ?? '',
      slot_minutes: slot_minutes ?? null,
      slot_places: slot_places ?? 1,
      open_booking: slot_minutes !== undefined && open_booking === true,
      recorded_by: actor.account_id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export const seriesOf = ({ db, ambito_id, today }: Ctx) =>
  db
    .selectFrom('desk.opening_series')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where(({ or, eb }) => or([eb('until', 'is', null), eb('until', '>=', today)]))
    .orderBy('weekday')
    .orderBy('starts_at')
    .execute()
export async function insertSeries(
  { db, ambito_id, actor }: Ctx,
  { kind, weekday, starts_at, ends_at, since, place, slot_minutes, slot_places, open_booking }: SeriesInput,
) {
  await db
    .insertInto('desk.opening_series')
    .values({
      ambito_id,
      kind,
      weekday: Number(weekday),
      starts_at,
      ends_at,
      since,
      place: place ?? '',
      slot_minutes: slot_minutes ?? null,
      slot_places: slot_places ?? 1,
      open_booking,
      recorded_by: actor.account_id,
    })
    .execute()
}
export async function endSeries({ db, ambito_id, today }: Ctx, id: string) {
  const row = await db
    .updateTable('desk.opening_series')
    .set({ until: today })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw notFound()
}

// --- as their papers name them -----------------------------------------------------------------------------------------

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
