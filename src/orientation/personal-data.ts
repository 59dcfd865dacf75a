import type { Ctx } from '../kernel/ctx.ts'
import { filesOf } from '../kernel/files/files.ts'
import { forget } from './actions/records.ts'
import { emptyPlans, emptySessions } from './store/erasing.ts'
import { endReferrals, plansOf, referralsOf, stepsOf } from './store/plans.ts'
import { attachmentsOf, entriesOf, milestonesOf, resultsOf } from './store/records.ts'
import { sessionsOf } from './store/sessions.ts'

export async function exportOrientation(ctx: Ctx, person_ids: string[]) {
  const plans = await plansOf(ctx, person_ids)
  const ids = plans.map(({ id }) => id)
  return {
    referrals: await referralsOf(ctx, person_ids),
    plans,
    steps: await stepsOf(ctx, ids),
    sessions: await sessionsOf(ctx, person_ids),
    milestones: await milestonesOf(ctx, ids),
    results: await resultsOf(ctx, ids),
    cv: await entriesOf(ctx, ids),
    files: await filesOf(
      ctx,
      'orientation',
      (await attachmentsOf(ctx, ids)).map(({ file_id }) => file_id),
    ),
  }
}

/** What was written and what was attached goes; days, minutes and results stay without a name. */
export async function eraseOrientation(ctx: Ctx, person_ids: string[]) {
  const ids = (await plansOf(ctx, person_ids)).map(({ id }) => id)
  await endReferrals(ctx, { person_ids }, 'withdrawn')
  await emptySessions(ctx, person_ids)
  if (ids.length === 0) return
  for (const { file_id } of await attachmentsOf(ctx, ids)) await forget(ctx, file_id)
  await emptyPlans(ctx, ids)
}
