/** The sheets of people helped. */
import type { Ctx } from '../../kernel/ctx.ts'
import type { Alone, How } from '../codes.ts'

export type NewSheet = {
  session_id: string
  visit_id: string
  opening_id: string
  person_id: string
  on_day: string
  how: How
  topics: string[]
  area: string
  service: string
  device: string | null
  alone: Alone
  identity: string | null
  next_step: string | null
  minutes: number | null
}

export async function insertSheet({ db, ambito_id, actor, now }: Ctx, sheet: NewSheet) {
  await db
    .insertInto('digital.sheet')
    .values({ ambito_id, ...sheet, recorded_at: now.toString(), recorded_by: actor.account_id })
    .execute()
}

const standing = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('digital.sheet').selectAll().where('ambito_id', '=', ambito_id).where('withdrawn_at', 'is', null)
export type Sheet = Awaited<ReturnType<typeof sheetsOfOpening>>[number]

export const sheetsOfOpening = (ctx: Ctx, opening_id: string) =>
  standing(ctx).where('opening_id', '=', opening_id).orderBy('recorded_at').orderBy('session_id').execute()

/** Who signs the registers of these afternoons, or the summaries of these months. */
export async function linesOf(ctx: Ctx, of: 'opening_id' | 'month_id', ids: readonly string[]) {
  const rows =
    ids.length === 0
      ? []
      : await ctx.db
          .selectFrom('digital.sheet as s')
          .innerJoin('digital.afternoon as a', (join) =>
            join.onRef('a.ambito_id', '=', 's.ambito_id').onRef('a.opening_id', '=', 's.opening_id'),
          )
          .select(['a.opening_id', 'a.month_id', 's.session_id as id', 's.recorded_at as at'])
          .where('s.ambito_id', '=', ctx.ambito_id)
          .where(`a.${of}`, 'in', [...ids])
          .where('s.withdrawn_at', 'is', null)
          .orderBy('s.recorded_at')
          .orderBy('s.session_id')
          .execute()
  const lines = Map.groupBy(rows, (row) => row[of])
  return new Map(ids.map((id) => [id, lines.get(id) ?? []]))
}

export const sheetsOfPersons = (ctx: Ctx, person_ids: string[]) =>
  standing(ctx).where('person_id', 'in', person_ids).orderBy('on_day', 'desc').orderBy('recorded_at', 'desc').execute()

export const sheetsBetween = (ctx: Ctx, from: string, to: string) =>
  standing(ctx).where('on_day', '>=', from).where('on_day', '<=', to).orderBy('on_day').execute()

/** The one just taken back, to be put right. */
export const sheetTakenBack = ({ db, ambito_id }: Ctx, visit_id: string) =>
  db
    .selectFrom('digital.sheet')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('visit_id', '=', visit_id)
    .where('withdrawn_at', 'is not', null)
    .orderBy('recorded_at', 'desc')
    .executeTakeFirst()

export const sheetOfVisit = (ctx: Ctx, visit_id: string) =>
  standing(ctx).where('visit_id', '=', visit_id).executeTakeFirst()

/** Who came in these days, and the first day each of them ever came. */
export const firstDays = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('digital.sheet')
    .select(({ fn }) => ['person_id', fn.min('on_day').as('first_day')])
    .where('ambito_id', '=', ambito_id)
    .where('withdrawn_at', 'is', null)
    .groupBy('person_id')
    .execute()

/** Those who came since a day, the most faithful first. */
export const peopleSince = ({ db, ambito_id }: Ctx, day: string, most: number) =>
  db
    .selectFrom('digital.sheet')
    .select(({ fn }) => ['person_id', fn.countAll<number>().as('times')])
    .where('ambito_id', '=', ambito_id)
    .where('withdrawn_at', 'is', null)
    .where('on_day', '>=', day)
    .groupBy('person_id')
    .orderBy('times', 'desc')
    .limit(most)
    .execute()

/** @returns the sheets that still stood */
export const withdrawSheets = ({ db, ambito_id, now }: Ctx, visit_ids: readonly string[]) =>
  visit_ids.length === 0
    ? Promise.resolve([])
    : db
        .updateTable('digital.sheet')
        .set({ withdrawn_at: now.toString() })
        .where('ambito_id', '=', ambito_id)
        .where('visit_id', 'in', [...visit_ids])
        .where('withdrawn_at', 'is', null)
        .returning(['session_id', 'on_day'])
        .execute()

/** That somebody was helped, and with what, stays; the only words written by hand go. */
export async function emptySheets({ db, ambito_id }: Ctx, person_ids: string[]) {
  await db
    .updateTable('digital.sheet')
    .set({ service: '' })
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .execute()
}
