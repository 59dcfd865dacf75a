import { type Kysely, sql, type Transaction } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import type { DB } from '../kernel/database/rows.ts'
import type { Country } from './rules/countries.ts'
import type { OrganisationKind } from './rules/organisations.ts'

type Base = Transaction<DB> | Kysely<DB>
type Here = Pick<Ctx, 'db' | 'ambito_id'>

// --- Ambiti, read before there is a ctx ----------------------------------------------------------------------------

const identity = ['a.id', 'a.slug', 'a.name'] as const

export const findAmbito = (db: Base, id: string) =>
  db.selectFrom('territory.ambito as a').select(identity).where('a.id', '=', id).executeTakeFirst()

/** The Ambito of a host; a host nobody registered is the first real one's. */
export const findAmbitoOfHost = (db: Base, host: string) =>
  db
    .selectFrom('territory.ambito as a')
    .leftJoin('territory.ambito_host as h', (join) => join.onRef('h.of_ambito', '=', 'a.id').on('h.host', '=', host))
    .select(identity)
    .orderBy(sql`h.host is null`)
    .orderBy('a.demo')
    .orderBy('a.founded_at')
    .orderBy('a.id')
    .limit(1)
    .executeTakeFirstOrThrow(() => new Error('no ambito has been founded'))

export const listAmbiti = (db: Base) =>
  db
    .selectFrom('territory.ambito as a')
    .select([...identity, 'a.demo'])
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

// --- Comuni and the offices that answer for them --------------------------------------------------------------------

export type Comune = Awaited<ReturnType<typeof listComuni>>[number]

export const listComuni = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('territory.comune')
    .select(['code', 'name', 'province', 'cadastral', 'cap', 'lat', 'lon', 'also_called'])
    .where('ambito_id', '=', ambito_id)
    .orderBy('name')
    .execute()

export type NewComune = {
  code: string
  name: string
  province: string
  cadastral: string
  cap: string
  lat: number
  lon: number
  also_called: string[]
}

export const addComuni = ({ db, ambito_id }: Here, comuni: NewComune[]) =>
  db
    .insertInto('territory.comune')
    .values(comuni.map((comune) => ({ ambito_id, ...comune })))
    .execute()

export const listCompetences = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('territory.competence as c')
    .innerJoin('territory.organisation as o', (join) =>
      join.onRef('o.ambito_id', '=', 'c.ambito_id').onRef('o.id', '=', 'c.organisation'),
    )
    .select(['c.comune', 'o.id', 'o.name', 'o.kind', 'o.address', 'o.phone', 'o.email', 'o.website'])
    .where('c.ambito_id', '=', ambito_id)
    .where('o.ended_on', 'is', null)
    .orderBy('o.kind')
    .orderBy('o.name')

export async function setCompetences({ db, ambito_id }: Here, comune: string, organisations: string[]) {
  await db.deleteFrom('territory.competence').where('ambito_id', '=', ambito_id).where('comune', '=', comune).execute()
  if (organisations.length === 0) return
  await db
    .insertInto('territory.competence')
    .values(organisations.map((organisation) => ({ ambito_id, comune, organisation })))
    .execute()
}

// --- organisations --------------------------------------------------------------------------------------------------

export type Organisation = Awaited<ReturnType<typeof listOrganisations>>[number]
export type OrganisationInput = {
  name: string
  kind: OrganisationKind
  comune?: string | undefined
  address?: string | undefined
  phone?: string | undefined
  email?: string | undefined
  website?: string | undefined
  note?: string | undefined
}

const organisation = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('territory.organisation as o')
    .leftJoin('territory.comune as c', (join) =>
      join.onRef('c.ambito_id', '=', 'o.ambito_id').onRef('c.code', '=', 'o.comune'),
    )
    .select([
      'o.id',
      'o.name',
      'o.kind',
      'o.comune',
      'c.name as comune_name',
      'o.address',
      'o.phone',
      'o.email',
      'o.website',
      'o.note',
      'o.ended_on',
    ])
    .where('o.ambito_id', '=', ambito_id)

export const listOrganisations = (
  ctx: Here,
  { kinds, ended = false }: { kinds?: readonly OrganisationKind[] | undefined; ended?: boolean } = {},
) =>
  organisation(ctx)
    .$if(!ended, (query) => query.where('o.ended_on', 'is', null))
    .$if(kinds !== undefined, (query) => query.where('o.kind', 'in', kinds ?? []))
    .orderBy(sql`lower(o.name)`)
    .execute()

export const findOrganisation = (ctx: Here, id: string) => organisation(ctx).where('o.id', '=', id).executeTakeFirst()

