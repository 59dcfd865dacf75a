/** What the public pages say, and the languages they say it in. */
import { daysUnlike, nextEvents, noticesShown, servicesShown } from '../board/actions.ts'
import { publicHref } from '../board/urls.ts'
import { openHours } from '../desk/actions.ts'
import { zone } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../kernel/errors.ts'
import { publish } from '../kernel/events.ts'
import { isLanguage, type Language, languages } from '../kernel/i18n.ts'
import { publicFigures } from '../monitoring/actions.ts'
import { areasOfWork, budgetOn, type Project, projectOf, rowsOf, settingOf, targets } from '../programme/actions.ts'
import { places } from '../territory/actions.ts'
import { needPages } from './codes.ts'
import type { CheckInput } from './forms.ts'
import { checkErrors, deskPhone, deskState, languagesOnOf, may, source } from './rules.ts'
import * as store from './store.ts'
import { portal } from './urls.ts'

// --- languages ------------------------------------------------------------------------------------------------------

/** For the menu of every public page. */
export const languagesOn = async (ctx: Ctx) => languagesOnOf(languages, await store.languageStates(ctx))

/** A new installation speaks them all; only the source needs no check. */
export async function firstLanguages(ctx: Ctx) {
  const others = languages.filter((language) => language !== source)
  await store.addLanguageStates(
    ctx,
    others.map((language) => ({ language, live: true, since: ctx.today, checked_by: null, checked_on: null })),
  )
}

export async function languageList(ctx: Ctx) {
  allow(ctx.actor.can(may.see_languages))
  const states = await store.languageStates(ctx)
  return languages.map((language) => ({ language, state: states.find((state) => state.language === language) }))
}

async function stateOf(ctx: Ctx, language: string) {
  if (!isLanguage(language)) throw new NotFound()
  allow(ctx.actor.can(may.keep_languages))
  refuse({ form: language === source ? 'portal.error.italian' : undefined })
  await store.lockLanguages(ctx)
  const state = (await store.languageStates(ctx)).find((one) => one.language === language)
  return state ?? { language: language as Language, live: false, since: ctx.today, checked_by: null, checked_on: null }
}

/** Nothing is written when it is so already: pressed twice, it happens once. */
export async function switchLanguage(ctx: Ctx, language: string, live: boolean) {
  const state = await stateOf(ctx, language)
  if (state.live !== live) await store.addLanguageStates(ctx, [{ ...state, live, since: ctx.today }])
  publish(ctx)
}

export async function markChecked(ctx: Ctx, language: string, input: CheckInput) {
  const state = await stateOf(ctx, language)
  refuse(checkErrors(input, ctx.today))
  await store.addLanguageStates(ctx, [{ ...state, ...input }])
  publish(ctx)
}

export async function takeCheckBack(ctx: Ctx, language: string) {
  const state = await stateOf(ctx, language)
  if (state.checked_on) await store.addLanguageStates(ctx, [{ ...state, checked_by: null, checked_on: null }])
  publish(ctx)
}

// --- where and when -------------------------------------------------------------------------------------------------

/** All a page needs to send somebody to the desk: open or when, the week, the address, the numbers that exist. */
export async function deskToVisit(ctx: Ctx) {
  const { weekly, openings, closed_days } = await openHours(ctx)
  const [place] = await places(ctx)
  const time = ctx.now.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })
  const week = weekly.filter(({ since }) => since <= ctx.today)
  return {
    state: deskState(openings, ctx.today, time),
    weekly: week,
    unlike: daysUnlike(openings, week, closed_days, ctx.today),
    closed_days,
    address: place?.address ?? '',
    how_to_get_there: place?.how_to_get_there ?? '',
    phone: await settingOf(ctx, deskPhone),
    mail: (await projectHere(ctx))?.contact ?? '',
  }
}
export type DeskToVisit = Awaited<ReturnType<typeof deskToVisit>>

// --- without a network ----------------------------------------------------------------------------------------------

/** What somebody may need where there is no network, beside the lists: what each need leads to, services, what is next. */
export async function whatMatters(ctx: Ctx) {
  const l = ctx.lang
  const [services, events, { notices }] = [await servicesShown(ctx), await nextEvents(ctx, 5), await noticesShown(ctx)]
  const logos = await Promise.all(ctx.modules.map((module) => module.logos?.(ctx) ?? []))
  return [
    ...logos.flat().map(({ src }) => src),
    ...needPages.map(({ need }) => portal.need.href({ l, need })),
    ...services.slice(0, 12).map(({ slug }) => publicHref('service', { l, slug })),
    ...events.map(({ slug }) => publicHref('event', { l, slug })),
    ...notices.slice(0, 5).map(({ slug }) => publicHref('notice', { l, slug })),
  ]
}

// --- the project ----------------------------------------------------------------------------------------------------

/** An Ambito may have no project yet; its desk is open all the same. */
export async function projectHere(ctx: Ctx): Promise<Project | undefined> {
  try {
    return await projectOf(ctx)
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

/** The row of those who were helped, each once. */
const everybody = 'O.2.3'

export async function projectToShow(ctx: Ctx) {
  const project = await projectOf(ctx)
  const rows = await rowsOf(ctx)
  const wanted = (await targets(ctx)).flatMap(({ value, ...target }) => (value === null ? [] : [{ ...target, value }]))
  const done = await publicFigures(ctx, [everybody, ...wanted.map(({ indicator }) => indicator)])
  return {
    project,
    areas: areasOfWork
      .filter(({ code }) => code !== '00')
      .map((area) => ({ ...area, rows: rows.filter((row) => row.area === area.code) })),
    targets: wanted.map((target) => ({ ...target, done: done.get(target.indicator) ?? null })),
    people: done.get(everybody) ?? null,
    spending: await spendingPlanned(ctx),
  }
}

/** What each kind of cost may take, the largest first; nothing as long as nobody has written the budget. */
async function spendingPlanned(ctx: Ctx) {
  const lines = (await budgetOn(ctx))?.lines ?? []
  const total = lines.reduce((sum, { cents }) => sum + cents, 0)
  return [...Map.groupBy(lines, ({ cost_family }) => cost_family)]
    .map(([family, of]) => ({ family, cents: of.reduce((sum, { cents }) => sum + cents, 0) }))
    .map((one) => ({ ...one, share: total > 0 ? one.cents / total : 0 }))
    .sort((a, b) => b.cents - a.cents)
}
export type ProjectToShow = Awaited<ReturnType<typeof projectToShow>>
