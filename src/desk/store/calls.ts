/** Whoever no mail can reach: calls to make, and whether they were made. */
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { CallReason } from '../codes.ts'

/** Once for each thing to say. */
export async function insertCall({ db, ambito_id }: Ctx, appointment_id: string, what: CallReason) {
  await db
    .insertInto('desk.call')
    .values({ ambito_id, appointment_id, what })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What was to be said of an appointment that has not been yet; of one that was moved again or cancelled, only the last. */
export const callsToMake = ({ db, ambito_id, today }: Ctx) =>
  db
    .selectFrom('desk.call as c')
    .innerJoin('desk.appointment as p', (join) =>
      join.onRef('p.ambito_id', '=', 'c.ambito_id').onRef('p.id', '=', 'c.appointment_id'),
    )
    .select(['c.appointment_id', 'c.what', 'c.tried_at', 'p.person_id', 'p.on_day', 'p.starts_at'])
    .where('c.ambito_id', '=', ambito_id)
    .where('c.called_at', 'is', null)
    .where('p.on_day', '>=', today)
    .where('p.arrival_id', 'is', null)
    .where('p.missed_at', 'is', null)
    .where(({ or, and, eb }) =>
      or([
        and([eb('c.what', '=', 'cancelled'), eb('p.cancelled_at', 'is not', null)]),
        and([eb('c.what', '<>', 'cancelled'), eb('p.cancelled_at', 'is', null)]),
      ]),
    )
    .orderBy('p.on_day')
    .orderBy('p.starts_at')
    .limit(200)
    .$narrowType<{ what: CallReason }>()
    .execute()

export async function changeCall(
  { db, ambito_id }: Ctx,
  { appointment_id, what }: { appointment_id: string; what: CallReason },
  change: { tried_at: string } | { called_at: string; called_by: string | null },
) {
  const row = await db
    .updateTable('desk.call')
    .set(change)
    .where('ambito_id', '=', ambito_id)
    .where('appointment_id', '=', appointment_id)
    .where('what', '=', what)
    .returning('what')
    .executeTakeFirst()
  if (!row) throw notFound()
}
