/**
 * Who counts where, since when. Facts are judged one by one against the standing of their day; those of everybody are read
 * by kind, each from its own stretch of one index, those of some persons by person.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { bitsOf, columnsOf, type Line, maskedMatches, neededFor, type PersonPlan } from '../rules/columns.ts'
import { participants } from '../rules/definitions.ts'

/** The days of the project up to the end of the period, and the first day of the period. */
export type Window = { starts_on: string; from: string; to: string }
type Sql = RawBuilder<unknown>

/** Facts of everybody, each with the columns that want it: one stretch of the index for each kind, whose size the planner knows. */
function ofEverybody({ ambito_id }: Ctx, plan: PersonPlan, { starts_on, to }: Window) {
  const stretches = maskedMatches(plan).map(
    ({ kind, action, since, until, mask }) => sql`
      select f.person_id, f.on_day, f.id, ${sql.lit(mask)} as mask from monitoring.fact f
      where f.ambito_id = ${ambito_id} and f.kind = ${kind} and f.action = ${action} and f.person_id is not null and f.reverses is null
        and f.on_day >= ${since > starts_on ? since : starts_on} and f.on_day <= ${to} ${until === 'infinity' ? sql`` : sql`and f.on_day < ${until}`}`,
  )
  return sql.join(stretches, sql` union all `)
}

/** The same for some persons only, whichever of their files a fact was written under. */
function ofSome({ ambito_id }: Ctx, plan: PersonPlan, { starts_on, to }: Window, canonical_ids: readonly string[]) {
  const wanted = maskedMatches(plan)
  return sql`
    select f.person_id, f.on_day, f.id, m.mask
    from (select distinct person_id from people.standing where ambito_id = ${ambito_id} and canonical_id = any (${canonical_ids}::uuid[])) file
    cross join lateral (
      select person_id, on_day, id, kind, action from monitoring.fact
      where ambito_id = ${ambito_id} and person_id = file.person_id and reverses is null and on_day between ${starts_on} and ${to} offset 0
    ) f
    join unnest(${wanted.map((one) => one.kind)}::text[], ${wanted.map((one) => one.action)}::text[], ${wanted.map((one) => one.since)}::date[],
      ${wanted.map((one) => one.until)}::date[], ${wanted.map((one) => one.mask)}::int[]) as m (kind, action, since, until, mask)
      on m.kind = f.kind and m.action = f.action and f.on_day >= m.since and f.on_day < m.until`
}

/**
 * The facts that count, under the canonical person: reversed ones are gone, of rows of the eligible only those of days on
 * which the standing was yes are left, of rows of anybody all. `who` is birth and gender in one number. Each step is fenced
 * (offset 0): what is asked of it later is not computed again for every use.
 */
function keptFacts(ctx: Ctx, plan: PersonPlan, window: Window, some?: readonly string[]) {
  const { ambito_id } = ctx
  const anybody = bitsOf(plan, ({ eligible }) => !eligible)
  const whose = some ? sql`and canonical_id = any (${some}::uuid[])` : sql``
  const fence = some ? sql`offset 0` : sql``
  return sql`
    select coalesce(m.canonical_id, f.person_id) as canonical_id, s.who, f.on_day,
      case when f.on_day >= s.since and f.on_day < s.until then f.mask else f.mask & ${sql.lit(anybody)} end as mask
    from (${some ? ofSome(ctx, plan, window, some) : ofEverybody(ctx, plan, window)}) f
    left join people.merged m on m.ambito_id = ${ambito_id} and m.person_id = f.person_id
    left join (
      select canonical_id, (born - ${epoch}) * 4 + case gender when 'F' then 1 when 'M' then 2 when 'X' then 3 end as who,
        coalesce(lower(valid), '-infinity') as since, coalesce(upper(valid), 'infinity') as until
      from people.eligible where ambito_id = ${ambito_id} ${whose} ${fence}
    ) s on s.canonical_id = coalesce(m.canonical_id, f.person_id)
    where f.id not in (select reverses from monitoring.fact where ambito_id = ${ambito_id} and reverses is not null) ${fence}`
}
const epoch = sql`date '1800-01-01'`
const bornOf = (who: Sql) => sql`(${epoch} + ${who} / 4)`
/** 1, 2 or 3, as the bands stand in `ages`; null of whom nothing counts. */
const ageOf = (who: Sql, on: Sql) => sql`case when ${bornOf(who)} > ${on} - interval '18 years' then 1
  when ${bornOf(who)} <= ${on} - interval '61 years' then 3 when ${who} is not null and ${on} is not null then 2 end`

/**
 * How many people of each cell have done what, before the period and within it. A million facts go through each aggregate, so
 * there are few: what was done before and within in one number (32 bits each), and the first day as a participant or, of who
 * is none, of any row of the eligible, which are put `later`.
 */
