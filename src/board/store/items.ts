/** Items, their Italian source and its versions, and what is kept about their days. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Kind } from '../rules/publication.ts'
import { type SourceText, sourceFields } from '../rules/texts.ts'

export const findItem = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('board.item')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .$narrowType<{ kind: Kind }>()
    .executeTakeFirstOrThrow(notFound)
export type Item = Awaited<ReturnType<typeof findItem>>

export const lockItem = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('board.item')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .$narrowType<{ kind: Kind }>()
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)

/** Everything on the board, with its Italian title, the newest change first. */
export const listItems = ({ db, ambito_id }: Ctx, kind?: Kind) =>
  db
    .selectFrom('board.item as i')
    .innerJoin('board.source_version as s', (join) =>
      join
        .onRef('s.ambito_id', '=', 'i.ambito_id')
        .onRef('s.item_id', '=', 'i.id')
        .onRef('s.version', '=', 'i.version'),
    )
    .leftJoin('board.event as e', (join) =>
      join.onRef('e.ambito_id', '=', 'i.ambito_id').onRef('e.item_id', '=', 'i.id'),
    )
    .select([
      'i.id',
      'i.kind',
      'i.slug',
      'i.owner',
      'i.published_from',
      'i.published_until',
      'i.withdrawn_at',
      'i.changed_at',
      's.title',
      'e.on_day',
      'e.starts_at',
      'e.cancelled_at',
    ])
    .where('i.ambito_id', '=', ambito_id)
    .$if(kind !== undefined, (query) => query.where('i.kind', '=', kind as Kind))
    .orderBy('i.changed_at', 'desc')
    .orderBy('i.id')
    .$narrowType<{ kind: Kind }>()
    .execute()
export type ItemLine = Awaited<ReturnType<typeof listItems>>[number]

export const slugsLike = async ({ db, ambito_id }: Ctx, kind: Kind, slug: string) =>
  (
    await db
      .selectFrom('board.item')
      .select('slug')
      .where('ambito_id', '=', ambito_id)
      .where('kind', '=', kind)
      .where('slug', 'like', `${slug}%`)
      .execute()
  ).map((row) => row.slug)

