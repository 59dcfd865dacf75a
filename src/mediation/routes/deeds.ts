import { dayOf, instantOf, zone } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Schema } from '../../kernel/form.ts'
import type { Call } from '../store/calls.ts'

/** What one button does to a call. */
export type Deed = (ctx: Ctx, call: string) => Promise<unknown>
/** What one form of a profile keeps. */
export type Keep<S extends Schema> = (ctx: Ctx, mediator: string, input: S['_zod']['output']) => Promise<unknown>

/** A report starts from what was booked: usually only the end has to be looked at. */
export function bookedTimes({ starts_at, ends_at, adults, minors }: Call) {
  const wall = (at: string) => instantOf(at).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5)
  if (!starts_at || !ends_at) return {}
  return {
    on: dayOf(instantOf(starts_at)),
    from: wall(starts_at),
    to: wall(ends_at),
    adults: String(adults),
    minors: String(minors),
    outcome: 'RAGG',
  }
}
