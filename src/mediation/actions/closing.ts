/** The month is closed: hours are held against the ceilings for good, and told to the budget. */
import { dayOf, instantOf, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { hoursLocked } from '../events.ts'
import { centsOf, dueWhenCancelled } from '../rules/hours.ts'
import { may } from '../rules/may.ts'
import * as calls from '../store/calls.ts'
import * as hours from '../store/hours.ts'

export const monthOf = (month: string) => {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  return { from: romeTime(first.toString(), '00:00'), to: romeTime(first.add({ months: 1 }).toString(), '00:00') }
}

/** Closes everything countersigned up to the end of a month: held against the ceilings, and told to the budget. */
export async function closeMonth(ctx: Ctx, month: string) {
  allow(ctx.actor.can(may.close_month))
  const { to } = monthOf(month)
  const rows = await hours.toHold(ctx, to)
  for (const row of rows)
    await hold(ctx, { ...row, minutes: row.confirmed_minutes ?? 0, starts_at: row.started_at ?? row.starts_at })
  const late = await lateUntil(ctx, to, { states: ['cancelled_by_body'] })
  for (const row of late) await hold(ctx, { ...row, minutes: row.paid_minutes })
  return rows.length + late.length
}

/** Cancelled by the body too late: due as if she had come, by her contract. */
async function lateUntil(ctx: Ctx, to: Temporal.Instant, whose: Parameters<typeof hours.lateCancellations>[2] = {}) {
  const rows = await hours.lateCancellations(ctx, to, whose)
  return rows
    .map(({ cancelled_at, ...row }) => ({
      ...row,
      paid_minutes: dueWhenCancelled(instantOf(row.starts_at), instantOf(cancelled_at as string), row),
    }))
    .filter(({ paid_minutes }) => paid_minutes > 0)
}

export type Whose = { mediator_id?: string; body_id?: string }
/** The sheet of a month: what was done, and what is due although nobody came. */
export async function sheetOf(ctx: Ctx, month: string, whose: Whose = {}) {
  const { from, to } = monthOf(month)
  const late = (await lateUntil(ctx, to, whose)).filter(
    ({ starts_at }) => Temporal.Instant.compare(instantOf(starts_at), from) >= 0,
  )
  const done = await hours.workIn(ctx, from, to, whose)
  return [...done, ...late].sort((a, b) => Temporal.Instant.compare(instantOf(a.starts_at), instantOf(b.starts_at)))
}
export type SheetLine = Awaited<ReturnType<typeof sheetOf>>[number]

type ToHold = Pick<
  hours.Work,
  | 'id'
  | 'language'
  | 'field'
  | 'comune'
  | 'mode'
  | 'body_id'
  | 'organisation_id'
  | 'mediator_id'
  | 'contract_id'
  | 'rate_cents'
> & { minutes: number; starts_at: string }
async function hold(ctx: Ctx, row: ToHold) {
  const {
    id: call_id,
    body_id,
    mediator_id,
    contract_id,
    minutes,
    language,
    field,
    comune,
    mode,
    organisation_id,
  } = row
  const on = dayOf(instantOf(row.starts_at))
  const cents = centsOf(minutes, row.rate_cents)
  await hours.hold(ctx, { call_id, body_id, mediator_id, contract_id, on_day: on, minutes, cents })
  await calls.takeStep(ctx, call_id, 'locked', ctx.actor.can(may.coordinate) ? 'coordinator' : 'rule')
  announce(ctx, hoursLocked, {
    call_id,
    on,
    language,
    field,
    comune,
    mode,
    organisation_id,
    minutes,
    cents,
    contract_id,
    mediator_id,
  })
}
