/** The data of a service: where, whom to call, when it is open. */
import { needList, openHours } from '../../desk/actions.ts'
import { zone } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/events.ts'
import { closuresOn, organisations, places, spokenLanguages } from '../../territory/actions.ts'
import type { ExceptionInput, HoursInput, ServiceInput } from '../forms.ts'
import { daysAhead, exceptionErrors, hoursErrors, type Opening, openState, opensOn } from '../rules/hours.ts'
import { may } from '../rules/may.ts'
import * as store from '../store/cards.ts'
import * as items from '../store/items.ts'
import { indexWords } from './search.ts'

const known = new Set(needList.map(({ code }) => code))
const spoken = new Set(spokenLanguages.map(({ code }) => code))

export async function describeService(ctx: Ctx, id: string, input: ServiceInput) {
  const item = await items.lockItem(ctx, id)
  allow(ctx.actor.can(may.write))
  if (item.kind !== 'service') throw new NotFound()
  const { needs, organisation_id, place_id, phone, email, website, hours_of, ...rest } = input
  refuse({
    needs: needs.every((need) => known.has(need)) ? undefined : 'kernel.form.not_a_choice',
    languages: rest.languages.every((language) => spoken.has(language)) ? undefined : 'kernel.form.not_a_choice',
    organisation_id: await isKnown(organisation_id, organisations(ctx)),
    place_id: await isKnown(place_id, places(ctx)),
  })
  await store.writeService(ctx, id, {
    ...rest,
    organisation_id: organisation_id ?? null,
    place_id: place_id ?? null,
    phone: phone ?? '',
    email: email ?? '',
    website: website ?? '',
    hours_of: hours_of ?? null,
  })
  await items.writeNeeds(ctx, id, needs)
  await items.updateItem(ctx, id)
  await indexWords(ctx, id)
  publish(ctx)
}

export async function isKnown(id: string | undefined, list: Promise<readonly { id: string }[]>) {
  return id === undefined || (await list).some((one) => one.id === id)
    ? undefined
    : ('kernel.form.not_a_choice' as const)
}

export async function serviceToEdit(ctx: Ctx, id: string) {
  const item = await items.findItem(ctx, id)
  allow(ctx.actor.can(may.see))
  if (item.kind !== 'service') throw new NotFound()
  return {
    item,
    service: await store.findService(ctx, id),
    needs: await items.needsOf(ctx, id),
    weekly: await store.weeklyOf(ctx, [id]),
    exceptions: await store.exceptionsOf(ctx, [id]),
  }
}

export async function addHours(ctx: Ctx, id: string, { weekday, starts_at, ends_at }: HoursInput) {
  await serviceToChange(ctx, id)
  refuse(hoursErrors({ starts_at, ends_at }))
  await store.insertHours(ctx, id, { weekday: Number(weekday), starts_at, ends_at })
}

export async function addException(ctx: Ctx, id: string, { on_day, closed, starts_at, ends_at }: ExceptionInput) {
  await serviceToChange(ctx, id)
  refuse({
    ...exceptionErrors({ closed, starts_at, ends_at }),
    on_day: on_day < ctx.today ? 'board.error.before_today' : undefined,
  })
  await store.insertException(
    ctx,
    id,
    closed
      ? { on_day, starts_at: null, ends_at: null }
      : { on_day, starts_at: starts_at ?? null, ends_at: ends_at ?? null },
  )
}

export async function removeHours(ctx: Ctx, id: string, hours: string) {
  await serviceToChange(ctx, id)
  await store.deleteHours(ctx, id, hours)
}

async function serviceToChange(ctx: Ctx, id: string) {
  const item = await items.lockItem(ctx, id)
  allow(ctx.actor.can(may.write))
  if (item.kind !== 'service') throw new NotFound()
  await items.updateItem(ctx, id)
  publish(ctx)
}

// --- when it is open ------------------------------------------------------------------------------------------------

const short = (time: string) => time.slice(0, 5)

/** The week, the openings of the next three weeks and whether it is open now, for many services at once. */
export async function hoursOf(
  ctx: Ctx,
  services: readonly Pick<store.Service, 'item_id' | 'hours_of' | 'keeps_closures'>[],
) {
  const own = services.filter((service) => service.hours_of === null).map((service) => service.item_id)
  const weekly = (await store.weeklyOf(ctx, own)).map((row) => ({
    ...row,
    starts_at: short(row.starts_at),
    ends_at: short(row.ends_at),
  }))
  const exceptions = (await store.exceptionsOf(ctx, own)).map((row) => ({
    ...row,
    starts_at: row.starts_at && short(row.starts_at),
    ends_at: row.ends_at && short(row.ends_at),
  }))
  const days = daysAhead(ctx.today)
  const closed = new Set((await closuresOn(ctx, days)).keys())
  const desk = services.some((service) => service.hours_of !== null) ? await openHours(ctx) : undefined
  const time = ctx.now.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })

  const none: ReadonlySet<string> = new Set()
  const found = new Map<string, ReturnType<typeof one>>()
  function one(
    week: { weekday: number; starts_at: string; ends_at: string }[],
    openings: Opening[],
    closed_days: string[],
    /** Appointments can be booked from the site. */
    books = false,
  ) {
    return { weekly: week, openings, closed_days, books, state: openState(openings, ctx.today, time) }
  }
  for (const { item_id, hours_of: kind, keeps_closures } of services) {
    if (kind !== null && desk) {
      const week = desk.weekly.filter((series) => series.kind === kind && series.since <= ctx.today)
      found.set(
        item_id,
        one(
          week,
          desk.openings.filter((opening) => opening.kind === kind),
          desk.closed_days.filter((day) =>
            week.some(({ weekday }) => weekday === Temporal.PlainDate.from(day).dayOfWeek),
          ),
          desk.openings.some((opening) => opening.kind === kind && opening.open_booking),
        ),
      )
      continue
    }
    const week = weekly.filter((row) => row.item_id === item_id)
    const other = exceptions.filter((row) => row.item_id === item_id)
    const openings = opensOn(days, week, other, keeps_closures ? closed : none)
    const shut = days.filter(
      (day) =>
        week.some(({ weekday }) => weekday === Temporal.PlainDate.from(day).dayOfWeek) &&
        !openings.some((opening) => opening.on_day === day),
    )
    found.set(item_id, one(week, openings, shut))
  }
  return found
}
export type ServiceHours = NonNullable<
  Awaited<ReturnType<typeof hoursOf>> extends Map<string, infer Hours> ? Hours : never
>
