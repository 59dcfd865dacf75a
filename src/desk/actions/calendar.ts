/** The appointments in the calendar of whoever works at the desk: hours and desks, and no name of anybody. */
import { calendarFile, calendarType } from '../../kernel/calendar.ts'
import { addDays, instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound } from '../../kernel/errors.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { may } from '../rules.ts'
import { appointmentsBetween } from '../store/appointments.ts'
import { endLinks, findLink, makeLink } from '../store/links.ts'
import { booking } from '../urls.ts'

/** One address at a time: a new one ends the old. */
export async function calendarAddress(ctx: Ctx) {
  const { account_id } = ctx.actor
  allow(ctx.actor.can(may.see) && account_id !== null)
  const id = account_id as string
  await endLinks(ctx, 'calendar', id)
  const token = await makeLink(ctx, 'calendar', id, ctx.now.add({ hours: 366 * 24 }))
  return `${ctx.base_url}${booking.staffCalendar.href({ token })}`
}

export async function staffCalendar(ctx: Ctx, token: string, from: string) {
  if (!(await findLink(ctx, 'calendar', token))) throw new NotFound()
  const rows = await appointmentsBetween(ctx, from, addDays(ctx.today, 200))
  const host = new URL(ctx.base_url).hostname
  const entries = rows.map((row) => ({
    uid: `appointment-${row.id}@${host}`,
    sequence: row.sequence,
    cancelled: row.cancelled_at !== null,
    stamp: instantOf(row.cancelled_at ?? row.recorded_at),
    day: row.on_day,
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    title: ctx.words.translate('it')('desk.calendar.entry', {
      kind: ctx.words.translate('it')(`desk.kind.${row.kind}` as TextKey),
    }),
    place: row.place,
  }))
  return {
    type: calendarType,
    body: calendarFile({ name: ctx.words.translate('it')('desk.calendar.name'), lang: 'it', entries }),
  }
}
