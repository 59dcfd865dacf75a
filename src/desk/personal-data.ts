import type { Ctx } from '../kernel/ctx.ts'
import { notesFor } from './actions.ts'
import { appointmentsOfPersons } from './store/appointments.ts'
import * as store from './store.ts'

export async function exportDesk(ctx: Ctx, person_ids: string[]) {
  const visits = await store.visitsOfPersons(ctx, person_ids, 10_000)
  return {
    visits,
    referrals: await store.referralsOf(
      ctx,
      visits.map((visit) => visit.id),
    ),
    notes: await notesFor(ctx, person_ids),
    appointments: await appointmentsOfPersons(ctx, person_ids),
  }
}

/** Visits stay as facts without a name; what was written about the person goes. */
export const eraseDesk = store.emptyDesk
