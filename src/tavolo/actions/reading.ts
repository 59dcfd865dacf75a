/** A meeting as pages and papers show it: its agenda, what is carried over, what was said, decided and taken on. */
import { accountNames } from '../../accounts/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { referencesOf } from '../../programme/actions.ts'
import { comuni, languageName } from '../../territory/actions.ts'
import { may } from '../rules/may.ts'
import { standingOf } from '../rules/meetings.ts'
import * as after from '../store/after.ts'
import * as agenda from '../store/agenda.ts'
import { decisionsOf } from '../store/decisions.ts'
import * as meetings from '../store/meetings.ts'
import { carriedTo, closedTasks, countTasks, openTasks, type Task, tasksGivenAt } from '../store/tasks.ts'
import { papersShown } from './after.ts'
import { bodiesByName } from './members.ts'
import { ownAddress } from './tasks.ts'

/** What anybody at the tavolo may read of a meeting. Few queries, however long the list of what is to be done. */
export async function agendaOf(ctx: Ctx, meeting: meetings.Meeting) {
  const bodies = await bodiesByName(ctx)
  const items = await agenda.itemsOf(ctx, meeting.id)
  const carried = await carriedTo(ctx, meeting.on_day)
  const given = await tasksGivenAt(ctx, meeting.id)
  const decisions = await decisionsOf(ctx, meeting.id)
  const named = <T extends Task>(task: T) => ({ ...task, body: bodies.get(task.organisation_id ?? '') ?? '' })
  const numbers = items.some(({ kind }) => kind === 'approval')
    ? new Map((await meetings.listMeetings(ctx)).map((one) => [one.id, one]))
    : new Map<string, meetings.Meeting>()
  const calls = items.some(({ kind }) => kind === 'calls')
  const names = calls ? new Map((await comuni(ctx)).map(({ code, name }) => [code, name])) : new Map<string, string>()
  return {
    meeting,
    standing: standingOf(meeting),
    items: items.map((item) => ({
      ...item,
      about: item.kind === 'approval' && item.source_id ? (numbers.get(item.source_id) ?? null) : null,
      calls: (item.data.calls ?? []).map((call) => ({
        number: call.number,
        comune: names.get(call.comune) ?? call.comune,
        language: call.language ? languageName(call.language, ctx.lang) : '',
      })),
      decisions: decisions.filter(({ item_id }) => item_id === item.id),
      tasks: given.filter(({ item_id }) => item_id === item.id).map(named),
    })),
    carried: carried.map(named),
    /** Of the register of before, which knows of no points. */
    loose: {
      decisions: decisions.filter(({ item_id }) => item_id === null),
      tasks: given.filter(({ item_id }) => item_id === null).map(named),
    },
  }
}
export type Agenda = Awaited<ReturnType<typeof agendaOf>>
export type AgendaItem = Agenda['items'][number]
export type TaskShown = Agenda['carried'][number]

export async function meetingWhole(ctx: Ctx, id: string) {
  const meeting = await meetings.findMeeting(ctx, id)
  allow(ctx.actor.can(may.see))
  const bodies = await bodiesByName(ctx)
  const keeps = ctx.actor.can(may.keep)
  const came = await meetings.attendancesOf(ctx, id)
  return {
    ...(await agendaOf(ctx, meeting)),
    keeps,
    came: came.map((one) => ({ ...one, body: bodies.get(one.organisation_id) ?? '' })),
    invitations: keeps
      ? (await meetings.invitationsOf(ctx, id)).map((one) => ({
          ...one,
          body: bodies.get(one.organisation_id) ?? '',
        }))
      : [],
    moves: await meetings.movesOf(ctx, id),
    remarks: await after.remarksOf(ctx, id),
    corrections: await after.correctionsOf(ctx, id),
    extracts: await after.extractsOf(ctx, [id]),
    published: await after.publishedOf(ctx, id),
    papers: await papersShown(ctx, id),
    references: await referencesOf(ctx, 'tavolo.meeting', id),
  }
}
export type MeetingWhole = Awaited<ReturnType<typeof meetingWhole>>

export async function itemWhole(ctx: Ctx, id: string) {
  const item = await agenda.findItem(ctx, id)
  allow(ctx.actor.can(may.keep))
  const writings = await agenda.writingsOf(ctx, id)
  const names = await accountNames(
    ctx,
    writings.flatMap(({ recorded_by }) => (recorded_by ? [recorded_by] : [])),
  )
  return {
    item,
    meeting: item.meeting_id ? await meetings.findMeeting(ctx, item.meeting_id) : null,
    writings: writings.map((one) => ({ ...one, by: names.get(one.recorded_by ?? '') ?? '' })),
  }
}
export type ItemWhole = Awaited<ReturnType<typeof itemWhole>>

export async function home(ctx: Ctx) {
  allow(ctx.actor.can(may.see))
  const all = await meetings.listMeetings(ctx)
  const people = await meetings.countAttendances(
    ctx,
    all.map(({ id }) => id),
  )
  const own = await ownAddress(ctx)
  const bodies = await bodiesByName(ctx)
  const open = (await openTasks(ctx)).map((task) => ({
    ...task,
    body: bodies.get(task.organisation_id ?? '') ?? '',
  }))
  return {
    next: await meetings.nextMeeting(ctx, ctx.today),
    meetings: all.map((one) => ({ ...one, standing: standingOf(one), people: people.get(one.id) ?? 0 })),
    tasks: await countTasks(ctx, ctx.today),
    mine: own ? open.filter(({ member_email }) => member_email?.toLowerCase() === own) : [],
    waiting: await agenda.waitingItems(ctx),
    keeps: ctx.actor.can(may.keep),
  }
}
export type Home = Awaited<ReturnType<typeof home>>

export async function tasksShown(ctx: Ctx, closed: boolean) {
  allow(ctx.actor.can(may.see))
  const bodies = await bodiesByName(ctx)
  const tasks = closed ? await closedTasks(ctx, 200) : await openTasks(ctx)
  return tasks.map((task) => ({ ...task, body: bodies.get(task.organisation_id ?? '') ?? '' }))
}
