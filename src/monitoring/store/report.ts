/**
 * The scans behind the figures. Everybody's facts are read once, in the order of persons: for each person and row the
 * earliest day that counts. What is counted in facts, minutes and things is read once more, in the order of kinds.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Match, parentsOf, type Version } from '../rules/definitions.ts'
import type { Age, Gender } from '../rules/report.ts'

/** The days of the project up to the end of the period, and the first day of the period. */
export type Window = { starts_on: string; from: string; to: string }

/** The row whose first day decides a person's age band in every row. */
const participants = 'O.2.3'

export type PersonPlan = {
  /** Rows that count persons, in the version of the period's last day: each becomes a column. */
  rows: readonly Version[]
  matches: readonly Match[]
}

const column = (plan: PersonPlan, name: 'first' | 'last' | 'entry', code: string) =>
  sql.ref(`${name}_${plan.rows.findIndex((row) => row.code === code)}`)

/** A bit for each row; JavaScript writes whole numbers exactly up to 53 bits. */
const bit = (plan: PersonPlan, code: string) => sql.lit(2 ** plan.rows.findIndex((row) => row.code === code))
const most_rows = 52

function masks({ rows, matches }: PersonPlan) {
  if (rows.length > most_rows) throw new Error(`at most ${most_rows} rows may count persons`)
  const bits = new Map(rows.map((row, at) => [row.code, 2 ** at]))
  return matches
    .map((match) => ({ ...match, mask: match.codes.reduce((sum, code) => sum + (bits.get(code) ?? 0), 0) }))
    .filter(({ mask }) => mask > 0)
}

/**
 * One line per canonical person: gender, birth, and for each row the day from which it counts there. Reversed facts are
 * gone; eligible persons need a fact on a day their standing is yes, others any fact.
 */
export function entries(
  { ambito_id }: Ctx,
  plan: PersonPlan,
  { starts_on, to }: Window,
  only: RawBuilder<unknown> = sql`true`,
) {
  const wanted = masks(plan)
  const columns = plan.rows.flatMap(({ code, counts }) => {
    const here = sql`m.mask & ${bit(plan, code)} <> 0`
    return counts === 'persons'
      ? [sql`min(f.on_day) filter (where ${here} and s.verdict = 'yes') as ${column(plan, 'first', code)}`]
      : [
          sql`min(f.on_day) filter (where ${here}) as ${column(plan, 'first', code)}`,
          sql`max(f.on_day) filter (where ${here}) as ${column(plan, 'last', code)}`,
        ]
  })
  return sql`
    select s.canonical_id, min(s.gender) as gender, min(s.born) as born, ${sql.join(columns)}
    from monitoring.fact f
    join unnest(${wanted.map((one) => one.kind)}::text[], ${wanted.map((one) => one.action)}::text[], ${wanted.map((one) => one.since)}::date[],
      ${wanted.map((one) => one.until)}::date[], ${wanted.map((one) => one.mask)}::bigint[]) as m (kind, action, since, until, mask)
      on m.kind = f.kind and m.action = f.action and f.on_day >= m.since and f.on_day < m.until
    join people.standing s on s.ambito_id = ${ambito_id} and s.person_id = f.person_id and s.valid @> f.on_day
    where f.ambito_id = ${ambito_id} and f.person_id is not null and f.reverses is null and f.on_day between ${starts_on} and ${to}
      and not exists (select from monitoring.fact later where later.ambito_id = ${ambito_id} and later.reverses = f.id)
      and ${only}
    group by s.canonical_id`
}

/** The day from which somebody counts in a row: in a row of a row, not before being in the wider one. */
function entry(plan: PersonPlan, code: string) {
  const own = column(plan, 'first', code)
  const parents = parentsOf(plan.rows, code).filter((parent) => plan.rows.some((row) => row.code === parent))
  if (parents.length === 0) return sql`${own}`
  const all = [own, ...parents.map((parent) => column(plan, 'first', parent))]
  return sql`case when ${sql.join(
    all.map((one) => sql`${one} is not null`),
    sql` and `,
  )} then greatest(${sql.join(all)}) end`
}

/** With `entry_…` of every row and the age band, over what `entries` found. */
export function counted(ctx: Ctx, plan: PersonPlan, window: Window, only?: RawBuilder<unknown>) {
  const decides = plan.rows.some((row) => row.code === participants) ? [column(plan, 'first', participants)] : []
  const others = plan.rows.filter((row) => row.counts === 'persons').map((row) => column(plan, 'first', row.code))
  const served = sql`coalesce(${sql.join([...decides, ...others, sql`null::date`])})`
  return sql`
    select e.*, ${sql.join(plan.rows.map(({ code }) => sql`${entry(plan, code)} as ${column(plan, 'entry', code)}`))},
      case when e.born > ${served} - interval '18 years' then '<18' when e.born <= ${served} - interval '61 years' then '>60' else '18-60' end as age
    from (${entries(ctx, plan, window, only)}) e`
}

