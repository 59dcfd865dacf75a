/** The door of the territory: which Ambito, which Comune, whose office, which country, open or closed. */
import { daysBetween } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { allow, notFound, refuse } from '../kernel/errors.ts'
import { publish, say } from '../kernel/events.ts'
import { covers, holidayOn, holidaysOf } from './rules/calendar.ts'
import { comuneFinder } from './rules/comuni.ts'
import { type Feast, type FeastDays, feastsBetween } from './rules/feasts.ts'
import { may } from './rules/may.ts'
import * as ambitiStore from './store/ambiti.ts'
import * as closureStore from './store/closures.ts'
import * as comuniStore from './store/comuni.ts'
import * as organisationStore from './store/organisations.ts'
import * as placeStore from './store/places.ts'

export {
  citizenshipGroup,
  countries,
  countryCalled,
  countryName,
  countryOf,
  isThirdCountry,
} from './rules/countries.ts'
export { languageName, languageOf, spokenLanguages } from './rules/languages.ts'
export { isPublicBody, type OrganisationKind, organisationKinds } from './rules/organisations.ts'
export type { Comune } from './store/comuni.ts'
export type { Organisation } from './store/organisations.ts'
export type { Place } from './store/places.ts'

export const ambitoOfHost = ambitiStore.findAmbitoOfHost
export const ambitoById = ambitiStore.findAmbito
export const allAmbiti = ambitiStore.listAmbiti

// --- questions ------------------------------------------------------------------------------------------------------

export const comuni = comuniStore.listComuni
export const organisations = organisationStore.listOrganisations
export const places = placeStore.listPlaces
export const agreementsOf = organisationStore.listAgreements
export const organisationOf = async (ctx: Ctx, id: string) =>
  (await organisationStore.findOrganisation(ctx, id)) ?? Promise.reject(notFound())
export const placeOf = async (ctx: Ctx, id: string) =>
  (await placeStore.findPlace(ctx, id)) ?? Promise.reject(notFound())

/** A finder of Comuni as registers write them; made once, asked for every row. */
export const comuneOf = async (ctx: Ctx) => comuneFinder(await comuniStore.listComuni(ctx))

/** The offices that answer for who lives there: Questura and Prefettura first, then what the Ambito has added. */
export async function officesFor(ctx: Ctx, comune: string) {
  const order = (kind: string) => ['questura', 'prefettura'].indexOf(kind) >>> 0
  const offices = await comuniStore.listCompetences(ctx).where('c.comune', '=', comune).execute()
  return offices.sort((a, b) => order(a.kind) - order(b.kind) || a.name.localeCompare(b.name, 'it'))
}

/** The same for all Comuni, by code. */
export async function officesByComune(ctx: Ctx) {
  return Map.groupBy(await comuniStore.listCompetences(ctx).execute(), ({ comune }) => comune)
}

/** Why nothing opens on that day, in the reader's language; undefined on a day like any other. */
export async function closureOn(ctx: Ctx, day: string) {
  return (await closuresOn(ctx, [day])).get(day)
}

export const isClosed = async (ctx: Ctx, day: string) => (await closureOn(ctx, day)) !== undefined

/** The same for many days at once: only those closed are in the answer. */
export async function closuresOn(ctx: Ctx, days: readonly string[]) {
  const own = (await closureStore.listClosures(ctx)).filter(closes)
  const closed = new Map<string, string>()
  for (const day of days) {
    const holiday = holidayOn(day)
    const name = holiday ? ctx.t(`territory.holiday.${holiday}`) : own.find((closure) => covers(closure, day))?.name
    if (name) closed.set(day, name)
  }
  return closed
}

// --- the address book -----------------------------------------------------------------------------------------------

export async function addOrganisation(ctx: Ctx, input: organisationStore.OrganisationInput) {
  allow(ctx.actor.can(may.keep_organisations))
  await nameIsFree(ctx, input.name)
  const [added] = await organisationStore.addOrganisations(ctx, [input])
  publish(ctx)
  say(ctx, 'territory.organisation.added')
  return (added as { id: string }).id
}

