/** What anybody may read. */

import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { settingOf } from '../../programme/actions.ts'
import { comuni, officesFor, organisations, places } from '../../territory/actions.ts'
import { daysWithEvents } from '../rules/months.ts'
import { graceDays, type Kind, standingOf } from '../rules/publication.ts'
import { type Note, notesFor } from '../rules/texts.ts'
import * as cards from '../store/cards.ts'
import * as events from '../store/events.ts'
import * as items from '../store/items.ts'
import * as store from '../store/reading.ts'
import { hoursOf } from './cards.ts'

type Told = Pick<store.ShownLine, 'revision' | 'origin' | 'fresh' | 'checked_on'>
export const noted = <Row extends Told>(lang: string, row: Row): Row & { notes: Note[] } => ({
  ...row,
  notes: notesFor(
    lang,
    row.revision === null || row.origin === null
      ? null
      : { origin: row.origin, fresh: row.fresh === true, checked: row.checked_on !== null },
  ),
})

const grace = (ctx: Ctx) => settingOf(ctx, graceDays)

// --- services -------------------------------------------------------------------------------------------------------

export async function servicesShown(
  ctx: Ctx,
  { lang = ctx.lang, ids }: { lang?: string; ids?: readonly string[] } = {},
) {
  const lines = await store
    .listShown(ctx, ['service'], await grace(ctx), { lang, ...(ids && { ids }) })
    .orderBy('title')
    .execute()
  const data = await cards.servicesOf(
    ctx,
    lines.map(({ id }) => id),
  )
  const hours = await hoursOf(ctx, data)
  const known = new Map((await places(ctx)).map((place) => [place.id, place]))
  const where = new Map(data.map(({ item_id, place_id }) => [item_id, place_id ? known.get(place_id) : undefined]))
  return lines.map((line) => ({ ...noted(lang, line), hours: hours.get(line.id), place: where.get(line.id) }))
}
export type ServiceLine = Awaited<ReturnType<typeof servicesShown>>[number]

/** Services as somebody sees them who lives in a Comune: there, elsewhere, and the offices that answer for it. */
export async function servicesAround(ctx: Ctx, code: string | undefined) {
  const services = await servicesShown(ctx)
  const all = await comuni(ctx)
  if (!code) return { services, comuni: all }
  const comune = all.find((one) => one.code === code)
  if (!comune) throw new NotFound()
  const town_hall = (await organisations(ctx, { kinds: ['comune'] })).filter((one) => one.comune === code)
  return { services, comuni: all, here: { comune, offices: [...town_hall, ...(await officesFor(ctx, code))] } }
}
export type ServicesAround = Awaited<ReturnType<typeof servicesAround>>

/** For the pages of the needs: what is there for any of them. */
export async function servicesForNeeds(ctx: Ctx, needs: readonly string[]) {
  const ids = [...new Set((await store.servicesForNeeds(ctx, needs)).map(({ item_id }) => item_id))]
  return ids.length === 0 ? [] : servicesShown(ctx, { ids })
}

export async function serviceShown(ctx: Ctx, slug: string) {
  const text = await shownOr404(ctx, 'service', slug)
  const service = await cards.findService(ctx, text.id)
  return {
    text,
    stale: standingOf(text, ctx.today, await grace(ctx)) === 'stale',
    service,
    hours: service && (await hoursOf(ctx, [service])).get(text.id),
    place: service?.place_id ? (await places(ctx)).find(({ id }) => id === service.place_id) : undefined,
    organisation: service?.organisation_id
      ? (await organisations(ctx)).find(({ id }) => id === service.organisation_id)
      : undefined,
    checked: await items.lastCardCheck(ctx, text.id),
  }
}
export type ServiceShown = Awaited<ReturnType<typeof serviceShown>>

async function shownOr404(ctx: Ctx, kind: Kind, slug: string) {
  const text = await store.findShown(ctx, kind, slug, await grace(ctx))
  if (!text) throw new NotFound()
  return { ...noted(ctx.lang, text), also_in: await store.languagesOf(ctx, text.id) }
}

// --- notices and pages ----------------------------------------------------------------------------------------------

export const noticesAtOnce = 50
export async function noticesShown(ctx: Ctx, page = 1) {
  const all = await store
    .listShown(ctx, ['notice'], 0)
    .orderBy('i.published_from', 'desc')
    .orderBy('i.id', 'desc')
    .execute()
  return {
    notices: all.slice((page - 1) * noticesAtOnce, page * noticesAtOnce).map((line) => noted(ctx.lang, line)),
    total: all.length,
    page,
  }
}
export type NoticesShown = Awaited<ReturnType<typeof noticesShown>>

