/** What a figure that counts no persons is made of: its facts, or the distinct things it counts. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Match } from '../rules/definitions.ts'
import type { Window } from './persons.ts'
import { standingFacts, type Thing, things } from './sums.ts'

export type Piece = {
  /** Of a distinct thing the day it was first seen. */
  on_day: string
  kind: string | null
  person_id: string | null
  organisation: string | null
  minutes: number | null
  evidence: string | null
  recorded_at: string | null
  /** How many facts stand behind a thing that is counted once. */
  facts: number | null
}
type Asked = { only_new: boolean; limit: number; offset: number }

/** The last first. Of each stretch of the index only as many are read as may be shown. */
export async function listFacts(
  { db, ambito_id }: Ctx,
  code: string,
  matches: readonly Match[],
  { starts_on, from, to }: Window,
  { only_new, limit, offset }: Asked,
) {
  const own = matches.filter(({ codes }) => codes.includes(code))
  const { rows } = await sql<Piece>`
    select f.on_day, f.kind, f.person_id, f.organisation, f.minutes, f.evidence, f.recorded_at, null::int as facts
    from unnest(${own.map((one) => one.kind)}::text[], ${own.map((one) => one.action)}::text[],
      ${own.map((one) => one.since)}::date[], ${own.map((one) => one.until)}::date[]) as m (kind, action, since, until)
    cross join lateral (
      select * from monitoring.fact f
      where f.ambito_id = ${ambito_id} and f.kind = m.kind and f.action = m.action and f.reverses is null
        and f.on_day >= greatest(m.since, ${starts_on}::date, ${only_new ? from : null}::date) and f.on_day <= ${to} and f.on_day < m.until
        and not exists (select from monitoring.fact later where later.ambito_id = ${ambito_id} and later.reverses = f.id)
      order by f.on_day desc limit ${offset + limit}
    ) f
    order by f.on_day desc, f.id desc limit ${limit} offset ${offset}`.execute(db)
  return rows
}

export async function listThings(
  ctx: Ctx,
  thing: Thing,
  code: string,
  matches: readonly Match[],
  window: Window,
  { only_new, limit, offset }: Asked,
) {
  const seen = things[thing]
  const shown = (one: Thing) => (one === thing ? seen : sql`null`)
  const { rows } = await sql<Piece>`
    select min(f.on_day) as on_day, null as kind, null as person_id, ${shown('organisations')} as organisation,
      null::int as minutes, ${shown('evidence')} as evidence, null as recorded_at, count(*)::int as facts
    from ${standingFacts(ctx, [code], matches, window)} and ${seen} is not null
    group by ${seen} ${only_new ? sql`having min(f.on_day) >= ${window.from}` : sql``}
    order by min(f.on_day) desc, ${seen} limit ${limit} offset ${offset}`.execute(ctx.db)
  return rows
}
