/** How people see their own skills, on coming in and on leaving: five skills and how much they want to learn, in faces. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound } from '../../kernel/errors.ts'
import { isForStaff, type Moment } from '../codes.ts'
import type { RatingInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import { wasIn } from '../rules/states.ts'
import * as editions from '../store/editions.ts'
import { type Enrolment, findEnrolment } from '../store/enrolments.ts'
import * as store from '../store/ratings.ts'
import { seenEdition } from './editions.ts'
import { enrolmentOfLink } from './enrolling.ts'
import { announceRated } from './outcomes.ts'

/** Until half of the lessons are held it is how one came in. */
async function momentOf(ctx: Ctx, edition: editions.Edition): Promise<Moment> {
  const { planned, closed } = await editions.countLessons(ctx, edition.id)
  return edition.ended_on || (planned > 0 && closed * 2 >= planned) ? 'exit' : 'entry'
}

const isAsked = (edition: editions.Edition, { state }: Enrolment) => !isForStaff(edition.kind) && wasIn(state)

/** What somebody is asked behind their own link; NotFound where nothing is asked. */
export async function ratingOfLink(ctx: Ctx, token: string) {
  const { enrolment, edition, texts } = await enrolmentOfLink(ctx, token)
  if (!isAsked(edition, enrolment)) throw new NotFound()
  const moment = await momentOf(ctx, edition)
  const given = (await store.ratingsOf(ctx, [enrolment.id])).findLast((one) => one.moment === moment)
  return { enrolment, edition, texts, moment, given }
}
export type RatingAsked = Awaited<ReturnType<typeof ratingOfLink>>

export async function rateByLink(ctx: Ctx, token: string, answers: RatingInput) {
  const { enrolment, edition, moment } = await ratingOfLink(ctx, token)
  await rate(ctx, edition, enrolment, moment, answers, 'person')
}

export async function ratingSeen(ctx: Ctx, enrolment_id: string) {
  const enrolment = await findEnrolment(ctx, enrolment_id)
  const edition = await seenEdition(ctx, enrolment.edition_id)
  allow(ctx.actor.can(may.assess))
  if (!isAsked(edition, enrolment)) throw new NotFound()
  return { enrolment, edition, moment: await momentOf(ctx, edition) }
}

/** What somebody says at the desk or in the classroom, written down for them. */
export async function rateForThem(
  ctx: Ctx,
  enrolment_id: string,
  { moment, ...answers }: RatingInput & { moment: Moment },
) {
  const { enrolment, edition } = await ratingSeen(ctx, enrolment_id)
  await rate(ctx, edition, enrolment, moment, answers, 'staff')
}

async function rate(
  ctx: Ctx,
  edition: editions.Edition,
  enrolment: Enrolment,
  moment: Moment,
  answers: RatingInput,
  by_whom: 'person' | 'staff',
) {
  const id = await store.insertRating(ctx, {
    enrolment_id: enrolment.id,
    moment,
    by_whom,
    on_day: ctx.today,
    ...answers,
  })
  announceRated(ctx, edition, enrolment, { id, moment, on_day: ctx.today })
}
