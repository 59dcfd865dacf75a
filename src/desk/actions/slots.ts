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
export async function slotsBetween(ctx: Ctx, day: string, days: number, from: Temporal.Instant = ctx.now) {
  const { openings } = await opensBetween(ctx, day, days)
  const given = await givenOf(ctx, day, addDays(day, days - 1))
  return slotsOf(
    openings,
    new Map(given.map(({ opening_id, starts_at, n }) => [givenKey(opening_id, starts_at), n])),
    from,
  )
}

/** What is free of one kind of desk, or of all. */
export async function freeSlots(ctx: Ctx, kind: string | null, { open }: { open: boolean }): Promise<Slot[]> {
  const { from, days } = await window(ctx, open)
  const all = await slotsBetween(ctx, dayOf(from), days, from)
  const seen = new Set<string>()
  return all.filter((slot) => {
    if (slot.free === 0 || (open && !slot.open_booking) || (kind !== null && slot.kind !== kind)) return false
    // Two openings of a kind at the same hour are one hour for whoever books.
    const same = `${slot.kind} ${slot.key}`
    if (seen.has(same)) return false
    seen.add(same)
    return true
  })
}

type Found = { slot: Slot } | { error: 'past' | 'closed' | 'taken'; near: Slot[] }
/** The slot somebody asks for, or why it cannot be and which are near. */
export async function slotAsked(ctx: Ctx, kind: string, key: string, { open }: { open: boolean }): Promise<Found> {
  const moment = momentOfSlot(key)
  const free = await freeSlots(ctx, kind, { open })
  const slot = free.find((one) => one.key === key)
  if (slot) return { slot }
  const near = nearest(free, key)
  if (!moment) return { error: 'closed', near }
  if (Temporal.Instant.compare(romeTime(moment.on_day, moment.starts_at), ctx.now) <= 0) return { error: 'past', near }
  const { days } = await window(ctx, open)
  if (moment.on_day > addDays(ctx.today, days)) return { error: 'closed', near }
  const that_day = await slotsBetween(ctx, moment.on_day, 1)
  const there = that_day.some((one) => one.key === key && one.kind === kind && (!open || one.open_booking))
  return { error: there ? 'taken' : 'closed', near }
}
export const problemOf = {
  past: 'desk.error.slot_past',
  closed: 'desk.error.slot_closed',
  taken: 'desk.error.slot_taken',
} as const