export async function sweepEverybody(ctx: Ctx, plan: PersonPlan, window: Window) {
  const eligible = sql.lit(bitsOf(plan, (column) => column.eligible))
  const first = sql.lit(bitsOf(plan, ({ codes }) => codes.includes(participants)))
  const later = sql.lit(1_000_000)
  const day = sql`(on_day - ${epoch})`
  const { rows } = await inOneSweep(ctx, () =>
    sql<Line>`
      select coalesce(who % 4, 0) as gender, coalesce(${ageOf(sql`who`, sql`served`)}, 0) as age,
        (seen & 4294967295)::int as before, (seen >> 32)::int as within, count(*)::int as people
      from (
        select min(who) as who, bit_or(mask::bigint << case when on_day < ${window.from} then 0 else 32 end) as seen,
          ${epoch} + min(case when mask & ${first} <> 0 then ${day} when mask & ${eligible} <> 0 then ${day} + ${later} end) % ${later} as served
        from (${keptFacts(ctx, plan, window)}) fact where mask <> 0 group by canonical_id offset 0
      ) person
      group by 1, 2, 3, 4`.execute(ctx.db),
  )
  return rows
}

/** The canonical files of all who count in a row. */
export async function everybodyIn(ctx: Ctx, plan: PersonPlan, window: Window, code: string) {
  const wanted = new Set(neededFor(plan, code))
  const bits = bitsOf(plan, ({ codes }) => codes.some((one) => wanted.has(one)))
  const { rows } = await inOneSweep(ctx, () =>
    sql<{ canonical_id: string }>`
      select canonical_id from (${keptFacts(ctx, plan, window)}) fact where mask <> 0
      group by canonical_id having bit_or(mask) & ${sql.lit(bits)} = ${sql.lit(bits)}`.execute(ctx.db),
  )
  return rows.map(({ canonical_id }) => canonical_id)
}

export type Month = { month: string; served: number; countable: number }

/** Of each month: how many were served, and how many of them with a service that counts. */
export async function sweepMonths(ctx: Ctx, plan: PersonPlan, window: Window): Promise<Month[]> {
  const { rows } = await inOneSweep(ctx, () =>
    sql<Month>`
      select to_char(on_day, 'YYYY-MM') as month, count(distinct canonical_id)::int as served,
        count(distinct canonical_id) filter (where mask <> 0)::int as countable
      from (${keptFacts(ctx, plan, window)}) fact group by 1 order by 1`.execute(ctx.db),
  )
  return rows
}

function column(plan: PersonPlan, name: 'first' | 'last', code: string): Sql {
  const found = columnsOf(plan).find(({ codes }) => codes.includes(code))
  return found ? sql.ref(`${name}_${found.at}`) : sql`null::date`
}
export const entryColumn = ({ rows }: PersonPlan, code: string) =>
  sql.ref(`entry_${rows.findIndex((row) => row.code === code)}`)
export const lastColumn = (plan: PersonPlan, code: string) => column(plan, 'last', code)

/** The day from which somebody counts in a row: in a row of a row, not before being in the wider one. */
function entry(plan: PersonPlan, code: string): Sql {
  const all = neededFor(plan, code).map((one) => column(plan, 'first', one))
  const known = sql.join(
    all.map((one) => sql`${one} is not null`),
    sql` and `,
  )
  return sql`case when ${known} then greatest(${sql.join(all)}) end`
}

/**
 * Of these persons: gender, the age band (that of the first day as a participant, the same in every row), and for each row
 * the day of entry; for rows of anybody the last day too.
 */
export function entriesOfSome(ctx: Ctx, plan: PersonPlan, window: Window, canonical_ids: readonly string[]) {
  const columns = columnsOf(plan)
  const days = columns.flatMap(({ at, bit, last }) => {
    const here = sql`mask & ${sql.lit(bit)} <> 0`
    const first = sql`min(on_day) filter (where ${here}) as ${sql.ref(`first_${at}`)}`
    return last ? [first, sql`max(on_day) filter (where ${here}) as ${sql.ref(`last_${at}`)}`] : [first]
  })
  const firsts = columns.filter(({ eligible }) => eligible).map(({ at }) => sql.ref(`first_${at}`))
  const served = sql`coalesce(${column(plan, 'first', participants)}, least(${sql.join([...firsts, sql`null::date`])}))`
  return sql`
    select e.*, (array['F', 'M', 'X'])[who % 4] as gender, (array['<18', '18-60', '>60'])[${ageOf(sql`who`, served)}] as age,
      ${sql.join(plan.rows.map(({ code }) => sql`${entry(plan, code)} as ${entryColumn(plan, code)}`))}
    from (
      select canonical_id, min(who) as who, ${sql.join(days)}
      from (${keptFacts(ctx, plan, window, canonical_ids)}) fact where mask <> 0 group by canonical_id offset 0
    ) e`
}

/**
 * Reading everybody wants room in memory, and hashing: sorting a million facts by person, as the planner would rather do,
 * costs twice as much; other processors may read the stretches meanwhile. And it wants time, when a large Ambito's machine is
 * busy. Only while `work` runs. One processor helps: each that does makes its own heap of all the persons, to be joined at the end.
 */
export async function inOneSweep<Result>({ db }: Ctx, work: () => Promise<Result>) {
  await sql`select set_config(name, value, true) from (values ('work_mem', '96MB'), ('jit', 'off'), ('enable_mergejoin', 'off'),
    ('max_parallel_workers_per_gather', '1'), ('parallel_setup_cost', '0'), ('parallel_tuple_cost', '0.001'), ('statement_timeout', '30s')) sweep (name, value)`.execute(
    db,
  )
  const result = await work()
  await sql`select set_config(name, reset_val, true) from pg_settings where name in ('work_mem', 'jit', 'enable_mergejoin', 'max_parallel_workers_per_gather',
    'parallel_setup_cost', 'parallel_tuple_cost', 'statement_timeout')`.execute(db)
  return result
}
