/** The door of the territory: which Ambito, which Comune, whose office, which country, open or closed. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import type { DB } from '../kernel/database/rows.ts'
import { allow, notFound, refuse } from '../kernel/errors.ts'
import { say } from '../kernel/events.ts'
import comuniOfLodi from './lists/comuni-lodi.json' with { type: 'json' }
import comuniOfNeighbour from './lists/comuni-vicino.json' with { type: 'json' }
import organisationsOfLodi from './lists/organisations-lodi.json' with { type: 'json' }
import organisationsOfNeighbour from './lists/organisations-vicino.json' with { type: 'json' }
import placesOfLodi from './lists/places-lodi.json' with { type: 'json' }
import { covers, holidayOn, holidaysOf } from './rules/calendar.ts'
import { comuneFinder } from './rules/comuni.ts'
import { countries } from './rules/countries.ts'
import { may } from './rules/may.ts'
import type { OrganisationKind } from './rules/organisations.ts'
import * as store from './store.ts'

export { citizenshipGroup, countries, countryName, countryOf, isThirdCountry } from './rules/countries.ts'
export { languageName, languageOf, spokenLanguages } from './rules/languages.ts'
export { isPublicBody, type OrganisationKind, organisationKinds } from './rules/organisations.ts'
export type { Comune, Organisation, Place } from './store.ts'

export const ambitoOfHost = store.findAmbitoOfHost
export const ambitoById = store.findAmbito
export const allAmbiti = store.listAmbiti

// --- questions ------------------------------------------------------------------------------------------------------

export const comuni = store.listComuni
export const organisations = store.listOrganisations
export const places = store.listPlaces
export const organisationOf = async (ctx: Ctx, id: string) =>
  (await store.findOrganisation(ctx, id)) ?? Promise.reject(notFound())
export const placeOf = async (ctx: Ctx, id: string) => (await store.findPlace(ctx, id)) ?? Promise.reject(notFound())

/** A finder of Comuni as registers write them; made once, asked for every row. */
export const comuneOf = async (ctx: Ctx) => comuneFinder(await store.listComuni(ctx))

/** The offices that answer for who lives there: Questura and Prefettura first, then what the Ambito has added. */
export async function officesFor(ctx: Ctx, comune: string) {
  const order = (kind: string) => ['questura', 'prefettura'].indexOf(kind) >>> 0
  const offices = await store.listCompetences(ctx).where('c.comune', '=', comune).execute()
  return offices.sort((a, b) => order(a.kind) - order(b.kind) || a.name.localeCompare(b.name, 'it'))
}

/** Why nothing opens on that day, in the reader's language; undefined on a day like any other. */
export async function closureOn(ctx: Ctx, day: string) {
  return (await closuresOn(ctx, [day])).get(day)
}

export const isClosed = async (ctx: Ctx, day: string) => (await closureOn(ctx, day)) !== undefined

/** The same for many days at once: only those closed are in the answer. */
export async function closuresOn(ctx: Ctx, days: readonly string[]) {
  const own = await store.listClosures(ctx)
  const closed = new Map<string, string>()
  for (const day of days) {
    const holiday = holidayOn(day)
    const name = holiday ? ctx.t(`territory.holiday.${holiday}`) : own.find((closure) => covers(closure, day))?.name
    if (name) closed.set(day, name)
  }
  return closed
}

// --- the address book -----------------------------------------------------------------------------------------------

export async function addOrganisation(ctx: Ctx, input: store.OrganisationInput) {
  allow(ctx.actor.can(may.keep_organisations))
  await nameIsFree(ctx, input.name)
  const [added] = await store.addOrganisations(ctx, [input])
  say(ctx, 'territory.organisation.added')
  return (added as { id: string }).id
}

export async function changeOrganisation(ctx: Ctx, id: string, input: store.OrganisationInput) {
  const organisation = await organisationOf(ctx, id)
  allow(ctx.actor.can(may.keep_organisations))
  if (!organisation.ended_on) await nameIsFree(ctx, input.name, id)
  await store.changeOrganisation(ctx, id, input)
  say(ctx, 'territory.organisation.changed')
}

