/** Events: when and where, moving and cancelling, signing up, who came. */
import { createHash, randomBytes } from 'node:crypto'
import { needList } from '../../desk/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce, publish } from '../../kernel/events.ts'
import type { Limit, Limits } from '../../kernel/limits.ts'
import { findPerson } from '../../people/actions.ts'
import { organisations, places } from '../../territory/actions.ts'
import { attendanceWithdrawn, eventAttended } from '../events.ts'
import type { AttendInput, EventInput, SignUpInput } from '../forms.ts'
import { eventErrors, isOver, type MovedFields, moved } from '../rules/events.ts'
import { may } from '../rules/may.ts'
import * as store from '../store/events.ts'
import * as items from '../store/items.ts'
import { isKnown } from './cards.ts'
import { tellCancelled, tellMoved, tellSignedUp } from './letters.ts'
import { eventShown } from './reading.ts'
import { indexWords } from './search.ts'

const known = new Set(needList.map(({ code }) => code))

async function eventItem(ctx: Ctx, id: string) {
  const item = await items.lockItem(ctx, id)
  if (item.kind !== 'event') throw new NotFound()
  return item
}

/** The first time its data are written; afterwards a change of day, hour or place is a move, and who signed up is told. */
export async function planEvent(ctx: Ctx, id: string, input: EventInput) {
  await eventItem(ctx, id)
  allow(ctx.actor.can(may.write))
  const { needs, place_id = null, organisation_id = null, place_text = '', capacity = null, ...rest } = input
  refuse({
    ...eventErrors(input),
    needs: needs.every((need) => known.has(need)) ? undefined : 'kernel.form.not_a_choice',
    place_id: await isKnown(input.place_id, places(ctx)),
    organisation_id: await isKnown(input.organisation_id, organisations(ctx)),
  })
  const data = { ...rest, place_id, organisation_id, place_text, capacity }
  const before = await store.findEvent(ctx, id)
  if (before) {
    const has_moved = moved(withoutSeconds(before), data)
    await store.updateEvent(ctx, id, { ...data, ...(has_moved && { sequence: before.sequence + 1 }) })
    if (has_moved && !before.cancelled_at && !isOver(before, ctx.today)) await tellMoved(ctx, id)
  } else await store.insertEvent(ctx, id, data)
  refuse({ capacity: (await store.setSeats(ctx, id, capacity)) ? undefined : 'board.error.fewer_than_signed_up' })
  await items.writeNeeds(ctx, id, needs)
  await items.updateItem(ctx, id)
  await indexWords(ctx, id)
  publish(ctx)
}

const withoutSeconds = <Row extends MovedFields>(row: Row) => ({
  ...row,
  starts_at: row.starts_at.slice(0, 5),
  ends_at: row.ends_at.slice(0, 5),
})

