/** A course ends: its lessons are closed, and whoever took part is asked how it was. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce, publish } from '../../kernel/events.ts'
import { askExitSurvey } from '../../participation/actions.ts'
import { isForStaff } from '../codes.ts'
import { editionEnded } from '../events.ts'
import { factsOf } from '../rules/facts.ts'
import { may } from '../rules/may.ts'
import * as store from '../store/editions.ts'
import { participantsOf } from './outcomes.ts'

/** Nothing is open any more: levels, certificates and the list for the claim follow. */
export async function endEdition(ctx: Ctx, id: string, on_day: string) {
  const edition = await store.lockEdition(ctx, id)
  allow(ctx.actor.can(may.plan))
  const lessons = (await store.lessonsOf(ctx, [id])).filter(({ cancelled_at }) => !cancelled_at)
  const waiting = lessons.filter(({ closed_at }) => !closed_at).length
  refuse({
    form: edition.ended_on
      ? 'courses.error.is_over'
      : !edition.started_on
        ? 'courses.error.not_started'
        : waiting > 0
          ? ['courses.error.lessons_open', { count: waiting }]
          : undefined,
    on_day: on_day > ctx.today || lessons.some((one) => one.on_day > on_day) ? 'courses.error.end_day' : undefined,
  })
  await store.updateEdition(ctx, id, { ended_on: on_day, ended_by: ctx.actor.account_id })
  announce(ctx, editionEnded, factsOf(edition, on_day))
  await askEverybody(ctx, edition)
  publish(ctx)
}

/** Whoever came is asked whether it helped; about one course a person is asked once. */
async function askEverybody(ctx: Ctx, edition: store.Edition) {
  if (isForStaff(edition.kind)) return
  const service = edition.kind === 'language' ? 'italian' : edition.civic ? 'civic' : 'experiential'
  for (const { person_id, language } of await participantsOf(ctx, edition.id))
    await askExitSurvey(ctx, { person_id, about: { service, thing_id: edition.id }, language, demo: edition.demo })
}
