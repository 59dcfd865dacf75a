import type { Ctx } from '../../kernel/ctx.ts'
import type { TodayLine } from '../../kernel/module.ts'
import { may } from '../rules/may.ts'
import { lessonsToClose } from '../store/editions.ts'
import { offersToCall } from '../store/enrolments.ts'
import { courses } from '../urls.ts'
import { editionsSeen } from './editions.ts'

/** The first screen: lessons held and not closed, places to be offered by voice. */
export async function coursesToday(ctx: Ctx): Promise<TodayLine[]> {
  const lines: TodayLine[] = []
  if (ctx.actor.can(may.keep_register)) {
    const own = new Map((await editionsSeen(ctx)).map((one) => [one.id, one]))
    const waiting = (await lessonsToClose(ctx)).filter(({ edition_id }) => own.has(edition_id))
    for (const [edition, lessons] of Map.groupBy(waiting, ({ edition_id }) => edition_id))
      lines.push({
        text: ctx.t('courses.today.lessons', { count: lessons.length, course: own.get(edition)?.title ?? '' }),
        href: courses.lesson.href({ lesson: lessons[0]?.id as string }),
        order: 25,
        count: lessons.length,
      })
  }
  if (ctx.actor.can(may.decide)) {
    const count = await offersToCall(ctx)
    if (count > 0)
      lines.push({ text: ctx.t('courses.today.offers', { count }), href: courses.list.href(), order: 24, count })
  }
  return lines.slice(0, 8)
}
