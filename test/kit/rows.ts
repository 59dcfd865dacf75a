/** What stands in the database, table by table, so that a test can say that nothing changed. */
import type pg from 'pg'

type Prints = Map<string, string>

/** How many rows each table has and a checksum of them; of one Ambito if asked, else of everything. */
export async function rowPrints(pool: pg.Pool, ambito_id?: string): Promise<Prints> {
  const { rows: tables } = await pool.query<{ name: string; tenant: boolean }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'ambito_id' and not a.attisdropped) as tenant
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker')`)
  const asked = tables.filter(({ tenant }) => !ambito_id || tenant)
  const { rows } = await pool.query<{ name: string; print: string }>(
    asked
      .map(
        ({ name }) =>
          `select '${name}' as name, count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) as print from ${name} t ${ambito_id ? `where ambito_id = '${ambito_id}'` : ''}`,
      )
      .join(' union all '),
  )
  return new Map(rows.map(({ name, print }) => [name, print]))
}

export function changedTables(before: Prints, after: Prints, expected: readonly string[] = []) {
  return [...after].flatMap(([name, print]) => (before.get(name) === print || expected.includes(name) ? [] : [name]))
}

/** A visit changes these and nothing else: who looked, when, and the sentence that was waiting. */
export const traces_of_looking = ['kernel.audit', 'kernel.audit_head', 'kernel.session']
