/** Bulk reading and writing for registers: one statement per table and chunk. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { BirthAndGender } from '../sound/sameperson.ts'

// --- who is known ---------------------------------------------------------------------------------------------------

/** Files filed under one of these keys, at most so many for each key: what half the town shares tells nobody apart. */
export async function filedUnder({ db, ambito_id }: Ctx, keys: readonly string[], most_each: number) {
  if (keys.length === 0) return []
  const { rows } = await sql<{ key: string; person_id: string }>`
    select k.key, f.person_id from unnest(${keys}::text[]) k (key)
    cross join lateral (select person_id from people.search_key s where s.ambito_id = ${ambito_id} and s.key = left(k.key, 80) collate "C" limit ${most_each}) f`.execute(
    db,
  )
  return rows
}

export type KnownName = {
  id: string
  kind: 'main' | 'original' | 'other'
  surname: string
  given: string
  script: string
}
export type KnownTitle = {
  id: string
  kind: string
  status: string
  number: string | null
  expires_on: string | null
  seen_on: string | null
  as_written: string | null
}
export type KnownRow = {
  id: string
  canonical_id: string
  born: string | null
  born_precision: 'day' | 'year' | null
  gender: 'F' | 'M' | 'X' | null
  comune: string | null
  tax_code: string | null
  names: KnownName[]
  phones: string[]
  citizenships: string[]
  languages: string[]
  titles: KnownTitle[]
  noticed: boolean
}

/** Of each of these files its own birth and gender. */
export async function birthsOf({ db, ambito_id }: Ctx, ids: readonly string[]) {
  if (ids.length === 0) return []
  const { rows } = await sql<Pick<KnownRow, 'id' | 'born' | 'born_precision' | 'gender'>>`
    select id, born, born_precision, gender from people.person where ambito_id = ${ambito_id} and id = any (${ids}::uuid[])`.execute(
    db,
  )
  return rows.map(({ id, born, born_precision, gender }): [string, BirthAndGender] => [
    id,
    { born: born ?? undefined, born_precision: born_precision ?? undefined, gender: gender ?? undefined },
  ])
}

/** Everything that tells who somebody is, of these persons and of the files merged with them; each table is read once for all. */
export async function knownPersons({ db, ambito_id }: Ctx, ids: readonly string[]): Promise<KnownRow[]> {
  if (ids.length === 0) return []
  const theirs = sql`x.ambito_id = ${ambito_id} and x.person_id = any ((select ids from everybody)::uuid[])`
  const { rows } = await sql<KnownRow>`
    with wanted as materialized (
      select m.* from people.person m where m.ambito_id = ${ambito_id} and m.erased_at is null and m.canonical_id in
        (select p.canonical_id from people.person p where p.ambito_id = ${ambito_id} and p.id = any (${ids}::uuid[]))),
    everybody as materialized (select array_agg(id) as ids from wanted),
    name as materialized (
      select person_id, json_agg(json_build_object('id', id, 'kind', kind, 'surname', surname, 'given', given_names, 'script', script)) as names
      from people.name x where ${theirs} and ended_at is null group by person_id),
    phone as materialized (
      select person_id, array_agg(coalesce(e164, typed)) as phones from people.phone x where ${theirs} and ended_at is null group by person_id),
    citizenship as materialized (
      select person_id, array_agg(country::text) as countries from people.citizenship x where ${theirs} and withdrawn_at is null group by person_id),
    language as materialized (
      select person_id, array_agg(language) as languages from people.language x where ${theirs} and use = 'speaks' group by person_id),
    title as materialized (
      select person_id, json_agg(json_build_object('id', id, 'kind', kind, 'status', status, 'number', number, 'expires_on', expires_on, 'seen_on', seen_on, 'as_written', as_written)) as titles
      from people.title x where ${theirs} and withdrawn_at is null and not exists
        (select from people.title later where later.ambito_id = ${ambito_id} and later.corrects = x.id and later.withdrawn_at is null)
      group by person_id),
    notice as materialized (select distinct person_id from people.privacy_notice x where ${theirs} and withdrawn_at is null)
    select w.id, w.canonical_id, w.born, w.born_precision, w.gender, w.comune, w.tax_code,
      coalesce(n.names, '[]') as names, coalesce(f.phones, '{}') as phones, coalesce(c.countries, '{}') as citizenships,
      coalesce(l.languages, '{}') as languages, coalesce(t.titles, '[]') as titles, v.person_id is not null as noticed
    from wanted w left join name n on n.person_id = w.id left join phone f on f.person_id = w.id
      left join citizenship c on c.person_id = w.id left join language l on l.person_id = w.id
      left join title t on t.person_id = w.id left join notice v on v.person_id = w.id`.execute(db)
  return rows
}