async function nameIsFree(ctx: Ctx, name: string, id?: string) {
  const namesake = await store.organisationNamed(ctx, name)
  refuse({ name: namesake && namesake.id !== id ? 'territory.error.name_taken' : undefined })
}

/** Takes an organisation out of the address book; whatever points at it keeps its name. */
export async function retireOrganisation(ctx: Ctx, id: string) {
  await organisationOf(ctx, id)
  allow(ctx.actor.can(may.keep_organisations))
  await store.endOrganisation(ctx, id, ctx.today)
  say(ctx, 'territory.organisation.retired')
}

export async function restoreOrganisation(ctx: Ctx, id: string) {
  const organisation = await organisationOf(ctx, id)
  allow(ctx.actor.can(may.keep_organisations))
  const namesake = await store.organisationNamed(ctx, organisation.name)
  refuse({ form: namesake && namesake.id !== id ? 'territory.error.name_taken' : undefined })
  await store.endOrganisation(ctx, id, null)
  say(ctx, 'territory.organisation.restored')
}

export async function addAgreement(ctx: Ctx, organisation: string, input: store.AgreementInput) {
  await organisationOf(ctx, organisation)
  allow(ctx.actor.can(may.keep_organisations))
  refuse({ ends_on: input.ends_on && input.ends_on < input.starts_on ? 'territory.error.ends_before' : undefined })
  await store.addAgreement(ctx, organisation, input)
  say(ctx, 'territory.agreement.added')
}

/** Which bodies answer for the residents of a Comune, all at once. */
export async function setOffices(ctx: Ctx, comune: string, offices: string[]) {
  const found = (await store.listComuni(ctx)).find(({ code }) => code === comune)
  if (!found) throw notFound()
  allow(ctx.actor.can(may.keep_offices))
  const known = new Set((await store.listOrganisations(ctx)).map(({ id }) => id))
  refuse({ offices: offices.every((id) => known.has(id)) ? undefined : 'kernel.form.not_a_choice' })
  await store.setCompetences(ctx, comune, [...new Set(offices)])
  say(ctx, 'territory.comune.offices_set')
}

// --- places and closures --------------------------------------------------------------------------------------------

export async function addPlace(ctx: Ctx, input: store.PlaceInput) {
  allow(ctx.actor.can(may.keep_places))
  refuse({ name: (await store.placeNamed(ctx, input.name)) ? 'territory.error.name_taken' : undefined })
  const { id } = await store.addPlace(ctx, input)
  say(ctx, 'territory.place.added')
  return id
}

export async function changePlace(ctx: Ctx, id: string, input: store.PlaceInput) {
  const place = await placeOf(ctx, id)
  allow(ctx.actor.can(may.keep_places))
  const namesake = place.ended_on ? undefined : await store.placeNamed(ctx, input.name)
  refuse({ name: namesake && namesake.id !== id ? 'territory.error.name_taken' : undefined })
  await store.changePlace(ctx, id, input)
  say(ctx, 'territory.place.changed')
}

export async function retirePlace(ctx: Ctx, id: string) {
  await placeOf(ctx, id)
  allow(ctx.actor.can(may.keep_places))
  await store.endPlace(ctx, id, ctx.today)
  say(ctx, 'territory.place.retired')
}

export async function addClosure(ctx: Ctx, input: store.ClosureInput) {
  allow(ctx.actor.can(may.keep_closures))
  const over_new_year = input.yearly && input.from_day.slice(0, 4) !== input.to_day.slice(0, 4)
  refuse({
    to_day:
      input.to_day < input.from_day
        ? 'territory.error.ends_before'
        : over_new_year
          ? 'territory.error.over_new_year'
          : undefined,
  })
  await store.addClosure(ctx, input)
  say(ctx, 'territory.closure.added')
}

export async function removeClosure(ctx: Ctx, id: string) {
  allow(ctx.actor.can(may.keep_closures))
  if (!(await store.removeClosure(ctx, id))) throw notFound()
  say(ctx, 'territory.closure.removed')
}

