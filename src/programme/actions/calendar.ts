/** Deadlines and reports of the project, and what to be reminded of. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import type { TodayLine } from '../../kernel/module.ts'
import type { DeadlineInput } from '../forms.ts'
import { deadlineState } from '../rules/calendar.ts'
import { may } from '../rules/may.ts'
import { addDeadlines, findDeadline, listDeadlines, changeDeadline as write } from '../store/calendar.ts'
import { findProject } from '../store/project.ts'
import { programme } from '../urls.ts'
import { projectOf } from './project.ts'

/** All deadlines in order, each with where it stands today: done, late, soon (inside its reminder) or later. */
export async function deadlines(ctx: Ctx) {
  const rows = await listDeadlines(ctx, (await projectOf(ctx)).id)
  return rows.map((deadline) => ({ ...deadline, state: deadlineState(deadline, ctx.today) }))
}
export type DatedDeadline = Awaited<ReturnType<typeof deadlines>>[number]

export async function deadlineOf(ctx: Ctx, id: string) {
  const deadline = await findDeadline(ctx, id)
  if (!deadline) throw new NotFound()
  return deadline
}

export async function addDeadline(ctx: Ctx, { title, note = '', ...input }: DeadlineInput) {
  allow(ctx.actor.can(may.keep_calendar))
  await addDeadlines(ctx, (await projectOf(ctx)).id, [{ ...input, title: { it: title }, note }])
  say(ctx, 'programme.deadline.added')
}

export async function changeDeadline(ctx: Ctx, id: string, { title, note = '', ...input }: DeadlineInput) {
  const deadline = await deadlineOf(ctx, id)
  allow(ctx.actor.can(may.keep_calendar))
  // New words in one language make the other language's old ones wrong.
  const words = Object.values(deadline.title).includes(title) ? deadline.title : { it: title }
  await write(ctx, id, { ...input, title: words, note })
  say(ctx, 'programme.deadline.changed')
}

export async function markDone(ctx: Ctx, id: string) {
  await deadlineOf(ctx, id)
  allow(ctx.actor.can(may.keep_calendar))
  await write(ctx, id, { done_on: ctx.today, done_by: ctx.actor.account_id })
  say(ctx, 'programme.deadline.done')
}

export async function dropDeadline(ctx: Ctx, id: string) {
  await deadlineOf(ctx, id)
  allow(ctx.actor.can(may.keep_calendar))
  await write(ctx, id, { dropped_on: ctx.today })
  say(ctx, 'programme.deadline.dropped')
}

/** For the first screen of the office: what is late, then what comes soon. */
export async function dueToday(ctx: Ctx): Promise<TodayLine[]> {
  if (!ctx.actor.can(may.keep_calendar) || !(await findProject(ctx, ctx.today))) return []
  const waiting = (await deadlines(ctx)).map(({ state }) => state)
  return (['late', 'soon'] as const).flatMap((state, order) => {
    const count = waiting.filter((one) => one === state).length
    return count === 0
      ? []
      : [
          {
            text: ctx.t(`programme.today.${state}`, { count }),
            href: programme.calendar.href(),
            order: 60 + order,
            count,
          },
        ]
  })
}
