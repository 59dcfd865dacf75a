/**
 * The scan behind every count of people: for each canonical person and row, the earliest day that counts. The kinds a row
 * wants are read one by one from the index that begins with the kind, so the ledger itself is not touched.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Match, parentsOf, type Version } from '../rules/definitions.ts'
import { type Age, ages, type Gender, genders } from '../rules/report.ts'

/** The days of the project up to the end of the period, and the first day of the period. */
export type Window = { starts_on: string; from: string; to: string }

/** The row whose first day decides a person's age band in every row. */
const participants = 'O.2.3'

export type PersonPlan = {
  /** Rows that count persons, in the version of the period's last day. */
  rows: readonly Version[]
  matches: readonly Match[]
}
type Sql = RawBuilder<unknown>

/** Rows of eligible persons want another day than rows of anybody; rows that want the same facts share their columns. */
function columnsOf({ rows, matches }: PersonPlan) {
  const groups = Map.groupBy(rows, ({ code, counts }) => {
    const wanted = matches.flatMap(({ codes }, at) => (codes.includes(code) ? at : []))
    return wanted.length === 0 ? '' : `${counts === 'persons' ? 'eligible' : 'anybody'} ${wanted.join()}`
  })
  groups.delete('')
  if (groups.size > most_columns) throw new Error(`at most ${most_columns} kinds of people may be counted`)
  return [...groups.values()].map((own, at) => ({
    at,
    codes: own.map(({ code }) => code),
    eligible: own[0]?.counts === 'persons',
    last: own.some(({ counts }) => counts === 'people'),
  }))
}
/** A bit for each; JavaScript writes whole numbers exactly up to 53 bits. */
const most_columns = 52

function column(plan: PersonPlan, name: 'first' | 'last', code: string): Sql {
  const found = columnsOf(plan).find(({ codes }) => codes.includes(code))
  return found ? sql.ref(`${name}_${found.at}`) : sql`null::date`
}
export const entryColumn = ({ rows }: PersonPlan, code: string) =>
  sql.ref(`entry_${rows.findIndex((row) => row.code === code)}`)
export const lastColumn = (plan: PersonPlan, code: string) => column(plan, 'last', code)

function masked(plan: PersonPlan) {
  const columns = columnsOf(plan)
  const mask = (codes: readonly string[]) =>
    columns.reduce((sum, one) => sum + (one.codes.some((code) => codes.includes(code)) ? 2 ** one.at : 0), 0)
  return plan.matches.map((match) => ({ ...match, mask: mask(match.codes) })).filter(({ mask }) => mask > 0)
}
export const wantsNothing = (plan: PersonPlan) => masked(plan).length === 0

/** Facts of everybody, each with the rows that want it: one stretch of the index for each kind, whose size the planner knows. */
function ofEverybody({ ambito_id }: Ctx, plan: PersonPlan, { starts_on, to }: Window) {
  const stretches = masked(plan).map(
    ({ kind, action, since, until, mask }) => sql`
      select f.person_id, f.on_day, f.id, ${sql.lit(mask)}::bigint as mask from monitoring.fact f
      where f.ambito_id = ${ambito_id} and f.kind = ${kind} and f.action = ${action} and f.person_id is not null and f.reverses is null
        and f.on_day >= ${since > starts_on ? since : starts_on} and f.on_day <= ${to} ${until === 'infinity' ? sql`` : sql`and f.on_day < ${until}`}`,
  )
  return sql.join(stretches, sql` union all `)
}

/** The same for some persons only, whichever of their files a fact was written under. */
function ofSome({ ambito_id }: Ctx, plan: PersonPlan, { starts_on, to }: Window, canonical_ids: readonly string[]) {
  const wanted = masked(plan)
  return sql`
    select f.person_id, f.on_day, f.id, m.mask
    from (select distinct person_id from people.standing where ambito_id = ${ambito_id} and canonical_id = any (${canonical_ids}::uuid[])) file
    cross join lateral (
      select person_id, on_day, id, kind, action from monitoring.fact
      where ambito_id = ${ambito_id} and person_id = file.person_id and reverses is null and on_day between ${starts_on} and ${to} offset 0
    ) f
    join unnest(${wanted.map((one) => one.kind)}::text[], ${wanted.map((one) => one.action)}::text[], ${wanted.map((one) => one.since)}::date[],
      ${wanted.map((one) => one.until)}::date[], ${wanted.map((one) => one.mask)}::bigint[]) as m (kind, action, since, until, mask)
      on m.kind = f.kind and m.action = f.action and f.on_day >= m.since and f.on_day < m.until`
}

/**
 * One line per canonical person: gender, birth, and the first day that counts for each column. Reversed facts are gone; of
 * eligible persons only the days on which their standing is yes are left, of anybody every day.
 */
