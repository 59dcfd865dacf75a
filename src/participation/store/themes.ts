/** Themes, where their voices stand, how they go on, and what is answered. */
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Status, Topic } from '../codes.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export async function insertTheme({ db, ambito_id }: Here, theme: { title: string; topic: Topic; demo?: boolean }) {
  const { id } = await db
    .insertInto('participation.theme')
    .values({ ambito_id, ...theme })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

type NewStatus = { status: Status; into_id?: string | null; note?: string; on_day?: string }
export async function insertStatus({ db, ambito_id }: Here, theme_id: string, status: NewStatus) {
  await db
    .insertInto('participation.theme_status')
    .values({ ambito_id, theme_id, ...status })
    .execute()
}

const themes = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('participation.theme as t')
    .innerJoinLateral(
      (of) =>
        of
          .selectFrom('participation.theme_status as s')
          .select(['s.status', 's.on_day', 's.into_id', 's.note'])
          .whereRef('s.ambito_id', '=', 't.ambito_id')
          .whereRef('s.theme_id', '=', 't.id')
          .orderBy('s.recorded_at', 'desc')
          .orderBy('s.id', 'desc')
          .limit(1)
          .as('s'),
      (join) => join.onTrue(),
    )
    .leftJoin('participation.publication as b', (join) =>
      join.onRef('b.ambito_id', '=', 't.ambito_id').onRef('b.theme_id', '=', 't.id').on('b.withdrawn_at', 'is', null),
    )
    .select((of) => [
      't.id',
      't.title',
      't.topic',
      't.demo',
      's.status',
      's.on_day as since',
      's.into_id',
      's.note',
      'b.on_day as published_on',
      of
        .selectFrom('participation.placement as p')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .whereRef('p.ambito_id', '=', 't.ambito_id')
        .whereRef('p.theme_id', '=', 't.id')
        .where('p.ended_at', 'is', null)
        .as('voices'),
    ])
    .where('t.ambito_id', '=', ambito_id)
    .$narrowType<{ status: Status; topic: Topic }>()

export const findTheme = (ctx: Here, id: string) => themes(ctx).where('t.id', '=', id).executeTakeFirstOrThrow(notFound)
export type Theme = Awaited<ReturnType<typeof findTheme>>

/** Held until this transaction ends. */
export async function lockTheme(ctx: Here, id: string) {
  await ctx.db
    .selectFrom('participation.theme')
    .select('id')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)
  return findTheme(ctx, id)
}

export const listThemes = (ctx: Here) =>
  themes(ctx).orderBy('s.on_day', 'desc').orderBy('t.recorded_at', 'desc').limit(500).execute()

export const statusesOf = ({ db, ambito_id }: Here, theme_id: string) =>
  db
    .selectFrom('participation.theme_status')
    .select(['status', 'on_day', 'note', 'into_id', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('theme_id', '=', theme_id)
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .$narrowType<{ status: Status }>()
    .execute()

// --- where voices stand ---------------------------------------------------------------------------------------------

export async function placeVoices({ db, ambito_id, now }: Ctx, voice_ids: readonly string[], theme_id: string) {
  if (voice_ids.length === 0) return
  await db
    .updateTable('participation.placement')
    .set({ ended_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('voice_id', 'in', [...voice_ids])
    .where('ended_at', 'is', null)
    .execute()
  await db
    .insertInto('participation.placement')
    .values(voice_ids.map((voice_id) => ({ ambito_id, voice_id, theme_id })))
    .execute()
}
// --- you said, we did -----------------------------------------------------------------------------------------------

export type ReplyText = {
  language: string
  title: string
  you_said: string
  we_did: string
  origin: 'person' | 'machine'
}
export async function insertReply({ db, ambito_id }: Here, theme_id: string, reply: ReplyText) {
  await db
    .insertInto('participation.reply')
    .values({ ambito_id, theme_id, ...reply })
    .execute()
}

/** The newest of each language. */
export const repliesOf = ({ db, ambito_id }: Here, theme_ids: readonly string[]) =>
  theme_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('participation.reply')
        .distinctOn(['theme_id', 'language'])
        .select(['theme_id', 'language', 'title', 'you_said', 'we_did', 'origin', 'recorded_at'])
        .where('ambito_id', '=', ambito_id)
        .where('theme_id', 'in', [...theme_ids])
        .orderBy('theme_id')
        .orderBy('language')
        .orderBy('recorded_at', 'desc')
        .orderBy('id', 'desc')
        .$narrowType<{ origin: 'person' | 'machine' }>()
        .execute()
export type Reply = Awaited<ReturnType<typeof repliesOf>>[number]

export async function insertPublication({ db, ambito_id }: Here, theme_id: string, on_day?: string) {
  await db
    .insertInto('participation.publication')
    .values({ ambito_id, theme_id, ...(on_day && { on_day }) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
export async function withdrawPublication({ db, ambito_id, now, actor }: Ctx, theme_id: string) {
  const { numUpdatedRows } = await db
    .updateTable('participation.publication')
    .set({ withdrawn_at: now.toString(), withdrawn_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('theme_id', '=', theme_id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const publishedThemes = ({ db, ambito_id }: Here, { limit, offset }: { limit: number; offset: number }) =>
  db
    .selectFrom('participation.publication as b')
    .innerJoin('participation.theme as t', (join) =>
      join.onRef('t.ambito_id', '=', 'b.ambito_id').onRef('t.id', '=', 'b.theme_id'),
    )
    .select(({ fn }) => ['t.id', 't.topic', 't.demo', 'b.on_day', fn.countAll<string>().over().as('total')])
    .where('b.ambito_id', '=', ambito_id)
    .where('b.withdrawn_at', 'is', null)
    .orderBy('b.on_day', 'desc')
    .orderBy('b.recorded_at', 'desc')
    .limit(limit)
    .offset(offset)
    .$narrowType<{ topic: Topic }>()
    .execute()