// --- what was learned -----------------------------------------------------------------------------------------------

export type NewPersonRow = {
  id: string
  born: string | null
  born_precision: string | null
  gender: string | null
  comune: string | null
  tax_code: string | null
}
export type NewName = {
  id: string
  person_id: string
  kind: string
  surname: string
  given_names: string
  script: string
}
export type NewTitle = KnownTitle & { person_id: string; corrects: string | null }
export type Joined = {
  row_id: string
  person_id: string
  reason: string
  on_day: string | null
  said: unknown
  remarks: string[]
  gave: unknown
}

export type Learned = {
  persons: NewPersonRow[]
  completed: NewPersonRow[]
  corrections: { person_id: string; field: string; before: string }[]
  names: NewName[]
  name_kinds: { id: string; kind: string }[]
  phones: { id: string; person_id: string; typed: string; e164: string | null }[]
  languages: { person_id: string; language: string }[]
  citizenships: { id: string; person_id: string; country: string; belongs: string }[]
  titles: NewTitle[]
  notices: { id: string; person_id: string; given_on: string; language: string; how: string }[]
  /** Of persons nobody knew: nothing can be filed for them yet. */
  first_keys: { person_id: string; keys: string[] }[]
  keys: { person_id: string; keys: string[] }[]
  joined: Joined[]
}

const recordset = (rows: readonly unknown[]) => JSON.stringify(rows)

