import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

/**
 * How many of these persons live in each Comune, or have each citizenship (the latest known): sums, no names. What is known
 * under any of a person's files is known of the person.
 */
export async function sharesOf(
  { db, ambito_id }: Ctx,
  canonical_ids: readonly string[],
  trait: 'comune' | 'citizenship',
): Promise<{ code: string | null; people: number }[]> {
  const files = sql`(select id, canonical_id, comune from people.person where ambito_id = ${ambito_id} and canonical_id = any (${canonical_ids}::uuid[])) p`
  const known =
    trait === 'comune'
      ? sql`select distinct on (canonical_id) canonical_id, comune as code from ${files}
          order by canonical_id, comune is null, id <> canonical_id`
      : sql`select distinct on (p.canonical_id) p.canonical_id, c.country as code from ${files}
          left join people.citizenship c on c.ambito_id = ${ambito_id} and c.person_id = p.id and c.withdrawn_at is null and c.until is null
          order by p.canonical_id, c.country is null, c.since desc nulls last, c.recorded_at desc`
  const { rows } = await sql<{ code: string | null; people: number }>`
    select code, count(*)::int as people from (${known}) known group by code order by people desc, code`.execute(db)
  return rows
}
