/** A crowd of mediators and calls for them, made in the database: for contests and random histories. */
import type { Ctx } from '../../src/kernel/ctx.ts'
import * as bodies from '../../src/mediation/store/bodies.ts'
import { insertCall, takeStep } from '../../src/mediation/store/calls.ts'
import * as contracts from '../../src/mediation/store/contracts.ts'
import * as mediators from '../../src/mediation/store/mediators.ts'
import * as profile from '../../src/mediation/store/profile.ts'
import { insertOffer, insertWave } from '../../src/mediation/store/search.ts'

export const inRome = (day: string, time: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Europe/Rome', plainTime: time }).toInstant()

/** So many days from today, in Rome: what is asked for is never of the past. */
export const inDays = (days: number) => Temporal.Now.plainDateISO('Europe/Rome').add({ days }).toString()

export async function crowd(ctx: Ctx, many: number, language = 'xx') {
  const contract_id = await contracts.insertContract(ctx, {
    title: `Contratto ${language}`,
    provider_id: null,
    dispatch: 'waves',
    starts_on: '2025-09-25',
    ends_on: null,
    rate_cents: 2400,
    minimum_minutes: 60,
    rounding_minutes: 15,
    pays_travel: false,
    late_hours: 24,
    ceiling_minutes: null,
  })
  const ids: string[] = []
  for (let at = 0; at < many; at++) {
    const id = await mediators.insertMediator(ctx, {
      contract_id,
      name: `Persona ${at}`,
      email: `persona${at}@${language}.example`,
      phone: '',
      lang: 'it',
      gender: at % 2 === 0 ? 'F' : 'M',
      base_comune: '098031',
      car: true,
      max_travel_minutes: 120,
      short_notice: false,
      remote: true,
      fields: [],
      monthly_minutes: null,
    })
    await profile.setLanguage(ctx, id, { language, level: 'mother' })
    ids.push(id)
  }
  return ids
}

/** A call already approved, of a body taken on. */
export async function approvedCall(
  ctx: Ctx,
  span: { starts_at: Temporal.Instant; minutes: number },
  more: { language?: string; comune?: string; mode?: string; urgent?: boolean } = {},
) {
  const body = await bodies.bodyNamed(ctx, 'Ente della prova', null, '098031')
  const contact = await bodies.contactOf(ctx, {
    name: 'Prova',
    job: '',
    email: 'prova@ente.example',
    phone: '1',
    lang: 'it',
  })
  const ends_at = span.starts_at.add({ minutes: span.minutes })
  const { id } = await insertCall(
    ctx,
    {
      body_id: body.id,
      contact_id: contact.id,
      language: more.language ?? 'xx',
      field: 'SCU_PRI',
      purpose: 'COLL',
      mode: more.mode ?? 'PRES',
      minutes: span.minutes,
      comune: more.comune ?? '098031',
      urgent: more.urgent ?? false,
    },
    [{ starts_at: span.starts_at, ends_at }],
  )
  await takeStep(ctx, id, 'sent', 'body')
  await takeStep(ctx, id, 'approved', 'rule')
  return id
}

/** The same, offered to all of them at once, without letters. */
export async function offeredCall(
  ctx: Ctx,
  mediators: readonly string[],
  span: { starts_at: Temporal.Instant; minutes: number },
  more: Parameters<typeof approvedCall>[2] = {},
) {
  const call_id = await approvedCall(ctx, span, more)
  await insertWave(ctx, { call_id, number: 1, all_at_once: true, deadline: ctx.now.add({ hours: 10 }) })
  const offers: string[] = []
  for (const [at, mediator_id] of mediators.entries())
    offers.push(await insertOffer(ctx, { call_id, wave: 1, mediator_id, rank: at + 1, points: 0 }))
  await takeStep(ctx, call_id, 'offered', 'rule')
  return { call_id, offers }
}
