import type { Ctx } from '../kernel/ctx.ts'
import { eraseSignatures } from './actions/signing.ts'
import { emptyEnrolments, enrolmentsOfPersons, levelsOf, stepsOf } from './store/enrolments.ts'
import { ratingsOf } from './store/ratings.ts'
import { marksOfEnrolments } from './store/register.ts'
import { signaturesOf } from './store/signatures.ts'

export async function exportCourses(ctx: Ctx, person_ids: string[]) {
  const enrolments = await enrolmentsOfPersons(ctx, person_ids)
  const ids = enrolments.map(({ id }) => id)
  return {
    enrolments,
    enrolment_steps: await stepsOf(ctx, ids),
    levels: await levelsOf(ctx, ids),
    self_ratings: await ratingsOf(ctx, ids),
    signatures_on_screen: await signaturesOf(ctx, ids),
    attendances: await marksOfEnrolments(ctx, ids),
  }
}

/** That somebody took part stays, without a name. */
export async function eraseCourses(ctx: Ctx, person_ids: string[]) {
  const enrolments = await enrolmentsOfPersons(ctx, person_ids)
  await eraseSignatures(
    ctx,
    enrolments.map(({ id }) => id),
  )
  await emptyEnrolments(ctx, person_ids)
}
