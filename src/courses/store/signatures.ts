/** Signatures drawn on a screen. */
import type { Ctx } from '../../kernel/ctx.ts'

const signatures = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('courses.signature').selectAll().where('ambito_id', '=', ambito_id)

export const signaturesIn = (ctx: Ctx, lesson_ids: readonly string[]) =>
  lesson_ids.length === 0
    ? Promise.resolve([])
    : signatures(ctx)
        .where('lesson_id', 'in', [...lesson_ids])
        .execute()
export const signaturesOf = (ctx: Ctx, enrolment_ids: readonly string[]) =>
  enrolment_ids.length === 0
    ? Promise.resolve([])
    : signatures(ctx)
        .where('enrolment_id', 'in', [...enrolment_ids])
        .execute()

/** @returns the file of the one that stood */
export async function dropSignature({ db, ambito_id }: Ctx, lesson_id: string, enrolment_id: string) {
  const row = await db
    .deleteFrom('courses.signature')
    .where('ambito_id', '=', ambito_id)
    .where('lesson_id', '=', lesson_id)
    .where('enrolment_id', '=', enrolment_id)
    .returning('file_id')
    .executeTakeFirst()
  return row?.file_id
}

export async function insertSignature(
  { db, ambito_id }: Ctx,
  row: { lesson_id: string; enrolment_id: string; file_id: string },
) {
  await db
    .insertInto('courses.signature')
    .values({ ambito_id, ...row })
    .execute()
}
