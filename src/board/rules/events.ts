/** planned ── moved (its calendar entry counts up) ── over; cancelled, from any of them, for good. */
import { zone } from '../../kernel/clock.ts'
import type { Problems } from '../../kernel/errors.ts'

type Times = { on_day: string; starts_at: string; ends_at: string }

export const eventErrors = (
  input: Times & { place_id?: string | undefined; place_text?: string | undefined },
): Problems<Times & { place_text: string }> => ({
  ...(input.ends_at <= input.starts_at && { ends_at: 'board.error.ends_before_start' as const }),
  ...(!input.place_id && !input.place_text && { place_text: 'board.error.no_place' as const }),
})

export type MovedFields = Times & { place_id: string | null; place_text: string }
const told = ['on_day', 'starts_at', 'ends_at', 'place_id', 'place_text'] as const
export const moved = (before: MovedFields, after: MovedFields) => told.some((field) => before[field] !== after[field])

export const isOver = ({ on_day }: Pick<Times, 'on_day'>, today: string) => on_day < today

/** Wall time as an instant: an hour the spring skips moves forward, one that autumn doubles is the first. */
export const startOf = ({ on_day, starts_at }: Pick<Times, 'on_day' | 'starts_at'>) =>
  Temporal.PlainDateTime.from(`${on_day}T${starts_at}`).toZonedDateTime(zone)
export const endOf = ({ on_day, ends_at }: Pick<Times, 'on_day' | 'ends_at'>) =>
  Temporal.PlainDateTime.from(`${on_day}T${ends_at}`).toZonedDateTime(zone)
export const minutesOf = (event: Times) => Math.max(1, Math.round(startOf(event).until(endOf(event)).total('minutes')))

/** Free, or nearly, or not at all; nothing when as many may come as want to. */
export const roomOf = (capacity: number | null, signed_up: number) =>
  capacity === null ? undefined : signed_up >= capacity ? 'full' : 'free'
