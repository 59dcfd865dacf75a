/** Points of the agenda, what is said about them, what is decided and who takes it on. */
import { colleagues } from '../../accounts/actions.ts'
import { folded } from '../../kernel/cells.ts'
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { changed } from '../../kernel/live.ts'
import { organisations } from '../../territory/actions.ts'
import type { ItemFields, SaidFields, TaskDeedFields, TaskFields } from '../forms.ts'
import { may } from '../rules/may.ts'
import { plannedOnly, stillOpen } from '../rules/meetings.ts'
import * as store from '../store/agenda.ts'
import { endLinks, findLink } from '../store/links.ts'
import { findMeeting, lockMeeting, nextMeeting } from '../store/meetings.ts'
import * as members from '../store/members.ts'
import { numberDecision } from './meetings.ts'
import { bodiesByName } from './members.ts'

const topicOf = (meeting_id: string) => `tavolo ${meeting_id}`

/** A point and its meeting, which must still be open; the meeting is locked, so that nobody approves it meanwhile. */
async function openItem(ctx: Ctx, id: string) {
  const { meeting_id } = await store.findItem(ctx, id)
  const meeting = meeting_id ? await lockMeeting(ctx, meeting_id) : undefined
  const item = await store.lockItem(ctx, id)
  allow(ctx.actor.can(may.keep))
  if (meeting) refuse(stillOpen(meeting))
  return { item, meeting }
}

// --- points ---------------------------------------------------------------------------------------------------------

