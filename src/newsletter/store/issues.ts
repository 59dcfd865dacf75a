/** Issues: their words in each language, what of the board is in them, and the letters as they went out. */
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Topic } from '../codes.ts'

const issues = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('newsletter.issue').selectAll().where('ambito_id', '=', ambito_id).$narrowType<{ topics: Topic[] }>()

export const findIssue = (ctx: Ctx, id: string) => issues(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export const lockIssue = (ctx: Ctx, id: string) =>
  issues(ctx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow(notFound)
export type Issue = Awaited<ReturnType<typeof findIssue>>

/** With their Italian subject, the newest first. */
export const listIssues = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('newsletter.issue as i')
    .innerJoin('newsletter.issue_words as w', (join) =>
      join.onRef('w.ambito_id', '=', 'i.ambito_id').onRef('w.issue_id', '=', 'i.id').on('w.language', '=', 'it'),
    )
    .selectAll('i')
    .select('w.subject')
    .where('i.ambito_id', '=', ambito_id)
    .orderBy('i.recorded_at', 'desc')
    .orderBy('i.id', 'desc')
    .limit(500)
    .execute()
export type IssueLine = Awaited<ReturnType<typeof listIssues>>[number]

/** Their hour has come, or they are on their way and nothing has moved: after a pause of the server's trouble, much later. */
export const notOver = ({ db, ambito_id, now }: Ctx) =>
  db
    .selectFrom('newsletter.issue')
    .select(['id', 'started_at'])
    .where('ambito_id', '=', ambito_id)
    .where('finished_at', 'is', null)
    .where('halted_at', 'is', null)
    .where(({ or, and, eb }) =>
      or([
        and([eb('started_at', 'is', null), eb('planned_for', '<=', now.toString())]),
        and([
          eb('started_at', 'is not', null),
          eb('changed_at', '<', now.subtract({ minutes: 3 }).toString()),
          or([eb('trouble_at', 'is', null), eb('changed_at', '<', now.subtract({ minutes: 70 }).toString())]),
        ]),
      ]),
    )
    .orderBy('planned_for')
    .execute()

export async function insertIssue({ db, ambito_id }: Ctx, given: { demo?: boolean } = {}) {
  const row = await db
    .insertInto('newsletter.issue')
    .values({ ambito_id, ...given })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function changeIssue(
  { db, ambito_id, now }: Ctx,
  id: string,
  change: Partial<
    Pick<
      Issue,
      'planned_for' | 'started_at' | 'halted_at' | 'finished_at' | 'trouble_at' | 'troubles' | 'trouble' | 'topics'
    >
  > = {},
) {
  await db
    .updateTable('newsletter.issue')
    .set({ ...change, changed_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

// --- words and contents ---------------------------------------------------------------------------------------------

export const wordsOf = ({ db, ambito_id }: Ctx, issue_id: string) =>
  db
    .selectFrom('newsletter.issue_words')
    .select(['language', 'subject', 'body', 'recorded_at'])
    .where('ambito_id', '=', ambito_id)
    .where('issue_id', '=', issue_id)
    .execute()
export type IssueWords = Awaited<ReturnType<typeof wordsOf>>[number]

export async function putWords(
  { db, ambito_id, now, actor }: Ctx,
  issue_id: string,
  language: string,
  words: { subject: string; body: string },
) {
  await db
    .insertInto('newsletter.issue_words')
    .values({ ambito_id, issue_id, language, ...words })
    .onConflict((conflict) =>
      conflict
        .columns(['ambito_id', 'issue_id', 'language'])
        .doUpdateSet({ ...words, recorded_at: now.toString(), recorded_by: actor.account_id }),
    )
    .execute()
}

export async function itemsOf({ db, ambito_id }: Ctx, issue_id: string) {
  const rows = await db
    .selectFrom('newsletter.issue_item')
    .select('item_id')
    .where('ambito_id', '=', ambito_id)
    .where('issue_id', '=', issue_id)
    .orderBy('position')
    .execute()
  return rows.map(({ item_id }) => item_id)
}

export async function putItems({ db, ambito_id }: Ctx, issue_id: string, items: readonly string[]) {
  await db
    .deleteFrom('newsletter.issue_item')
    .where('ambito_id', '=', ambito_id)
    .where('issue_id', '=', issue_id)
    .execute()
  if (items.length > 0)
    await db
      .insertInto('newsletter.issue_item')
      .values(items.map((item_id, position) => ({ ambito_id, issue_id, item_id, position })))
      .execute()
}

// --- as it went out -------------------------------------------------------------------------------------------------

export type Letter = { language: string; subject: string; text: string; html: string }

export async function insertLetters({ db, ambito_id }: Ctx, issue_id: string, letters: readonly Letter[]) {
  await db
    .insertInto('newsletter.letter')
    .values(letters.map((letter) => ({ ambito_id, issue_id, ...letter })))
    .execute()
}

export const lettersOf = ({ db, ambito_id }: Ctx, issue_id: string) =>
  db
    .selectFrom('newsletter.letter')
    .select(['language', 'subject', 'text', 'html'])
    .where('ambito_id', '=', ambito_id)
    .where('issue_id', '=', issue_id)
    .execute()