/** A chunk's worth of everything; where the persons stand is made once, by `standingAnew`. */
export async function writeLearned({ db, ambito_id, actor }: Ctx, register: string, learned: Learned) {
  const by = actor.account_id
  const write = async (rows: readonly unknown[], statement: (json: string) => ReturnType<typeof sql>) => {
    if (rows.length > 0) await statement(recordset(rows)).execute(db)
  }
  await sql`select set_config('people.standing_waits', 'on', true)`.execute(db)
  await write(
    learned.persons,
    (json) => sql`
    insert into people.person (ambito_id, id, canonical_id, born, born_precision, gender, comune, tax_code, created_by)
    select ${ambito_id}, id, id, born, born_precision, gender, comune, tax_code, ${by}
    from jsonb_to_recordset(${json}::jsonb) r (id uuid, born date, born_precision text, gender char(1), comune char(6), tax_code text)`,
  )
  await write(
    learned.completed,
    (json) => sql`
    update people.person p set born = coalesce(r.born, p.born), born_precision = coalesce(r.born_precision, p.born_precision),
      gender = coalesce(r.gender, p.gender), comune = coalesce(r.comune, p.comune), tax_code = coalesce(r.tax_code, p.tax_code)
    from jsonb_to_recordset(${json}::jsonb) r (id uuid, born date, born_precision text, gender char(1), comune char(6), tax_code text)
    where p.ambito_id = ${ambito_id} and p.id = r.id`,
  )
  await write(
    learned.corrections,
    (json) => sql`
    insert into people.correction (ambito_id, person_id, field, before, recorded_by)
    select ${ambito_id}, person_id, field, before, ${by} from jsonb_to_recordset(${json}::jsonb) r (person_id uuid, field text, before text)`,
  )
  await write(
    learned.name_kinds,
    (json) => sql`
    update people.name n set kind = r.kind from jsonb_to_recordset(${json}::jsonb) r (id uuid, kind text) where n.ambito_id = ${ambito_id} and n.id = r.id`,
  )
  await write(
    learned.names,
    (json) => sql`
    insert into people.name (ambito_id, id, person_id, kind, surname, given_names, script, recorded_by)
    select ${ambito_id}, id, person_id, kind, surname, given_names, script, ${by}
    from jsonb_to_recordset(${json}::jsonb) r (id uuid, person_id uuid, kind text, surname text, given_names text, script char(4))`,
  )
  await write(
    learned.phones,
    (json) => sql`
    insert into people.phone (ambito_id, id, person_id, typed, e164)
    select ${ambito_id}, id, person_id, typed, e164 from jsonb_to_recordset(${json}::jsonb) r (id uuid, person_id uuid, typed text, e164 text)`,
  )
  await write(
    learned.languages,
    (json) => sql`
    insert into people.language (ambito_id, person_id, language, use)
    select ${ambito_id}, person_id, language, 'speaks' from jsonb_to_recordset(${json}::jsonb) r (person_id uuid, language text) on conflict do nothing`,
  )
  await write(
    learned.citizenships,
    (json) => sql`
    insert into people.citizenship (ambito_id, id, person_id, country, belongs, recorded_by)
    select ${ambito_id}, id, person_id, country, belongs, ${by} from jsonb_to_recordset(${json}::jsonb) r (id uuid, person_id uuid, country char(2), belongs text)`,
  )
  await write(
    learned.titles,
    (json) => sql`
    insert into people.title (ambito_id, id, person_id, kind, status, number, expires_on, seen_on, seen_by, as_written, corrects, recorded_by)
    select ${ambito_id}, id, person_id, kind, status, number, expires_on, seen_on, case when seen_on is not null then ${by}::uuid end, as_written, corrects, ${by}
    from jsonb_to_recordset(${json}::jsonb) r (id uuid, person_id uuid, kind text, status text, number text, expires_on date, seen_on date, as_written text, corrects uuid)`,
  )
  await write(
    learned.notices,
    (json) => sql`
    insert into people.privacy_notice (ambito_id, id, person_id, given_on, language, how, recorded_by)
    select ${ambito_id}, id, person_id, given_on, language, how, ${by} from jsonb_to_recordset(${json}::jsonb) r (id uuid, person_id uuid, given_on date, language text, how text)`,
  )
  await write(
    learned.first_keys,
    (json) => sql`
    insert into people.search_key (ambito_id, key, person_id)
    select ${ambito_id}, key, person_id from jsonb_to_recordset(${json}::jsonb) r (person_id uuid, keys text[]), unnest(keys) key`,
  )
  await write(
    learned.keys,
    (json) => sql`
    insert into people.search_key (ambito_id, key, person_id)
    select ${ambito_id}, key, person_id from jsonb_to_recordset(${json}::jsonb) r (person_id uuid, keys text[]), unnest(keys) key on conflict do nothing`,
  )
  await write(
    learned.joined,
    (json) => sql`
    insert into people.joined_row (ambito_id, register, row_id, person_id, reason, on_day, said, remarks, gave, recorded_by)
    select ${ambito_id}, ${register}, row_id, person_id, reason, on_day, said, remarks, gave, ${by}
    from jsonb_to_recordset(${json}::jsonb) r (row_id uuid, person_id uuid, reason text, on_day date, said jsonb, remarks text[], gave jsonb)`,
  )
}

export async function standingAnew({ db, ambito_id }: Ctx, ids: readonly string[]) {
  await sql`select set_config('people.standing_waits', '', true)`.execute(db)
  if (ids.length > 0) await sql`select people.refresh_standing(${ambito_id}, ${ids}::uuid[])`.execute(db)
}

/** Which person a row was taken for. */
export async function personsOfRows({ db, ambito_id }: Ctx, register: string, row_ids: readonly string[]) {
  if (row_ids.length === 0) return []
  return db
    .selectFrom('people.joined_row')
    .select(['row_id', 'person_id'])
    .where('ambito_id', '=', ambito_id)
    .where('register', '=', register)
    .where('row_id', 'in', row_ids as string[])
    .where('ended_at', 'is', null)
    .execute()
}
