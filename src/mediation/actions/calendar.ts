/** A mediator's calls in her own calendar, and her busy times out of it. No entry says who is helped, or why. */
import { calendarFile, calendarType } from '../../kernel/calendar.ts'
import { instantOf, zone } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound, refuse } from '../../kernel/errors.ts'
import { comuni } from '../../territory/actions.ts'
import { busyTimes } from '../rules/calendar.ts'
import { listCalls } from '../store/calls.ts'
import { endLinks, findLink, makeLink } from '../store/links.ts'
import * as mediators from '../store/mediators.ts'
import * as profile from '../store/profile.ts'
import { open } from '../urls.ts'

/** One address at a time: a new one ends the old. */
export async function calendarLink(ctx: Ctx, mediator_id: string) {
  await endLinks(ctx, 'calendar', mediator_id)
  return `${ctx.base_url}${open.calendar.href({ token: await makeLink(ctx, 'calendar', mediator_id, ctx.now.add({ hours: 366 * 24 })) })}`
}

export async function calendarOf(ctx: Ctx, token: string) {
  const found = await findLink(ctx, 'calendar', token)
  if (!found) throw new NotFound()
  const mediator = await mediators.findMediator(ctx, found.thing_id)
  const names = new Map((await comuni(ctx)).map(({ code, name }) => [code, name]))
  const t = ctx.words.translate(mediator.lang)
  const rows = await listCalls(ctx, { mediator_id: mediator.id, from: ctx.now.subtract({ hours: 60 * 24 }) })
  const host = new URL(ctx.base_url).hostname
  const entries = rows
    .filter(({ starts_at, ends_at }) => starts_at && ends_at)
    .map((call) => ({
      uid: `mediation-${call.assignment_id}@${host}`,
      sequence: 0,
      stamp: ctx.now,
      ...wallTimes(call.starts_at as string, call.ends_at as string),
      title: t('mediation.calendar.entry', { number: call.number }),
      place: call.mode === 'PRES' ? (names.get(call.comune) ?? '') : t(`mediation.mode.${call.mode as 'TEL'}`),
    }))
  return {
    type: calendarType,
    body: calendarFile({ name: t('mediation.calendar.name'), lang: mediator.lang, entries }),
  }
}

/** The times her own calendar holds busy; each import takes the place of the one before. */
export async function importBusy(ctx: Ctx, mediator_id: string, text: string) {
  const busy = busyTimes(text, ctx.now, ctx.now.add({ hours: 180 * 24 }))
  refuse({ form: busy === undefined ? 'mediation.error.calendar' : undefined })
  await profile.dropCalendarExceptions(ctx, mediator_id)
  for (const { starts_at, ends_at } of (busy ?? []).slice(0, 500))
    await profile.addException(ctx, mediator_id, 'away', starts_at, ends_at, 'calendar')
  return busy?.length ?? 0
}

/** An entry is of one day; what runs past midnight ends with it. */
function wallTimes(starts_at: string, ends_at: string) {
  const [from, to] = [instantOf(starts_at), instantOf(ends_at)].map((at) =>
    at.toZonedDateTimeISO(zone).toPlainDateTime(),
  ) as [Temporal.PlainDateTime, Temporal.PlainDateTime]
  const day = from.toPlainDate().toString()
  const wall = (at: Temporal.PlainDateTime) => at.toPlainTime().toString().slice(0, 5)
  return { day, starts_at: wall(from), ends_at: to.toPlainDate().toString() === day ? wall(to) : '23:59' }
}
