/** Pairs that may be one person, what was decided about them, and the files that merges tie together. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

// --- suggestions ----------------------------------------------------------------------------------------------------

export type Pair = { one: string; other: string }
export type Suggested = Pair & { score: number; reasons: string[] }

/** A decision stands; only who was unsure is asked again, when more speaks for it. */
export async function writeSuggestions({ db, ambito_id }: Ctx, found: readonly Suggested[]) {
  if (found.length === 0) return
  await sql`
    insert into people.suggestion as s (ambito_id, one, other, score, reasons)
    select ${ambito_id}, one, other, score, reasons from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) r (one uuid, other uuid, score real, reasons text[])
    on conflict (ambito_id, one, other) do update
      set score = excluded.score, reasons = excluded.reasons, decision = null, decided_at = null, decided_by = null
      where s.decision is null and (s.score, s.reasons) is distinct from (excluded.score, excluded.reasons)
        or s.decision = 'unsure' and excluded.score > s.score + 0.01`.execute(db)
}

/**
 * Undecided pairs, by the persons they are of: between files of one person there is nothing to decide, and two persons whom
 * somebody has told apart are told apart in all their files.
 */
const undecided = (ambito_id: string, only = sql`true`) => sql`
  apart as materialized (
    select distinct least(x.canonical_id, y.canonical_id) as a, greatest(x.canonical_id, y.canonical_id) as b
    from people.suggestion d join people.person x on x.ambito_id = ${ambito_id} and x.id = d.one join people.person y on y.ambito_id = ${ambito_id} and y.id = d.other
    where d.ambito_id = ${ambito_id} and d.decision = 'different'),
  pair as materialized (
    select distinct on (p.a, p.b) p.* from (
      select s.one, s.other, s.score, s.reasons, least(x.canonical_id, y.canonical_id) as a, greatest(x.canonical_id, y.canonical_id) as b
      from people.suggestion s
      join people.person x on x.ambito_id = ${ambito_id} and x.id = s.one and x.erased_at is null
      join people.person y on y.ambito_id = ${ambito_id} and y.id = s.other and y.erased_at is null
      where s.ambito_id = ${ambito_id} and s.decision is null and x.canonical_id <> y.canonical_id and ${only}) p
    where (p.a, p.b) not in (select a, b from apart)
    order by p.a, p.b, p.score desc)`

export async function countOpen({ db, ambito_id }: Ctx, among?: readonly string[]) {
  const only = among && sql`(s.one = any (${among}::uuid[]) or s.other = any (${among}::uuid[]))`
  const { rows } = await sql<{
    pairs: number
  }>`with ${undecided(ambito_id, only)} select count(*)::int as pairs from pair`.execute(db)
  return rows[0]?.pairs ?? 0
}

export type OpenPair = Suggested & {
  /** Together they count once instead of twice, or once instead of not at all. */ changes_figure: boolean
}
/** Looked through for the most valuable ones. */
const looked_through = 500

/** The most valuable first: those whose merging changes a figure, then the likeliest. */
export async function listOpen({ db, ambito_id, today }: Ctx, limit: number): Promise<OpenPair[]> {
  const { rows } = await sql<OpenPair>`
    with ${undecided(ambito_id)},
    best as materialized (select * from pair order by score desc, one, other limit ${looked_through}),
    has as (
      select c.id, coalesce(bool_or(s.verdict = 'yes'), false) as counts,
        exists (select from people.citizenship z join people.person m on m.ambito_id = ${ambito_id} and m.id = z.person_id where z.ambito_id = ${ambito_id} and m.canonical_id = c.id and z.withdrawn_at is null and z.belongs = 'third') as third,
        exists (select from people.citizenship z join people.person m on m.ambito_id = ${ambito_id} and m.id = z.person_id where z.ambito_id = ${ambito_id} and m.canonical_id = c.id and z.withdrawn_at is null and z.belongs <> 'third') as eu,
        exists (select from people.person m where m.ambito_id = ${ambito_id} and m.canonical_id = c.id and m.born is not null) as born,
        exists (select from people.person m where m.ambito_id = ${ambito_id} and m.canonical_id = c.id and m.gender is not null) as gender,
        exists (select from people.title t join people.person m on m.ambito_id = ${ambito_id} and m.id = t.person_id where t.ambito_id = ${ambito_id} and m.canonical_id = c.id and t.seen_on is not null and t.withdrawn_at is null) as title,
        exists (select from people.privacy_notice n join people.person m on m.ambito_id = ${ambito_id} and m.id = n.person_id where n.ambito_id = ${ambito_id} and m.canonical_id = c.id and n.withdrawn_at is null) as notice
      from (select a as id from best union select b from best) c
      left join people.standing_period s on s.ambito_id = ${ambito_id} and s.canonical_id = c.id and s.valid @> ${today}::date
      group by c.id)
    select p.one, p.other, p.score, p.reasons,
      (x.counts and y.counts) or (not x.counts and not y.counts and (x.third or y.third) and not x.eu and not y.eu and (x.born or y.born)
        and (x.gender or y.gender) and (x.title or y.title) and (x.notice or y.notice)) as changes_figure
    from best p join has x on x.id = p.a join has y on y.id = p.b
    order by changes_figure desc, p.score desc, p.one, p.other limit ${limit}`.execute(db)
  return rows
}

