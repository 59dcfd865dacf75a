/** Which appointments are free. */
import { addDays, dayOf, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { settingOf } from '../../programme/actions.ts'
import { opensBetween } from '../actions.ts'
import { givenKey, momentOfSlot, nearest, type Slot, slotsOf } from '../rules/slots.ts'
import { bookingNotice, bookingWeeks } from '../rules.ts'
import { givenOf } from '../store/appointments.ts'

/** From when and until when somebody without an account may book; who works here books up to the last moment. */
async function window(ctx: Ctx, open: boolean) {
  const weeks = await settingOf(ctx, bookingWeeks)
  const notice = open ? await settingOf(ctx, bookingNotice) : 0
  return { from: ctx.now.add({ hours: notice }), days: weeks * 7 }
}

/** All slots of some days, full ones too. */
export async function slotsBetween(
  ctx: Ctx,
  day: string,
  days: number,
  { from = ctx.now, kind = null }: { from?: Temporal.Instant; kind?: string | null } = {},
) {
  const { openings } = await opensBetween(ctx, day, days)
  const given = await givenOf(ctx, day, addDays(day, days - 1))
  return slotsOf(
    kind === null ? openings : openings.filter((opening) => opening.kind === kind),
    new Map(given.map(({ opening_id, starts_at, n }) => [givenKey(opening_id, starts_at), n])),
    from,
  )
}

/** Of one kind of desk, or of all: what may be asked for now, full or free. */
async function slotsAhead(ctx: Ctx, kind: string | null, open: boolean) {
  const { from, days } = await window(ctx, open)
  const slots = await slotsBetween(ctx, dayOf(from), days, { from, kind })
  return open ? slots.filter(({ open_booking }) => open_booking) : slots
}

function freeOf(slots: readonly Slot[]): Slot[] {
  const seen = new Set<string>()
  return slots.filter((slot) => {
    // Two openings of a kind at the same hour are one hour for whoever books.
    const same = `${slot.kind} ${slot.key}`
    if (slot.free === 0 || seen.has(same)) return false
    seen.add(same)
    return true
  })
}

/** What is free of one kind of desk, or of all. */
export const freeSlots = async (ctx: Ctx, kind: string | null, { open }: { open: boolean }) =>
  freeOf(await slotsAhead(ctx, kind, open))

type Found = { slot: Slot } | { error: 'past' | 'closed' | 'taken'; near: Slot[] }
/** The slot somebody asks for, or why it cannot be and which are near. */
export async function slotAsked(ctx: Ctx, kind: string, key: string, { open }: { open: boolean }): Promise<Found> {
  const moment = momentOfSlot(key)
  const ahead = await slotsAhead(ctx, kind, open)
  const free = freeOf(ahead)
  const slot = free.find((one) => one.key === key)
  if (slot) return { slot }
  const near = nearest(free, key)
  if (!moment) return { error: 'closed', near }
  if (Temporal.Instant.compare(romeTime(moment.on_day, moment.starts_at), ctx.now) <= 0) return { error: 'past', near }
  return { error: ahead.some((one) => one.key === key) ? 'taken' : 'closed', near }
}
export const problemOf = {
  past: 'desk.error.slot_past',
  closed: 'desk.error.slot_closed',
  taken: 'desk.error.slot_taken',
} as const
