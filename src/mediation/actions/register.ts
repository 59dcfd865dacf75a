/** `import mediation`: the hours of before, countersigned on paper; one row is one intervention. */
import { romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { announce } from '../../kernel/events.ts'
import type { CellProblem, RegisterKind } from '../../kernel/register.ts'
import { comuneOf, languageOf, organisations } from '../../territory/actions.ts'
import { hoursKind } from '../codes.ts'
import { callDone, callRequested, hoursConfirmed } from '../events.ts'
import { paidMinutes } from '../rules/hours.ts'
import { may } from '../rules/may.ts'
import { type MediationSaid, mediationColumns, readMediation } from '../rules/register-cells.ts'
import * as bodies from '../store/bodies.ts'
import * as calls from '../store/calls.ts'
import * as contracts from '../store/contracts.ts'
import * as hours from '../store/hours.ts'
import * as mediators from '../store/mediators.ts'
import { takeCall } from '../store/search.ts'
import { facts } from './letters.ts'

export const mediationRegister: RegisterKind = {
  kind: 'mediation',
  name: 'mediation.register.name',
  may: may.see_hours,
  columns: mediationColumns,
  needed: [['date'], ['body'], ['mediator'], ['starts'], ['ends']],
  async take(ctx, rows) {
    const find = await comuneOf(ctx)
    const finders = {
      comune: (text: string) => codeIn(find(text)),
      language: (text: string) => languageOf(text) ?? undefined,
      today: ctx.today,
    }
    const hands = await openHands(ctx)
    const refused: { line: string; said: CellProblem[] }[] = []
    let taken = 0
    for (const { line, cells, known } of rows) {
      if (known) continue
      const { said, problems } = readMediation(cells, finders)
      if (!said) refused.push({ line, said: problems })
      else if (await writeMediation(ctx, said, hands)) taken++
      else refused.push({ line, said: [{ column: 'starts', problem: 'mediation.error.overlap' }] })
    }
    return { refused, remarks: [], people_found: 0, people_created: 0, facts: taken * 3, people: [] }
  },
}
const codeIn = (found: unknown): string | undefined =>
  typeof found === 'string' ? found : ((found as { code?: string } | undefined)?.code ?? undefined)

type Hands = Awaited<ReturnType<typeof openHands>>
/** Mediators by name; one the office has not entered is entered as one who no longer works, on a contract of its own. */
async function openHands(ctx: Ctx) {
  const known = new Map((await mediators.listMediators(ctx)).map((one) => [one.name.toLowerCase(), one.id]))
  for (const one of await mediators.endedMediators(ctx))
    if (!known.has(one.name.toLowerCase())) known.set(one.name.toLowerCase(), one.id)
  const bodies = new Map((await organisations(ctx)).map(({ id, name }) => [name.toLowerCase(), id]))
  return { known, bodies }
}

async function mediatorCalled(ctx: Ctx, name: string, { known }: Hands) {
  const found = known.get(name.toLowerCase())
  if (found) return found
  const title = ctx.t('mediation.register.contract')
  const contract = (await contracts.listContracts(ctx)).find((one) => one.title === title)
  const contract_id =
    contract?.id ??
    (await contracts.insertContract(ctx, {
      title,
      provider_id: null,
      dispatch: 'by_hand',
      starts_on: '2025-09-25',
      ends_on: null,
      rate_cents: 0,
      minimum_minutes: 0,
      rounding_minutes: 1,
      pays_travel: false,
      late_hours: 24,
      ceiling_minutes: null,
    }))
  const id = await mediators.insertMediator(ctx, {
    contract_id,
    name,
    email: '',
    phone: '',
    lang: 'it',
    gender: 'X',
    base_comune: null,
    car: false,
    max_travel_minutes: 0,
    short_notice: false,
    remote: false,
    fields: [],
    monthly_minutes: null,
    ended_on: ctx.today,
  })
  known.set(name.toLowerCase(), id)
  return id
}

/** @returns false when the mediator was elsewhere at that time: two rows of a register cannot both be right */
async function writeMediation(ctx: Ctx, said: MediationSaid, hands: Hands) {
  const body = await bodies.bodyNamed(ctx, said.body, hands.bodies.get(said.body.toLowerCase()) ?? null, said.comune)
  if (!body.known_at) await bodies.updateBody(ctx, body.id, { known_at: ctx.now.toString() })
  const contact = await bodies.contactOf(ctx, {
    name: said.contact || said.body.slice(0, 120),
    job: '',
    email: `registro+${body.id}@invalid`,
    phone: '',
    lang: 'it',
  })
  const starts_at = romeTime(said.on, said.from)
  const ends_at = romeTime(said.on, said.to)
  const minutes = Math.min(600, Math.max(10, Math.round(starts_at.until(ends_at).total('minutes'))))
  const mediator = await mediators.findMediator(ctx, await mediatorCalled(ctx, said.mediator, hands))
  if (await mediators.isElsewhere(ctx, mediator.number, starts_at, ends_at)) return false
  const { language, field, mode, comune } = said
  const { id } = await calls.insertCall(
    ctx,
    { body_id: body.id, contact_id: contact.id, language, field, purpose: 'ALTRO', mode, minutes, comune },
    [{ starts_at, ends_at }],
  )
  for (const state of ['sent', 'approved'] as const) await calls.takeStep(ctx, id, state, 'register')
  if (
    (await takeCall(ctx, {
      call_id: id,
      mediator_id: mediator.id,
      offer_id: null,
      how: 'register',
      starts_at,
      ends_at,
    })) !== 'won'
  )
    throw new Error('a register row lost its place')
  for (const state of ['assigned', 'done'] as const) await calls.takeStep(ctx, id, state, 'register')
  const call = await calls.findCall(ctx, id)
  const times = { started_at: starts_at, ended_at: ends_at, break_minutes: 0, travel_minutes: 0 }
  const paid_minutes = paidMinutes(times, await contracts.findContract(ctx, mediator.contract_id))
  const report = {
    call_id: id,
    assignment_id: call.assignment_id as string,
    absent: false,
    ...times,
    expense_cents: 0,
    adults: 0,
    minors: 0,
    outcome: said.outcome,
    note: '',
    outside_booking: false,
    paid_minutes,
  }
  const report_id = await hours.insertReport(ctx, report)
  await calls.takeStep(ctx, id, 'reported', 'register')
  await hours.insertConfirmation(ctx, {
    call_id: id,
    report_id,
    minutes: paid_minutes,
    signer: said.contact,
    job: '',
    how: 'register',
  })
  await calls.takeStep(ctx, id, 'confirmed', 'register')
  const fact = await facts(ctx, call)
  announce(ctx, callRequested, fact)
  announce(ctx, callDone, { ...fact, minutes: paid_minutes })
  announce(ctx, hoursConfirmed, { ...fact, report_id, minutes: paid_minutes, kind: hoursKind(mode) })
  return true
}
