/** Who stands behind a figure, what proves it, and who is not countable yet. */
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { neededFor, type PersonPlan, wantsNothing } from '../rules/columns.ts'
import type { Match } from '../rules/definitions.ts'
import { type Age, type Gender, type Reason, reasons } from '../rules/report.ts'
import { entriesOfSome, entryColumn, inOneSweep, lastColumn, type Window } from './persons.ts'

export type Asked = {
  code: string
  gender?: Gender | undefined
  age?: Age | undefined
  only_new: boolean
  after?: string | undefined
  limit: number
  /** Leaves of some persons those wanted. */
  among?: ((canonical_ids: readonly string[]) => Promise<readonly string[]>) | undefined
}
export type Counted = { person_id: string; since: string; gender: Gender | null; age: Age | null }

/**
 * The people of a figure or of one of its cells, in the order of their files; `after` goes on from there. Files are walked
 * in that order, more at each step, and only those who may be among them are judged: a page costs as much as a page.
 */
export async function listPeople(ctx: Ctx, plan: PersonPlan, window: Window, asked: Asked): Promise<Counted[]> {
  const found: Counted[] = []
  let step: Step = { candidates: [], next: asked.after ?? first_id }
  for (let size = 1000; step.next !== null && found.length < asked.limit; size *= 4) {
    step = await walk(ctx, plan, window, asked, step.next, size)
    const wanted = asked.among ? await asked.among(step.candidates) : step.candidates
    if (wanted.length > 0) found.push(...(await judge(ctx, plan, window, asked, wanted)))
  }
  return found.slice(0, asked.limit)
}
const first_id = '00000000-0000-0000-0000-000000000000'
type Step = { candidates: readonly string[] /** Null at the end of all files. */; next: string | null }

/**
 * Some lines of standing from a file on: of them, whoever has a fact of the row, is of that gender and could be of that age on
 * some day of the project. A step may end in the middle of a file, which is then begun again by the next.
 */
async function walk(
  { db, ambito_id }: Ctx,
  plan: PersonPlan,
  { starts_on, from, to }: Window,
  asked: Asked,
  start: string,
  size: number,
): Promise<Step> {
  const rows = asked.only_new ? neededFor(plan, asked.code) : [asked.code]
  const kinds = plan.matches.filter(({ codes }) => codes.some((code) => rows.includes(code))).map(({ kind }) => kind)
  const eligible = plan.rows.some(({ code, counts }) => code === asked.code && counts === 'persons')
  const where: RawBuilder<unknown>[] = [asked.after ? sql`canonical_id > ${asked.after}` : sql`true`]
  if (eligible) where.push(sql`verdict = 'yes'`)
  if (asked.gender) where.push(sql`gender = ${asked.gender}`)
  if (asked.age === '<18') where.push(sql`born > ${starts_on}::date - interval '18 years'`)
  if (asked.age === '18-60')
    where.push(sql`born between ${starts_on}::date - interval '61 years' and ${to}::date - interval '18 years'`)
  if (asked.age === '>60') where.push(sql`born <= ${to}::date - interval '61 years'`)
  const { rows: steps } = await sql<{ lines: number; last: string | null; candidates: string[] }>`
    with line as materialized (
      select canonical_id, person_id, verdict, gender, born from people.standing
      where ambito_id = ${ambito_id} and canonical_id >= ${start} order by canonical_id limit ${size}
    )
    select (select count(*)::int from line) as lines, (select canonical_id from line order by canonical_id desc limit 1) as last,
      array(
        select distinct canonical_id from line cross join lateral (
          select from monitoring.fact f where f.ambito_id = ${ambito_id} and f.person_id = line.person_id and f.reverses is null
            and f.on_day between ${asked.only_new ? from : starts_on} and ${to} and f.kind = any (${[...new Set(kinds)]}::text[]) limit 1
        ) served
        where ${sql.join(where, sql` and `)}
      ) as candidates`.execute(db)
  const { lines = 0, last = null, candidates = [] } = steps[0] ?? {}
  // A file longer than a step would begin again for ever: no file has a thousand lines.
  const next = lines < size ? null : last
  return { candidates: candidates.filter((id) => id !== next), next }
}

