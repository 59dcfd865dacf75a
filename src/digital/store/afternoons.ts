/** Afternoons that were held, and their months. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

/** The next number of the year, once for each opening. @returns false when it was held already */
export async function insertAfternoon({ db, ambito_id, actor }: Ctx, opening_id: string, on_day: string) {
  // One at a time: numbers have no holes.
  await sql`select pg_advisory_xact_lock(hashtext('digital.afternoon'), hashtext(${ambito_id}))`.execute(db)
  await sql`insert into digital.month (ambito_id, first_day) values (${ambito_id}, date_trunc('month', ${on_day}::date))
    on conflict (ambito_id, first_day) do nothing`.execute(db)
  const { rows } = await sql`
    insert into digital.afternoon (ambito_id, opening_id, month_id, on_day, year, number, recorded_by)
    select ${ambito_id}, ${opening_id}, m.id, ${on_day}::date, extract(year from ${on_day}::date),
      (select coalesce(max(a.number), 0) + 1 from digital.afternoon a where a.ambito_id = ${ambito_id} and a.year = extract(year from ${on_day}::date)),
      ${actor.account_id}::uuid
    from digital.month m where m.ambito_id = ${ambito_id} and m.first_day = date_trunc('month', ${on_day}::date)
    on conflict (ambito_id, opening_id) do nothing returning opening_id`.execute(db)
  return rows.length > 0
}

const afternoons = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('digital.afternoon as a')
    .select(['a.opening_id', 'a.month_id', 'a.on_day', 'a.year', 'a.number'])
    .select(({ selectFrom, fn }) => [
      selectFrom('digital.sheet as s')
        .select(fn.countAll<number>().as('n'))
        .where('s.ambito_id', '=', ambito_id)
        .whereRef('s.opening_id', '=', 'a.opening_id')
        .where('s.withdrawn_at', 'is', null)
        .as('sessions'),
    ])
    .where('a.ambito_id', '=', ambito_id)
export type Afternoon = Awaited<ReturnType<typeof afternoonsBetween>>[number]

export const afternoonOf = (ctx: Ctx, opening_id: string) =>
  afternoons(ctx).where('a.opening_id', '=', opening_id).executeTakeFirst()
export const afternoonsBetween = (ctx: Ctx, from: string, to: string) =>
  afternoons(ctx)
    .where('a.on_day', '>=', from)
    .where('a.on_day', '<=', to)
    .orderBy('a.on_day')
    .orderBy('a.number')
    .execute()
export const lastAfternoons = (ctx: Ctx, most = 60) =>
  afternoons(ctx).orderBy('a.on_day', 'desc').orderBy('a.number', 'desc').limit(most).execute()
export const afternoonsNamed = (ctx: Ctx, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : afternoons(ctx)
        .where('a.opening_id', 'in', [...ids])
        .execute()

const months = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('digital.month').select(['id', 'first_day']).where('ambito_id', '=', ambito_id)
export const findMonth = (ctx: Ctx, id: string) => months(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export const monthsNamed = (ctx: Ctx, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : months(ctx)
        .where('id', 'in', [...ids])
        .execute()
export const lastMonths = (ctx: Ctx, most = 36) => months(ctx).orderBy('first_day', 'desc').limit(most).execute()
