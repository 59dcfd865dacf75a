/** Slots of openings: wall time of Rome, cut into appointments, less what was given and what is past. */
import { romeTime, zone } from '../../kernel/clock.ts'
import type { OpenOn } from '../rules.ts'

export type Slot = {
  /** `2026-11-30T1500` */
  key: string
  kind: string
  on_day: string
  starts_at: string
  ends_at: string
  place: string
  places: number
  free: number
  opening_id: string | null
  series_id: string | null
  open_booking: boolean
}
/** How many were given, by opening and hour. */
export type Given = ReadonlyMap<string, number>
export const givenKey = (opening_id: string | null, starts_at: string) => `${opening_id} ${starts_at.slice(0, 5)}`

export const slotKey = (on_day: string, starts_at: string) => `${on_day}T${starts_at.slice(0, 5).replace(':', '')}`
/** The day and the hour of an address; undefined when there is no such day or hour. */
export function momentOfSlot(key: string) {
  const [, on_day = '', hour, minute] = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3])([0-5]\d)$/.exec(key) ?? []
  try {
    Temporal.PlainDate.from(on_day)
  } catch {
    return undefined
  }
  return { on_day, starts_at: `${hour}:${minute}` }
}

const minutesIn = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const timeOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Whether the clock shows this hour on this day: spring skips one; autumn shows one twice, and it is given once. */
function exists(day: string, time: string) {
  const shown = romeTime(day, time).toZonedDateTimeISO(zone).toPlainTime()
  return shown.toString({ smallestUnit: 'minute' }) === time
}
const changes = new Map<string, boolean>()
/** Asked of every day of three months, for every page. */
function clockChanges(day: string) {
  let found = changes.get(day)
  if (found === undefined) {
    found = Temporal.PlainDate.from(day).toZonedDateTime(zone).hoursInDay !== 24
    if (changes.size > 2000) changes.clear()
    changes.set(day, found)
  }
  return found
}

/** Every slot that begins after `from`, with how many of its places are free. */
export function slotsOf(openings: readonly OpenOn[], given: Given, from: Temporal.Instant): Slot[] {
  const wall = from.toZonedDateTimeISO(zone)
  const day_of_from = wall.toPlainDate().toString()
  const slots: Slot[] = []
  for (const opening of openings) {
    const { on_day, slot_minutes, slot_places, place, kind, opening_id, series_id, open_booking } = opening
    if (slot_minutes === null || on_day < day_of_from) continue
    const end = minutesIn(opening.ends_at)
    const uneven = clockChanges(on_day)
    for (let at = minutesIn(opening.starts_at); at + slot_minutes <= end; at += slot_minutes) {
      const starts_at = timeOf(at)
      if (uneven && !exists(on_day, starts_at)) continue
      if (on_day === day_of_from && Temporal.Instant.compare(romeTime(on_day, starts_at), from) <= 0) continue
      slots.push({
        key: slotKey(on_day, starts_at),
        kind,
        on_day,
        starts_at,
        ends_at: timeOf(at + slot_minutes),
        place,
        places: slot_places,
        free: Math.max(0, slot_places - (opening_id ? (given.get(givenKey(opening_id, starts_at)) ?? 0) : 0)),
        opening_id,
        series_id,
        open_booking,
      })
    }
  }
  return slots
}

const most_near = 6
/** Days are counted as everywhere the same length: hundreds of slots are asked for each who comes too late. */
const minuteOf = ({ on_day, starts_at }: { on_day: string; starts_at: string }) =>
  Date.parse(on_day) / 60_000 + minutesIn(starts_at)

/** Those nearest to the hour that was wanted, in their order. */
export function nearest(free: readonly Slot[], key: string) {
  const moment = momentOfSlot(key)
  const wanted = moment && minuteOf(moment)
  const far = (slot: Slot) => (wanted === undefined ? 0 : Math.abs(minuteOf(slot) - wanted))
  return free
    .map((slot) => ({ slot, far: far(slot) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, most_near)
    .map(({ slot }) => slot)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** A code to be read aloud and written on paper: no letter looks like a figure. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
export const codeOf = (bytes: Uint8Array) =>
  [...bytes].map((byte, at) => `${at > 0 && at % 4 === 0 ? '-' : ''}${letters[byte % 32]}`).join('')
/** As somebody types it from a paper. */
export function codeTyped(text: string) {
  const bare = text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return bare.length === 12 ? `${bare.slice(0, 4)}-${bare.slice(4, 8)}-${bare.slice(8)}` : bare
}
