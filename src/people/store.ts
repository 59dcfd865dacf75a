import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Ctx } from '../kernel/ctx.ts'
import { notFound } from '../kernel/errors.ts'
import type { Birth } from './rules.ts'

type Row = Record<string, string | number | boolean | null>

export const findPerson = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('people.person')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirstOrThrow(notFound)
export type Person = Awaited<ReturnType<typeof findPerson>>

export const lockPerson = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('people.person')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)

/** Which file stands for each of these. */
export async function canonicalIds({ db, ambito_id }: Ctx, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string>()
  const rows = await db
    .selectFrom('people.person')
    .select(['id', 'canonical_id'])
    .where('ambito_id', '=', ambito_id)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.canonical_id]))
}

/** The ids that are this person: the canonical file and those merged into it. */
/** A person's own file and all that are the same person. @throws NotFound; an erased one is not there */
export async function filesOf({ db, ambito_id }: Ctx, id: string) {
  const files = await db
    .selectFrom('people.person as p')
    .innerJoin('people.person as m', (join) =>
      join.onRef('m.ambito_id', '=', 'p.ambito_id').onRef('m.canonical_id', '=', 'p.canonical_id'),
    )
    .selectAll('m')
    .where('p.ambito_id', '=', ambito_id)
    .where('p.id', '=', id)
    .where('p.erased_at', 'is', null)
    .execute()
  const person = files.find((file) => file.id === id)
  if (!person) throw notFound()
  return { person, files, ids: files.map((file) => file.id) }
}

/** The ids alone, for any of them; of nobody there are none. */
export async function filesOfPerson({ db, ambito_id }: Ctx, id: string) {
  const rows = await db
    .selectFrom('people.person as p')
    .innerJoin('people.person as m', (join) =>
      join.onRef('m.ambito_id', '=', 'p.ambito_id').onRef('m.canonical_id', '=', 'p.canonical_id'),
    )
    .select('m.id')
    .where('p.ambito_id', '=', ambito_id)
    .where('p.id', '=', id)
    .execute()
  return rows.map((row) => row.id)
}

export async function insertPerson(
  { db, ambito_id, actor }: Ctx,
  person: Partial<Row> & Partial<Birth> & { demo?: boolean },
) {
  const id = crypto.randomUUID()
  await db
    .insertInto('people.person')
    .values({ ambito_id, id, canonical_id: id, created_by: actor.account_id, ...person } as never)
    .execute()
  return id
}

export async function updatePerson({ db, ambito_id, actor }: Ctx, before: Person, change: Partial<Person>) {
  const changed = Object.entries(change).filter(
    ([field, value]) => value !== undefined && value !== before[field as keyof Person],
  )
  if (changed.length === 0) return
  await db
    .updateTable('people.person')
    .set(Object.fromEntries(changed))
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', before.id)
    .execute()
  const corrections = changed.filter(([field]) => before[field as keyof Person] !== null)
  if (corrections.length === 0) return
  await db
    .insertInto('people.correction')
    .values(
      corrections.map(([field]) => ({
        ambito_id,
        person_id: before.id,
        field,
        before: String(before[field as keyof Person]),
        recorded_by: actor.account_id,
      })),
    )
    .execute()
}

