/** Weekly openings: their slots, their end, and the day that does not keep to the week. */

import { weekday } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/events.ts'
import type { DayInput, SlotsInput } from '../forms.ts'
import { dayErrors, may } from '../rules.ts'
import * as store from '../store/appointments.ts'
import { findOpening, makeOpenings, endSeries as writeEnd } from '../store/openings.ts'
import { cancelByHouse } from './appointments.ts'

export async function changeSlots(
  ctx: Ctx,
  series_id: string,
  { slot_minutes, slot_places, open_booking }: SlotsInput,
) {
  const series = await store.findSeries(ctx, series_id)
  allow(ctx.actor.can(may.plan_openings))
  await store.changeSlots(ctx, series.id, {
    slot_minutes: slot_minutes ?? null,
    slot_places: slot_places ?? 1,
    open_booking: open_booking && slot_minutes !== undefined,
  })
  publish(ctx)
}

/** Closed, or with other hours: appointments that no longer stand are cancelled, and their people told. */
export async function changeDay(ctx: Ctx, series_id: string, input: DayInput) {
  const series = await store.findSeries(ctx, series_id)
  allow(ctx.actor.can(may.plan_openings))
  refuse(dayErrors(input, ctx.today))
  const outside = input.on_day < series.since || (series.until !== null && input.on_day > series.until)
  refuse({ on_day: outside || weekday(input.on_day) !== series.weekday ? 'desk.error.not_that_day' : undefined })
  await makeOpenings(ctx, input.on_day)
  const opening = (await store.openingsToCome(ctx, series_id)).find(({ on_day }) => on_day === input.on_day)
  if (!opening) throw new NotFound()
  const { starts_at, ends_at } = input
  const closed = input.what === 'closed'
  await store.changeOpening(ctx, opening.id, {
    cancelled_at: closed ? ctx.now.toString() : null,
    ...(!closed && starts_at && ends_at && { starts_at, ends_at }),
  })
  for (const appointment of await store.appointmentsOfOpening(ctx, opening.id)) {
    const stays =
      !closed &&
      appointment.starts_at.slice(0, 5) >= (starts_at ?? '') &&
      appointment.ends_at.slice(0, 5) <= (ends_at ?? '')
    if (!stays) await cancelByHouse(ctx, appointment)
  }
  publish(ctx)
}

/** An opening besides the weekly ones that does not take place after all. */
export async function cancelOpening(ctx: Ctx, id: string) {
  const opening = await findOpening(ctx, id)
  allow(ctx.actor.can(may.plan_openings))
  if (opening.series_id || opening.on_day <= ctx.today) throw new NotFound()
  await store.changeOpening(ctx, id, { cancelled_at: ctx.now.toString() })
  for (const appointment of await store.appointmentsOfOpening(ctx, id)) await cancelByHouse(ctx, appointment)
  publish(ctx)
}

/** From tomorrow on there is none: also not where one was written down for an appointment. */
export async function endSeries(ctx: Ctx, id: string) {
  allow(ctx.actor.can(may.plan_openings))
  await writeEnd(ctx, id)
  for (const opening of await store.openingsToCome(ctx, id)) {
    if (opening.on_day <= ctx.today || opening.cancelled_at) continue
    await store.changeOpening(ctx, opening.id, { cancelled_at: ctx.now.toString() })
    for (const appointment of await store.appointmentsOfOpening(ctx, opening.id)) await cancelByHouse(ctx, appointment)
  }
  publish(ctx)
}