export async function changeOrganisation(ctx: Ctx, id: string, input: organisationStore.OrganisationInput) {
  const organisation = await organisationOf(ctx, id)
  allow(ctx.actor.can(may.keep_organisations))
  if (!organisation.ended_on) await nameIsFree(ctx, input.name, id)
  await organisationStore.changeOrganisation(ctx, id, input)
  publish(ctx)
  say(ctx, 'territory.organisation.changed')
}

async function nameIsFree(ctx: Ctx, name: string, id?: string) {
  const namesake = await organisationStore.organisationNamed(ctx, name)
  refuse({ name: namesake && namesake.id !== id ? 'territory.error.name_taken' : undefined })
}

/** Takes an organisation out of the address book; whatever points at it keeps its name. */
export async function retireOrganisation(ctx: Ctx, id: string) {
  await organisationOf(ctx, id)
  allow(ctx.actor.can(may.keep_organisations))
  await organisationStore.endOrganisation(ctx, id, ctx.today)
  publish(ctx)
  say(ctx, 'territory.organisation.retired')
}

export async function restoreOrganisation(ctx: Ctx, id: string) {
  const organisation = await organisationOf(ctx, id)
  allow(ctx.actor.can(may.keep_organisations))
  const namesake = await organisationStore.organisationNamed(ctx, organisation.name)
  refuse({ form: namesake && namesake.id !== id ? 'territory.error.name_taken' : undefined })
  await organisationStore.endOrganisation(ctx, id, null)
  publish(ctx)
  say(ctx, 'territory.organisation.restored')
}

export async function addAgreement(ctx: Ctx, organisation: string, input: organisationStore.AgreementInput) {
  await organisationOf(ctx, organisation)
  allow(ctx.actor.can(may.keep_organisations))
  refuse({ ends_on: input.ends_on && input.ends_on < input.starts_on ? 'territory.error.ends_before' : undefined })
  await organisationStore.addAgreement(ctx, organisation, input)
  say(ctx, 'territory.agreement.added')
}

/** Which bodies answer for the residents of a Comune, all at once. */
export async function setOffices(ctx: Ctx, comune: string, offices: string[]) {
  const found = (await comuniStore.listComuni(ctx)).find(({ code }) => code === comune)
  if (!found) throw notFound()
  allow(ctx.actor.can(may.keep_offices))
  const known = new Set((await organisationStore.listOrganisations(ctx)).map(({ id }) => id))
  refuse({ offices: offices.every((id) => known.has(id)) ? undefined : 'kernel.form.not_a_choice' })
  await comuniStore.setCompetences(ctx, comune, [...new Set(offices)])
  publish(ctx)
  say(ctx, 'territory.comune.offices_set')
}

// --- places and closures --------------------------------------------------------------------------------------------

export async function addPlace(ctx: Ctx, input: placeStore.PlaceInput) {
  allow(ctx.actor.can(may.keep_places))
  refuse({ name: (await placeStore.placeNamed(ctx, input.name)) ? 'territory.error.name_taken' : undefined })
  const { id } = await placeStore.addPlace(ctx, input)
  publish(ctx)
  say(ctx, 'territory.place.added')
  return id
}

export async function changePlace(ctx: Ctx, id: string, input: placeStore.PlaceInput) {
  const place = await placeOf(ctx, id)
  allow(ctx.actor.can(may.keep_places))
  const namesake = place.ended_on ? undefined : await placeStore.placeNamed(ctx, input.name)
  refuse({ name: namesake && namesake.id !== id ? 'territory.error.name_taken' : undefined })
  await placeStore.changePlace(ctx, id, input)
  publish(ctx)
  say(ctx, 'territory.place.changed')
}

export async function retirePlace(ctx: Ctx, id: string) {
  await placeOf(ctx, id)
  allow(ctx.actor.can(may.keep_places))
  await placeStore.endPlace(ctx, id, ctx.today)
  publish(ctx)
  say(ctx, 'territory.place.retired')
}

