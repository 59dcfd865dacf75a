/** What waits for whom on the first screen, and what is forgotten in time. */
import { addDays, instantOf, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { TodayLine } from '../../kernel/module.ts'
import { alarmRoles } from '../codes.ts'
import { letter_days, wish_days } from '../rules/limits.ts'
import { may } from '../rules/may.ts'
import { forgetLetters, listLetters } from '../store/letters.ts'
import { sweepLinks } from '../store/surveys.ts'
import { countAlarms, countUnread, forgetWishes, waitingForCall } from '../store/voices.ts'
import { participation } from '../urls.ts'

export async function participationToday(ctx: Ctx): Promise<TodayLine[]> {
  const { actor, t } = ctx
  const lines: TodayLine[] = []
  const line = (order: number, count: number, text: string, href: string) => {
    if (count > 0) lines.push({ order, count, text, href })
  }
  if (actor.can(may.take_up)) {
    const roles = alarmRoles.filter((role) => actor.roles.includes(role))
    const count = await countAlarms(ctx, roles)
    line(1, count, t('participation.today.alarms', { count }), participation.voices.href({}, { stato: 'alarm' }))
  }
  if (actor.can(may.answer_letters)) {
    const { rows, total } = await listLetters(ctx, 'waiting', { limit: 1 })
    const days = rows[0]?.last_at ? Math.floor(instantOf(rows[0].last_at).until(ctx.now).total('hours') / 24) : 0
    line(
      30,
      total,
      t('participation.today.letters', { count: total, days }),
      participation.letters.href({}, { stato: 'waiting' }),
    )
  }
  if (actor.can(may.read)) {
    const count = await countUnread(ctx)
    line(42, count, t('participation.today.voices', { count }), participation.voices.href({}, { stato: 'unread' }))
  }
  if (actor.can(may.tell)) {
    const count = (await waitingForCall(ctx)).length
    line(43, count, t('participation.today.calls', { count }), participation.toTell.href())
  }
  return lines
}

/** Links that are over, people who have waited a year, threads that ended a year ago. */
export async function forgetOld(ctx: Ctx) {
  await sweepLinks(ctx)
  await forgetWishes(ctx, addDays(ctx.today, -wish_days))
  await forgetLetters(ctx, romeTime(addDays(ctx.today, -letter_days), '00:00').toString())
}
