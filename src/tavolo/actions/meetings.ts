/** Meetings are planned one by one or by the rhythm of the settings; each may be moved, changed or cancelled by itself. */
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { changed } from '../../kernel/live.ts'
import { settingOf } from '../../programme/actions.ts'
import { closuresOn } from '../../territory/actions.ts'
import type { Mode } from '../codes.ts'
import { attended, decisionTaken, meetingHeld } from '../events.ts'
import type { DataFields, MeetingFields, MoveFields } from '../forms.ts'
import { may } from '../rules/may.ts'
import { linkRight, plannedOnly, stillOpen, timesRight } from '../rules/meetings.ts'
import { asStart, daysOf, endOf } from '../rules/series.ts'
import * as settings from '../rules/settings.ts'
import * as agenda from '../store/agenda.ts'
import { decisionsOf, findDecision, nextDecisionNumber, updateDecision } from '../store/decisions.ts'
import * as store from '../store/meetings.ts'
import { tellMoved } from './convening.ts'
import { feedMeeting } from './feeding.ts'

export const topicOf = (meeting_id: string) => `tavolo ${meeting_id}`

const room = () => `https://meet.jit.si/labimpact-${crypto.randomUUID()}`

/** What a new meeting is unless somebody says otherwise. */
export async function usualMeeting(ctx: Ctx) {
  const starts_at = asStart(await settingOf(ctx, settings.startsAt))
  return {
    starts_at,
    ends_at: endOf(starts_at, await settingOf(ctx, settings.minutesLong)),
    mode: (await settingOf(ctx, settings.usualMode)) as Mode,
    link: await settingOf(ctx, settings.usualLink),
  }
}

/** The next days of the rhythm, and why some of them will not do. */
export async function seriesOffered(ctx: Ctx, count = 12) {
  allow(ctx.actor.can(may.keep))
  const week = await settingOf(ctx, settings.weekOf)
  const days = daysOf(ctx.today, count, {
    weekday: Number(await settingOf(ctx, settings.weekdayOf)),
    week: week === 'last' ? 'last' : Number(week),
    every_months: await settingOf(ctx, settings.everyMonths),
  })
  const planned = new Set(
    (await store.plannedBetween(ctx, days[0] ?? ctx.today, days.at(-1) ?? ctx.today)).map(({ on_day }) =>
      on_day.slice(0, 7),
    ),
  )
  const closed = await closuresOn(ctx, days)
  return days.map((day) => {
    const why = closed.get(day)
    return { day, planned: planned.has(day.slice(0, 7)), closed: why, instead: why ? openDayAfter(day) : undefined }
  })
}
/** A week later at the same hour; who plans may still choose another day by hand. */
const openDayAfter = (day: string) => addDays(day, 7)

export async function planSeries(ctx: Ctx, days: readonly string[]) {
  allow(ctx.actor.can(may.keep))
  refuse({
    days:
      days.length === 0
        ? 'kernel.form.required'
        : days.some((day) => day < ctx.today)
          ? 'tavolo.error.in_the_past'
          : undefined,
  })
  const usual = await usualMeeting(ctx)
  let made = 0
  for (const on_day of [...new Set(days)].sort()) {
    if (await store.meetingOn(ctx, on_day)) continue
    await insert(ctx, { on_day, ...usual, place: '', chair: '', about: '' })
    made++
  }
  return made
}

async function insert(ctx: Ctx, meeting: store.MeetingInput) {
  const id = await store.insertMeeting(ctx, meeting)
  const next = await store.nextMeeting(ctx, ctx.today)
  if (next?.id === id) await feedMeeting(ctx, id)
  return id
}

export async function planMeeting(ctx: Ctx, input: MeetingFields) {
  allow(ctx.actor.can(may.keep))
  const link = input.jitsi && !input.link ? room() : (input.link ?? '')
  refuse({
    on_day: await dayRight(ctx, input.on_day),
    ends_at: timesRight(input.starts_at, input.ends_at),
    link: linkRight(link),
  })
  return insert(ctx, {
    on_day: input.on_day,
    starts_at: input.starts_at,
    ends_at: input.ends_at,
    mode: input.mode,
    link,
    place: input.place ?? '',
    chair: input.chair ?? '',
    about: input.about ?? '',
  })
}

async function dayRight(ctx: Ctx, on_day: string, id?: string) {
  const there = await store.meetingOn(ctx, on_day)
  return there && there.id !== id ? ('tavolo.error.day_taken' as const) : undefined
}

