/** What was decided at a point: written, found again, and taken back until the minutes are approved. */
import { folded } from '../../kernel/cells.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { changed } from '../../kernel/live.ts'
import { may } from '../rules/may.ts'
import { stillOpen } from '../rules/meetings.ts'
import { asSeen } from '../rules/seen.ts'
import { decisionYears, findDecision, insertDecisions, searchDecisions, updateDecision } from '../store/decisions.ts'
import { lockMeeting } from '../store/meetings.ts'
import { tasksGivenAt } from '../store/tasks.ts'
import { numberDecision, topicOf } from './meetings.ts'
import { bodiesByName } from './members.ts'
import { openItem } from './points.ts'

const searchable = (text: string, title: string) => folded(`${text} ${title}`)

export async function decide(ctx: Ctx, item_id: string, text: string) {
  const { item, meeting } = await openItem(ctx, item_id)
  if (!meeting) throw new NotFound()
  const [id = ''] = await insertDecisions(ctx, [
    {
      meeting_id: meeting.id,
      item_id,
      year: Number(meeting.on_day.slice(0, 4)),
      number: null,
      text,
      folded: searchable(text, item.title),
      on_day: meeting.on_day,
    },
  ])
  // Until the meeting is over it may still be withdrawn without leaving a hole in the numbers.
  if (meeting.held_at) await numberDecision(ctx, id)
  await changed(ctx, topicOf(meeting.id))
}

export async function decisionToRead(ctx: Ctx, id: string) {
  const decision = await findDecision(ctx, id)
  allow(ctx.actor.can(may.see))
  const bodies = await bodiesByName(ctx)
  const tasks = (await tasksGivenAt(ctx, decision.meeting_id))
    .filter(({ item_id }) => item_id !== null && item_id === decision.item_id)
    .map((task) => ({ ...task, body: bodies.get(task.organisation_id ?? '') ?? '' }))
  return { decision, tasks }
}

/** Until the minutes are approved; then the way is a correction beside them. */
export async function changeDecision(
  ctx: Ctx,
  id: string,
  { text, seen }: { text: string; seen?: string | undefined },
) {
  const decision = await openDecision(ctx, id)
  refuse({ form: seen === asSeen(decision.text) ? undefined : 'tavolo.error.changed_meanwhile' })
  await updateDecision(ctx, id, { text, folded: searchable(text, decision.item_title ?? '') })
  await changed(ctx, topicOf(decision.meeting_id))
  return decision.meeting_id
}

export async function withdrawDecision(ctx: Ctx, id: string) {
  const decision = await openDecision(ctx, id)
  await updateDecision(ctx, id, { withdrawn_at: ctx.now.toString(), withdrawn_by: ctx.actor.account_id })
  await changed(ctx, topicOf(decision.meeting_id))
  return decision.meeting_id
}

async function openDecision(ctx: Ctx, id: string) {
  const decision = await findDecision(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(stillOpen(await lockMeeting(ctx, decision.meeting_id)))
  if (decision.withdrawn_at) throw new NotFound()
  return decision
}

export const decisions_at_once = 50
export async function decisionRegister(ctx: Ctx, asked: { text: string; year: number | undefined }, page: number) {
  allow(ctx.actor.can(may.see))
  const words = folded(asked.text).split(' ').filter(Boolean).slice(0, 8)
  const found = await searchDecisions(
    ctx,
    { words, year: asked.year },
    { limit: decisions_at_once, offset: (page - 1) * decisions_at_once },
  )
  return { ...found, years: await decisionYears(ctx) }
}

const most_exported = 5000
export async function decisionsToExport(ctx: Ctx, { text, year }: { text: string; year: number | undefined }) {
  allow(ctx.actor.can(may.see))
  const words = folded(text).split(' ').filter(Boolean).slice(0, 8)
  return (await searchDecisions(ctx, { words, year }, { limit: most_exported })).rows
}