type NameRow = { kind: 'main' | 'original' | 'other'; surname: string; given_names: string; script: string }
export async function insertName({ db, ambito_id, actor }: Ctx, person_id: string, name: NameRow) {
  await db
    .insertInto('people.name')
    .values({ ambito_id, person_id, ...name, recorded_by: actor.account_id })
    .execute()
}
export async function endNames({ db, ambito_id, now }: Ctx, person_id: string, kind: NameRow['kind']) {
  await db
    .updateTable('people.name')
    .set({ ended_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('person_id', '=', person_id)
    .where('kind', '=', kind)
    .where('ended_at', 'is', null)
    .execute()
}
const names = ({ db, ambito_id }: Ctx, person_ids: readonly string[]) =>
  db
    .selectFrom('people.name')
    .select(['id', 'person_id', 'kind', 'surname', 'given_names', 'script', 'recorded_at'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', [...person_ids])
    .where('ended_at', 'is', null)
    .orderBy(sql`array_position(array['main', 'original', 'other'], kind)`)
    .orderBy('recorded_at')
export const namesOf = (ctx: Ctx, person_ids: readonly string[]) => names(ctx, person_ids).execute()
export type Name = Awaited<ReturnType<typeof namesOf>>[number]

export async function insertPhone({ db, ambito_id }: Ctx, person_id: string, typed: string, e164: string | null) {
  await db.insertInto('people.phone').values({ ambito_id, person_id, typed, e164 }).execute()
}
const phones = ({ db, ambito_id }: Ctx, person_ids: readonly string[]) =>
  db
    .selectFrom('people.phone')
    .select(['id', 'person_id', 'typed', 'e164'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', [...person_ids])
    .where('ended_at', 'is', null)
    .orderBy('recorded_at', 'desc')
export const phonesOf = (ctx: Ctx, person_ids: readonly string[]) => phones(ctx, person_ids).execute()
export async function endPhones({ db, ambito_id, now }: Ctx, person_id: string) {
  await db
    .updateTable('people.phone')
    .set({ ended_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('person_id', '=', person_id)
    .where('ended_at', 'is', null)
    .execute()
}

export async function insertEmail({ db, ambito_id }: Ctx, person_id: string, address: string) {
  await db.insertInto('people.email').values({ ambito_id, person_id, address: address.toLowerCase() }).execute()
}
export async function endEmails({ db, ambito_id, now }: Ctx, person_id: string) {
  await db
    .updateTable('people.email')
    .set({ ended_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('person_id', '=', person_id)
    .where('ended_at', 'is', null)
    .execute()
}
const emails = ({ db, ambito_id }: Ctx, person_ids: readonly string[]) =>
  db
    .selectFrom('people.email')
    .select(['person_id', 'address'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', [...person_ids])
    .where('ended_at', 'is', null)
export const emailsOf = (ctx: Ctx, person_ids: readonly string[]) => emails(ctx, person_ids).execute()

export async function insertLanguage(
  { db, ambito_id }: Ctx,
  person_id: string,
  language: string,
  use: 'speaks' | 'reads',
) {
  await db
    .insertInto('people.language')
    .values({ ambito_id, person_id, language, use })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
const languages = ({ db, ambito_id }: Ctx, person_ids: readonly string[]) =>
  db
    .selectFrom('people.language')
    .select(['person_id', 'language', 'use'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', [...person_ids])
    .orderBy('recorded_at')
export const languagesOf = (ctx: Ctx, person_ids: readonly string[]) => languages(ctx, person_ids).execute()

export async function insertCitizenship(
  { db, ambito_id, actor }: Ctx,
  person_id: string,
  row: { country: string; belongs: string; since: string | null },
) {
  await db
    .insertInto('people.citizenship')
    .values({ ambito_id, person_id, ...row, recorded_by: actor.account_id } as never)
    .execute()
}
const citizenships = ({ db, ambito_id }: Ctx, person_ids: readonly string[]) =>
  db
    .selectFrom('people.citizenship')
    .select(['id', 'person_id', 'country', 'belongs', 'since', 'until'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', [...person_ids])
    .where('withdrawn_at', 'is', null)
    .orderBy('since')
export const citizenshipsOf = (ctx: Ctx, person_ids: readonly string[]) => citizenships(ctx, person_ids).execute()

type TitleRow = {
  kind: string
  status: string
  number: string | null
  issued_on: string | null
  expires_on: string | null
  seen_on: string | null
  as_written?: string | null
  corrects?: string | null
}
export async function insertTitle({ db, ambito_id, actor }: Ctx, person_id: string, title: TitleRow) {
  const row = await db
    .insertInto('people.title')
    .values({
      ambito_id,
      person_id,
      ...title,
      seen_by: title.seen_on ? actor.account_id : null,
      recorded_by: actor.account_id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
/** The titles that stand: those no later row corrects. */
const titles = ({ db, ambito_id }: Ctx, person_ids: readonly string[]) =>
  db
    .selectFrom('people.title as t')
    .select([
      't.id',
      't.person_id',
      't.kind',
      't.status',
      't.number',
      't.issued_on',
      't.expires_on',
      't.seen_on',
      't.seen_by',
      't.as_written',
      't.recorded_at',
    ])
    .where('t.ambito_id', '=', ambito_id)
    .where('t.person_id', 'in', [...person_ids])
    .where('t.withdrawn_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('people.title as later')
            .select('later.id')
            .where('later.ambito_id', '=', ambito_id)
            .whereRef('later.corrects', '=', 't.id')
            .where('later.withdrawn_at', 'is', null),
        ),
      ),
    )
    .orderBy(sql`t.expires_on desc nulls first`)
    .orderBy('t.recorded_at', 'desc')
export const titlesOf = (ctx: Ctx, person_ids: readonly string[]) => titles(ctx, person_ids).execute()
export type Title = Awaited<ReturnType<typeof titlesOf>>[number]

export async function insertNotice(
  { db, ambito_id, actor }: Ctx,
  person_id: string,
  notice: { given_on: string; language: string; how: string },
) {
  await db
    .insertInto('people.privacy_notice')
    .values({ ambito_id, person_id, ...notice, recorded_by: actor.account_id })
    .execute()
}
const notices = ({ db, ambito_id }: Ctx, person_ids: readonly string[]) =>
  db
    .selectFrom('people.privacy_notice')
    .select(['id', 'given_on', 'language', 'how', 'recorded_at'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', [...person_ids])
    .where('withdrawn_at', 'is', null)
    .orderBy('given_on')
export const noticesOf = (ctx: Ctx, person_ids: readonly string[]) => notices(ctx, person_ids).execute()

export const standingOf = ({ db, ambito_id }: Ctx, person_ids: string[], day: string) =>
  db
    .selectFrom('people.standing')
    .select(['person_id', 'canonical_id', 'verdict', 'reason'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .where(sql<boolean>`valid @> ${day}::date`)
    .execute()

const readings = ({ db, ambito_id }: Ctx, person_ids: readonly string[]) =>
  db
    .selectFrom('kernel.audit')
    .select(['position', 'at', 'account_id', 'what'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', [...person_ids])
    .orderBy('position', 'desc')
    .limit(50)
export const readingsOf = (ctx: Ctx, person_ids: readonly string[]) => readings(ctx, person_ids).execute()

/** What a file shows, in one answer. */
export const particularsOf = (ctx: Ctx, ids: readonly string[]) =>
  ctx.db
    .selectNoFrom([
      jsonArrayFrom(names(ctx, ids)).as('names'),
      jsonArrayFrom(phones(ctx, ids)).as('phones'),
      jsonArrayFrom(emails(ctx, ids)).as('emails'),
      jsonArrayFrom(languages(ctx, ids)).as('languages'),
      jsonArrayFrom(citizenships(ctx, ids)).as('citizenships'),
      jsonArrayFrom(titles(ctx, ids)).as('titles'),
      jsonArrayFrom(notices(ctx, ids)).as('notices'),
      jsonArrayFrom(readings(ctx, ids)).as('readings'),
    ])
    .executeTakeFirstOrThrow()

/** By which these people may be reached, and in which language, in one answer. */
export const waysTo = (ctx: Ctx, ids: readonly string[]) =>
  ctx.db
    .selectNoFrom([
      jsonArrayFrom(phones(ctx, ids)).as('phones'),
      jsonArrayFrom(emails(ctx, ids)).as('emails'),
      jsonArrayFrom(languages(ctx, ids)).as('languages'),
    ])
    .executeTakeFirstOrThrow()

// --- giving back and erasing ----------------------------------------------------------------------------------------

export const allOf = ({ db, ambito_id }: Ctx, ids: string[]) =>
  db.selectFrom('people.person').selectAll().where('ambito_id', '=', ambito_id).where('id', 'in', ids).execute()

export async function erasePersons({ db, ambito_id, now }: Ctx, ids: string[]) {
  for (const table of ['people.name', 'people.phone', 'people.email', 'people.language', 'people.search_key'] as const)
    await db.deleteFrom(table).where('ambito_id', '=', ambito_id).where('person_id', 'in', ids).execute()
  await sql`select people.erase_titles(${ids}::uuid[]), people.erase_corrections(${ids}::uuid[])`.execute(db)
  await sql`update people.person set born = make_date(extract(year from born)::int, 7, 1), born_precision = case when born is null then null else 'year' end,
    tax_code = null, comune = null, country_of_birth = null, arrived_year = null, channel = null, reads = null, contact_safe = false, erased_at = ${now.toString()}
    where ambito_id = ${ambito_id} and id = any (${ids})`.execute(db)
}

// --- the matrix -----------------------------------------------------------------------------------------------------

export const matrixOn = ({ db, ambito_id }: Ctx, day: string) =>
  db
    .selectFrom('people.eligibility_period')
    .select(['about', 'code', 'verdict'])
    .where('ambito_id', '=', ambito_id)
    .where(sql<boolean>`valid @> ${day}::date`)
    .execute()
export const matrixHistory = ({ db, ambito_id }: Ctx, about: string, code: string) =>
  db
    .selectFrom('people.eligibility')
    .select(['verdict', 'since', 'note', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('about', '=', about)
    .where('code', '=', code)
    .orderBy('recorded_at', 'desc')
    .execute()
export async function insertMatrixLines(
  { db, ambito_id, actor }: Ctx,
  lines: { about: 'kind' | 'status'; code: string; verdict: string; since: string | null; note?: string }[],
) {
  await db
    .insertInto('people.eligibility')
    .values(lines.map((line) => ({ ambito_id, ...line, recorded_by: actor.account_id })))
    .execute()
}

// --- search keys ----------------------------------------------------------------------------------------------------

/** A very long name is filed and found by its beginning. */
const filed = (keys: string[]) => [
  ...new Set(keys.map((key) => (key.length > 80 ? [...key].slice(0, 80).join('') : key))),
]

/** Replaces the keys of one person. */
export async function writeSearchKeys({ db, ambito_id }: Ctx, person_id: string, all: string[]) {
  const keys = filed(all)
  await sql`with gone as (delete from people.search_key where ambito_id = ${ambito_id} and person_id = ${person_id} and key <> all (${keys}))
    insert into people.search_key (ambito_id, key, person_id) select ${ambito_id}, key, ${person_id} from unnest(${keys}::text[]) key
    on conflict do nothing`.execute(db)
}

type Clue = { keys: string[]; prefixes: string[] }
/**
 * Persons that answer every clue, by equality or prefix on the B-tree (design.md §3 "Search under row-level security"); of three
 * or more clues one may fail, since a name is misspelled and a day mistaken. Those that answer most, by whole keys, come first.
 */
export async function personsByClues({ db, ambito_id }: Ctx, clues: Clue[], most = 120) {
  const needed = clues.length > 2 ? clues.length - 1 : clues.length
  // One range of the index each, read without its table: with OR the pages of a thousand Mohameds would be fetched.
  const reading = (where: ReturnType<typeof sql>, whole: readonly string[]) =>
    sql`select person_id, key = any (${whole}::text[]) as whole from people.search_key where ambito_id = ${ambito_id} and ${where}`
  const answering = (clue: Clue) => {
    const keys = filed(clue.keys)
    const besides = keys.filter((key) => !clue.prefixes.some((prefix) => key.startsWith(prefix)))
    const ranges = clue.prefixes.map((prefix) =>
      reading(sql`key >= ${prefix} and key < ${`${prefix}\u{10FFFF}`}`, keys),
    )
    if (besides.length > 0) ranges.push(reading(sql`key = any (${besides}::text[])`, keys))
    return sql`select person_id, bool_or(whole) as whole from (${sql.join(ranges, sql` union all `)}) of_clue group by person_id`
  }
  const { rows } = await sql<{ person_id: string; answered: number; whole: number }>`
    select person_id, count(*)::int as answered, count(*) filter (where whole)::int as whole from (${sql.join(clues.map(answering), sql` union all `)}) answered
    group by person_id having count(*) >= ${needed} order by answered desc, whole desc limit ${most}`.execute(db)
  return rows
}
