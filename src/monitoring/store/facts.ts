import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Told } from '../rules/facts.ts'

/** @returns how many were new; what the ledger has already heard adds nothing */
export async function insertFacts({ db, ambito_id }: Ctx, facts: readonly Told[]) {
  const { numAffectedRows } = await sql`
    insert into monitoring.fact (ambito_id, kind, action, person_id, on_day, minutes, organisation, evidence, event_id)
    select ${ambito_id}, f.kind, f.action, f.person_id, f.on_day, f.minutes, f.organisation, f.evidence, f.event_id
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as f (kind text, action text, person_id uuid, on_day date,
      minutes integer, organisation uuid, evidence text, event_id uuid)
    on conflict (ambito_id, evidence, event_id, kind, person_id) do nothing`.execute(db)
  return Number(numAffectedRows ?? 0)
}

export type Reversal = {
  event_id: string
  evidence: string
  /** Only what happened on that day, where the same evidence stands behind several. */
  on_day?: string
}

/** A reversal copies what it takes back, so that sums by kind and day need no look at the original. */
export async function insertReversals({ db, ambito_id }: Ctx, reversals: readonly Reversal[]) {
  const { numAffectedRows } = await sql`
    insert into monitoring.fact (ambito_id, kind, action, person_id, on_day, minutes, organisation, evidence, event_id, reverses)
    select f.ambito_id, f.kind, f.action, f.person_id, f.on_day, f.minutes, f.organisation, f.evidence, r.event_id, f.id
    from jsonb_to_recordset(${JSON.stringify(reversals)}::jsonb) as r (event_id uuid, evidence text, on_day date)
    join monitoring.fact f on f.ambito_id = ${ambito_id} and f.evidence = r.evidence and f.reverses is null
      and (r.on_day is null or f.on_day = r.on_day)
    where not exists (select from monitoring.fact later where later.ambito_id = ${ambito_id} and later.reverses = f.id)
    on conflict do nothing`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Those of these references that the ledger has never heard of. */
export async function unheard({ db, ambito_id }: Ctx, evidence: readonly string[]) {
  const { rows } = await sql<{ evidence: string }>`
    select distinct asked.evidence from unnest(${evidence}::text[]) as asked (evidence)
    where not exists (select from monitoring.fact f where f.ambito_id = ${ambito_id} and f.evidence = asked.evidence)`.execute(
    db,
  )
  return rows.map((row) => row.evidence)
}

export const factsOfPersons = ({ db, ambito_id }: Ctx, person_ids: readonly string[]) =>
  db
    .selectFrom('monitoring.fact')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .orderBy('on_day')
    .orderBy('id')
    .execute()

/** Facts that stand: those taken back are not among them. */
export async function organisationFacts({ db, ambito_id }: Ctx) {
  const { rows } = await sql<{ organisation: string; last: string; supported: string }>`
    select f.organisation, max(f.on_day) as last, count(*) filter (where f.kind = 'authority.supported') as supported
    from monitoring.fact f
    where f.ambito_id = ${ambito_id} and f.organisation is not null and f.reverses is null
      and not exists (select from monitoring.fact later where later.ambito_id = f.ambito_id and later.reverses = f.id)
    group by f.organisation`.execute(db)
  return rows
}