/** All closed days of a year, holidays and the Ambito's own, in order. */
export async function closedDaysOf(ctx: Ctx, year: number) {
  const holidays = holidaysOf(year).map(({ day, holiday }) => ({
    id: null,
    from_day: day,
    to_day: day,
    name: ctx.t(`territory.holiday.${holiday}`),
    kind: 'national',
    yearly: true,
  }))
  const own = (await store.listClosures(ctx)).flatMap((closure) => inYear(closure, year))
  return [...holidays, ...own].sort((a, b) => a.from_day.localeCompare(b.from_day))
}

function inYear<Closure extends { from_day: string; to_day: string; yearly: boolean }>(
  closure: Closure,
  year: number,
): Closure[] {
  if (!closure.yearly)
    return closure.from_day.startsWith(`${year}-`) || closure.to_day.startsWith(`${year}-`) ? [closure] : []
  if (Number(closure.from_day.slice(0, 4)) > year) return []
  return [{ ...closure, from_day: `${year}${closure.from_day.slice(4)}`, to_day: `${year}${closure.to_day.slice(4)}` }]
}

// --- founding -------------------------------------------------------------------------------------------------------

/** A new installation serves the Ambito di Lodi; a demonstration also has a neighbour nobody knows, to show that the two never meet. */
export async function foundAmbiti(owner: Kysely<DB>, demo: boolean) {
  await store.keepCountries(owner, countries)
  if ((await store.countAmbiti(owner, false)) === 0)
    await store.addAmbito(owner, { slug: 'lodi', name: 'Ambito di Lodi', region: 'Lombardia', demo: false, hosts: [] })
  if (demo)
    await store.addAmbito(owner, {
      slug: 'vicino',
      name: 'Ambito dimostrativo vicino',
      region: 'Lombardia',
      demo: true,
      hosts: ['vicino.localhost'],
    })
}

type FirstData = {
  comuni: (store.NewComune & { questura: string })[]
  organisations: {
    name: string
    kind: string
    comune?: string
    email?: string
    website?: string
    note?: string
    answers_for?: string
  }[]
  places: (store.PlaceInput & { organisation: string })[]
  closures: store.ClosureInput[]
}

const firstData: Record<string, FirstData> = {
  lodi: {
    comuni: comuniOfLodi,
    organisations: organisationsOfLodi,
    places: placesOfLodi,
    closures: [
      {
        from_day: '2025-01-19',
        to_day: '2025-01-19',
        name: 'San Bassiano, patrono di Lodi',
        kind: 'local',
        yearly: true,
      },
    ],
  },
  vicino: { comuni: comuniOfNeighbour, organisations: organisationsOfNeighbour, places: [], closures: [] },
}

/** What is known of an Ambito on its first day; everything can be changed on the screen. */
export async function fillAmbito(ctx: Ctx) {
  const data = firstData[ctx.ambito.slug]
  if (!data) return
  await store.addComuni(
    ctx,
    data.comuni.map(({ questura: _, ...comune }) => comune),
  )
  const town_halls = data.comuni.map(({ code, name }) => ({
    name: `Comune di ${name}`,
    kind: 'comune',
    comune: code,
    answers_for: undefined,
  }))
  const added = await store.addOrganisations(
    ctx,
    [...data.organisations, ...town_halls].map(({ answers_for: _, ...organisation }) => ({
      ...organisation,
      kind: organisation.kind as OrganisationKind,
    })),
  )
  const idOf = new Map(added.map(({ id, name }) => [name, id]))
  for (const { code, questura } of data.comuni)
    await store.setCompetences(
      ctx,
      code,
      data.organisations.flatMap(({ name, answers_for }) => (answers_for === questura ? (idOf.get(name) ?? []) : [])),
    )
  for (const place of data.places) await store.addPlace(ctx, { ...place, organisation: idOf.get(place.organisation) })
  for (const closure of data.closures) await store.addClosure(ctx, closure)
}