export const textShown = (ctx: Ctx, kind: 'notice' | 'page', slug: string) => shownOr404(ctx, kind, slug)
export type TextShown = Awaited<ReturnType<typeof textShown>>

/** Any of them, for the two faces. */
export const anyShown = (ctx: Ctx, kind: Kind, slug: string) => shownOr404(ctx, kind, slug)

// --- events ---------------------------------------------------------------------------------------------------------

export const eventsAtOnce = 50

/** What is on, from today; one month of it when `month` (`YYYY-MM`) says so. */
export async function eventsShown(ctx: Ctx, { month, page = 1 }: { month?: string | undefined; page?: number } = {}) {
  const first = month && `${month}-01` > ctx.today ? `${month}-01` : ctx.today
  const to = month && addDays(Temporal.PlainDate.from(`${month}-01`).add({ months: 1 }).toString(), -1)
  const counts = to === undefined ? [] : await store.countEventsByDay(ctx, first, to)
  const total = to === undefined ? await store.countEvents(ctx, first) : counts.reduce((sum, one) => sum + one.count, 0)
  const lines = await store.listEvents(ctx, first, { to, limit: eventsAtOnce, offset: (page - 1) * eventsAtOnce })
  return {
    events: await withRoom(ctx, lines),
    total,
    page,
    month,
    months: await store.monthsWithEvents(ctx, ctx.today),
    days: daysWithEvents(counts, eventsAtOnce),
  }
}
export type EventsShown = Awaited<ReturnType<typeof eventsShown>>

/** The next few, for a front page. */
export async function nextEvents(ctx: Ctx, limit = 3) {
  return withRoom(ctx, await store.listEvents(ctx, ctx.today, { limit }))
}

async function withRoom(ctx: Ctx, lines: readonly store.EventLine[], lang = ctx.lang) {
  const signed_up = await events.signedUpOf(
    ctx,
    lines.filter((line) => line.capacity !== null).map(({ id }) => id),
  )
  const where = new Map((await places(ctx)).map((place) => [place.id, place]))
  return lines.map((line) => ({
    ...noted(lang, line),
    starts_at: line.starts_at.slice(0, 5),
    ends_at: line.ends_at.slice(0, 5),
    full: line.capacity !== null && (signed_up.get(line.id) ?? 0) >= line.capacity,
    place: line.place_id ? where.get(line.place_id) : undefined,
  }))
}
export type EventShownLine = Awaited<ReturnType<typeof withRoom>>[number]

export async function eventShown(ctx: Ctx, slug: string) {
  const text = await shownOr404(ctx, 'event', slug)
  const row = await events.findEvent(ctx, text.id)
  if (!row) throw new NotFound()
  const event = { ...row, starts_at: row.starts_at.slice(0, 5), ends_at: row.ends_at.slice(0, 5) }
  return {
    text,
    event,
    full: event.capacity !== null && (await events.countSignedUp(ctx, text.id)) >= event.capacity,
    place: event.place_id ? (await places(ctx)).find(({ id }) => id === event.place_id) : undefined,
    organisation: event.organisation_id
      ? (await organisations(ctx)).find(({ id }) => id === event.organisation_id)
      : undefined,
  }
}
export type EventShown = Awaited<ReturnType<typeof eventShown>>

/** Calendars ask again for weeks: what is over stays a while, so that nothing vanishes from them unexplained. */
export const eventsForCalendar = async (ctx: Ctx) =>
  withRoom(ctx, await store.listEvents(ctx, addDays(ctx.today, -30), { limit: 2000 }))

/** What is new: notices and events, the newest first. */
export async function newsShown(ctx: Ctx) {
  const lines = await store
    .listShown(ctx, ['notice', 'event', 'service'], await grace(ctx))
    .orderBy('i.changed_at', 'desc')
    .orderBy('i.id')
    .limit(50)
    .execute()
  return lines.map((line) => noted(ctx.lang, line))
}

/** Every address with something behind it, for search engines. */
export async function publicItems(ctx: Ctx) {
  const lines = await store
    .listShown(ctx, ['service', 'notice', 'event', 'page'], await grace(ctx), { lang: 'it' })
    .orderBy('i.id')
    .execute()
  return lines.map(({ kind, slug, changed_at }) => ({ kind, slug, changed_at }))
}