function entries(ctx: Ctx, plan: PersonPlan, window: Window, some: readonly string[] | undefined) {
  const { ambito_id } = ctx
  const columns = columnsOf(plan)
  const anybody = columns.reduce((sum, { at, eligible }) => sum + (eligible ? 0 : 2 ** at), 0)
  const aggregates = columns.flatMap(({ at, last }) => {
    const here = sql`mask & ${sql.lit(2 ** at)} <> 0`
    const first = sql`min(on_day) filter (where ${here}) as ${sql.ref(`first_${at}`)}`
    return last ? [first, sql`max(on_day) filter (where ${here}) as ${sql.ref(`last_${at}`)}`] : [first]
  })
  const whose = some ? sql`and canonical_id = any (${some}::uuid[])` : sql``
  return sql`
    select canonical_id, min(gender) as gender, min(born) as born, ${sql.join(aggregates)} from (
      select coalesce(s.canonical_id, f.person_id) as canonical_id, s.gender, s.born, f.on_day,
        case when f.on_day >= s.since and f.on_day < s.until then f.mask else f.mask & ${sql.lit(anybody)} end as mask
      from (${some ? ofSome(ctx, plan, window, some) : ofEverybody(ctx, plan, window)}) f
      left join (
        select person_id, canonical_id, gender, born, case verdict when 'yes' then coalesce(lower(valid), '-infinity') else 'infinity' end as since,
          coalesce(upper(valid), 'infinity') as until
        from people.standing where ambito_id = ${ambito_id} and (verdict = 'yes' or person_id <> canonical_id) ${whose} offset 0
      ) s on s.person_id = f.person_id
      where f.id not in (select reverses from monitoring.fact where ambito_id = ${ambito_id} and reverses is not null) offset 0
    ) fact
    where mask <> 0
    group by canonical_id`
}

/** The day from which somebody counts in a row: in a row of a row, not before being in the wider one. */
function entry(plan: PersonPlan, code: string): Sql {
  const own = column(plan, 'first', code)
  const wider = parentsOf(plan.rows, code).filter((parent) => plan.rows.some((row) => row.code === parent))
  if (wider.length === 0) return own
  const all = [own, ...wider.map((parent) => column(plan, 'first', parent))]
  const known = sql.join(
    all.map((one) => sql`${one} is not null`),
    sql` and `,
  )
  return sql`case when ${known} then greatest(${sql.join(all)}) end`
}

/**
 * With the day of entry into every row, and the age band: that of the first day as a participant, the same in every row.
 * Each step is fenced: what is asked of it later is not computed again for every use.
 */
export function counted(ctx: Ctx, plan: PersonPlan, window: Window, some?: readonly string[]) {
  const own = plan.rows.filter((row) => row.counts === 'persons').map((row) => row.code)
  const firsts = [...new Set([...own.filter((code) => code === participants), ...own])].map((code) =>
    column(plan, 'first', code),
  )
  return sql`
    select e.*, case when born > served - interval '18 years' then '<18' when born <= served - interval '61 years' then '>60'
      when born is not null and served is not null then '18-60' end as age
    from (
      select e.*, coalesce(${sql.join([...firsts, sql`null::date`])}) as served,
        ${sql.join(plan.rows.map(({ code }) => sql`${entry(plan, code)} as ${entryColumn(plan, code)}`))}
      from (${entries(ctx, plan, window, some)}) e offset 0
    ) e offset 0`
}

export type PersonSum = { gender: Gender | null; age: Age | null; code: string; value: number; new: number }
type Line = { cell: number } & Record<string, number>

export async function sumPersons(ctx: Ctx, plan: PersonPlan, window: Window): Promise<PersonSum[]> {
  if (wantsNothing(plan)) return []
  const sums = plan.rows.flatMap(({ code, counts }, at) => {
    const told = counts === 'people' ? lastColumn(plan, code) : entryColumn(plan, code)
    return [
      sql`count(${entryColumn(plan, code)})::int as ${sql.ref(`value_${at}`)}`,
      sql`count(*) filter (where ${told} >= ${window.from})::int as ${sql.ref(`new_${at}`)}`,
    ]
  })
  // A number for each cell: sorting words of a hundred thousand people would take longer than finding them.
  const cell = sql`coalesce(array_position(${[...genders]}::text[], gender::text), 0) * 10 + coalesce(array_position(${[...ages]}::text[], age), 0)`
  const { rows } = await inOneSweep(ctx, () =>
    sql<Line>`select cell, ${sql.join(sums)} from (select c.*, ${cell} as cell from (${counted(ctx, plan, window)}) c offset 0) c group by cell`.execute(
      ctx.db,
    ),
  )
  return rows.flatMap(({ cell, ...line }) =>
    plan.rows.map(({ code }, at) => ({
      gender: genders[Math.floor(cell / 10) - 1] ?? null,
      age: ages[(cell % 10) - 1] ?? null,
      code,
      value: line[`value_${at}`] ?? 0,
      new: line[`new_${at}`] ?? 0,
    })),
  )
}

/**
 * Reading everybody wants room in memory, and hashing: sorting a million facts by person, as the planner would rather do,
 * costs twice as much. And it wants time, when a large Ambito's machine is busy. Only while `work` runs.
 */
export async function inOneSweep<Result>({ db }: Ctx, work: () => Promise<Result>) {
  await sql`select set_config(name, value, true) from (values ('work_mem', '96MB'), ('jit', 'off'), ('enable_mergejoin', 'off'),
    ('statement_timeout', '30s')) sweep (name, value)`.execute(db)
  const result = await work()
  await sql`select set_config(name, reset_val, true) from pg_settings where name in ('work_mem', 'jit', 'enable_mergejoin', 'statement_timeout')`.execute(
    db,
  )
  return result
}
