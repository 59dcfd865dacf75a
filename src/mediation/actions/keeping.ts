/** Who comes and on which terms: providers, contracts, mediators, their weeks; bodies and their ceilings. */
import { colleagues } from '../../accounts/actions.ts'
import { addDays, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { singleAddress } from '../../kernel/mail.ts'
import { comuni, languageOf } from '../../territory/actions.ts'
import type { ContractInput, MediatorInput, ProviderInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import * as bodies from '../store/bodies.ts'
import * as contracts from '../store/contracts.ts'
import * as mediators from '../store/mediators.ts'
import * as profile from '../store/profile.ts'
import * as travel from '../store/travel.ts'

export async function addProvider(ctx: Ctx, { name, coordinator_name = '', email = '', phone = '' }: ProviderInput) {
  allow(ctx.actor.can(may.coordinate))
  return contracts.insertProvider(ctx, { name, coordinator_name, email, phone })
}

export async function addContract(
  ctx: Ctx,
  { rate, rounding_minutes, ceiling_hours, provider_id = undefined, ends_on, ...contract }: ContractInput,
) {
  allow(ctx.actor.can(may.coordinate))
  const found = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(rate.replace(/[\s€]/g, ''))
  refuse({
    rate: found ? undefined : 'kernel.form.not_a_number',
    ends_on: ends_on && ends_on < contract.starts_on ? 'mediation.error.ends_before' : undefined,
    provider_id: contract.dispatch === 'provider' && !provider_id ? 'mediation.error.which_provider' : undefined,
  })
  return contracts.insertContract(ctx, {
    ...contract,
    provider_id: provider_id ?? null,
    ends_on: ends_on ?? null,
    rate_cents: Number(found?.[1]) * 100 + Number((found?.[2] ?? '0').padEnd(2, '0')),
    rounding_minutes: Number(rounding_minutes),
    ceiling_minutes: ceiling_hours ? ceiling_hours * 60 : null,
  })
}

async function columnsOf(ctx: Ctx, { phone = '', base_comune, monthly_hours, ...input }: MediatorInput) {
  refuse({
    email: singleAddress(input.email) ? undefined : 'kernel.form.not_an_email',
    base_comune:
      !base_comune || (await comuni(ctx)).some(({ code }) => code === base_comune)
        ? undefined
        : 'kernel.form.not_a_choice',
  })
  const account = (await colleagues(ctx, 'mediator')).find(
    (one) => one.email.toLowerCase() === input.email.toLowerCase(),
  )
  return {
    ...input,
    phone,
    base_comune: base_comune ?? null,
    monthly_minutes: monthly_hours ? monthly_hours * 60 : null,
    account_id: account?.id ?? null,
  }
}
const isTaken = async (ctx: Ctx, wanted: string, by_other_than = '') =>
  (await mediators.listMediators(ctx)).some(
    ({ id, email }) => id !== by_other_than && email.toLowerCase() === wanted.toLowerCase(),
  )
export async function addMediator(ctx: Ctx, input: MediatorInput) {
  allow(ctx.actor.can(may.coordinate))
  refuse({ email: (await isTaken(ctx, input.email)) ? 'mediation.error.email_taken' : undefined })
  return mediators.insertMediator(ctx, await columnsOf(ctx, input))
}
export async function changeMediator(ctx: Ctx, id: string, input: MediatorInput) {
  await mediators.findMediator(ctx, id)
  allow(ctx.actor.can(may.coordinate))
  refuse({ email: (await isTaken(ctx, input.email, id)) ? 'mediation.error.email_taken' : undefined })
  await mediators.updateMediator(ctx, id, await columnsOf(ctx, input))
}

/** Her own week and absences are hers to keep; the coordinator may for her. */
async function mayKeep(ctx: Ctx, mediator_id: string) {
  const mediator = await mediators.findMediator(ctx, mediator_id)
  allow(ctx.actor.can(may.coordinate) || (ctx.actor.can(may.mediate) && mediator.account_id === ctx.actor.account_id))
}
export async function addLanguage(
  ctx: Ctx,
  mediator_id: string,
  input: { language: string; variety?: string | undefined; level: string },
) {
  allow(ctx.actor.can(may.coordinate))
  await profile.setLanguage(ctx, mediator_id, { ...input, language: languageOf(input.language) ?? input.language })
}
export async function dropLanguage(
  ctx: Ctx,
  mediator_id: string,
  { language, variety = '' }: { language: string; variety?: string | undefined },
) {
  allow(ctx.actor.can(may.coordinate))
  await profile.dropLanguage(ctx, mediator_id, language, variety)
}
/** She works here no more: asked nothing from now on; what she did stays hers. */
export async function endMediator(ctx: Ctx, mediator_id: string) {
  await mediators.findMediator(ctx, mediator_id)
  allow(ctx.actor.can(may.coordinate))
  await mediators.updateMediator(ctx, mediator_id, { ended_on: ctx.today })
}
export async function addHours(
  ctx: Ctx,
  mediator_id: string,
  { weekday, starts_at, ends_at }: { weekday: string; starts_at: string; ends_at: string },
) {
  await mayKeep(ctx, mediator_id)
  refuse({ ends_at: ends_at <= starts_at ? 'mediation.error.ends_before' : undefined })
  await profile.addHours(ctx, mediator_id, { weekday: Number(weekday), starts_at, ends_at })
}
export async function dropHours(ctx: Ctx, mediator_id: string, weekday: string, starts_at: string) {
  await mayKeep(ctx, mediator_id)
  await profile.dropHours(ctx, mediator_id, Number(weekday), starts_at)
}
export async function addException(
  ctx: Ctx,
  mediator_id: string,
  {
    kind,
    from_day,
    from,
    to_day,
    to,
  }: { kind: string; from_day: string; from?: string | undefined; to_day: string; to?: string | undefined },
) {
  await mayKeep(ctx, mediator_id)
  const starts_at = romeTime(from_day, from ?? '00:00')
  const ends_at = to ? romeTime(to_day, to) : romeTime(addDays(to_day, 1), '00:00')
  refuse({ to_day: Temporal.Instant.compare(ends_at, starts_at) <= 0 ? 'mediation.error.ends_before' : undefined })
  await profile.addException(ctx, mediator_id, kind, starts_at, ends_at)
}
export async function dropException(ctx: Ctx, mediator_id: string, id: string) {
  await mayKeep(ctx, mediator_id)
  await profile.dropException(ctx, mediator_id, id)
}
export async function addCredential(
  ctx: Ctx,
  mediator_id: string,
  { kind, on_day, expires_on }: { kind: string; on_day: string; expires_on?: string | undefined },
) {
  allow(ctx.actor.can(may.coordinate))
  await profile.addCredential(ctx, mediator_id, { kind, on_day, expires_on: expires_on ?? null })
}

// --- bodies ---------------------------------------------------------------------------------------------------------

export async function addCeiling(
  ctx: Ctx,
  body_id: string,
  { from_day, to_day, hours }: { from_day: string; to_day: string; hours: number },
) {
  await bodies.findBody(ctx, body_id)
  allow(ctx.actor.can(may.coordinate))
  refuse({ to_day: to_day < from_day ? 'mediation.error.ends_before' : undefined })
  await bodies.insertCeiling(ctx, body_id, { from_day, to_day, minutes: hours * 60 })
}
export async function setStance(
  ctx: Ctx,
  body_id: string,
  mediator_id: string,
  kind: 'preferred' | 'excluded' | 'none',
) {
  await bodies.findBody(ctx, body_id)
  allow(ctx.actor.can(may.coordinate))
  await bodies.setStance(ctx, body_id, mediator_id, kind)
}

// --- travel ---------------------------------------------------------------------------------------------------------

const earth_km = 6371
const rad = Math.PI / 180
/** Roads are a third longer than the straight line; 45 km/h between villages, and ten minutes to park and walk. */
export function driveMinutes(a: { lat: number; lon: number }, b: { lat: number; lon: number }) {
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2
  const km = 2 * earth_km * Math.asin(Math.sqrt(h)) * 1.33
  return Math.min(300, Math.round((km / 45) * 60) + 10)
}
export async function fillTravel(ctx: Ctx) {
  const all = await comuni(ctx)
  const rows = all.flatMap((a) =>
    all.filter((b) => b.code !== a.code).map((b) => ({ from: a.code, to: b.code, minutes: driveMinutes(a, b) })),
  )
  await travel.fillTravel(ctx, rows)
}
