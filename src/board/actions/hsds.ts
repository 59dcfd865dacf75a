/**
 * Our services in the words of Open Referral (HSDS 3.0), so that other directories can carry them without copying by hand.
 * The words are the ones of `?language=`, or the Italian source.
 */
import { createHash } from 'node:crypto'
import { needList } from '../../desk/actions.ts'
import { addDays, instantOf, romeTime, weekday as weekdayOf, zone } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { comuni, languageName, organisations, places } from '../../territory/actions.ts'
import { plainTextOf } from '../rules/markdown.ts'
import { linesOf } from '../rules/texts.ts'
import * as cards from '../store/cards.ts'
import * as items from '../store/items.ts'
import { findShown } from '../store/reading.ts'
import { publicHref } from '../urls.ts'
import { hoursOf } from './cards.ts'
import { type ServiceLine, servicesShown } from './reading.ts'

export type Paged<Thing> = {
  total_items: number
  total_pages: number
  page_number: number
  size: number
  first_page: boolean
  last_page: boolean
  empty: boolean
  contents: Thing[]
}

/** Always the same id for the same part of the same thing. */
function partId(of: string, part: string) {
  const hex = createHash('sha256').update(`${of} ${part}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export function paged<Thing>(
  all: readonly Thing[],
  { page, per_page }: { page: number; per_page: number },
): Paged<Thing> {
  const contents = all.slice((page - 1) * per_page, page * per_page)
  const total_pages = Math.max(1, Math.ceil(all.length / per_page))
  return {
    total_items: all.length,
    total_pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= total_pages,
    empty: contents.length === 0,
    contents,
  }
}

type Organisation = Awaited<ReturnType<typeof organisations>>[number]
type Place = Awaited<ReturnType<typeof places>>[number]
type Comune = Awaited<ReturnType<typeof comuni>>[number]

/** Who answers for a card that names nobody: the Ambito itself. */
const ambitoAsOrganisation = (ctx: Ctx) => ({ id: ctx.ambito_id, name: ctx.ambito.name, description: ctx.ambito.name })

const organisationOut = ({ id, name, website, email, phone }: Organisation) => ({
  id,
  name,
  // The note of the address book is for the staff.
  description: name,
  ...(website && { website }),
  ...(email && { email }),
  ...(phone && { phones: [{ id: partId(id, 'phone'), number: phone }] }),
})

const locationOut = (
  { id, name, address, comune, how_to_get_there, accessible }: Place,
  known: ReadonlyMap<string, Comune>,
) => ({
  id,
  location_type: 'physical',
  name,
  ...(how_to_get_there && { transportation: how_to_get_there }),
  addresses: [
    {
      id: partId(id, 'address'),
      address_1: address,
      city: known.get(comune ?? '')?.name ?? '',
      state_province: known.get(comune ?? '')?.province ?? '',
      postal_code: known.get(comune ?? '')?.cap ?? '',
      country: 'IT',
      address_type: 'physical',
    },
  ],
  ...(accessible !== 'unknown' && { accessibility: [{ id: partId(id, 'accessibility'), description: accessible }] }),
})

const comuniByCode = async (ctx: Ctx) => new Map((await comuni(ctx)).map((one) => [one.code, one]))
const needs = new Map(needList.map((need) => [need.code, need]))
const withOffset = (day: string, time: string) => {
  const { offset } = romeTime(day, time).toZonedDateTimeISO(zone)
  return `${time}${offset}`
}
const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

export async function hsdsServices(ctx: Ctx, lang: string) {
  const lines = await servicesShown(ctx, { lang })
  const data = new Map(
    (
      await cards.servicesOf(
        ctx,
        lines.map(({ id }) => id),
      )
    ).map((row) => [row.item_id, row]),
  )
  const bodies = new Map((await organisations(ctx, { ended: true })).map((one) => [one.id, one]))
  return lines.map((line) => {
    const service = data.get(line.id)
    const body = service?.organisation_id ? bodies.get(service.organisation_id) : undefined
    return {
      ...basics(ctx, line, service, lang),
      organization: body ? organisationOut(body) : ambitoAsOrganisation(ctx),
    }
  })
}

const basics = (
  ctx: Ctx,
  line: Pick<ServiceLine, 'id' | 'slug' | 'title' | 'summary' | 'changed_at'>,
  service: cards.Service | undefined,
  lang: string,
) => ({
  id: line.id,
  name: line.title,
  description: line.summary,
  status: 'active' as const,
  url: service?.website || ctx.base_url + publicHref('service', { l: lang, slug: line.slug }),
  ...(service?.email && { email: service.email }),
  last_modified: instantOf(line.changed_at).toString(),
})

export async function hsdsService(ctx: Ctx, id: string, lang: string) {
  const line = (await servicesShown(ctx, { lang, ids: [id] }))[0]
  const text = line && (await findShown(ctx, 'service', line.slug, 3660, lang))
  if (!line || !text) throw new NotFound()
  const service = await cards.findService(ctx, id)
  const hours = service && (await hoursOf(ctx, [service])).get(id)
  const body = service?.organisation_id
    ? (await organisations(ctx, { ended: true })).find((one) => one.id === service.organisation_id)
    : undefined
  const place = service?.place_id ? (await places(ctx)).find((one) => one.id === service.place_id) : undefined
  const checked = await items.lastCardCheck(ctx, id)
  return {
    ...basics(ctx, line, service, lang),
    description: [text.summary, plainTextOf(text.body)].filter(Boolean).join('\n\n'),
    ...(text.booking && { application_process: text.booking }),
    ...(text.for_whom && { eligibility_description: text.for_whom }),
    ...(checked && { assured_date: checked.on_day }),
    organization: body ? organisationOut(body) : ambitoAsOrganisation(ctx),
    phones: service?.phone ? [{ id: partId(id, 'phone'), number: service.phone }] : [],
    languages: (service?.languages ?? []).map((code) => ({
      id: partId(id, `language ${code}`),
      name: languageName(code, 'en'),
      code,
    })),
    required_documents: linesOf(text.bring).map((document) => ({ id: partId(id, `document ${document}`), document })),
    cost_options:
      service?.free || text.cost
        ? [
            {
              id: partId(id, 'cost'),
              ...(service?.free && { amount: 0, currency: 'EUR' }),
              ...(text.cost && { option: text.cost }),
            },
          ]
        : [],
    schedules: (hours?.weekly ?? []).map(({ weekday, starts_at, ends_at }) => {
      const first = addDays(ctx.today, (weekday - weekdayOf(ctx.today) + 7) % 7)
      return {
        id: partId(id, `schedule ${weekday} ${starts_at}`),
        freq: 'WEEKLY',
        interval: 1,
        byday: days[weekday - 1],
        wkst: 'MO',
        dtstart: first,
        // A row every week has no zone of its own in HSDS, only an offset: that of its first day, and the name of the zone.
        opens_at: withOffset(first, starts_at),
        closes_at: withOffset(first, ends_at),
        notes: zone,
      }
    }),
    service_areas: [{ id: partId(id, 'area'), name: ctx.ambito.name }],
    attributes: (await items.needsOf(ctx, id)).map((need) => ({
      id: partId(id, `need ${need}`),
      link_type: 'taxonomy_term',
      taxonomy_term: {
        id: partId(ctx.ambito_id, `need ${need}`),
        code: need,
        name: needs.get(need)?.it ?? need,
        description: needs.get(need)?.en ?? need,
      },
    })),
    service_at_locations: place
      ? [{ id: partId(id, place.id), location: locationOut(place, await comuniByCode(ctx)) }]
      : [],
  }
}

/** The bodies behind our services, and no others of the address book. */
export async function hsdsOrganisations(ctx: Ctx) {
  const lines = await servicesShown(ctx, { lang: 'it' })
  const named = new Set(
    (
      await cards.servicesOf(
        ctx,
        lines.map(({ id }) => id),
      )
    ).map((row) => row.organisation_id),
  )
  const bodies = (await organisations(ctx, { ended: true })).filter(({ id }) => named.has(id)).map(organisationOut)
  return [ambitoAsOrganisation(ctx), ...bodies]
}

export async function hsdsServicesAtLocations(ctx: Ctx, lang: string) {
  const lines = await servicesShown(ctx, { lang })
  const data = await cards.servicesOf(
    ctx,
    lines.map(({ id }) => id),
  )
  const where = new Map((await places(ctx)).map((place) => [place.id, place]))
  const known = await comuniByCode(ctx)
  return data.flatMap((service) => {
    const line = lines.find(({ id }) => id === service.item_id)
    const place = service.place_id ? where.get(service.place_id) : undefined
    return line && place
      ? [
          {
            id: partId(line.id, place.id),
            service: basics(ctx, line, service, lang),
            location: locationOut(place, known),
          },
        ]
      : []
  })
}
