/** Who wants to hear, and the doors they were given. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Topic } from '../codes.ts'

export const hashOf = (token: string) => createHash('sha256').update(token).digest()

export type NewSubscriber = {
  email: string
  mark: string
  name: string
  language: string
  topics: readonly Topic[]
  source: 'form' | 'import' | 'example'
  consent_on: string
  consent_words?: string
  consent_where?: string
  confirmed_at?: string
  demo?: boolean
}

/** Who is there already keeps what they chose, unless they never confirmed it. */
export const putSubscriber = ({ db, ambito_id, now }: Ctx, { topics, ...given }: NewSubscriber) =>
  db
    .insertInto('newsletter.subscriber')
    .values({ ambito_id, ...given, topics: [...topics] })
    .onConflict((conflict) =>
      conflict
        .columns(['ambito_id', 'email'])
        .where('email', 'is not', null)
        .doUpdateSet((of) => {
          const unless_confirmed = <Name extends 'name' | 'language' | 'topics' | 'consent_on' | 'consent_words'>(
            name: Name,
          ) =>
            of
              .case()
              .when('newsletter.subscriber.confirmed_at', 'is', null)
              .then(of.ref(`excluded.${name}`))
              .else(of.ref(`newsletter.subscriber.${name}`))
              .end()
          return {
            asked_at: now.toString(),
            name: unless_confirmed('name') as never,
            language: unless_confirmed('language') as never,
            topics: unless_confirmed('topics') as never,
            consent_on: unless_confirmed('consent_on') as never,
            consent_words: unless_confirmed('consent_words') as never,
          }
        }),
    )
    .returning(['id', 'email', 'language', 'confirmed_at', 'suppressed_at'])
    .$narrowType<{ email: string }>()
    .executeTakeFirstOrThrow()

const all = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('newsletter.subscriber')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .$narrowType<{ topics: Topic[] }>()