/** It stays on the board, crossed out: people who come without having heard must find out why the door is shut. */
export async function cancelEvent(ctx: Ctx, id: string) {
  await eventItem(ctx, id)
  const event = await store.lockEvent(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse({
    form: event.cancelled_at
      ? 'board.error.already_cancelled'
      : isOver(event, ctx.today)
        ? 'board.error.is_over'
        : undefined,
  })
  await store.updateEvent(ctx, id, {
    cancelled_at: ctx.now.toString(),
    cancelled_by: ctx.actor.account_id,
    sequence: event.sequence + 1,
  })
  await items.updateItem(ctx, id)
  await tellCancelled(ctx, id)
  publish(ctx)
}

export async function eventToEdit(ctx: Ctx, id: string) {
  const item = await items.findItem(ctx, id)
  allow(ctx.actor.can(may.see))
  if (item.kind !== 'event') throw new NotFound()
  return { item, event: await store.findEvent(ctx, id), needs: await items.needsOf(ctx, id) }
}

// --- signing up, without account -------------------------------------------------------------------------------------

/** A school has one address for a whole class, and a telephone company one for thousands. */
export const signUpLimit: Limit = { name: 'board.sign_up', points: 120, seconds: 3600 }
export const usefulLimit: Limit = { name: 'board.useful', points: 3, seconds: 86_400 }
/** A mother signs her children up with her own telephone. */
const most_of_one_contact = 6

export const hashOf = (token: string) => createHash('sha256').update(token).digest()

/** @returns the secret part of the personal link; only its hash is kept */
export async function signUp(ctx: Ctx, slug: string, input: SignUpInput, may_try: boolean) {
  const shown = await eventShown(ctx, slug)
  const event = await store.holdEvent(ctx, shown.event.item_id)
  refuse({
    form: !may_try
      ? 'board.error.too_many'
      : event.cancelled_at
        ? 'board.error.cancelled'
        : isOver(event, ctx.today)
          ? 'board.error.is_over'
          : event.sign_up
            ? undefined
            : 'board.error.no_sign_up',
  })
  const contact = { email: (input.email ?? '').toLowerCase(), phone: (input.phone ?? '').replaceAll(/[^\d+]/g, '') }
  refuse({
    form:
      (await store.countOfContact(ctx, event.item_id, contact)) >= most_of_one_contact
        ? 'board.error.too_many_of_one'
        : undefined,
  })
  const seat = event.capacity === null ? null : await store.takeSeat(ctx, event.item_id, event.capacity)
  refuse({ form: seat === undefined ? 'board.error.full' : undefined })
  const token = randomBytes(32).toString('base64url')
  await store.insertSignUp(ctx, {
    item_id: event.item_id,
    seat: seat ?? null,
    called_as: input.called_as,
    ...contact,
    token_hash: hashOf(token),
  })
  if (contact.email) await tellSignedUp(ctx, shown, contact.email, token)
  await publishIfFull(ctx, event)
  return token
}

/** The list says "full" and nothing else of who comes: only that changes the pages. */
async function publishIfFull(ctx: Ctx, { item_id, capacity }: { item_id: string; capacity: number | null }, freed = 0) {
  if (capacity !== null && (await store.countSignedUp(ctx, item_id)) + freed === capacity) publish(ctx)
}

export async function mySignUp(ctx: Ctx, slug: string, token: string) {
  const shown = await eventShown(ctx, slug)
  return { ...shown, mine: await store.signUpByToken(ctx, shown.event.item_id, hashOf(token)) }
}
export type MySignUp = Awaited<ReturnType<typeof mySignUp>>

/** Pressed twice, it happens once. */
export async function withdrawMySignUp(ctx: Ctx, slug: string, token: string) {
  const { mine, event } = await mySignUp(ctx, slug, token)
  if (mine.withdrawn_at) return
  await store.withdrawSignUp(ctx, mine.id)
  await publishIfFull(ctx, event, 1)
}

export const answerUseful = async (ctx: Ctx, item_id: string, useful: boolean, may_try: boolean) => {
  if (may_try) await items.countUseful(ctx, item_id, useful)
}

export const mayTry = (limits: Limits, limit: Limit, key: string) => limits.take(limit, key)

// --- who came -------------------------------------------------------------------------------------------------------

export async function attendanceSheet(ctx: Ctx, id: string) {
  const { item, event } = await eventToRead(ctx, id)
  allow(ctx.actor.can(may.see_sign_ups))
  const source = (await items.sourceOf(ctx, id, item.version)) as items.Source
  const attendance = (await store.attendanceOf(ctx, id)).filter((row) => row.withdrawn_at === null)
  return { item, event, title: source.title, sign_ups: await store.signUpsOf(ctx, id), attendance }
}
export type AttendanceSheet = Awaited<ReturnType<typeof attendanceSheet>>

async function eventToRead(ctx: Ctx, id: string) {
  const item = await items.findItem(ctx, id)
  const event = await store.findEvent(ctx, id)
  if (!event) throw new NotFound()
  return { item, event }
}

/** One who came: somebody who signed up, a known person, both, or somebody nobody knows. Once each. */
export async function recordAttendance(ctx: Ctx, id: string, { sign_up_id, person_id, minutes }: AttendInput) {
  const event = await store.lockEvent(ctx, id)
  allow(ctx.actor.can(may.record_attendance))
  const person = person_id ? (await findPerson(ctx, person_id)).id : null
  const there = (await store.attendanceOf(ctx, id)).filter((row) => row.withdrawn_at === null)
  const sign_ups = new Set((await store.signUpsOf(ctx, id)).map((one) => one.id))
  refuse({
    form:
      event.on_day > ctx.today
        ? 'board.error.not_yet'
        : event.cancelled_at
          ? 'board.error.cancelled'
          : there.some((row) => (sign_up_id && row.sign_up_id === sign_up_id) || (person && row.person_id === person))
            ? 'board.error.already_there'
            : sign_up_id && !sign_ups.has(sign_up_id)
              ? 'kernel.form.not_a_choice'
              : undefined,
  })
  const attendance_id = await store.insertAttendance(ctx, {
    item_id: id,
    sign_up_id: sign_up_id ?? null,
    person_id: person,
    on_day: event.on_day,
    minutes,
  })
  announce(ctx, eventAttended, { attendance_id, event_id: id, person_id: person, on: event.on_day, minutes })
  return attendance_id
}

export async function withdrawAttendance(ctx: Ctx, id: string, attendance_id: string) {
  const row = await store.findAttendance(ctx, id, attendance_id)
  allow(ctx.actor.can(may.record_attendance))
  if (await store.insertAttendanceWithdrawal(ctx, row.id))
    announce(ctx, attendanceWithdrawn, { attendance_id: row.id, on: ctx.today })
}
