/** The picture of an item: one at most, and the file it is. */
import type { Ctx } from '../../kernel/ctx.ts'

export const pictureOf = ({ db, ambito_id }: Ctx, item_id: string) =>
  db
    .selectFrom('board.picture')
    .select(['file_id', 'width', 'height'])
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .executeTakeFirst()

export const pictureWithFile = ({ db, ambito_id }: Ctx, file_id: string) =>
  db
    .selectFrom('board.picture')
    .select('item_id')
    .where('ambito_id', '=', ambito_id)
    .where('file_id', '=', file_id)
    .executeTakeFirst()

export async function writePicture(
  { db, ambito_id }: Ctx,
  item_id: string,
  picture: { file_id: string; width: number; height: number },
) {
  await db
    .insertInto('board.picture')
    .values({ ambito_id, item_id, ...picture })
    .onConflict((conflict) => conflict.columns(['ambito_id', 'item_id']).doUpdateSet(picture))
    .execute()
}

export const deletePicture = ({ db, ambito_id }: Ctx, item_id: string) =>
  db.deleteFrom('board.picture').where('ambito_id', '=', ambito_id).where('item_id', '=', item_id).execute()