export const organisationNamed = ({ db, ambito_id }: Here, name: string) =>
  db
    .selectFrom('territory.organisation')
    .select(['id', 'name'])
    .where('ambito_id', '=', ambito_id)
    .where('ended_on', 'is', null)
    .where((e) => e(e.fn('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst()

export async function addOrganisations({ db, ambito_id }: Here, organisations: OrganisationInput[]) {
  return db
    .insertInto('territory.organisation')
    .values(organisations.map((input) => ({ ambito_id, ...input })))
    .returning(['id', 'name', 'kind'])
    .execute()
}

export const changeOrganisation = (
  { db, ambito_id }: Here,
  id: string,
  { comune, address = '', phone = '', email = '', website = '', note = '', ...input }: OrganisationInput,
) =>
  db
    .updateTable('territory.organisation')
    .set({ ...input, comune: comune ?? null, address, phone, email, website, note })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()

export const endOrganisation = ({ db, ambito_id }: Here, id: string, ended_on: string | null) =>
  db
    .updateTable('territory.organisation')
    .set({ ended_on })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()

export type Agreement = Awaited<ReturnType<typeof listAgreements>>[number]
export type AgreementInput = {
  subject: string
  starts_on: string
  ends_on?: string | undefined
  act?: string | undefined
  note?: string | undefined
}

export const listAgreements = ({ db, ambito_id }: Here, organisation: string) =>
  db
    .selectFrom('territory.agreement')
    .select(['id', 'subject', 'starts_on', 'ends_on', 'act', 'note', 'recorded_at'])
    .where('ambito_id', '=', ambito_id)
    .where('organisation', '=', organisation)
    .orderBy('starts_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .execute()

export const addAgreement = ({ db, ambito_id }: Here, organisation: string, input: AgreementInput) =>
  db
    .insertInto('territory.agreement')
    .values({ ambito_id, organisation, ...input })
    .execute()

// --- places ---------------------------------------------------------------------------------------------------------

export type Place = Awaited<ReturnType<typeof listPlaces>>[number]
export type PlaceInput = {
  name: string
  address: string
  comune?: string | undefined
  organisation?: string | undefined
  how_to_get_there?: string | undefined
  accessible?: string | undefined
}

const place = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('territory.place as p')
    .leftJoin('territory.comune as c', (join) =>
      join.onRef('c.ambito_id', '=', 'p.ambito_id').onRef('c.code', '=', 'p.comune'),
    )
    .leftJoin('territory.organisation as o', (join) =>
      join.onRef('o.ambito_id', '=', 'p.ambito_id').onRef('o.id', '=', 'p.organisation'),
    )
    .select([
      'p.id',
      'p.name',
      'p.address',
      'p.comune',
      'c.name as comune_name',
      'p.organisation',
      'o.name as organisation_name',
      'p.how_to_get_there',
      'p.accessible',
      'p.ended_on',
    ])
    .where('p.ambito_id', '=', ambito_id)

export const listPlaces = (ctx: Here, { ended = false } = {}) =>
  place(ctx)
    .$if(!ended, (query) => query.where('p.ended_on', 'is', null))
    .orderBy(sql`lower(p.name)`)
    .execute()
export const findPlace = (ctx: Here, id: string) => place(ctx).where('p.id', '=', id).executeTakeFirst()

export const placeNamed = ({ db, ambito_id }: Here, name: string) =>
  db
    .selectFrom('territory.place')
    .select('id')
    .where('ambito_id', '=', ambito_id)
    .where('ended_on', 'is', null)
    .where((e) => e(e.fn('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst()

export const addPlace = ({ db, ambito_id }: Here, input: PlaceInput) =>
  db
    .insertInto('territory.place')
    .values({ ambito_id, ...input })
    .returning('id')
    .executeTakeFirstOrThrow()

export const changePlace = (
  { db, ambito_id }: Here,
  id: string,
  { comune, organisation, how_to_get_there = '', ...input }: PlaceInput,
) =>
  db
    .updateTable('territory.place')
    .set({ ...input, comune: comune ?? null, organisation: organisation ?? null, how_to_get_there })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()

export const endPlace = ({ db, ambito_id }: Here, id: string, ended_on: string | null) =>
  db.updateTable('territory.place').set({ ended_on }).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()

// --- closures -------------------------------------------------------------------------------------------------------

export type ClosureInput = { from_day: string; to_day: string; name: string; kind: string; yearly: boolean }

export const listClosures = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('territory.closure')
    .select(['id', 'from_day', 'to_day', 'name', 'kind', 'yearly'])
    .where('ambito_id', '=', ambito_id)
    .orderBy('from_day')
    .execute()

export const addClosure = ({ db, ambito_id }: Here, input: ClosureInput) =>
  db
    .insertInto('territory.closure')
    .values({ ambito_id, ...input })
    .execute()

export const removeClosure = ({ db, ambito_id }: Here, id: string) =>
  db
    .deleteFrom('territory.closure')
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
