import { permissions } from '../kernel/actor.ts'
import { instantOf, weekday } from '../kernel/clock.ts'
import type { Problems } from '../kernel/errors.ts'
import type { Setting } from '../kernel/module.ts'
import type { DayInput, OpeningInput, VisitInput } from './forms.ts'

export const may = permissions('desk', {
  see: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  work: ['operator', 'lawyer', 'self_adviser'],
  withdraw: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  feed_register: ['operator', 'coordinator', 'office'],
  plan_openings: ['operator', 'coordinator', 'office'],
  give_appointments: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  write_note: ['operator', 'lawyer', 'self_adviser'],
  write_closed_note: ['lawyer'],
})

export function visitErrors(input: VisitInput): Problems<VisitInput> {
  return {
    ...(input.needs.length === 0 && { needs: 'desk.error.no_need' as const }),
    // Somebody else's business is done only with their written mandate.
    ...(input.for_whom === 'other' && !input.mandate_seen && { mandate_seen: 'desk.error.no_mandate' as const }),
    ...(input.outcome === 'sent' && !input.sent_to && { sent_to: 'desk.error.sent_where' as const }),
  }
}

/** Ten seconds are offered; who pressed in the last of them is still heard. */
const UNDO_SECONDS = 120
type Saved = { recorded_at: string; recorded_by: string | null }
export const mayUndo = (
  { recorded_at, recorded_by }: Saved,
  { actor, now }: { actor: { account_id: string | null }; now: Temporal.Instant },
) =>
  recorded_by !== null &&
  recorded_by === actor.account_id &&
  instantOf(recorded_at).until(now).total('seconds') <= UNDO_SECONDS

/** Without a change of its hours, a day is only closed. */
export const dayErrors = (input: DayInput, today: string): Problems<DayInput> => ({
  ...(input.on_day < today && { on_day: 'desk.error.day_past' as const }),
  ...(input.what === 'hours' && !input.starts_at && { starts_at: 'kernel.form.required' as const }),
  ...(input.what === 'hours' && !input.ends_at && { ends_at: 'kernel.form.required' as const }),
  ...(input.starts_at &&
    input.ends_at &&
    input.ends_at <= input.starts_at && { ends_at: 'desk.error.ends_before_start' as const }),
})

export const openingErrors = (
  input: Pick<OpeningInput, 'starts_at' | 'ends_at'> & { on_day?: string | undefined },
  today?: string,
): Problems<OpeningInput> => ({
  ...(today && input.on_day && input.on_day < today && { on_day: 'desk.error.day_past' as const }),
  ...(input.ends_at <= input.starts_at && { ends_at: 'desk.error.ends_before_start' as const }),
})

/** A note closed by the lawyer is read by whoever wrote it, and by nobody else (professional secrecy, domain.md §6.6). */
export const readsNote = (
  note: { closed_to: string; recorded_by: string | null },
  account_id: string | null,
  sees_desk: boolean,
) => (note.closed_to === 'lawyer' ? note.recorded_by !== null && note.recorded_by === account_id : sees_desk)

type Hours = {
  kind: string
  starts_at: string
  ends_at: string
  place: string
  /** Null: not by appointment. */
  slot_minutes: number | null
  slot_places: number
  open_booking: boolean
}
type Weekly = Hours & { id: string; weekday: number; since: string; until: string | null }
type Written = Hours & { id: string; series_id: string | null; on_day: string; cancelled_at: unknown }
/** An opening of a day: written down already, or as its series will make it. */
export type OpenOn = Hours & { on_day: string; opening_id: string | null; series_id: string | null }

const hoursOf = ({ kind, starts_at, ends_at, place, slot_minutes, slot_places, open_booking }: Hours): Hours => ({
  kind,
  starts_at,
  ends_at,
  place,
  slot_minutes,
  slot_places,
  open_booking,
})

/** The weekly hours, except on closed days and where a day says otherwise, and whatever is opened besides; in order. */
export function opensOn(
  days: readonly string[],
  weekly: readonly Weekly[],
  written: readonly Written[],
  closed: ReadonlySet<string>,
) {
  const openings: OpenOn[] = []
  const closed_days: string[] = []
  const said_on = Map.groupBy(written, ({ on_day }) => on_day)
  for (const day of days) {
    const said = said_on.get(day) ?? []
    const on = weekday(day)
    const usual = weekly.filter(
      (series) => series.weekday === on && series.since <= day && (series.until === null || day <= series.until),
    )
    if (closed.has(day) && usual.length > 0) closed_days.push(day)
    for (const opening of said) {
      if (opening.cancelled_at || (opening.series_id !== null && closed.has(day))) continue
      openings.push({ ...hoursOf(opening), on_day: day, opening_id: opening.id, series_id: opening.series_id })
    }
    if (closed.has(day)) continue
    for (const series of usual)
      if (!said.some((opening) => opening.series_id === series.id))
        openings.push({ ...hoursOf(series), on_day: day, opening_id: null, series_id: series.id })
  }
  const order = ({ on_day, starts_at, ends_at }: OpenOn) => `${on_day} ${starts_at} ${ends_at}`
  return { openings: openings.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)), closed_days }
}

/** Nobody plans further, and nobody comes in less. */
export const bookingWeeks = {
  name: 'desk.booking_weeks',
  kind: 'whole',
  default: 8,
  min: 1,
  max: 26,
  assumed: true,
  text: 'desk.setting.booking_weeks',
} as const satisfies Setting
export const bookingNotice = {
  name: 'desk.booking_notice',
  kind: 'whole',
  default: 2,
  min: 0,
  max: 96,
  assumed: true,
  text: 'desk.setting.booking_notice',
} as const satisfies Setting
/** How many appointments to come one address may hold. */
export const bookedAtOnce = {
  name: 'desk.booked_at_once',
  kind: 'whole',
  default: 2,
  min: 1,
  max: 20,
  assumed: true,
  text: 'desk.setting.booked_at_once',
} as const satisfies Setting
export const settings = [bookingWeeks, bookingNotice, bookedAtOnce] as const satisfies readonly Setting[]
