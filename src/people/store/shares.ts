import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

type Trait = 'comune' | 'citizenship'

/**
 * Of each of these persons the Comune, or the citizenship (the latest known). What is known under any of a person's files is
 * known of the person.
 */
function knownOf({ ambito_id }: Ctx, canonical_ids: readonly string[], trait: Trait) {
  const files = sql`(select id, canonical_id, comune from people.person where ambito_id = ${ambito_id} and canonical_id = any (${canonical_ids}::uuid[])) p`
  return trait === 'comune'
    ? sql`select distinct on (canonical_id) canonical_id, comune as code from ${files}
        order by canonical_id, comune is null, id <> canonical_id`
    : sql`select distinct on (p.canonical_id) p.canonical_id, c.country as code from ${files}
        left join people.citizenship c on c.ambito_id = ${ambito_id} and c.person_id = p.id and c.withdrawn_at is null and c.until is null
        order by p.canonical_id, c.country is null, c.since desc nulls last, c.recorded_at desc`
}

/** How many of these persons live in each Comune, or have each citizenship: sums, no names. */
export async function sharesOf(ctx: Ctx, canonical_ids: readonly string[], trait: Trait) {
  const { rows } = await sql<{ code: string | null; people: number }>`
    select code, count(*)::int as people from (${knownOf(ctx, canonical_ids, trait)}) known group by code order by people desc, code`.execute(
    ctx.db,
  )
  return rows
}

/** Those of these persons who live in that Comune, or have that citizenship; null: of whom it is not known. */
export async function thoseOf(ctx: Ctx, canonical_ids: readonly string[], trait: Trait, code: string | null) {
  const { rows } = await sql<{ canonical_id: string }>`
    select canonical_id from (${knownOf(ctx, canonical_ids, trait)}) known where code is not distinct from ${code}`.execute(
    ctx.db,
  )
  return rows.map(({ canonical_id }) => canonical_id)
}
