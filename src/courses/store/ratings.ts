/** What people said of themselves; only ever added to. */
import type { Ctx } from '../../kernel/ctx.ts'

export const ratingsOf = ({ db, ambito_id }: Ctx, enrolment_ids: readonly string[]) =>
  enrolment_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('courses.self_rating')
        .selectAll()
        .where('ambito_id', '=', ambito_id)
        .where('enrolment_id', 'in', [...enrolment_ids])
        .orderBy('position')
        .execute()
export type Rating = Awaited<ReturnType<typeof ratingsOf>>[number]

export async function insertRating(
  { db, ambito_id }: Ctx,
  row: Omit<Rating, 'ambito_id' | 'id' | 'position' | 'recorded_at' | 'recorded_by'>,
) {
  const { id } = await db
    .insertInto('courses.self_rating')
    .values({ ambito_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