export const entryColumn = (plan: PersonPlan, code: string) => column(plan, 'entry', code)
export const lastColumn = (plan: PersonPlan, code: string) => column(plan, 'last', code)

type Line = { gender: Gender | null; age: Age } & Record<string, number>
export type PersonSum = { gender: Gender | null; age: Age; code: string; value: number; new: number }

export async function sumPersons(ctx: Ctx, plan: PersonPlan, window: Window): Promise<PersonSum[]> {
  if (masks(plan).length === 0) return []
  const sums = plan.rows.flatMap((row, at) => [
    sql`count(${column(plan, 'entry', row.code)})::int as ${sql.ref(`value_${at}`)}`,
    sql`count(*) filter (where ${row.counts === 'people' ? column(plan, 'last', row.code) : column(plan, 'entry', row.code)} >= ${window.from})::int as ${sql.ref(`new_${at}`)}`,
  ])
  const { rows } =
    await sql<Line>`select gender, age, ${sql.join(sums)} from (${counted(ctx, plan, window)}) c group by gender, age`.execute(
      ctx.db,
    )
  return rows.flatMap((line) =>
    plan.rows.map(({ code }, at) => ({
      gender: line.gender,
      age: line.age,
      code,
      value: line[`value_${at}`] ?? 0,
      new: line[`new_${at}`] ?? 0,
    })),
  )
}

/** A match for each row, since a fact may be counted in several. */
function pairs(codes: readonly string[], matches: readonly Match[]) {
  const all = matches.flatMap(({ codes: wanting, ...match }) =>
    wanting.filter((code) => codes.includes(code)).map((code) => ({ ...match, code })),
  )
  return sql`unnest(${all.map((one) => one.code)}::text[], ${all.map((one) => one.kind)}::text[], ${all.map((one) => one.action)}::text[],
    ${all.map((one) => one.since)}::date[], ${all.map((one) => one.until)}::date[]) as m (code, kind, action, since, until)
    join monitoring.fact f on f.kind = m.kind and f.action = m.action and f.on_day >= m.since and f.on_day < m.until`
}

export type FactSum = { code: string; facts: number; new_facts: number; minutes: number; new_minutes: number }

/** How many facts and minutes: a reversal takes away what it reverses. */
export async function sumFacts(
  { db, ambito_id }: Ctx,
  codes: readonly string[],
  matches: readonly Match[],
  { starts_on, from, to }: Window,
) {
  const sign = sql`case when f.reverses is null then 1 else -1 end`
  const { rows } = await sql<FactSum>`
    select m.code, sum(${sign})::int as facts, coalesce(sum(${sign}) filter (where f.on_day >= ${from}), 0)::int as new_facts,
      coalesce(sum(${sign} * f.minutes), 0)::int as minutes, coalesce(sum(${sign} * f.minutes) filter (where f.on_day >= ${from}), 0)::int as new_minutes
    from ${pairs(codes, matches)}
    where f.ambito_id = ${ambito_id} and f.on_day between ${starts_on} and ${to}
    group by m.code`.execute(db)
  return rows
}

export type ThingSum = { code: string; value: number; new: number }
const things = { organisations: 'f.organisation::text', days: 'f.on_day::text', evidence: 'f.evidence' } as const

/** How many distinct things, and how many of them first seen within the period. */
export async function sumThings(
  { db, ambito_id }: Ctx,
  thing: keyof typeof things,
  codes: readonly string[],
  matches: readonly Match[],
  { starts_on, from, to }: Window,
) {
  const { rows } = await sql<ThingSum>`
    select code, count(*)::int as value, (count(*) filter (where first_day >= ${from}))::int as new
    from (
      select m.code, ${sql.raw(things[thing])} as thing, min(f.on_day) as first_day
      from ${pairs(codes, matches)}
      where f.ambito_id = ${ambito_id} and f.on_day between ${starts_on} and ${to} and f.reverses is null and ${sql.raw(things[thing])} is not null
        and not exists (select from monitoring.fact later where later.ambito_id = ${ambito_id} and later.reverses = f.id)
      group by m.code, thing
    ) seen
    group by code`.execute(db)
  return rows
}

/** Room to aggregate in memory: the lines of a hundred thousand people are some tens of megabytes. */
export const giveRoom = ({ db }: Ctx) =>
  sql`select set_config('work_mem', '96MB', true), set_config('jit', 'off', true)`.execute(db)