export const findSubscriber = (ctx: Ctx, id: string) => all(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export type Subscriber = Awaited<ReturnType<typeof findSubscriber>>

/** Which of these addresses are here, and which have gone. */
export async function knownAddresses({ db, ambito_id }: Ctx, emails: readonly string[], marks: readonly string[]) {
  const here = await db
    .selectFrom('newsletter.subscriber')
    .select(['email', 'confirmed_at'])
    .where('ambito_id', '=', ambito_id)
    .where('email', 'in', emails)
    .execute()
  const gone = await db
    .selectFrom('newsletter.subscriber')
    .select('mark')
    .where('ambito_id', '=', ambito_id)
    .where('left_at', 'is not', null)
    .where('mark', 'in', marks)
    .execute()
  return {
    confirmed: new Set(here.flatMap(({ email, confirmed_at }) => (email && confirmed_at ? [email] : []))),
    gone: new Set(gone.map(({ mark }) => mark)),
  }
}

/** What somebody does themselves: they have been heard of. */
export async function changeSubscriber(
  { db, ambito_id, now }: Ctx,
  id: string,
  change: Partial<
    Pick<Subscriber, 'name' | 'language' | 'topics' | 'confirmed_at' | 'paused_at' | 'suppressed_at' | 'suppressed_why'>
  >,
) {
  await db
    .updateTable('newsletter.subscriber')
    .set({ ...change, active_at: now.toString(), asked_to_stay_at: null })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .execute()
}

/** The address and the name go at once; the language stays, so that counts stay. */
export async function emptySubscriber(
  { db, ambito_id, now }: Ctx,
  id: string,
  how: 'one_click' | 'page' | 'erased' | 'staff' | 'expired',
) {
  await db
    .updateTable('newsletter.subscriber')
    .set({ email: null, name: '', topics: [], suppressed_why: '', left_at: now.toString(), left_how: how })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .execute()
  if (how === 'erased')
    await db
      .updateTable('newsletter.subscriber')
      .set({ mark: null, left_how: 'erased' })
      .where('ambito_id', '=', ambito_id)
      .where('id', '=', id)
      .execute()
}

/** Asked, and never confirmed. */
export async function forgetUnconfirmed({ db, ambito_id }: Ctx, before: Temporal.Instant) {
  await db
    .deleteFrom('newsletter.subscriber')
    .where('ambito_id', '=', ambito_id)
    .where('confirmed_at', 'is', null)
    .where('left_at', 'is', null)
    .where('asked_at', '<', before.toString())
    .execute()
}

/** Not heard of since `before`, a few hundred at a time, and marked as asked in the same breath. */
export async function takeSilent({ db, ambito_id, now }: Ctx, before: Temporal.Instant) {
  const { rows } = await sql<{ id: string; email: string; language: string }>`
    update newsletter.subscriber s set asked_to_stay_at = ${now.toString()}
    where s.ambito_id = ${ambito_id} and s.id in (
      select id from newsletter.subscriber where ambito_id = ${ambito_id} and left_at is null and confirmed_at is not null
        and suppressed_at is null and asked_to_stay_at is null and active_at < ${before.toString()} order by active_at limit 300)
    returning s.id, s.email, s.language`.execute(db)
  return rows
}
/** Asked in vain, or at an address that does not exist. */
export async function silentForGood(
  { db, ambito_id }: Ctx,
  asked_before: Temporal.Instant,
  active_before: Temporal.Instant,
) {
  const { rows } = await sql<{ id: string }>`
    select id from newsletter.subscriber where ambito_id = ${ambito_id} and left_at is null and confirmed_at is not null
      and active_at < ${active_before.toString()} and (asked_to_stay_at < ${asked_before.toString()} or suppressed_at is not null) limit 1000`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

// --- doors ----------------------------------------------------------------------------------------------------------

/** A door that is there already stays as it is. */
export async function putLinks(
  { db, ambito_id }: Ctx,
  links: readonly { token: string; subscriber_id: string; kind: 'confirm' | 'mine'; expires_at?: string }[],
) {
  if (links.length === 0) return
  await db
    .insertInto('newsletter.link')
    .values(links.map(({ token, ...link }) => ({ ambito_id, token_hash: hashOf(token), ...link })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export const subscriberOf = (ctx: Ctx, kind: 'confirm' | 'mine', token: string) =>
  ctx.db
    .selectFrom('newsletter.link as k')
    .innerJoin('newsletter.subscriber as s', (join) =>
      join.onRef('s.ambito_id', '=', 'k.ambito_id').onRef('s.id', '=', 'k.subscriber_id'),
    )
    .selectAll('s')
    .select('k.expires_at')
    .where('k.ambito_id', '=', ctx.ambito_id)
    .where('k.token_hash', '=', hashOf(token))
    .where('k.kind', '=', kind)
    .$narrowType<{ topics: Topic[] }>()
    .executeTakeFirst()

// --- how many, and who ----------------------------------------------------------------------------------------------

export const countReaders = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('newsletter.subscriber')
    .select(['language'])
    .select([
      sql<number>`(count(*) filter (where confirmed_at is not null and suppressed_at is null and paused_at is null))::int`.as(
        'reading',
      ),
      sql<number>`(count(*) filter (where paused_at is not null))::int`.as('paused'),
      sql<number>`(count(*) filter (where suppressed_at is not null))::int`.as('suppressed'),
      sql<number>`(count(*) filter (where confirmed_at is null))::int`.as('unconfirmed'),
    ])
    .where('ambito_id', '=', ambito_id)
    .where('left_at', 'is', null)
    .groupBy('language')
    .orderBy('reading', 'desc')
    .orderBy('language')
    .execute()

const here = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('newsletter.subscriber')
    .where('ambito_id', '=', ambito_id)
    .where('left_at', 'is', null)
    .$narrowType<{ email: string; topics: Topic[] }>()

export const listSubscribers = (ctx: Ctx, page?: { limit: number; offset: number }) =>
  here(ctx)
    .select([
      'id',
      'email',
      'name',
      'language',
      'topics',
      'source',
      'consent_on',
      'consent_where',
      'confirmed_at',
      'paused_at',
      'suppressed_at',
    ])
    .orderBy('email')
    .$if(page !== undefined, (query) => query.limit(page?.limit ?? 0).offset(page?.offset ?? 0))
    .execute()
export type SubscriberLine = Awaited<ReturnType<typeof listSubscribers>>[number]

export async function countSubscribers(ctx: Ctx) {
  const row = await here(ctx)
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** What was sent to somebody, for the copy of their data. */
export const lettersTo = ({ db, ambito_id }: Ctx, subscriber_id: string) =>
  db
    .selectFrom('newsletter.recipient as r')
    .innerJoin('newsletter.letter as l', (join) =>
      join
        .onRef('l.ambito_id', '=', 'r.ambito_id')
        .onRef('l.issue_id', '=', 'r.issue_id')
        .onRef('l.language', '=', 'r.language'),
    )
    .select(['l.subject', 'r.language', 'r.sent_at', 'r.refused_at'])
    .where('r.ambito_id', '=', ambito_id)
    .where('r.subscriber_id', '=', subscriber_id)
    .orderBy('r.sent_at')
    .execute()
