/** A fictitious world: a plan at its three months, one that begins, one that went well; somebody whom the desk has just sent. */
import { colleagues } from '../accounts/actions.ts'
import { openingsToday, recordVisit } from '../desk/actions.ts'
import { addDays } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { createPerson, giveNotice, recordTitle } from '../people/actions.ts'
import { agreePlan, openPlan } from './actions/plans.ts'
import { addEntry, recordMilestone, recordResult } from './actions/records.ts'
import { checkSession, holdSession } from './actions/sessions.ts'
import type { EntryKind, MilestoneKind, SessionKind } from './codes.ts'
import type { EntryInput, InterviewInput, MilestoneInput } from './forms.ts'
import world from './lists/demonstration.json' with { type: 'json' }
import type { ResultMonths } from './rules/results.ts'
import { findPlan, insertStep, updatePlan, updateStep } from './store/plans.ts'
import { updateMilestone } from './store/records.ts'

type Told = {
  person: Parameters<typeof createPerson>[1]
  opened: number
  agreed: number | null
  aims: Partial<InterviewInput>
  steps: {
    kind: string
    text?: string
    text_own?: string
    owner: string
    owner_text?: string
    due: number
    state?: string
  }[]
  sessions: { kind: SessionKind; where_to?: string; on: number; minutes: number; topics: string[] }[]
  milestones: (Omit<MilestoneInput, 'on_day' | 'until_day'> & {
    kind: MilestoneKind
    on: number
    until?: number
    outcome?: string
    outcome_on?: number
  })[]
  entries: (EntryInput & { kind: EntryKind })[]
  results: { months: ResultMonths; on: number; employment: string; detail: string }[]
  closed?: string
}

export async function fillDemonstration(ctx: Ctx) {
  const told = (world as unknown as Record<string, Told[]>)[ctx.ambito.slug] ?? []
  const [adviser] = await colleagues(ctx, 'self_adviser')
  for (const one of told) await tell(ctx, one, adviser?.id ?? null)
  if (ctx.ambito.slug === 'lodi') await sendSomebody(ctx)
}

async function tell(ctx: Ctx, told: Told, adviser_id: string | null) {
  const on = (days: number) => addDays(ctx.today, days)
  const person_id = await createPerson(ctx, told.person, { demo: true })
  await giveNotice(ctx, person_id, { language: told.person.speaks ?? 'it', how: 'explained' })
  await recordTitle(ctx, person_id, {
    kind: 'LAV_SUB',
    status: 'VALIDO',
    issued_on: on(-500),
    expires_on: on(500),
    seen: true,
  })
  const plan_id = await openPlan(
    ctx,
    person_id,
    { availability: [], transport: [], licences: [], mediator_present: false, ...told.aims },
    { demo: true, opened_on: on(told.opened) },
  )
  for (const { kind, text = '', text_own = '', owner, owner_text = '', due, state } of told.steps) {
    const step = await insertStep(ctx, plan_id, { kind, text, text_own, owner, owner_text, due_on: on(due) })
    if (state) await updateStep(ctx, step, { state, state_on: on(due - 2) })
  }
  for (const { on: days, ...session } of told.sessions) {
    await checkSession(ctx, { on_day: on(days), minutes: session.minutes }, [person_id])
    await holdSession(ctx, { ...session, on_day: on(days), language: told.aims.language ?? null }, [
      { person_id, plan_id },
    ])
  }
  for (const { kind, on: days, until, outcome, outcome_on, ...milestone } of told.milestones) {
    const id = await recordMilestone(ctx, plan_id, kind, {
      ...milestone,
      on_day: on(days),
      ...(until !== undefined && { until_day: on(until) }),
    })
    if (outcome) await updateMilestone(ctx, id, { outcome, outcome_on: on(outcome_on ?? 0) })
  }
  for (const { kind, ...entry } of told.entries) await addEntry(ctx, plan_id, kind, entry)
  if (told.agreed !== null) {
    const { version } = await findPlan(ctx, plan_id)
    await agreePlan(ctx, plan_id, { on_day: on(told.agreed), seen: version })
  }
  for (const { months, on: days, employment, detail } of told.results)
    await recordResult(ctx, plan_id, months, { on_day: on(days), employment, detail })
  await updatePlan(ctx, plan_id, {
    adviser_id,
    ...(told.closed && { closed_on: on(-30), close_reason: told.closed }),
  })
}

/** Served at the desk today, and sent here with her need. */
async function sendSomebody(ctx: Ctx) {
  const [opening] = await openingsToday(ctx)
  if (!opening) return
  const person_id = await createPerson(
    ctx,
    {
      surname: 'Traoré',
      given_names: 'Aminata',
      born: '1995',
      gender: 'F',
      citizenship: 'CI',
      speaks: 'fr',
      phone: '+39 333 555 0304',
    },
    { demo: true },
  )
  await recordVisit(ctx, opening.id, {
    person_id,
    needs: ['LAV.RICERCA'],
    outcome: 'sent',
    sent_to: 'Equipe S.E.L.F. – Servizi educativi per il lavoro e la formazione',
    answer_wanted: true,
    minutes: 15,
    mandate_seen: false,
    help: ['referral'],
    mediator_present: false,
  })
}