export async function addClosure(ctx: Ctx, input: closureStore.ClosureInput) {
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
  await closureStore.addClosure(ctx, input)
  publish(ctx)
  say(ctx, closes(input) ? 'territory.closure.added' : 'territory.closure.school_added')
}

export async function removeClosure(ctx: Ctx, id: string) {
  allow(ctx.actor.can(may.keep_closures))
  if (!(await closureStore.removeClosure(ctx, id))) throw notFound()
  publish(ctx)
  say(ctx, 'territory.closure.removed')
}

/** All closed days of a year, holidays and the Ambito's own, in order. */
export async function closedDaysOf(ctx: Ctx, year: number) {
  const holidays = holidaysOf(year).map(({ day, holiday }) => ({
    id: null,
    from_day: day,
    to_day: day,
    name: ctx.t(`territory.holiday.${holiday}`),
    kind: 'national' as const,
    yearly: true,
  }))
  const own = (await closureStore.listClosures(ctx)).filter(closes).flatMap((closure) => inYear(closure, year))
  return [...holidays, ...own].sort((a, b) => a.from_day.localeCompare(b.from_day))
}

/** The closed days of a year and, beside them, the school holidays. */
export async function daysOfYear(ctx: Ctx, year: number) {
  const school = await schoolDaysIn(ctx, `${year}-01-01`, `${year}-12-31`)
  const closed = await closedDaysOf(ctx, year)
  return [...closed, ...school.map((one) => ({ ...one, kind: 'school' as const, yearly: false }))].sort((a, b) =>
    a.from_day.localeCompare(b.from_day),
  )
}

const closes = ({ kind }: { kind: closureStore.ClosureKind }) => kind !== 'school'

export type NamedFeast = Pick<FeastDays, 'from_day' | 'to_day' | 'moon'> & { id: string | null; name: string }
/** Fasts, feasts and school holidays, named: nothing is closed, but many will not come. */
export async function feastsIn(ctx: Ctx, from: string, to: string): Promise<NamedFeast[]> {
  const school = await schoolDaysIn(ctx, from, to)
  const others = feastsBetween(from, to).filter(({ feast }) => !isSchool(feast))
  return [...school, ...others.map((one) => named(ctx, one))].sort((a, b) => a.from_day.localeCompare(b.from_day))
}

/** The Region's, but those that somebody here has written otherwise. */
async function schoolDaysIn(ctx: Ctx, from: string, to: string): Promise<NamedFeast[]> {
  const years = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  const written = (await closureStore.listClosures(ctx)).filter((one) => !closes(one))
  const own = new Map(
    years.flatMap((year) => written.flatMap((one) => inYear(one, year))).map((one) => [one.id + one.from_day, one]),
  )
  const replaced = (day: string) => [...own.values()].some((one) => Math.abs(daysBetween(one.from_day, day)) <= 15)
  return [
    ...[...own.values()]
      .filter((one) => one.to_day >= from && one.from_day <= to)
      .map((one) => ({ ...one, moon: false })),
    ...feastsBetween(from, to)
      .filter(({ feast, from_day }) => isSchool(feast) && !replaced(from_day))
      .map((one) => named(ctx, one)),
  ].sort((a, b) => a.from_day.localeCompare(b.from_day))
}
const isSchool = (feast: Feast) => feast.startsWith('school_')
const named = (ctx: Ctx, { feast, ...days }: FeastDays) => ({
  ...days,
  id: null,
  name: ctx.t(`territory.feast.${feast}`),
})

function inYear<Closure extends { from_day: string; to_day: string; yearly: boolean }>(
  closure: Closure,
  year: number,
): Closure[] {
  if (!closure.yearly)
    return closure.from_day.startsWith(`${year}-`) || closure.to_day.startsWith(`${year}-`) ? [closure] : []
  if (Number(closure.from_day.slice(0, 4)) > year) return []
  return [{ ...closure, from_day: `${year}${closure.from_day.slice(4)}`, to_day: `${year}${closure.to_day.slice(4)}` }]
}
