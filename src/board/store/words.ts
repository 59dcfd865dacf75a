/** The words by which things are found. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

export async function writeWords({ db, ambito_id }: Ctx, item_id: string, words: ReadonlyMap<string, number>) {
  await db.deleteFrom('board.word').where('ambito_id', '=', ambito_id).where('item_id', '=', item_id).execute()
  const rows = [...words].map(([word, weight]) => ({ word, weight }))
  if (rows.length > 0)
    await sql`insert into board.word (ambito_id, item_id, word, weight)
      select ${ambito_id}, ${item_id}, w->>'word', (w->>'weight')::smallint from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) w`.execute(
      db,
    )
}

/** Items with a word that is, or begins with, what was typed; the end of the range is the last letter there is. */
export const itemsByWord = ({ db, ambito_id }: Ctx, word: string) =>
  db
    .selectFrom('board.word')
    .select(['item_id', 'weight', 'word'])
    .where('ambito_id', '=', ambito_id)
    .where('word', '>=', word)
    .where('word', '<', `${word}\u{10FFFF}`)
    .limit(2000)
    .execute()

/** The board's own words, for those that were mistyped. */
export const everyWord = async ({ db, ambito_id }: Ctx) =>
  (
    await db
      .selectFrom('board.word')
      .select('word')
      .where('ambito_id', '=', ambito_id)
      .distinct()
      .limit(50_000)
      .execute()
  ).map(({ word }) => word)