export async function insertItem({ db, ambito_id, actor }: Ctx, item: { kind: Kind; slug: string; demo?: boolean }) {
  const row = await db
    .insertInto('board.item')
    .values({ ambito_id, ...item, owner: actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function updateItem(
  { db, ambito_id, now }: Ctx,
  id: string,
  change: Partial<
    Pick<Item, 'owner' | 'published_from' | 'published_until' | 'withdrawn_at' | 'withdrawn_by' | 'version'>
  > = {},
) {
  await db
    .updateTable('board.item')
    .set({ ...change, changed_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

// --- the source -----------------------------------------------------------------------------------------------------

export const sourceOf = ({ db, ambito_id }: Ctx, item_id: string, version: number) =>
  db
    .selectFrom('board.source_version')
    .select([...sourceFields, 'version', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .where('version', '=', version)
    .executeTakeFirst()
export type Source = NonNullable<Awaited<ReturnType<typeof sourceOf>>>

export async function insertSource({ db, ambito_id }: Ctx, item_id: string, version: number, text: SourceText) {
  const words = Object.fromEntries(sourceFields.map((field) => [field, text[field]])) as SourceText
  await db
    .insertInto('board.source_version')
    .values({ ambito_id, item_id, version, ...words })
    .execute()
}

// --- needs, checks, reminders, announcements ------------------------------------------------------------------------

export const needsOf = async ({ db, ambito_id }: Ctx, item_id: string) =>
  (
    await db
      .selectFrom('board.item_need')
      .select('need')
      .where('ambito_id', '=', ambito_id)
      .where('item_id', '=', item_id)
      .orderBy('need')
      .execute()
  ).map((row) => row.need)

export async function writeNeeds({ db, ambito_id }: Ctx, item_id: string, needs: readonly string[]) {
  await db.deleteFrom('board.item_need').where('ambito_id', '=', ambito_id).where('item_id', '=', item_id).execute()
  if (needs.length > 0)
    await db
      .insertInto('board.item_need')
      .values([...new Set(needs)].map((need) => ({ ambito_id, item_id, need })))
      .execute()
}

export async function insertCardCheck({ db, ambito_id, today }: Ctx, item_id: string, by_whom: string) {
  await db.insertInto('board.card_check').values({ ambito_id, item_id, on_day: today, by_whom }).execute()
}
export const lastCardCheck = ({ db, ambito_id }: Ctx, item_id: string) =>
  db
    .selectFrom('board.card_check')
    .select(['on_day', 'by_whom'])
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .orderBy('on_day', 'desc')
    .orderBy('recorded_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** @returns whether this is the first time; the same answer for nobody else, ever */
export async function markAnnounced({ db, ambito_id, today }: Ctx, item_id: string) {
  const row = await db
    .insertInto('board.announced')
    .values({ ambito_id, item_id, on_day: today })
    .onConflict((conflict) => conflict.doNothing())
    .returning('item_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Their day has come, and nobody has been told. */
export const dueToAnnounce = ({ db, ambito_id, today }: Ctx) =>
  db
    .selectFrom('board.item as i')
    .select(['i.id', 'i.kind'])
    .where('i.ambito_id', '=', ambito_id)
    .where('i.published_from', '<=', today)
    .where('i.withdrawn_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('board.announced as a')
            .select('a.item_id')
            .where('a.ambito_id', '=', ambito_id)
            .whereRef('a.item_id', '=', 'i.id'),
        ),
      ),
    )
    .$narrowType<{ kind: Kind }>()
    .execute()

/** Cards whose day is near, and nobody has been told of that day. */
export const dueToRemind = ({ db, ambito_id, today }: Ctx, until: string) =>
  db
    .selectFrom('board.item as i')
    .innerJoin('board.source_version as s', (join) =>
      join
        .onRef('s.ambito_id', '=', 'i.ambito_id')
        .onRef('s.item_id', '=', 'i.id')
        .onRef('s.version', '=', 'i.version'),
    )
    .select(['i.id', 'i.kind', 'i.owner', 'i.published_until', 's.title'])
    .where('i.ambito_id', '=', ambito_id)
    .where('i.withdrawn_at', 'is', null)
    .where('i.published_from', '<=', today)
    .where('i.published_until', '<=', until)
    .where('i.published_until', '>=', today)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('board.reminder as r')
            .select('r.item_id')
            .where('r.ambito_id', '=', ambito_id)
            .whereRef('r.item_id', '=', 'i.id')
            .whereRef('r.until', '=', 'i.published_until'),
        ),
      ),
    )
    .$narrowType<{ published_until: string }>()
    .execute()

export async function markReminded({ db, ambito_id }: Ctx, item_id: string, until: string) {
  const row = await db
    .insertInto('board.reminder')
    .values({ ambito_id, item_id, until })
    .onConflict((conflict) => conflict.doNothing())
    .returning('item_id')
    .executeTakeFirst()
  return row !== undefined
}

// --- was it useful --------------------------------------------------------------------------------------------------

export async function countUseful({ db, ambito_id, today, lang }: Ctx, item_id: string, useful: boolean) {
  const [yes, no] = useful ? [1, 0] : [0, 1]
  await sql`insert into board.usefulness (ambito_id, item_id, on_day, language, yes, no)
    values (${ambito_id}, ${item_id}, ${today}, ${lang}, ${yes}, ${no})
    on conflict (ambito_id, item_id, on_day, language)
    do update set yes = board.usefulness.yes + excluded.yes, no = board.usefulness.no + excluded.no`.execute(db)
}

export async function usefulnessOf({ db, ambito_id }: Ctx, item_id: string) {
  const row = await db
    .selectFrom('board.usefulness')
    .select(({ fn }) => [fn.sum<string | null>('yes').as('yes'), fn.sum<string | null>('no').as('no')])
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .executeTakeFirst()
  return { yes: Number(row?.yes ?? 0), no: Number(row?.no ?? 0) }
}
