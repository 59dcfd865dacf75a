import type { Ctx } from '../kernel/ctx.ts'
import { emptyEnrolments, enrolmentsOfPersons, levelsOf, stepsOf } from './store/enrolments.ts'
import { ratingsOf } from './store/ratings.ts'
import { marksOfEnrolments } from './store/register.ts'

export async function exportCourses(ctx: Ctx, person_ids: string[]) {
  const enrolments = await enrolmentsOfPersons(ctx, person_ids)
  const ids = enrolments.map(({ id }) => id)
  return {
    enrolments,
    enrolment_steps: await stepsOf(ctx, ids),
    levels: await levelsOf(ctx, ids),
    self_ratings: await ratingsOf(ctx, ids),
    attendances: await marksOfEnrolments(ctx, ids),
  }
}

/** That somebody took part stays, without a name. */
export const eraseCourses = emptyEnrolments
