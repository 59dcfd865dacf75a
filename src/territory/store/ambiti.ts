import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../../kernel/database/rows.ts'
import type { Country } from '../rules/countries.ts'

/** Read before anybody knows which Ambito is asked for, so on a bare connection. */
type Base = Transaction<DB> | Kysely<DB>

const identity = ['a.id', 'a.slug', 'a.name'] as const

/** The address it is known by; none: it answers at the installation's own. */
const firstHost = sql<string | null>`(select min(h.host) from territory.ambito_host h where h.of_ambito = a.id)`.as(
  'host',
)

export const findAmbito = (db: Base, id: string) =>
  db
    .selectFrom('territory.ambito as a')
    .select([...identity, firstHost])
    .where('a.id', '=', id)
    .executeTakeFirst()

/** The Ambito of a host; a host nobody registered is the first real one's. */
export const findAmbitoOfHost = (db: Base, host: string) =>
  db
    .selectFrom('territory.ambito as a')
    .leftJoin('territory.ambito_host as h', (join) => join.onRef('h.of_ambito', '=', 'a.id').on('h.host', '=', host))
    .select([...identity, 'h.host'])
    .orderBy(sql`h.host is null`)
    .orderBy('a.demo')
    .orderBy('a.founded_at')
    .orderBy('a.id')
    .limit(1)
    .executeTakeFirstOrThrow(() => new Error('no ambito has been founded'))

export const listAmbiti = (db: Base) =>
  db
    .selectFrom('territory.ambito as a')
    .select([...identity, 'a.demo', firstHost])
    .orderBy('a.demo')
    .orderBy('a.founded_at')
    .orderBy('a.id')
    .execute()

export const countAmbiti = async (db: Base, demo: boolean) =>
  (await db.selectFrom('territory.ambito').select('id').where('demo', '=', demo).execute()).length

export async function addAmbito(
  db: Base,
  { hosts, ...ambito }: { slug: string; name: string; region: string; demo: boolean; hosts: string[] },
) {
  await db
    .insertInto('territory.ambito')
    .values(ambito)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .execute()
  for (const host of hosts)
    await sql`insert into territory.ambito_host (host, of_ambito) select ${host}, id from territory.ambito where slug = ${ambito.slug} on conflict do nothing`.execute(
      db,
    )
}

export async function keepCountries(db: Base, countries: readonly Country[]) {
  await sql`insert into territory.country (code, name_it, name_en, adjective_m, adjective_f, grouping)
    select c->>'code', c->>'it', c->>'en', c->>'m', c->>'f', c->>'group' from jsonb_array_elements(${JSON.stringify(countries)}::jsonb) c
    on conflict (code) do update set name_it = excluded.name_it, name_en = excluded.name_en, adjective_m = excluded.adjective_m,
      adjective_f = excluded.adjective_f, grouping = excluded.grouping
    where (country.name_it, country.name_en, country.adjective_m, country.adjective_f, country.grouping)
      is distinct from (excluded.name_it, excluded.name_en, excluded.adjective_m, excluded.adjective_f, excluded.grouping)`.execute(
    db,
  )
}
