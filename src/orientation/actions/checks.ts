/** Results at three and six months come as work to do; here is who is to be asked, and how they may be reached. */
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import type { TodayLine } from '../../kernel/module.ts'
import { contactsOf, headLines } from '../../people/actions.ts'
import type { CallAnswer } from '../codes.ts'
import { may } from '../rules/may.ts'
import { resultsDue } from '../rules/results.ts'
import * as store from '../store/plans.ts'
import { allResults, callsFor, insertCall } from '../store/records.ts'
import { orientation } from '../urls.ts'

/** What is due by a day, of people who still have a file. */
async function dueBy(ctx: Ctx, day: string) {
  return resultsDue(await store.plansAgreed(ctx), await allResults(ctx), day)
}

const days_ahead = 14
/** Due today, or in the next two weeks: with the telephone of those who may be called. */
export async function checksDue(ctx: Ctx) {
  allow(ctx.actor.can(may.see))
  const due = await dueBy(ctx, addDays(ctx.today, days_ahead))
  const heads = await headLines(
    ctx,
    due.map(({ plan }) => plan.person_id),
  )
  const head = new Map(heads.map((one) => [one.id, one]))
  const calls = new Map(
    (
      await callsFor(
        ctx,
        due.map(({ plan }) => plan.id),
      )
    ).map((call) => [`${call.plan_id} ${call.months}`, call]),
  )
  const contacts = await contactsOf(
    ctx,
    heads.map(({ id }) => id),
    ctx.today,
  )
  return due.flatMap((one) => {
    const of = head.get(one.plan.person_id)
    const call = calls.get(`${one.plan.id} ${one.months}`) ?? null
    return of ? [{ ...one, head: of, contact: contacts.get(of.id) ?? null, call }] : []
  })
}
/** Reached, or nobody answered; the result itself is written apart. */
export async function markCalled(ctx: Ctx, plan_id: string, months: number, how: CallAnswer) {
  const plan = await store.findPlan(ctx, plan_id)
  allow(ctx.actor.can(may.work))
  await insertCall(ctx, { plan_id: plan.id, months, how, on_day: ctx.today })
}

/** What waits, in numbers: people sent, and results due within those two weeks. */
export const countWaiting = async (ctx: Ctx) => ({
  sent: (await store.waitingReferrals(ctx)).length,
  due: (await dueBy(ctx, addDays(ctx.today, days_ahead))).length,
})
export type CheckDue = Awaited<ReturnType<typeof checksDue>>[number]

/** The first screen: who was sent, results to ask, steps that are late. */
export async function orientationToday(ctx: Ctx): Promise<TodayLine[]> {
  if (!ctx.actor.can(may.work)) return []
  const lines: TodayLine[] = []
  const sent = (await store.waitingReferrals(ctx)).length
  if (sent > 0)
    lines.push({
      text: ctx.t('orientation.today.sent', { count: sent }),
      href: orientation.list.href(),
      order: 12,
      count: sent,
    })
  const due = (await dueBy(ctx, ctx.today)).length
  if (due > 0)
    lines.push({
      text: ctx.t('orientation.today.checks', { count: due }),
      href: orientation.checks.href(),
      order: 13,
      count: due,
    })
  const late = await store.countLate(ctx)
  if (late > 0)
    lines.push({
      text: ctx.t('orientation.today.late', { count: late }),
      href: orientation.list.href({}, { elenco: 'miei' }),
      order: 14,
      count: late,
    })
  return lines
}
