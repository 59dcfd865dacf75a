/** What the figures are made of. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

const sliced = {
  language: sql<string | null>`c.language`,
  field: sql<string | null>`c.field`,
  comune: sql<string | null>`c.comune`,
  body: sql<string | null>`b.name`,
} as const
export type Slice = keyof typeof sliced
/** Calls and confirmed hours of a period, by one of their sides; the day of a call is the first it was asked for. */
export async function figuresBy({ db, ambito_id }: Ctx, slice: Slice, from: Temporal.Instant, to: Temporal.Instant) {
  const { rows } = await sql<{
    key: string | null
    calls: number
    covered: number
    not_covered: number
    minutes: number
    confirmed: number
  }>`
    with asked as (
      select c.*, (select min(o.starts_at) from mediation.option o where o.ambito_id = c.ambito_id and o.call_id = c.id) as day
      from mediation.call c where c.ambito_id = ${ambito_id} and c.state not in ('draft', 'new', 'refused')
    )
    select ${sliced[slice]} as key, count(*)::int as calls,
      count(*) filter (where c.state in ('assigned', 'done', 'reported', 'absent', 'confirmed', 'locked'))::int as covered,
      count(*) filter (where c.state = 'not_covered')::int as not_covered,
      coalesce(sum((select r.paid_minutes from mediation.report r where r.ambito_id = c.ambito_id and r.call_id = c.id order by r.number desc limit 1)), 0)::int as minutes,
      coalesce(sum(f.minutes), 0)::int as confirmed
    from asked c
    join mediation.body b on b.ambito_id = c.ambito_id and b.id = c.body_id
    left join mediation.confirmation f on f.ambito_id = c.ambito_id and f.call_id = c.id
    where c.day >= ${from.toString()} and c.day < ${to.toString()}
    group by 1 order by calls desc, key`.execute(db)
  return rows
}
export type Figure = Awaited<ReturnType<typeof figuresBy>>[number]

export async function figuresByMonth({ db, ambito_id }: Ctx, from: Temporal.Instant, to: Temporal.Instant) {
  const { rows } = await sql<{
    month: string
    calls: number
    covered: number
    confirmed: number
    hours_to_cover: number | null
  }>`
    with asked as (
      select c.ambito_id, c.id, c.state, (select min(o.starts_at) from mediation.option o where o.ambito_id = c.ambito_id and o.call_id = c.id) as day,
        (select min(s.at) from mediation.step s where s.ambito_id = c.ambito_id and s.call_id = c.id and s.state = 'sent') as sent,
        (select min(s.at) from mediation.step s where s.ambito_id = c.ambito_id and s.call_id = c.id and s.state = 'assigned') as assigned
      from mediation.call c where c.ambito_id = ${ambito_id} and c.state not in ('draft', 'new', 'refused')
    )
    select to_char(c.day at time zone 'Europe/Rome', 'YYYY-MM') as month, count(*)::int as calls,
      count(*) filter (where c.state in ('assigned', 'done', 'reported', 'absent', 'confirmed', 'locked'))::int as covered,
      coalesce(sum(f.minutes), 0)::int as confirmed,
      percentile_cont(0.5) within group (order by extract(epoch from c.assigned - c.sent) / 3600)::float as hours_to_cover
    from asked c left join mediation.confirmation f on f.ambito_id = c.ambito_id and f.call_id = c.id
    where c.day >= ${from.toString()} and c.day < ${to.toString()} group by 1 order by 1`.execute(db)
  return rows
}
/** What bodies said of the service, month by month: 1 to 4. */
export async function satisfactionIn({ db, ambito_id }: Ctx, from: string, to: string) {
  const { rows } = await sql<{ answers: number; mean: number | null }>`
    select count(*)::int as answers, avg(rating)::float as mean from mediation.satisfaction
    where ambito_id = ${ambito_id} and month between date_trunc('month', ${from}::date)::date and ${to}::date`.execute(
    db,
  )
  return rows[0] as (typeof rows)[number]
}
/** Mediators who speak each language, beside the calls that asked for it. */
export async function languagesAvailable({ db, ambito_id }: Ctx) {
  const { rows } = await sql<{ language: string; mediators: number }>`
    select l.language, count(distinct l.mediator_id)::int as mediators from mediation.mediator_language l
    join mediation.mediator m on m.ambito_id = l.ambito_id and m.id = l.mediator_id and m.ended_on is null
    where l.ambito_id = ${ambito_id} group by 1`.execute(db)
  return new Map(rows.map(({ language, mediators }) => [language, mediators]))
}
