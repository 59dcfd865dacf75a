/** Points of the agenda: added, changed, put off, proposed by a member; and what was said about them. */
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { changed } from '../../kernel/live.ts'
import { organisations } from '../../territory/actions.ts'
import type { ItemChange, ItemFields, SaidFields } from '../forms.ts'
import { may } from '../rules/may.ts'
import { plannedOnly, stillOpen } from '../rules/meetings.ts'
import { itemSeen } from '../rules/seen.ts'
import * as agenda from '../store/agenda.ts'
import { decisionsOf } from '../store/decisions.ts'
import { findMeeting, lockMeeting, nextMeeting } from '../store/meetings.ts'
import type * as members from '../store/members.ts'
import { tasksGivenAt } from '../store/tasks.ts'
import { topicOf } from './meetings.ts'

/** A point and its meeting, which must still be open; the meeting is locked, so that nobody approves it meanwhile. */
export async function openItem(ctx: Ctx, id: string) {
  const { meeting_id } = await agenda.findItem(ctx, id)
  const meeting = meeting_id ? await lockMeeting(ctx, meeting_id) : undefined
  const item = await agenda.lockItem(ctx, id)
  allow(ctx.actor.can(may.keep))
  if (meeting) refuse(stillOpen(meeting))
  return { item, meeting }
}

export async function addItem(ctx: Ctx, meeting_id: string, input: ItemFields) {
  const meeting = await lockMeeting(ctx, meeting_id)
  allow(ctx.actor.can(may.keep))
  refuse(stillOpen(meeting))
  const { title, explained = '', minutes, brought_by = '', position } = input
  const items = await agenda.itemsOf(ctx, meeting_id)
  const last = Math.max(100, ...items.map((item) => item.position))
  await agenda.insertItem(ctx, {
    meeting_id,
    kind: 'topic',
    title,
    explained,
    minutes: minutes ?? null,
    brought_by,
    position: position ?? last + 10,
  })
  await changed(ctx, topicOf(meeting_id))
}

export async function changeItem(ctx: Ctx, id: string, input: ItemChange) {
  const { item } = await openItem(ctx, id)
  refuse({ form: input.seen === itemSeen(item) ? undefined : 'tavolo.error.changed_meanwhile' })
  const { title, explained = '', minutes, brought_by = '', position } = input
  await agenda.updateItem(ctx, id, {
    title,
    explained,
    minutes: minutes ?? null,
    brought_by,
    ...(position !== undefined && { position }),
  })
  if (item.meeting_id) await changed(ctx, topicOf(item.meeting_id))
  return item.meeting_id
}

/** Not spoken of: it goes to the next meeting, or waits for one. */
export async function postponeItem(ctx: Ctx, id: string) {
  const { item, meeting } = await openItem(ctx, id)
  if (!meeting) throw new NotFound()
  const said = item.said !== '' || (await decisionsOf(ctx, meeting.id)).some(({ item_id }) => item_id === id)
  refuse({ form: said ? 'tavolo.error.spoken_of' : undefined })
  const next = await nextMeeting(ctx, addDays(meeting.on_day, 1))
  await agenda.updateItem(ctx, id, { meeting_id: next?.id ?? null, postponed_from: meeting.id })
  await changed(ctx, topicOf(meeting.id))
  return meeting.id
}

export async function removeItem(ctx: Ctx, id: string) {
  const { item, meeting } = await openItem(ctx, id)
  const said =
    item.said !== '' ||
    (meeting &&
      ((await decisionsOf(ctx, meeting.id)).some(({ item_id }) => item_id === id) ||
        (await tasksGivenAt(ctx, meeting.id)).some(({ item_id }) => item_id === id)))
  refuse({ form: said ? 'tavolo.error.spoken_of' : undefined })
  await agenda.updateItem(ctx, id, { removed_at: ctx.now.toString(), removed_by: ctx.actor.account_id })
  if (item.meeting_id) await changed(ctx, topicOf(item.meeting_id))
  return item.meeting_id
}

/**
 * What was said. Whoever had not seen the newest text gets both: theirs stays in the field, the other one stands above it,
 * and saving again is then their choice. Every text is kept.
 */
export async function writeSaid(ctx: Ctx, id: string, { said = '', version }: Pick<SaidFields, 'said' | 'version'>) {
  const { item } = await openItem(ctx, id)
  if (said === item.said) return item.meeting_id
  refuse({ form: version === item.version ? undefined : 'tavolo.error.written_meanwhile' })
  await agenda.updateItem(ctx, id, {
    said,
    version: item.version + 1,
    said_at: ctx.now.toString(),
    said_by: ctx.actor.account_id,
  })
  await agenda.insertWriting(ctx, id, item.version + 1, said)
  if (item.meeting_id) await changed(ctx, topicOf(item.meeting_id))
  return item.meeting_id
}

/** On the next agenda, or waiting for one. */
export async function propose(ctx: Ctx, seat: members.Seat, input: { title: string; explained?: string | undefined }) {
  const next = await nextMeeting(ctx, ctx.today)
  if (next) refuse(plannedOnly(await findMeeting(ctx, next.id)))
  const body = (await organisations(ctx)).find(({ id }) => id === seat.organisation_id)?.name ?? ''
  await agenda.insertItem(ctx, {
    meeting_id: next?.id ?? null,
    kind: 'proposal',
    title: input.title,
    explained: input.explained ?? '',
    brought_by: body,
    proposed_by: seat.id,
    position: 60,
  })
  if (next) await changed(ctx, topicOf(next.id))
}
