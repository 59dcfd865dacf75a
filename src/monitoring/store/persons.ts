/**
 * The scan behind every count of people: for each canonical person and row, the earliest day that counts. The kinds a row
 * wants are read one by one from the index that begins with the kind, so the ledger itself is not touched.
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
type Sql = RawBuilder<unknown>

const column = (plan: PersonPlan, name: 'first' | 'last' | 'entry', code: string) =>
  sql.ref(`${name}_${plan.rows.findIndex((row) => row.code === code)}`)
export const entryColumn = (plan: PersonPlan, code: string) => column(plan, 'entry', code)
export const lastColumn = (plan: PersonPlan, code: string) => column(plan, 'last', code)

/** A bit for each row; JavaScript writes whole numbers exactly up to 53 bits. */
const most_rows = 52
const bitsOf = ({ rows }: PersonPlan, only: (row: Version) => boolean = () => true) =>
  new Map(rows.flatMap((row, at) => (only(row) ? [[row.code, 2 ** at] as const] : [])))
const sumOf = (bits: ReadonlyMap<string, number>, codes: readonly string[]) =>
  codes.reduce((sum, code) => sum + (bits.get(code) ?? 0), 0)

function masked(plan: PersonPlan) {
  if (plan.rows.length > most_rows) throw new Error(`at most ${most_rows} rows may count persons`)
  const bits = bitsOf(plan)
  return plan.matches.map((match) => ({ ...match, mask: sumOf(bits, match.codes) })).filter(({ mask }) => mask > 0)
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
    join monitoring.fact f on f.ambito_id = ${ambito_id} and f.person_id = file.person_id and f.reverses is null and f.on_day between ${starts_on} and ${to}
    join unnest(${wanted.map((one) => one.kind)}::text[], ${wanted.map((one) => one.action)}::text[], ${wanted.map((one) => one.since)}::date[],
      ${wanted.map((one) => one.until)}::date[], ${wanted.map((one) => one.mask)}::bigint[]) as m (kind, action, since, until, mask)
      on m.kind = f.kind and m.action = f.action and f.on_day >= m.since and f.on_day < m.until`
}

/**
 * One line per canonical person: gender, birth, and for each row the first day that counts there. Reversed facts are gone;
 * rows of eligible persons want a day on which their standing is yes, the others any day.
 */
function entries(ctx: Ctx, plan: PersonPlan, window: Window, some: readonly string[] | undefined) {
  const { ambito_id } = ctx
  const bits = bitsOf(plan)
  const anybody = sumOf(
    bitsOf(plan, (row) => row.counts !== 'persons'),
    plan.rows.map((row) => row.code),
  )
  const columns = plan.rows.flatMap(({ code, counts }) => {
    const here = sql`mask & ${sql.lit(bits.get(code) ?? 0)} <> 0`
    const first = sql`min(on_day) filter (where ${here}) as ${column(plan, 'first', code)}`
    return counts === 'persons'
      ? [first]
      : [first, sql`max(on_day) filter (where ${here}) as ${column(plan, 'last', code)}`]
  })
  const whose = some ? sql`and canonical_id = any (${some}::uuid[])` : sql``
  return sql`
    select canonical_id, gender, born, ${sql.join(columns)} from (
      select coalesce(s.canonical_id, merged.canonical_id, f.person_id) as canonical_id, s.gender, s.born, f.on_day,
        case when f.on_day >= s.since and f.on_day < s.until then f.mask else f.mask & ${sql.lit(anybody)} end as mask
      from (${some ? ofSome(ctx, plan, window, some) : ofEverybody(ctx, plan, window)}) f
      left join (
        select person_id, canonical_id, gender, born, coalesce(lower(valid), '-infinity') as since, coalesce(upper(valid), 'infinity') as until
        from people.standing where ambito_id = ${ambito_id} and verdict = 'yes' ${whose} offset 0
      ) s on s.person_id = f.person_id
      left join (
        select distinct person_id, canonical_id from people.standing where ambito_id = ${ambito_id} and person_id <> canonical_id ${whose} offset 0
      ) merged on merged.person_id = f.person_id
      where f.id not in (select reverses from monitoring.fact where ambito_id = ${ambito_id} and reverses is not null)
    ) fact
    where mask <> 0
    group by canonical_id, gender, born`
}

/** The day from which somebody counts in a row: in a row of a row, not before being in the wider one. */
function entry(plan: PersonPlan, code: string): Sql {
  const own = column(plan, 'first', code)
  const wider = parentsOf(plan.rows, code).filter((parent) => plan.rows.some((row) => row.code === parent))
  if (wider.length === 0) return sql`${own}`
  const all = [own, ...wider.map((parent) => column(plan, 'first', parent))]
  const known = sql.join(
    all.map((one) => sql`${one} is not null`),
    sql` and `,
  )
  return sql`case when ${known} then greatest(${sql.join(all)}) end`
}

/** With the day of entry into every row, and the age band: that of the first day as a participant, the same in every row. */
export function counted(ctx: Ctx, plan: PersonPlan, window: Window, some?: readonly string[]) {
  const own = plan.rows.filter((row) => row.counts === 'persons').map((row) => row.code)
  const ordered = [...own.filter((code) => code === participants), ...own]
  const served = sql`coalesce(${sql.join([...ordered.map((code) => column(plan, 'first', code)), sql`null::date`])})`
  return sql`
    select e.*, ${sql.join(plan.rows.map(({ code }) => sql`${entry(plan, code)} as ${entryColumn(plan, code)}`))},
      case when e.born is null or ${served} is null then null
        when e.born > ${served} - interval '18 years' then '<18' when e.born <= ${served} - interval '61 years' then '>60' else '18-60' end as age
    from (${entries(ctx, plan, window, some)}) e`
}

type Line = { gender: Gender | null; age: Age | null } & Record<string, number>
export type PersonSum = { gender: Gender | null; age: Age | null; code: string; value: number; new: number }

export async function sumPersons(ctx: Ctx, plan: PersonPlan, window: Window): Promise<PersonSum[]> {
  if (wantsNothing(plan)) return []
  const sums = plan.rows.flatMap(({ code, counts }, at) => {
    const told = counts === 'people' ? lastColumn(plan, code) : entryColumn(plan, code)
    return [
      sql`count(${entryColumn(plan, code)})::int as ${sql.ref(`value_${at}`)}`,
      sql`count(*) filter (where ${told} >= ${window.from})::int as ${sql.ref(`new_${at}`)}`,
    ]
  })
  const { rows } = await inOneSweep(ctx, () =>
    sql<Line>`select gender, age, ${sql.join(sums)} from (${counted(ctx, plan, window)}) c group by gender, age`.execute(
      ctx.db,
    ),
  )
  return rows.flatMap(({ gender, age, ...line }) =>
    plan.rows.map(({ code }, at) => ({
      gender,
      age,
      code,
      value: line[`value_${at}`] ?? 0,
      new: line[`new_${at}`] ?? 0,
    })),
  )
}

/**
 * Reading everybody wants room in memory and joins by hash: sorting a million facts by person, as the planner would rather
 * do, costs twice as much. Only while `work` runs.
 */
export async function inOneSweep<Result>({ db }: Ctx, work: () => Promise<Result>) {
  await sql`select set_config('work_mem', '96MB', true), set_config('jit', 'off', true), set_config('enable_mergejoin', 'off', true)`.execute(
    db,
  )
  const result = await work()
  await sql`select set_config('work_mem', boot.work_mem, true), set_config('enable_mergejoin', 'on', true)
    from (select reset_val as work_mem from pg_settings where name = 'work_mem') boot`.execute(db)
  return result
}