export const findSuggestion = ({ db, ambito_id }: Ctx, { one, other }: Pair) =>
  db
    .selectFrom('people.suggestion')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('one', '=', one)
    .where('other', '=', other)
    .executeTakeFirst()

/** What was decided of two files holds for every pair between the persons they are of. */
export async function decidePairs(
  { db, ambito_id, now, actor }: Ctx,
  { one, other }: Pair,
  decision: 'same' | 'different' | 'unsure',
) {
  await sql`
    insert into people.suggestion (ambito_id, one, other, score, reasons, decision, decided_at, decided_by)
    values (${ambito_id}, ${one}, ${other}, 0, '{}', ${decision}, ${now.toString()}, ${actor.account_id})
    on conflict (ambito_id, one, other) do update set decision = excluded.decision, decided_at = excluded.decided_at, decided_by = excluded.decided_by`.execute(
    db,
  )
  if (decision === 'same') return
  await sql`
    update people.suggestion s set decision = ${decision}, decided_at = ${now.toString()}, decided_by = ${actor.account_id}
    from people.person a, people.person b, people.person x, people.person y
    where s.ambito_id = ${ambito_id} and s.decision is null and x.ambito_id = ${ambito_id} and x.id = ${one} and y.ambito_id = ${ambito_id} and y.id = ${other}
      and a.ambito_id = ${ambito_id} and a.id = s.one and b.ambito_id = ${ambito_id} and b.id = s.other
      and ((a.canonical_id, b.canonical_id) = (x.canonical_id, y.canonical_id) or (a.canonical_id, b.canonical_id) = (y.canonical_id, x.canonical_id))`.execute(
    db,
  )
}

export async function decidedOn({ db, ambito_id }: Ctx, day: string) {
  const { rows } = await sql<{ pairs: number }>`
    select count(*)::int as pairs from people.suggestion where ambito_id = ${ambito_id} and (decided_at at time zone 'Europe/Rome')::date = ${day}::date`.execute(
    db,
  )
  return rows[0]?.pairs ?? 0
}

// --- merges ---------------------------------------------------------------------------------------------------------

/** Merges of one Ambito come one after the other: each redraws what belongs together. */
export const lockMerges = ({ db, ambito_id }: Ctx) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`people.merge ${ambito_id}`}, 0))`.execute(db)

export async function insertMerge({ db, ambito_id, actor }: Ctx, { one, other }: Pair, why: string) {
  const { rows } = await sql<{ id: string }>`
    insert into people.merge (ambito_id, one, other, why, recorded_by) values (${ambito_id}, ${one}, ${other}, ${why}, ${actor.account_id})
    on conflict do nothing returning id`.execute(db)
  return rows[0]?.id
}

export const findMerge = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('people.merge')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)

export async function endMerge({ db, ambito_id, now, actor }: Ctx, id: string, why: string) {
  await db
    .updateTable('people.merge')
    .set({ ended_at: now.toString(), ended_by: actor.account_id, ended_why: why })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

/** Merges of these files, those in force first. */
export const mergesOf = ({ db, ambito_id }: Ctx, ids: string[]) =>
  db
    .selectFrom('people.merge')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where(({ or, eb }) => or([eb('one', 'in', ids), eb('other', 'in', ids)]))
    .orderBy('ended_at', (order) => order.desc().nullsFirst())
    .orderBy('recorded_at', 'desc')
    .execute()
export type Merge = Awaited<ReturnType<typeof mergesOf>>[number]

/** The files tied to this one by merges in force, the one first made in front: it stands for all. */
export async function tiedTo({ db, ambito_id }: Ctx, id: string) {
  const { rows } = await sql<{ id: string }>`
    with recursive tied as (
      select ${id}::uuid as id
      union
      select case when m.one = t.id then m.other else m.one end from tied t
      join people.merge m on m.ambito_id = ${ambito_id} and m.ended_at is null and (m.one = t.id or m.other = t.id))
    select p.id from tied join people.person p on p.ambito_id = ${ambito_id} and p.id = tied.id order by p.created_at, p.id`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

export async function standFor({ db, ambito_id }: Ctx, canonical_id: string, ids: readonly string[]) {
  await sql`update people.person set canonical_id = ${canonical_id} where ambito_id = ${ambito_id} and id = any (${ids}::uuid[]) and canonical_id <> ${canonical_id}`.execute(
    db,
  )
}

/** Replaces all that these files are found by. */
export async function writeKeys(
  { db, ambito_id }: Ctx,
  ids: readonly string[],
  keys: readonly { person_id: string; key: string }[],
) {
  await sql`delete from people.search_key where ambito_id = ${ambito_id} and person_id = any (${ids}::uuid[])`.execute(
    db,
  )
  await sql`insert into people.search_key (ambito_id, key, person_id) select ${ambito_id}, left(key, 80), person_id
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) r (key text, person_id uuid) on conflict do nothing`.execute(
    db,
  )
}
