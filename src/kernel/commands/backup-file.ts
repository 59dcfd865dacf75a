/**
 * What a backup is made of: a head, then each table as PostgreSQL copies it out, closed by how many rows it has and their
 * SHA-256, and a tail, without which the file was cut off. Compressed as a whole with gzip; readable with zcat.
 *
 *   {"labimpact":1,"made_at":…,"migrations":[…]}
 *   copy people.person (ambito_id, id, …)
 *   …one line a row…
 *   \. {"rows":12,"sha256":"…"}
 *   {"end":true,"sequences":[…]}
 */
import { createHash } from 'node:crypto'
import pg from 'pg'

export type Head = { labimpact: 1; made_at: string; migrations: { name: string; checksum: string }[] }
export type Tail = { end: true; sequences: { name: string; value: string; called: boolean }[] }
export type Sum = { rows: number; sha256: string }

/** Ours and those of the jobs; which migrations have run is told by the head, and by those who run them again. */
const kept = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
  and (n.nspname, c.relname) not in (('kernel', 'migration'), ('graphile_worker', 'migrations'))`

/** Names quoted for SQL, columns in their order, without those that are computed. */
export async function tables(owner: pg.Client) {
  const { rows } = await owner.query<{ name: string; columns: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select string_agg(format('%I', a.attname), ', ' order by a.attnum) from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${kept} order by 1`)
  return rows
}

export async function sequences(owner: pg.Client): Promise<Tail['sequences']> {
  const { rows } = await owner.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${kept} order by 1`,
  )
  const found: Tail['sequences'] = []
  for (const { name } of rows) {
    const { rows } = await owner.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${name}`,
    )
    found.push(...rows.map((row) => ({ name, ...row })))
  }
  return found
}

/** Whether an installation stands in this database. */
export async function holdsSomething(owner: pg.Client) {
  return (await ourSchemas(owner)).length > 0
}

export async function throwAway(owner: pg.Client) {
  for (const { name } of await ourSchemas(owner)) await owner.query(`drop schema ${pg.escapeIdentifier(name)} cascade`)
}

async function ourSchemas(owner: pg.Client) {
  const { rows } = await owner.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspowner = (select oid from pg_roles where rolname = current_user)
      and nspname !~ '^pg_' and nspname <> 'public'`,
  )
  return rows
}

/** The lines of a stream, without their ends. Only `\n` ends one: what people typed holds other line ends. */
export async function* linesIn(stream: AsyncIterable<Buffer>) {
  let rest: Buffer[] = []
  for await (const chunk of stream) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield rest.length === 0 ? chunk.subarray(from, end) : Buffer.concat([...rest, chunk.subarray(from, end)])
      rest = []
      from = end + 1
    }
    if (from < chunk.length) rest.push(Buffer.from(chunk.subarray(from)))
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}

export function openSum() {
  const hash = createHash('sha256')
  let rows = 0
  return {
    get rows() {
      return rows
    },
    add(line: Buffer) {
      rows++
      hash.update(line).update('\n')
    },
    ended: (): Sum => ({ rows, sha256: hash.digest('hex') }),
  }
}