export async function addItem(ctx: Ctx, meeting_id: string, input: ItemFields) {
  const meeting = await lockMeeting(ctx, meeting_id)
  allow(ctx.actor.can(may.keep))
  refuse(stillOpen(meeting))
  const { title, explained = '', minutes, brought_by = '', position } = input
  const items = await store.itemsOf(ctx, meeting_id)
  const last = Math.max(100, ...items.map((item) => item.position))
  await store.insertItem(ctx, {
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

export async function changeItem(ctx: Ctx, id: string, input: ItemFields) {
  const { item } = await openItem(ctx, id)
  const { title, explained = '', minutes, brought_by = '', position } = input
  await store.updateItem(ctx, id, {
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
  const said = item.said !== '' || (await store.decisionsOf(ctx, meeting.id)).some(({ item_id }) => item_id === id)
  refuse({ form: said ? 'tavolo.error.spoken_of' : undefined })
  const next = await nextMeeting(ctx, addDays(meeting.on_day, 1))
  await store.updateItem(ctx, id, { meeting_id: next?.id ?? null, postponed_from: meeting.id })
  await changed(ctx, topicOf(meeting.id))
  return meeting.id
}

export async function removeItem(ctx: Ctx, id: string) {
  const { item, meeting } = await openItem(ctx, id)
  const said =
    item.said !== '' ||
    (meeting &&
      ((await store.decisionsOf(ctx, meeting.id)).some(({ item_id }) => item_id === id) ||
        (await store.tasksGivenAt(ctx, meeting.id)).some(({ item_id }) => item_id === id)))
  refuse({ form: said ? 'tavolo.error.spoken_of' : undefined })
  await store.updateItem(ctx, id, { removed_at: ctx.now.toString(), removed_by: ctx.actor.account_id })
  if (item.meeting_id) await changed(ctx, topicOf(item.meeting_id))
  return item.meeting_id
}

/**
 * What was said. Whoever had not seen the newest text gets both: theirs stays in the field, the other one stands above it,
 * and saving again is then their choice. Every text is kept.
 */
export async function writeSaid(ctx: Ctx, id: string, { said = '', version }: SaidFields) {
  const { item } = await openItem(ctx, id)
  if (said === item.said) return item.meeting_id
  refuse({ form: version === item.version ? undefined : 'tavolo.error.written_meanwhile' })
  await store.updateItem(ctx, id, {
    said,
    version: item.version + 1,
    said_at: ctx.now.toString(),
    said_by: ctx.actor.account_id,
  })
  await store.insertWriting(ctx, id, item.version + 1, said)
  if (item.meeting_id) await changed(ctx, topicOf(item.meeting_id))
  return item.meeting_id
}

// --- decisions ------------------------------------------------------------------------------------------------------

const searchable = (text: string, title: string) => folded(`${text} ${title}`)

export async function decide(ctx: Ctx, item_id: string, text: string) {
  const { item, meeting } = await openItem(ctx, item_id)
  if (!meeting) throw new NotFound()
  const [id = ''] = await store.insertDecisions(ctx, [
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
  return meeting.id
}

export async function decisionToRead(ctx: Ctx, id: string) {
  const decision = await store.findDecision(ctx, id)
  allow(ctx.actor.can(may.see))
  const bodies = await bodiesByName(ctx)
  const tasks = (await store.tasksGivenAt(ctx, decision.meeting_id))
    .filter(({ item_id }) => item_id !== null && item_id === decision.item_id)
    .map((task) => ({ ...task, body: bodies.get(task.organisation_id ?? '') ?? '' }))
  return { decision, tasks }
}

/** Until the minutes are approved; then the way is a correction beside them. */
export async function changeDecision(ctx: Ctx, id: string, text: string) {
  const decision = await openDecision(ctx, id)
  await store.updateDecision(ctx, id, { text, folded: searchable(text, decision.item_title ?? '') })
  await changed(ctx, topicOf(decision.meeting_id))
  return decision.meeting_id
}

export async function withdrawDecision(ctx: Ctx, id: string) {
  const decision = await openDecision(ctx, id)
  await store.updateDecision(ctx, id, { withdrawn_at: ctx.now.toString(), withdrawn_by: ctx.actor.account_id })
  await changed(ctx, topicOf(decision.meeting_id))
  return decision.meeting_id
}

async function openDecision(ctx: Ctx, id: string) {
  const decision = await store.findDecision(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(stillOpen(await lockMeeting(ctx, decision.meeting_id)))
  if (decision.withdrawn_at) throw new NotFound()
  return decision
}

export const decisions_at_once = 50
export async function decisionRegister(ctx: Ctx, asked: { text: string; year: number | undefined }, page: number) {
  allow(ctx.actor.can(may.see))
  const words = folded(asked.text).split(' ').filter(Boolean).slice(0, 8)
  const found = await store.searchDecisions(
    ctx,
    { words, year: asked.year },
    { limit: decisions_at_once, offset: (page - 1) * decisions_at_once },
  )
  return { ...found, years: await store.decisionYears(ctx) }
}

const most_exported = 5000
export async function decisionsToExport(ctx: Ctx, { text, year }: { text: string; year: number | undefined }) {
  allow(ctx.actor.can(may.see))
  const words = folded(text).split(' ').filter(Boolean).slice(0, 8)
  return (await store.searchDecisions(ctx, { words, year }, { limit: most_exported })).rows
}

// --- to do ----------------------------------------------------------------------------------------------------------

/** Who can be given something: whoever sits, and the bodies themselves. A value names a seat, or `org:` a body. */
export async function ownersOffered(ctx: Ctx) {
  const bodies = new Map((await organisations(ctx)).map(({ id, name }) => [id, name]))
  const seats = await members.seatsOn(ctx, ctx.today)
  const ids = [...new Set(seats.map(({ organisation_id }) => organisation_id))]
  return [
    ...seats.map(({ id, name, organisation_id }) => ({
      value: id,
      text: `${bodies.get(organisation_id) ?? ''} – ${name}`,
    })),
    ...ids.map((id) => ({ value: `org:${id}`, text: bodies.get(id) ?? '' })),
  ].toSorted((a, b) => a.text.localeCompare(b.text, 'it'))
}

async function ownerOf(ctx: Ctx, owner: string | undefined) {
  if (!owner) return { organisation_id: null, member_id: null }
  const seats = await members.seatsOn(ctx, ctx.today)
  const seat = seats.find(({ id }) => id === owner)
  if (seat) return { organisation_id: seat.organisation_id, member_id: seat.member_id }
  const body = seats.find(({ organisation_id }) => owner === `org:${organisation_id}`)
  refuse({ owner: body ? undefined : 'kernel.form.not_a_choice' })
  return { organisation_id: body?.organisation_id ?? null, member_id: null }
}

export async function entrust(ctx: Ctx, item_id: string, { what, owner, due_on }: TaskFields) {
  const { meeting } = await openItem(ctx, item_id)
  if (!meeting) throw new NotFound()
  refuse({ due_on: due_on && due_on < meeting.on_day ? 'tavolo.error.due_before' : undefined })
  const [id = ''] = await store.insertTasks(ctx, [
    {
      meeting_id: meeting.id,
      item_id,
      what,
      ...(await ownerOf(ctx, owner)),
      given_on: meeting.on_day,
      due_on: due_on ?? null,
    },
  ])
  await store.insertSteps(ctx, [{ task_id: id, step: 'given', due_on: due_on ?? null }])
  await changed(ctx, topicOf(meeting.id))
  return meeting.id
}

export async function taskWhole(ctx: Ctx, id: string) {
  const task = await store.findTask(ctx, id)
  allow(ctx.actor.can(may.see))
  return { task, steps: await store.stepsOf(ctx, id), mine: await isMine(ctx, task) }
}

/** Of somebody with an account: whose address is theirs. */
async function isMine(ctx: Ctx, { member_email }: store.Task) {
  const own = await ownAddress(ctx)
  return own !== '' && member_email?.toLowerCase() === own
}
export async function ownAddress(ctx: Ctx) {
  if (!ctx.actor.account_id || !ctx.actor.roles.includes('member')) return ''
  const own = (await colleagues(ctx, 'member')).find(({ id }) => id === ctx.actor.account_id)
  return own?.email.toLowerCase() ?? ''
}

export async function doTask(ctx: Ctx, id: string, input: TaskDeedFields) {
  const task = await store.lockTask(ctx, id)
  const keeps = ctx.actor.can(may.keep)
  allow(keeps || ((input.deed === 'done' || input.deed === 'moved') && (await isMine(ctx, task))))
  await advance(ctx, task, input, false)
}

/** done / dropped close it, reopened takes that back; moved gives it another day, handed another owner. */
async function advance(
  ctx: Ctx,
  task: store.Task,
  { deed, due_on, owner, note = '' }: TaskDeedFields,
  by_link: boolean,
) {
  const closed = task.closed_on !== null
  refuse({
    form: closed === (deed === 'reopened') ? undefined : closed ? 'tavolo.error.task_closed' : 'tavolo.error.task_open',
    due_on:
      deed !== 'moved'
        ? undefined
        : !due_on
          ? 'kernel.form.required'
          : due_on < ctx.today
            ? 'tavolo.error.in_the_past'
            : undefined,
    owner: deed === 'handed' && !owner ? 'kernel.form.required' : undefined,
  })
  const day = { due_on: due_on ?? null }
  if (deed === 'done' || deed === 'dropped') await store.updateTask(ctx, task.id, { closed_on: ctx.today })
  if (deed === 'reopened') await store.updateTask(ctx, task.id, { closed_on: null })
  if (deed === 'moved') await store.updateTask(ctx, task.id, { ...day, reminded_for: null })
  if (deed === 'handed') await store.updateTask(ctx, task.id, { ...(await ownerOf(ctx, owner)), reminded_for: null })
  await store.insertSteps(ctx, [{ task_id: task.id, step: deed, note, by_link, ...(deed === 'moved' && day) }])
  // Whoever had it before opens nothing any more.
  if (deed === 'handed') await endLinks(ctx, 'task', task.id)
}

export async function taskOfLink(ctx: Ctx, token: string) {
  const link = await findLink(ctx, 'task', token)
  if (!link) throw new NotFound()
  return store.findTask(ctx, link.thing_id)
}
export async function doTaskByLink(
  ctx: Ctx,
  token: string,
  input: { deed: 'done' | 'moved'; due_on?: string | undefined; note?: string | undefined },
) {
  const { id } = await taskOfLink(ctx, token)
  await advance(ctx, await store.lockTask(ctx, id), input, true)
}

/** From the page of a member: only what is theirs. */
export async function doOwnTask(
  ctx: Ctx,
  member_id: string,
  id: string,
  input: { deed: 'done' | 'moved'; due_on?: string | undefined; note?: string | undefined },
) {
  const task = await store.lockTask(ctx, id)
  if (task.member_id !== member_id) throw new NotFound()
  await advance(ctx, task, input, true)
}

// --- proposals ------------------------------------------------------------------------------------------------------

/** On the next agenda, or waiting for one. */
export async function propose(ctx: Ctx, seat: members.Seat, input: { title: string; explained?: string | undefined }) {
  const next = await nextMeeting(ctx, ctx.today)
  if (next) refuse(plannedOnly(await findMeeting(ctx, next.id)))
  const body = (await organisations(ctx)).find(({ id }) => id === seat.organisation_id)?.name ?? ''
  await store.insertItem(ctx, {
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
