/** What is counted in facts, minutes and things: read by kind, in the order of the index. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Match } from '../rules/definitions.ts'
import { inOneSweep, type Window } from './persons.ts'

/** The facts these rows want, once for each row that wants them. */
function wanted(codes: readonly string[], matches: readonly Match[]) {
  const all = matches.flatMap(({ codes: wanting, ...match }) =>
    wanting.filter((code) => codes.includes(code)).map((code) => ({ ...match, code })),
  )
  return sql`unnest(${all.map((one) => one.code)}::text[], ${all.map((one) => one.kind)}::text[], ${all.map((one) => one.action)}::text[],
    ${all.map((one) => one.since)}::date[], ${all.map((one) => one.until)}::date[]) as m (code, kind, action, since, until)
    join monitoring.fact f on f.kind = m.kind and f.action = m.action and f.on_day >= m.since and f.on_day < m.until`
}

export type Sum = { code: string; value: number; new: number }

/**
 * How many: a reversal takes away itself and what it reverses. These are most of a ledger, so each stretch of the index is
 * named and counted by itself, and several processors may read them.
 */
export async function sumFacts(
  ctx: Ctx,
  codes: readonly string[],
  matches: readonly Match[],
  { starts_on, from, to }: Window,
) {
  const stretches = matches.flatMap(({ codes: wanting, kind, action, since, until }) =>
    wanting
      .filter((code) => codes.includes(code))
      .map(
        (code) => sql`select ${code}::text as code, count(*) - 2 * count(f.reverses) as value,
            count(*) filter (where f.on_day >= ${from}) - 2 * count(f.reverses) filter (where f.on_day >= ${from}) as new
          from monitoring.fact f where f.ambito_id = ${ctx.ambito_id} and f.kind = ${kind} and f.action = ${action}
            and f.on_day >= ${since > starts_on ? since : starts_on} and f.on_day <= ${to} and f.on_day < ${until}`,
      ),
  )
  if (stretches.length === 0) return []
  const { rows } = await inOneSweep(ctx, () =>
    sql<Sum>`select code, sum(value)::int as value, sum(new)::int as new from (${sql.join(stretches, sql` union all `)}) f group by code`.execute(
      ctx.db,
    ),
  )
  return rows
}

export async function sumMinutes(
  { db, ambito_id }: Ctx,
  codes: readonly string[],
  matches: readonly Match[],
  { starts_on, from, to }: Window,
) {
  const minutes = sql`case when f.reverses is null then f.minutes else - f.minutes end`
  const { rows } = await sql<Sum>`
    select m.code, coalesce(sum(${minutes}), 0)::int as value, coalesce(sum(${minutes}) filter (where f.on_day >= ${from}), 0)::int as new
    from ${wanted(codes, matches)}
    where f.ambito_id = ${ambito_id} and f.on_day between ${starts_on} and ${to}
    group by m.code`.execute(db)
  return rows
}

export const things = { organisations: sql`f.organisation`, days: sql`f.on_day`, evidence: sql`f.evidence` }
export type Thing = keyof typeof things

/** Facts of these rows that no later one takes back. */
export const standingFacts = (
  { ambito_id }: Ctx,
  codes: readonly string[],
  matches: readonly Match[],
  { starts_on, to }: Window,
) => sql`${wanted(codes, matches)}
  where f.ambito_id = ${ambito_id} and f.on_day between ${starts_on} and ${to} and f.reverses is null
    and f.id not in (select reverses from monitoring.fact where ambito_id = ${ambito_id} and reverses is not null)`

/** How many distinct things, and how many of them first seen within the period. */
export async function sumThings(
  ctx: Ctx,
  thing: Thing,
  codes: readonly string[],
  matches: readonly Match[],
  window: Window,
) {
  const { rows } = await sql<Sum>`
    select code, count(*)::int as value, (count(*) filter (where first_day >= ${window.from}))::int as new
    from (
      select m.code, ${things[thing]} as thing, min(f.on_day) as first_day
      from ${standingFacts(ctx, codes, matches, window)} and ${things[thing]} is not null
      group by m.code, thing
    ) seen
    group by code`.execute(ctx.db)
  return rows
}
