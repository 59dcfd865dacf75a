/** Who came: by one tap, by the whole list, from the platform's file, or by a signed sheet that files itself. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { changed } from '../../kernel/live.ts'
import type { Upload } from '../../kernel/routes.ts'
import { NotASheet, readWorkbook } from '../../kernel/sheets.ts'
import type { How } from '../codes.ts'
import { attendanceWithdrawn } from '../events.ts'
import { may } from '../rules/may.ts'
import { stillOpen } from '../rules/meetings.ts'
import { finderOf } from '../rules/names.ts'
import { type Logged, readPlatformFile } from '../rules/platform.ts'
import * as store from '../store/meetings.ts'
import * as members from '../store/members.ts'
import { tellAttended, topicOf } from './meetings.ts'
import { bodiesByName } from './members.ts'

async function openMeeting(ctx: Ctx, id: string) {
  const meeting = await store.lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(stillOpen(meeting))
  refuse({ form: meeting.on_day > ctx.today ? 'tavolo.error.not_yet' : undefined })
  return meeting
}

/** Everybody who may have come: who sits on that day, by body, with what they answered. */
export async function presenceShown(ctx: Ctx, id: string) {
  const meeting = await store.findMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  const bodies = await bodiesByName(ctx)
  const came = new Map((await store.attendancesOf(ctx, id)).map((one) => [one.seat_id, one]))
  const answers = new Map((await store.invitationsOf(ctx, id)).map((one) => [one.seat_id, one.answer]))
  const seats = await members.seatsOn(ctx, meeting.on_day)
  const rows = seats
    .map((seat) => ({
      ...seat,
      body: bodies.get(seat.organisation_id) ?? '',
      came: came.get(seat.id) ?? null,
      answer: answers.get(seat.id) ?? null,
    }))
    .toSorted((a, b) => a.body.localeCompare(b.body, 'it') || a.kind.localeCompare(b.kind))
  return { meeting, rows }
}
export type PresenceShown = Awaited<ReturnType<typeof presenceShown>>

/** One tap: there, or not after all. */
export async function tap(ctx: Ctx, id: string, seat_id: string) {
  const meeting = await openMeeting(ctx, id)
  const there = (await store.attendancesOf(ctx, id)).find((one) => one.seat_id === seat_id)
  if (there) await takeBack(ctx, meeting, [there])
  else await cameTo(ctx, meeting, [{ seat_id, how: 'tap' }])
}

/** The whole list at once: who is ticked came, who is not did not. */
export async function setList(ctx: Ctx, id: string, seat_ids: readonly string[]) {
  const meeting = await openMeeting(ctx, id)
  const before = await store.attendancesOf(ctx, id)
  const wanted = new Set(seat_ids)
  await takeBack(
    ctx,
    meeting,
    before.filter((one) => !wanted.has(one.seat_id)),
  )
  const known = new Set(before.map((one) => one.seat_id))
  await cameTo(
    ctx,
    meeting,
    [...wanted].filter((seat_id) => !known.has(seat_id)).map((seat_id) => ({ seat_id, how: 'list' })),
  )
}

async function cameTo(
  ctx: Ctx,
  meeting: store.Meeting,
  came: readonly { seat_id: string; how: How; minutes?: number | null }[],
) {
  const sitting = new Map((await members.seatsOn(ctx, meeting.on_day)).map((seat) => [seat.id, seat]))
  refuse({ seats: came.some(({ seat_id }) => !sitting.has(seat_id)) ? 'kernel.form.not_a_choice' : undefined })
  const made = await store.insertAttendances(
    ctx,
    came.map(({ seat_id, how, minutes = null }) => {
      const { member_id, organisation_id } = sitting.get(seat_id) as members.Seat
      return { meeting_id: meeting.id, seat_id, member_id, organisation_id, how, minutes }
    }),
  )
  if (meeting.held_at) await tellAttended(ctx, meeting, await store.attendancesOf(ctx, meeting.id))
  await changed(ctx, topicOf(meeting.id))
  return made.length
}

/** A mistake. The ledger takes back what it was told; a person who still sits there for another body stays counted. */
async function takeBack(ctx: Ctx, meeting: store.Meeting, gone: readonly store.Attendance[]) {
  for (const one of gone) {
    await store.withdrawAttendance(ctx, one.id)
    if (!one.told) continue
    const still = (await store.attendancesOf(ctx, meeting.id)).find(({ member_id }) => member_id === one.member_id)
    announce(ctx, attendanceWithdrawn, {
      attendance_id: one.id,
      member_id: one.member_id,
      still: still?.organisation_id ?? null,
      ...(still && { still_attendance: still.id }),
      on: meeting.on_day,
    })
  }
  if (gone.length > 0) await changed(ctx, topicOf(meeting.id))
}

/** What the file says, against who sits at the tavolo. Nobody is made up: names nobody has are given back to be seen. */
export async function takePlatformFile(ctx: Ctx, id: string, upload: Upload | undefined) {
  const meeting = await openMeeting(ctx, id)
  refuse({ file: upload ? undefined : 'kernel.form.required' })
  const logged = readLog(upload as Upload)
  refuse({ file: logged ? undefined : 'tavolo.error.no_names_in_file' })
  const seats = await members.seatsOn(ctx, meeting.on_day)
  const find = finderOf(distinct(seats))
  const found: { seat_id: string; how: 'platform'; minutes: number | null }[] = []
  const unknown: string[] = []
  const before = new Set((await store.attendancesOf(ctx, id)).map(({ seat_id }) => seat_id))
  for (const one of logged as Logged[]) {
    const who = find(one)
    if (!who) unknown.push(one.name || one.email)
    else
      for (const seat of seats)
        if (seat.member_id === who.id && !before.has(seat.id))
          found.push({ seat_id: seat.id, how: 'platform', minutes: one.minutes })
  }
  return { found: await cameTo(ctx, meeting, found), unknown }
}

/** People, once each: somebody may sit for two bodies. */
function distinct(seats: readonly members.Seat[]) {
  return [...new Map(seats.map(({ member_id, name, email }) => [member_id, { id: member_id, name, email }])).values()]
}

function readLog({ bytes }: Upload) {
  try {
    return readPlatformFile(readWorkbook(bytes).sheets)
  } catch (error) {
    if (error instanceof NotASheet) refuse({ file: error.problem })
    throw error
  }
}
