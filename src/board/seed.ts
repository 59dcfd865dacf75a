/** A board for demonstrations: what is publicly known of the services of Lodi, and events that are made up; all marked as examples. */
import { addDays } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { isClosed, organisations, places } from '../territory/actions.ts'
import { describeService } from './actions/cards.ts'
import { planEvent } from './actions/events.ts'
import { checkCard, createItem, publishItem, saveSource, textOf } from './actions/items.ts'
import { markChecked, saveTranslation } from './actions/translations.ts'
import { type CardPictogram, pictogramOf } from './codes.ts'
import demonstration from './lists/demonstration.json' with { type: 'json' }
import type { Kind } from './rules/publication.ts'

type Words = Parameters<typeof createItem>[2]
const translated = ['en', 'ar', 'fr', 'es', 'zh', 'uk'] as const
type Card = { it: Words; needs: string[]; then?: { it: string; en: string } } & {
  [Language in (typeof translated)[number]]?: Words
}
type Service = Card & {
  hours_of?: 'foreigners' | 'refugees' | 'digital' | 'self'
  organisation?: string
  place?: string
  free: boolean
  pictogram: string
  languages: string[]
  checked: boolean
  website?: string
  email?: string
}
type Notice = Card & { days: number }
type Event = Card & {
  weekday: number
  week: number
  starts_at: string
  ends_at: string
  place?: string
  place_text?: string
  sign_up: boolean
  capacity?: number
}
const { services, notices, events } = demonstration as { services: Service[]; notices: Notice[]; events: Event[] }

export async function fillDemonstration(ctx: Ctx) {
  if (ctx.ambito.slug !== 'lodi') return
  const bodies = new Map((await organisations(ctx)).map((one) => [one.name, one.id]))
  const where = new Map((await places(ctx)).map((one) => [one.name, one.id]))
  for (const service of services) await addService(ctx, service, bodies, where)
  for (const notice of notices) {
    const id = await write(ctx, 'notice', notice)
    await publishItem(ctx, id, { published_from: ctx.today, published_until: addDays(ctx.today, notice.days) })
  }
  for (const event of events) await addEvent(ctx, event, where)
}

async function addService(
  ctx: Ctx,
  service: Service,
  bodies: ReadonlyMap<string, string>,
  where: ReadonlyMap<string, string>,
) {
  const id = await write(ctx, 'service', service)
  await describeService(ctx, id, {
    organisation_id: service.organisation && bodies.get(service.organisation),
    place_id: service.place && where.get(service.place),
    email: service.email,
    website: service.website,
    languages: service.languages,
    needs: service.needs,
    free: service.free,
    pictogram: pictogramOf(service.pictogram) satisfies CardPictogram,
    hours_of: service.hours_of,
    keeps_closures: true,
  })
  const next = addDays(ctx.today, 180)
  await publishItem(ctx, id, { published_from: ctx.today, published_until: next })
  if (service.checked) await checkCard(ctx, id, { by_whom: 'Ufficio di Piano', next })
}

async function addEvent(ctx: Ctx, event: Event, where: ReadonlyMap<string, string>) {
  const id = await write(ctx, 'event', event)
  await planEvent(ctx, id, {
    on_day: await dayFor(ctx, event),
    starts_at: event.starts_at,
    ends_at: event.ends_at,
    place_id: event.place && where.get(event.place),
    place_text: event.place_text,
    sign_up: event.sign_up,
    capacity: event.capacity,
    needs: event.needs,
  })
  await publishItem(ctx, id, { published_from: ctx.today })
}

/** The weekday meant, so many weeks from now, or the first such day after it that is no holiday. */
async function dayFor(ctx: Ctx, { weekday, week }: Event) {
  const from = Temporal.PlainDate.from(ctx.today).add({ days: 1 + week * 7 })
  let day = from.add({ days: (weekday - from.dayOfWeek + 7) % 7 })
  while (await isClosed(ctx, day.toString())) day = day.add({ days: 7 })
  return day.toString()
}

/** The Italian, its translations and, where the example wants it, a change of the Italian that leaves them behind. */
async function write(ctx: Ctx, kind: Kind, { it, then, ...card }: Card) {
  const id = await createItem(ctx, kind, it, { demo: true })
  for (const language of translated) {
    const words = card[language]
    if (words) await translate(ctx, id, language, words, { of_version: 1, revision: 0 })
  }
  if (!then) return id
  await saveSource(ctx, id, { ...textOf(it), body: then.it }, 1)
  // The English has followed; the others have not.
  if (card.en) await translate(ctx, id, 'en', { ...card.en, body: then.en }, { of_version: 2, revision: 1 })
  return id
}

/** A machine wrote them all; only the English has been read against the Italian, by the editor of the example. */
async function translate(
  ctx: Ctx,
  id: string,
  language: (typeof translated)[number],
  words: Words,
  at: { of_version: number; revision: number },
) {
  await saveTranslation(ctx, id, language, { ...words, ...at, origin: 'machine' })
  if (language === 'en') await markChecked(ctx, id, language, at.revision + 1)
}