/** Where, with whom in the chair, with which link. Who was invited hears of a new place or link. */
export async function changeData(ctx: Ctx, id: string, input: DataFields) {
  const meeting = await store.lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(stillOpen(meeting))
  const link = input.jitsi && !input.link ? room() : (input.link ?? '')
  refuse({ link: linkRight(link) })
  const { mode, place = '', chair = '', about = '' } = input
  const elsewhere = mode !== meeting.mode || link !== meeting.link || place !== meeting.place
  const tells = elsewhere && meeting.invited_at !== null && meeting.held_at === null
  await store.updateMeeting(ctx, id, {
    mode,
    link,
    place,
    chair,
    about,
    ...(tells && { sequence: meeting.sequence + 1 }),
  })
  if (tells) await tellMoved(ctx, await store.findMeeting(ctx, id), 'changed')
  await changed(ctx, topicOf(id))
}

export async function moveMeeting(ctx: Ctx, id: string, { on_day, starts_at, ends_at, why = '' }: MoveFields) {
  const meeting = await store.lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(plannedOnly(meeting))
  const same =
    on_day === meeting.on_day && starts_at === meeting.starts_at.slice(0, 5) && ends_at === meeting.ends_at.slice(0, 5)
  refuse({
    on_day:
      on_day < ctx.today
        ? 'tavolo.error.in_the_past'
        : same
          ? 'tavolo.error.same_day'
          : await dayRight(ctx, on_day, id),
    ends_at: timesRight(starts_at, ends_at),
  })
  await store.insertMove(ctx, {
    meeting_id: id,
    from_day: meeting.on_day,
    from_time: meeting.starts_at,
    to_day: on_day,
    to_time: starts_at,
    why,
  })
  await store.updateMeeting(ctx, id, {
    on_day,
    starts_at,
    ends_at,
    sequence: meeting.sequence + 1,
    reminded_at: null,
    papers_sent_at: null,
  })
  if (meeting.invited_at) await tellMoved(ctx, await store.findMeeting(ctx, id), 'moved')
  await changed(ctx, topicOf(id))
}

/** Its points wait for the next one. */
export async function cancelMeeting(ctx: Ctx, id: string, why: string) {
  const meeting = await store.lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(plannedOnly(meeting))
  await agenda.letWait(ctx, id)
  await store.updateMeeting(ctx, id, {
    cancelled_at: ctx.now.toString(),
    cancelled_by: ctx.actor.account_id,
    cancelled_why: why,
    sequence: meeting.sequence + 1,
  })
  if (meeting.invited_at) await tellMoved(ctx, await store.findMeeting(ctx, id), 'cancelled')
  const next = await store.nextMeeting(ctx, ctx.today)
  if (next) await feedMeeting(ctx, next.id)
  await changed(ctx, topicOf(id))
}

/** It is over: it gets its number, its decisions theirs, and the ledger hears of it and of who came. */
export async function holdMeeting(ctx: Ctx, id: string) {
  const meeting = await store.lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(plannedOnly(meeting))
  const came = await store.attendancesOf(ctx, id)
  refuse({
    form:
      meeting.on_day > ctx.today ? 'tavolo.error.not_yet' : came.length === 0 ? 'tavolo.error.nobody_came' : undefined,
  })
  await store.updateMeeting(ctx, id, {
    held_at: ctx.now.toString(),
    held_by: ctx.actor.account_id,
    number: await store.nextNumber(ctx),
  })
  for (const { id: decision_id } of (await decisionsOf(ctx, id)).filter(({ number }) => number === null))
    await numberDecision(ctx, decision_id)
  announce(ctx, meetingHeld, { meeting_id: id, on: meeting.on_day, minutes: lasted(meeting) })
  await tellAttended(ctx, meeting, came)
  const next = await store.nextMeeting(ctx, addDays(meeting.on_day, 1))
  if (next) await feedMeeting(ctx, next.id)
  await changed(ctx, topicOf(id))
}
const asMinutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const lasted = ({ starts_at, ends_at }: { starts_at: string; ends_at: string }) =>
  asMinutes(ends_at) - asMinutes(starts_at)

/** A person counts once a meeting, whoever they sat for. */
export async function tellAttended(
  ctx: Ctx,
  meeting: Pick<store.Meeting, 'id' | 'on_day'>,
  came: readonly store.Attendance[],
) {
  const counted = new Set(came.filter(({ told }) => told).map(({ member_id }) => member_id))
  const fresh = came.filter(({ told }) => !told)
  for (const { id, member_id, organisation_id } of fresh) {
    const first = !counted.has(member_id)
    counted.add(member_id)
    announce(ctx, attended, {
      attendance_id: id,
      meeting_id: meeting.id,
      member_id,
      organisation_id,
      first,
      on: meeting.on_day,
    })
  }
  await store.markTold(
    ctx,
    fresh.map(({ id }) => id),
  )
}

export async function numberDecision(ctx: Ctx, id: string) {
  const decision = await findDecision(ctx, id)
  const number = await nextDecisionNumber(ctx, decision.year)
  await updateDecision(ctx, id, { number })
  announce(ctx, decisionTaken, {
    decision_id: id,
    meeting_id: decision.meeting_id,
    theme_id: decision.item_kind === 'theme' ? decision.source_id : null,
    year: decision.year,
    number,
    on: decision.on_day,
  })
}