async function judge(
  ctx: Ctx,
  plan: PersonPlan,
  window: Window,
  { code, gender, age, only_new }: Asked,
  candidates: readonly string[],
) {
  const entry = entryColumn(plan, code)
  const told = plan.rows.some((row) => row.code === code && row.counts === 'people') ? lastColumn(plan, code) : entry
  const where: RawBuilder<unknown>[] = [sql`${entry} is not null`]
  if (only_new) where.push(sql`${told} >= ${window.from}`)
  if (gender) where.push(sql`gender = ${gender}`)
  if (age) where.push(sql`age = ${age}`)
  const { rows } = await sql<Counted>`
    select canonical_id as person_id, ${entry} as since, gender, age from (${entriesOfSome(ctx, plan, window, candidates)}) c
    where ${sql.join(where, sql` and `)} order by canonical_id`.execute(ctx.db)
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
export type WaitingPage = { counts: { reason: Reason; people: number }[]; people: Waiting[] }

/** Whoever was served, each once: whether a fact is kept and, where none is, the reason of the day nearest to counting. */
function served(
  { ambito_id }: Ctx,
  code: string,
  matches: readonly Match[],
  { starts_on, to }: Window,
  days: { from: string; to: string } = { from: starts_on, to },
) {
  const wanted = matches.filter(({ codes }) => codes.includes(code))
  return sql`
    select s.canonical_id as person_id, bool_or(s.verdict = 'yes') as countable, (${[...reasons]}::text[])[max(s.rank)] as reason,
      count(*)::int as facts, max(f.on_day) as last_day
    from ${matchTable(wanted)}
    join monitoring.fact f on f.kind = m.kind and f.action = m.action and f.on_day >= m.since and f.on_day < m.until
    join (
      select person_id, canonical_id, valid, verdict, array_position(${[...reasons]}::text[], reason) as rank
      from people.standing where ambito_id = ${ambito_id} offset 0
    ) s on s.person_id = f.person_id and s.valid @> f.on_day
    where f.ambito_id = ${ambito_id} and f.person_id is not null and f.reverses is null and f.on_day between ${starts_on} and ${to}
      and f.on_day between ${days.from} and ${days.to}
      and f.id not in (select reverses from monitoring.fact where ambito_id = ${ambito_id} and reverses is not null)
    group by s.canonical_id`
}

export type Served = { person_id: string; countable: boolean; reason: Reason | null; facts: number; last_day: string }
export type ServedPage = { served: number; countable: number; people: Served[] }

/** Whoever was served on some days, those with a kept fact among them or not. */
export async function listServed(
  ctx: Ctx,
  code: string,
  matches: readonly Match[],
  window: Window,
  {
    days,
    countable,
    limit,
    offset,
  }: { days: { from: string; to: string }; countable?: boolean | undefined; limit: number; offset: number },
): Promise<ServedPage> {
  const { rows } = await inOneSweep(ctx, () =>
    sql<ServedPage>`
      with served as materialized (${served(ctx, code, matches, window, days)})
      select count(*)::int as served, (count(*) filter (where countable))::int as countable,
        coalesce((select json_agg(p) from (
          select * from served ${countable === undefined ? sql`` : sql`where countable = ${countable}`}
          order by last_day desc, person_id limit ${limit} offset ${offset}
        ) p), '[]') as people
      from served`.execute(ctx.db),
  )
  return rows[0] ?? { served: 0, countable: 0, people: [] }
}

/**
 * Whoever was served and has no kept fact. One kept fact is enough to count, so of a person served on several days the day
 * nearest to counting speaks: its reason is what there is to mend. Those served last come first: they are the easiest to ask.
 */
export async function listWaiting(
  ctx: Ctx,
  code: string,
  matches: readonly Match[],
  window: Window,
  { reason, limit, offset }: { reason?: Reason | undefined; limit: number; offset: number },
): Promise<WaitingPage> {
  const { rows } = await inOneSweep(ctx, () =>
    sql<WaitingPage>`
      with waiting as materialized (${served(ctx, code, matches, window)} having not bool_or(s.verdict = 'yes'))
      select
        coalesce((select json_agg(c) from (select reason, count(*)::int as people from waiting group by reason) c), '[]') as counts,
        coalesce((select json_agg(p) from (
          select * from waiting ${reason ? sql`where reason = ${reason}` : sql``} order by last_day desc, person_id limit ${limit} offset ${offset}
        ) p), '[]') as people`.execute(ctx.db),
  )
  return rows[0] ?? { counts: [], people: [] }
}

/** The day from which one person counts, for each row that counts it. */
export async function entriesOf(ctx: Ctx, plan: PersonPlan, window: Window, canonical_id: string) {
  if (wantsNothing(plan)) return new Map<string, string>()
  const columns = plan.rows.map(({ code }) => entryColumn(plan, code))
  const { rows } = await sql<Record<string, string | null>>`
    select ${sql.join(columns)} from (${entriesOfSome(ctx, plan, window, [canonical_id])}) c`.execute(ctx.db)
  const days = Object.values(rows[0] ?? {})
  return new Map(plan.rows.flatMap(({ code }, at) => (days[at] ? [[code, days[at]] as const] : [])))
}

/** The file that stands for a person; the person's own unless it was merged. */
export async function canonicalOf({ db, ambito_id }: Ctx, person_id: string) {
  const { rows } = await sql<{ canonical_id: string }>`
    select canonical_id from people.standing where ambito_id = ${ambito_id} and person_id = ${person_id} limit 1`.execute(
    db,
  )
  return rows[0]?.canonical_id ?? person_id
}
