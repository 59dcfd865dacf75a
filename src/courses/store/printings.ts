/** The certificates of a large edition, set part after part. */
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

export async function insertPrinting({ db, ambito_id }: Ctx, edition_id: string, certificates: string[]) {
  const { id } = await db
    .insertInto('courses.printing')
    .values({ ambito_id, edition_id, certificates })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const printings = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('courses.printing').selectAll().where('ambito_id', '=', ambito_id)
export const findPrinting = (ctx: Ctx, id: string) =>
  printings(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export const oldPrintings = (ctx: Ctx, before: Temporal.Instant) =>
  printings(ctx).where('recorded_at', '<', before.toString()).execute()

export const partsOf = ({ db, ambito_id }: Ctx, printing_id: string) =>
  db
    .selectFrom('courses.printed')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('printing_id', '=', printing_id)
    .orderBy('part')
    .execute()

/** @returns false when another worker was quicker */
export async function insertPart({ db, ambito_id }: Ctx, row: { printing_id: string; part: number; file_id: string }) {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('courses.printed')
    .values({ ambito_id, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function dropPrinting({ db, ambito_id }: Ctx, id: string) {
  await db.deleteFrom('courses.printed').where('ambito_id', '=', ambito_id).where('printing_id', '=', id).execute()
  await db.deleteFrom('courses.printing').where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}
