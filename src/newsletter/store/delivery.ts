/** The readers of an issue, and what became of each letter. A row that has its end is never touched again. */
import { type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Topic } from '../codes.ts'

const reads = sql<SqlBool>`s.confirmed_at is not null and s.left_at is null and s.paused_at is null and s.suppressed_at is null`
const wants = (topics: readonly Topic[]) =>
  topics.length === 0
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(s.topics = '{}' or s.topics && ${sql.val([...topics])}::text[])`

/** Who would get it now, language by language. */
export const readersNow = ({ db, ambito_id }: Ctx, topics: readonly Topic[]) =>
  db
    .selectFrom('newsletter.subscriber as s')
    .select(['s.language'])
    .select(sql<number>`count(*)::int`.as('readers'))
    .where('s.ambito_id', '=', ambito_id)
    .where(reads)
    .where(wants(topics))
    .groupBy('s.language')
    .orderBy('readers', 'desc')
    .orderBy('s.language')
    .execute()

/** Written down once; whoever subscribes afterwards gets the next one. */
export async function freezeReaders({ db, ambito_id }: Ctx, issue_id: string, topics: readonly Topic[]) {
  await sql`insert into newsletter.recipient (ambito_id, issue_id, subscriber_id, language)
    select ${ambito_id}, ${issue_id}, s.id, s.language from newsletter.subscriber s
    where s.ambito_id = ${ambito_id} and ${reads} and ${wants(topics)} on conflict do nothing`.execute(db)
}

const unended = sql<SqlBool>`r.sent_at is null and r.refused_at is null and r.doubted_at is null and r.left_at is null`

export const readerIds = async ({ db, ambito_id }: Ctx, issue_id: string) =>
  (
    await db
      .selectFrom('newsletter.recipient as r')
      .select('r.subscriber_id')
      .where('r.ambito_id', '=', ambito_id)
      .where('r.issue_id', '=', issue_id)
      .execute()
  ).map(({ subscriber_id }) => subscriber_id)

/** The next ones due after `last`, in an order that stands still. */
export const nextReaders = ({ db, ambito_id, now }: Ctx, issue_id: string, last: string, limit: number) =>
  db
    .selectFrom('newsletter.recipient as r')
    .innerJoin('newsletter.subscriber as s', (join) =>
      join.onRef('s.ambito_id', '=', 'r.ambito_id').onRef('s.id', '=', 'r.subscriber_id'),
    )
    .select(['r.subscriber_id', 'r.language', 'r.attempts', 's.email', 's.name'])
    .where('r.ambito_id', '=', ambito_id)
    .where('r.issue_id', '=', issue_id)
    .where('r.subscriber_id', '>', last)
    .where(unended)
    .where('r.claimed_at', 'is', null)
    .where(({ or, eb }) => or([eb('r.again_at', 'is', null), eb('r.again_at', '<=', now.toString())]))
    .orderBy('r.subscriber_id')
    .limit(limit)
    .execute()
export type Reader = Awaited<ReturnType<typeof nextReaders>>[number]

/** Those who left, paused or turned out not to exist after the readers were written down. */
export async function passOver({ db, ambito_id, now }: Ctx, issue_id: string) {
  await sql`update newsletter.recipient r set left_at = ${now.toString()}
    from newsletter.subscriber s
    where r.ambito_id = ${ambito_id} and r.issue_id = ${issue_id} and ${unended} and r.claimed_at is null
      and s.ambito_id = r.ambito_id and s.id = r.subscriber_id and not (${reads})`.execute(db)
}

/** @returns those who are ours to end: nobody else has claimed them, and they still want it */
export async function claim({ db, ambito_id, now }: Ctx, issue_id: string, ids: readonly string[]) {
  if (ids.length === 0) return new Set<string>()
  const { rows } = await sql<{ subscriber_id: string }>`update newsletter.recipient r set claimed_at = ${now.toString()}
    from newsletter.subscriber s
    where r.ambito_id = ${ambito_id} and r.issue_id = ${issue_id} and r.subscriber_id = any (${sql.val([...ids])}::uuid[])
      and ${unended} and r.claimed_at is null and s.ambito_id = r.ambito_id and s.id = r.subscriber_id and ${reads}
    returning r.subscriber_id`.execute(db)
  return new Set(rows.map((row) => row.subscriber_id))
}

export type Ending = {
  subscriber_id: string
  end: 'sent' | 'refused' | 'doubted' | 'again'
  answer: string
  again_at: string | null
}

/** What the server said counts more than a doubt somebody had meanwhile. */
export async function recordEndings({ db, ambito_id, now }: Ctx, issue_id: string, endings: readonly Ending[]) {
  if (endings.length === 0) return
  const at = now.toString()
  await sql`update newsletter.recipient r set
      attempts = r.attempts + 1,
      claimed_at = case when e.end = 'again' then null else r.claimed_at end,
      again_at = e.again_at, answer = e.answer,
      sent_at = case when e.end = 'sent' then ${at}::timestamptz end,
      refused_at = case when e.end = 'refused' then ${at}::timestamptz end,
      doubted_at = case when e.end = 'doubted' then ${at}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(endings)}::jsonb) as e (subscriber_id uuid, "end" text, answer text, again_at timestamptz)
    where r.ambito_id = ${ambito_id} and r.issue_id = ${issue_id} and r.subscriber_id = e.subscriber_id
      and r.sent_at is null and r.refused_at is null and r.left_at is null`.execute(db)
}

/** Claimed by somebody who is gone: the server may have it. */
export async function doubtUnended({ db, ambito_id, now }: Ctx, issue_id: string) {
  await db
    .updateTable('newsletter.recipient as r')
    .set({ doubted_at: now.toString() })
    .where('r.ambito_id', '=', ambito_id)
    .where('r.issue_id', '=', issue_id)
    .where('r.claimed_at', 'is not', null)
    .where(unended)
    .execute()
}

/** Somebody decided that twice is better than perhaps not at all. */
export async function sendDoubtedAgain({ db, ambito_id }: Ctx, issue_id: string) {
  const { numUpdatedRows } = await db
    .updateTable('newsletter.recipient')
    .set({ doubted_at: null, claimed_at: null, again_at: null })
    .where('ambito_id', '=', ambito_id)
    .where('issue_id', '=', issue_id)
    .where('doubted_at', 'is not', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Came back after it was taken: once for each letter, and only for one we have sent. */
export async function recordBounce(
  { db, ambito_id, now }: Ctx,
  issue_id: string,
  subscriber_id: string,
  answer: string,
) {
  const { numUpdatedRows } = await db
    .updateTable('newsletter.recipient')
    .set({ bounced_at: now.toString(), answer })
    .where('ambito_id', '=', ambito_id)
    .where('issue_id', '=', issue_id)
    .where('subscriber_id', '=', subscriber_id)
    .where('bounced_at', 'is', null)
    .where(({ or, eb }) => or([eb('sent_at', 'is not', null), eb('doubted_at', 'is not', null)]))
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}

export async function suppress({ db, ambito_id, now }: Ctx, said: readonly { subscriber_id: string; why: string }[]) {
  if (said.length === 0) return
  await sql`update newsletter.subscriber s set suppressed_at = ${now.toString()}, suppressed_why = e.why
    from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as e (subscriber_id uuid, why text)
    where s.ambito_id = ${ambito_id} and s.id = e.subscriber_id and s.left_at is null and s.suppressed_at is null`.execute(
    db,
  )
}

const counts = {
  all: sql<number>`count(*)::int`,
  sent: sql<number>`count(sent_at)::int`,
  refused: sql<number>`count(refused_at)::int`,
  doubted: sql<number>`count(doubted_at)::int`,
  left: sql<number>`count(left_at)::int`,
  bounced: sql<number>`count(bounced_at)::int`,
  later: sql<number>`(count(*) filter (where again_at is not null and num_nonnulls(sent_at, refused_at, doubted_at, left_at) = 0))::int`,
}

export const resultOf = ({ db, ambito_id }: Ctx, issue_id: string) =>
  db
    .selectFrom('newsletter.recipient')
    .select(Object.entries(counts).map(([name, count]) => count.as(name)) as never)
    .$castTo<Record<keyof typeof counts, number>>()
    .where('ambito_id', '=', ambito_id)
    .where('issue_id', '=', issue_id)
    .executeTakeFirstOrThrow()
export type Result = Awaited<ReturnType<typeof resultOf>>

export const resultByLanguage = ({ db, ambito_id }: Ctx, issue_id: string) =>
  db
    .selectFrom('newsletter.recipient')
    .select(['language', sql<number>`count(*)::int`.as('readers'), sql<number>`count(sent_at)::int`.as('sent')])
    .where('ambito_id', '=', ambito_id)
    .where('issue_id', '=', issue_id)
    .groupBy('language')
    .orderBy('readers', 'desc')
    .orderBy('language')
    .execute()

/** What servers said, each once, the commonest first. */
export const answersOf = ({ db, ambito_id }: Ctx, issue_id: string) =>
  db
    .selectFrom('newsletter.recipient')
    .select(['answer'])
    .select([
      sql<
        'refused' | 'doubted' | 'later'
      >`case when refused_at is not null then 'refused' when doubted_at is not null then 'doubted' else 'later' end`.as(
        'end',
      ),
      sql<number>`count(*)::int`.as('count'),
    ])
    .where('ambito_id', '=', ambito_id)
    .where('issue_id', '=', issue_id)
    .where('sent_at', 'is', null)
    .where('left_at', 'is', null)
    .where('answer', '<>', '')
    .groupBy(['answer', 'end'])
    .orderBy('count', 'desc')
    .orderBy('answer')
    .limit(50)
    .execute()

/** When the first of those who wait is due; null when nobody waits. */
export async function nextDue({ db, ambito_id }: Ctx, issue_id: string) {
  const row = await db
    .selectFrom('newsletter.recipient as r')
    .select([
      sql<number>`count(*)::int`.as('waiting'),
      sql<string | null>`min(coalesce(r.again_at, '-infinity'))::text`.as('due'),
    ])
    .where('r.ambito_id', '=', ambito_id)
    .where('r.issue_id', '=', issue_id)
    .where(unended)
    .executeTakeFirstOrThrow()
  return row.waiting === 0 ? null : row.due
}
