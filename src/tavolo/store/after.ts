/** What comes after a meeting: remarks, corrections, what everybody may read, papers. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

// --- remarks and corrections ----------------------------------------------------------------------------------------

export async function insertRemark(
  { db, ambito_id }: Here,
  remark: { meeting_id: string; member_id: string | null; text: string },
) {
  await db
    .insertInto('tavolo.remark')
    .values({ ambito_id, ...remark })
    .execute()
}
const remarks = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('tavolo.remark as r')
    .leftJoin('tavolo.member as m', (join) =>
      join.onRef('m.ambito_id', '=', 'r.ambito_id').onRef('m.id', '=', 'r.member_id'),
    )
    .select([
      'r.id',
      'r.meeting_id',
      'r.member_id',
      'r.text',
      'r.settled_at',
      'r.settled_how',
      'r.recorded_at',
      'm.name as member_name',
    ])
    .where('r.ambito_id', '=', ambito_id)
export type Remark = Awaited<ReturnType<typeof findRemark>>
export const findRemark = (ctx: Here, id: string) =>
  remarks(ctx).where('r.id', '=', id).executeTakeFirstOrThrow(notFound)
export const remarksOf = (ctx: Here, meeting_id: string) =>
  remarks(ctx).where('r.meeting_id', '=', meeting_id).orderBy('r.recorded_at').execute()
export async function settleRemark({ db, ambito_id, now, actor }: Ctx, id: string, settled_how: string) {
  await db
    .updateTable('tavolo.remark')
    .set({ settled_at: now.toString(), settled_by: actor.account_id, settled_how })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

export async function insertCorrection(
  { db, ambito_id }: Here,
  correction: { meeting_id: string; decision_id: string | null; text: string },
) {
  await db
    .insertInto('tavolo.correction')
    .values({ ambito_id, ...correction })
    .execute()
}
export const correctionsOf = ({ db, ambito_id }: Here, meeting_id: string) =>
  db
    .selectFrom('tavolo.correction')
    .select(['id', 'decision_id', 'text', 'on_day'])
    .where('ambito_id', '=', ambito_id)
    .where('meeting_id', '=', meeting_id)
    .orderBy('recorded_at')
    .execute()
export type Correction = Awaited<ReturnType<typeof correctionsOf>>[number]

// --- what everybody may read ----------------------------------------------------------------------------------------

export type ExtractText = { language: string; title: string; body: string; origin: 'person' | 'machine' }
export async function insertExtract({ db, ambito_id }: Here, meeting_id: string, extract: ExtractText) {
  await db
    .insertInto('tavolo.extract')
    .values({ ambito_id, meeting_id, ...extract })
    .execute()
}
/** The newest of each language. */
export async function extractsOf({ db, ambito_id }: Here, meeting_ids: readonly string[]) {
  if (meeting_ids.length === 0) return []
  const { rows } = await sql<ExtractText & { meeting_id: string }>`
    select distinct on (meeting_id, language) meeting_id, language, title, body, origin from tavolo.extract
    where ambito_id = ${ambito_id} and meeting_id in (${sql.join([...meeting_ids])})
    order by meeting_id, language, recorded_at desc, id desc`.execute(db)
  return rows
}

export async function insertPublication({ db, ambito_id }: Here, meeting_id: string, on_day: string) {
  await db
    .insertInto('tavolo.publication')
    .values({ ambito_id, meeting_id, on_day })
    .onConflict((conflict) =>
      conflict.columns(['ambito_id', 'meeting_id']).where('withdrawn_at', 'is', null).doNothing(),
    )
    .execute()
}
export async function withdrawPublication({ db, ambito_id, now, actor }: Ctx, meeting_id: string) {
  await db
    .updateTable('tavolo.publication')
    .set({ withdrawn_at: now.toString(), withdrawn_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('meeting_id', '=', meeting_id)
    .where('withdrawn_at', 'is', null)
    .execute()
}
export const publishedOf = ({ db, ambito_id }: Here, meeting_id: string) =>
  db
    .selectFrom('tavolo.publication')
    .select('on_day')
    .where('ambito_id', '=', ambito_id)
    .where('meeting_id', '=', meeting_id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
export const listPublished = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('tavolo.publication as p')
    .innerJoin('tavolo.meeting as m', (join) =>
      join.onRef('m.ambito_id', '=', 'p.ambito_id').onRef('m.id', '=', 'p.meeting_id'),
    )
    .select(['m.id', 'm.number', 'm.on_day', 'p.on_day as published_on', 'm.demo'])
    .where('p.ambito_id', '=', ambito_id)
    .where('p.withdrawn_at', 'is', null)
    .orderBy('m.on_day', 'desc')
    .limit(200)
    .execute()

// --- papers ---------------------------------------------------------------------------------------------------------

export async function insertPaper(
  { db, ambito_id }: Here,
  paper: { file_id: string; meeting_id: string; title: string },
) {
  await db
    .insertInto('tavolo.paper')
    .values({ ambito_id, ...paper })
    .execute()
}
const papers = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('tavolo.paper')
    .select(['file_id', 'meeting_id', 'title'])
    .where('ambito_id', '=', ambito_id)
    .where('removed_at', 'is', null)
export const papersOf = (ctx: Here, meeting_id: string) =>
  papers(ctx).where('meeting_id', '=', meeting_id).orderBy('recorded_at').execute()
export const findPaper = (ctx: Here, file_id: string) =>
  papers(ctx).where('file_id', '=', file_id).executeTakeFirstOrThrow(notFound)
export async function removePaper({ db, ambito_id, now }: Ctx, file_id: string) {
  await db
    .updateTable('tavolo.paper')
    .set({ removed_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('file_id', '=', file_id)
    .execute()
}
