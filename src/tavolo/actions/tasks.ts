/** What somebody took on: given, done, moved to another day, handed on; by the secretary, by its owner, or from a link. */
import { colleagues } from '../../accounts/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { changed } from '../../kernel/live.ts'
import { organisations } from '../../territory/actions.ts'
import type { TaskDeedFields, TaskFields } from '../forms.ts'
import { may } from '../rules/may.ts'
import { endLinks, findLink } from '../store/links.ts'
import * as members from '../store/members.ts'
import { findTask, insertSteps, insertTasks, lockTask, stepsOf, type Task, updateTask } from '../store/tasks.ts'
import { topicOf } from './meetings.ts'
import { openItem } from './points.ts'

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
  if (!what) return refuse({ what: 'kernel.form.required' })
  refuse({ due_on: due_on && due_on < meeting.on_day ? 'tavolo.error.due_before' : undefined })
  const [id = ''] = await insertTasks(ctx, [
    {
      meeting_id: meeting.id,
      item_id,
      what,
      ...(await ownerOf(ctx, owner)),
      given_on: meeting.on_day,
      due_on: due_on ?? null,
    },
  ])
  await insertSteps(ctx, [{ task_id: id, step: 'given', due_on: due_on ?? null }])
  await changed(ctx, topicOf(meeting.id))
}

export async function taskWhole(ctx: Ctx, id: string) {
  const task = await findTask(ctx, id)
  allow(ctx.actor.can(may.see))
  return { task, steps: await stepsOf(ctx, id), mine: await isMine(ctx, task) }
}

/** Of somebody with an account: whose address is theirs. */
async function isMine(ctx: Ctx, { member_email }: Task) {
  const own = await ownAddress(ctx)
  return own !== '' && member_email?.toLowerCase() === own
}
export async function ownAddress(ctx: Ctx) {
  if (!ctx.actor.account_id || !ctx.actor.roles.includes('member')) return ''
  const own = (await colleagues(ctx, 'member')).find(({ id }) => id === ctx.actor.account_id)
  return own?.email.toLowerCase() ?? ''
}

export async function doTask(ctx: Ctx, id: string, input: TaskDeedFields) {
  const task = await lockTask(ctx, id)
  const keeps = ctx.actor.can(may.keep)
  allow(keeps || ((input.deed === 'done' || input.deed === 'moved') && (await isMine(ctx, task))))
  await advance(ctx, task, input, false)
}

/** done / dropped close it, reopened takes that back; moved gives it another day, handed another owner. */
async function advance(ctx: Ctx, task: Task, { deed, due_on, owner, note = '' }: TaskDeedFields, by_link: boolean) {
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
  if (deed === 'done' || deed === 'dropped') await updateTask(ctx, task.id, { closed_on: ctx.today })
  if (deed === 'reopened') await updateTask(ctx, task.id, { closed_on: null })
  if (deed === 'moved') await updateTask(ctx, task.id, { ...day, reminded_for: null })
  if (deed === 'handed') await updateTask(ctx, task.id, { ...(await ownerOf(ctx, owner)), reminded_for: null })
  await insertSteps(ctx, [{ task_id: task.id, step: deed, note, by_link, ...(deed === 'moved' && day) }])
  // Whoever had it before opens nothing any more.
  if (deed === 'handed') await endLinks(ctx, 'task', task.id)
}

export async function taskOfLink(ctx: Ctx, token: string) {
  const link = await findLink(ctx, 'task', token)
  if (!link) throw new NotFound()
  return findTask(ctx, link.thing_id)
}
export async function doTaskByLink(
  ctx: Ctx,
  token: string,
  input: { deed: 'done' | 'moved'; due_on?: string | undefined; note?: string | undefined },
) {
  const { id } = await taskOfLink(ctx, token)
  await advance(ctx, await lockTask(ctx, id), input, true)
}

/** From the page of a member: only what is theirs. */
export async function doOwnTask(
  ctx: Ctx,
  member_id: string,
  id: string,
  input: { deed: 'done' | 'moved'; due_on?: string | undefined; note?: string | undefined },
) {
  const task = await lockTask(ctx, id)
  if (task.member_id !== member_id) throw new NotFound()
  await advance(ctx, task, input, true)
}
