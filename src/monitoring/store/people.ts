/** Who stands behind a figure, what proves it, and who is not countable yet. */
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Match } from '../rules/definitions.ts'
import { type Age, type Gender, type Reason, reasons } from '../rules/report.ts'
import { counted, entryColumn, lastColumn, type PersonPlan, type Window } from './report.ts'

export type Asked = {
  code: string
  gender?: Gender | undefined
  age?: Age | undefined
  only_new?: boolean
  after?: string | undefined
  limit: number
}
export type Counted = { person_id: string; since: string; gender: Gender | null; age: Age }

/** The people of a figure or of one of its cells, in the order of their files; `after` goes on from there. */
export async function listPeople(ctx: Ctx, plan: PersonPlan, window: Window, asked: Asked): Promise<Counted[]> {
  const row = plan.rows.find(({ code }) => code === asked.code)
  const entry = entryColumn(plan, asked.code)
  const fresh = row?.counts === 'people' ? lastColumn(plan, asked.code) : entry
  const wanted: RawBuilder<unknown>[] = [sql`${entry} is not null`]
  if (asked.only_new) wanted.push(sql`${fresh} >= ${window.from}`)
  if (asked.gender) wanted.push(sql`gender = ${asked.gender}`)
  if (asked.age) wanted.push(sql`age = ${asked.age}`)
  if (asked.after) wanted.push(sql`canonical_id > ${asked.after}`)
  const { rows } = await sql<Counted>`
    select canonical_id as person_id, ${entry} as since, gender, age from (${counted(ctx, plan, window)}) c
    where ${sql.join(wanted, sql` and `)} order by canonical_id limit ${asked.limit}`.execute(ctx.db)
  return rows
}

export type Evidence = {
  id: string
  kind: string
  action: string
  on_day: string
  minutes: number | null
  evidence: string
  verdict: string
  reason: Reason | null
  recorded_at: string
}

/** One person's facts that a row wants, under all files of that person, with where the person stood on each day. */
export async function listEvidence(
  { db, ambito_id }: Ctx,
  canonical_id: string,
  code: string,
  matches: readonly Match[],
  { starts_on, to }: Window,
) {
  const wanted = matches.filter(({ codes }) => codes.includes(code))
  const { rows } = await sql<Evidence>`
    select f.id, f.kind, f.action, f.on_day, f.minutes, f.evidence, f.recorded_at, s.verdict, s.reason
    from people.standing s
    join monitoring.fact f on f.ambito_id = ${ambito_id} and f.person_id = s.person_id and s.valid @> f.on_day
    join ${matchTable(wanted)} on m.kind = f.kind and m.action = f.action and f.on_day >= m.since and f.on_day < m.until
    where s.ambito_id = ${ambito_id} and s.canonical_id = ${canonical_id} and f.reverses is null and f.on_day between ${starts_on} and ${to}
      and not exists (select from monitoring.fact later where later.ambito_id = ${ambito_id} and later.reverses = f.id)
    order by f.on_day, f.recorded_at, f.id`.execute(db)
  return rows
}

const matchTable = (
  wanted: readonly Match[],
) => sql`unnest(${wanted.map((one) => one.kind)}::text[], ${wanted.map((one) => one.action)}::text[],
  ${wanted.map((one) => one.since)}::date[], ${wanted.map((one) => one.until)}::date[]) as m (kind, action, since, until)`

export type Waiting = { person_id: string; reason: Reason; facts: number; last_day: string }

/**
 * Whoever was served and has no kept fact. One kept fact is enough to count, so of a person served on several days the day
 * nearest to counting speaks: its reason is what there is to mend.
 */
function waiting({ ambito_id }: Ctx, code: string, matches: readonly Match[], { starts_on, to }: Window) {
  const wanted = matches.filter(({ codes }) => codes.includes(code))
  return sql`
    select s.canonical_id as person_id, (${[...reasons]}::text[])[max(array_position(${[...reasons]}::text[], s.reason))] as reason,
      count(*)::int as facts, max(f.on_day) as last_day
    from monitoring.fact f
    join ${matchTable(wanted)} on m.kind = f.kind and m.action = f.action and f.on_day >= m.since and f.on_day < m.until
    join people.standing s on s.ambito_id = ${ambito_id} and s.person_id = f.person_id and s.valid @> f.on_day
    where f.ambito_id = ${ambito_id} and f.person_id is not null and f.reverses is null and f.on_day between ${starts_on} and ${to}
      and not exists (select from monitoring.fact later where later.ambito_id = ${ambito_id} and later.reverses = f.id)
    group by s.canonical_id having not bool_or(s.verdict = 'yes')`
}

export async function countWaiting(ctx: Ctx, code: string, matches: readonly Match[], window: Window) {
  const { rows } = await sql<{ reason: Reason; people: number }>`
    select reason, count(*)::int as people from (${waiting(ctx, code, matches, window)}) w group by reason`.execute(
    ctx.db,
  )
  return rows
}

/** Those served last come first: they are the easiest to ask. */
export async function listWaiting(
  ctx: Ctx,
  code: string,
  matches: readonly Match[],
  window: Window,
  reason: Reason | undefined,
  page: { limit: number; offset: number },
) {
  const only = reason ? sql`where reason = ${reason}` : sql``
  const { rows } = await sql<Waiting>`
    select * from (${waiting(ctx, code, matches, window)}) w ${only} order by last_day desc, person_id limit ${page.limit} offset ${page.offset}`.execute(
    ctx.db,
  )
  return rows
}

/** The day from which one person counts, for each row that counts it. */
export async function entriesOf(ctx: Ctx, plan: PersonPlan, window: Window, person_id: string) {
  const only = sql`f.person_id in (select p.person_id from people.standing p where p.ambito_id = ${ctx.ambito_id} and p.canonical_id =
    (select c.canonical_id from people.standing c where c.ambito_id = ${ctx.ambito_id} and c.person_id = ${person_id} limit 1))`
  const columns = plan.rows.map(({ code }) => entryColumn(plan, code))
  if (plan.matches.every(({ codes }) => codes.length === 0) || columns.length === 0) return new Map<string, string>()
  const { rows } = await sql<
    Record<string, string | null>
  >`select ${sql.join(columns)} from (${counted(ctx, plan, window, only)}) c`.execute(ctx.db)
  const days = rows[0] ? Object.values(rows[0]) : []
  return new Map(plan.rows.flatMap(({ code }, at) => (days[at] ? [[code, days[at]] as const] : [])))
}
