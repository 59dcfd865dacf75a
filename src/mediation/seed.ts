/** A fictitious world: two providers, mediators who do not exist, calls at different points of their way. */
import { randomBytes } from 'node:crypto'
import { colleagues } from '../accounts/actions.ts'
import { addDays, romeTime } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { announce } from '../kernel/events.ts'
import { facts } from './actions/letters.ts'
import { startWave } from './actions/searching.ts'
import { hoursKind } from './codes.ts'
import { callDone, callRequested, hoursConfirmed, notCovered } from './events.ts'
import world from './lists/demonstration.json' with { type: 'json' }
import { bodyNamed, contactOf, updateBody, verifyContact } from './store/bodies.ts'
import { findCall, insertCall, takeStep } from './store/calls.ts'
import { insertContract, insertProvider } from './store/contracts.ts'
import { insertConfirmation, insertReport } from './store/hours.ts'
import { findMediator, insertMediator } from './store/mediators.ts'
import { addHours, setLanguage } from './store/profile.ts'
import { takeCall } from './store/search.ts'
import { insertSystem } from './store/systems.ts'

export async function fillDemonstration(ctx: Ctx) {
  if (ctx.ambito.slug !== 'lodi') return
  const accounts = new Map((await colleagues(ctx, 'mediator', 'body_contact')).map((one) => [one.email, one]))
  const providers = new Map<string, string>()
  for (const one of world.providers) providers.set(one.name, await insertProvider(ctx, one))
  const contracts = new Map<string, string>()
  for (const { provider, ...one } of world.contracts)
    contracts.set(
      one.title,
      await insertContract(ctx, {
        ...(one as typeof one & { dispatch: 'waves' }),
        provider_id: provider ? (providers.get(provider) ?? null) : null,
        starts_on: '2025-09-25',
        ends_on: null,
        pays_travel: false,
        late_hours: 24,
        ceiling_minutes: null,
      }),
    )
  const mediators = new Map<string, string>()
  for (const { contract, languages, week, ...one } of world.mediators) {
    const id = await insertMediator(ctx, {
      ...(one as typeof one & { gender: 'F' }),
      contract_id: contracts.get(contract) as string,
      lang: 'it',
      phone: '+39 320 000 0000',
      remote: true,
      max_travel_minutes: 45,
      account_id: accounts.get(one.email)?.id ?? null,
    })
    for (const language of languages) await setLanguage(ctx, id, language)
    for (const [weekday, starts_at, ends_at] of week as [number, string, string][])
      await addHours(ctx, id, { weekday, starts_at, ends_at })
    mediators.set(one.name, id)
  }
  let asker: { body_id: string; contact_id: string } | undefined
  const referent = accounts.get('referente@demo.example')
  for (const { body, days, time, mediator, state, minutes, ...one } of world.calls) {
    const known = await bodyNamed(ctx, body, null, one.comune)
    if (!known.known_at) await updateBody(ctx, known.id, { known_at: ctx.now.toString() })
    const contact = await contactOf(ctx, {
      name: referent?.name ?? 'Anna Moretti',
      job: 'Referente',
      email: 'referente@demo.example',
      phone: '+39 0371 000000',
      lang: 'it',
      account_id: referent?.id ?? null,
    })
    await verifyContact(ctx, contact.id, 'account')
    asker ??= { body_id: known.id, contact_id: contact.id }
    const starts_at = romeTime(addDays(ctx.today, days), time)
    const span = { starts_at, ends_at: starts_at.add({ minutes }) }
    const { id } = await insertCall(ctx, { ...one, minutes, body_id: known.id, contact_id: contact.id }, [span])
    await takeStep(ctx, id, 'sent', 'body')
    const fact = await facts(ctx, await findCall(ctx, id))
    announce(ctx, callRequested, fact)
    if (state === 'sent') continue
    await takeStep(ctx, id, 'approved', 'rule')
    if (state === 'offered') {
      await startWave(ctx, id)
      continue
    }
    if (state === 'not_covered') {
      await takeStep(ctx, id, 'not_covered', 'rule')
      announce(ctx, notCovered, { ...fact, waves: 0, asked: 0 })
      continue
    }
    const who = await findMediator(ctx, mediators.get(mediator as string) as string)
    await takeCall(ctx, { call_id: id, mediator_id: who.id, offer_id: null, how: 'by_hand', ...span })
    await takeStep(ctx, id, 'assigned', 'coordinator')
    if (state === 'assigned') continue
    const { assignment_id } = await findCall(ctx, id)
    const report_id = await insertReport(ctx, {
      call_id: id,
      assignment_id: assignment_id as string,
      absent: false,
      started_at: span.starts_at,
      ended_at: span.ends_at,
      break_minutes: 0,
      travel_minutes: 20,
      expense_cents: 0,
      adults: 1,
      minors: 0,
      outcome: 'RAGG',
      note: '',
      outside_booking: false,
      paid_minutes: minutes,
    })
    await takeStep(ctx, id, 'done', 'clock')
    await takeStep(ctx, id, 'reported', 'mediator')
    announce(ctx, callDone, { ...fact, minutes })
    if (state === 'reported') continue
    await insertConfirmation(ctx, { call_id: id, report_id, minutes, signer: 'Anna Moretti', job: '', how: 'link' })
    await takeStep(ctx, id, 'confirmed', 'body')
    announce(ctx, hoursConfirmed, { ...fact, report_id, minutes, kind: hoursKind(one.mode) })
  }
  // Nobody has its key: another is made where it is to be tried.
  if (asker)
    await insertSystem(ctx, {
      ...asker,
      name: world.system.name,
      tech_email: world.system.tech_email,
      key: randomBytes(32).toString('base64url'),
    })
}
