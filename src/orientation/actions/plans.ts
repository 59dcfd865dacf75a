/** The plan of one person: opened by the first interview, changed by whoever has seen how it stands, agreed, closed. */
import { answerReferral } from '../../desk/actions.ts'
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { askExitSurvey } from '../../participation/actions.ts'
import { filesOfPerson, findPerson, headLines } from '../../people/actions.ts'
import type { AimsInput, InterviewInput, StepInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import { aimNames, changedFields, seenErrors, stepErrors, stepNames } from '../rules/plans.ts'
import * as store from '../store/plans.ts'
import * as records from '../store/records.ts'
import { sessionsOf } from '../store/sessions.ts'
import { checkSession, holdSession } from './sessions.ts'

const empty = { goal: '', goal_own: '', hours_note: '' }
const aimsOf = ({
  language = 'it',
  goal = '',
  goal_own = '',
  availability,
  hours_note = '',
  minors = null as number | null,
  childcare,
  transport,
  licences,
  employment,
  education,
}: Omit<AimsInput, 'seen' | 'minors'> & { minors?: number | null | undefined }): store.Aims => ({
  ...empty,
  language,
  goal,
  goal_own,
  availability,
  hours_note,
  minors,
  childcare: childcare ?? null,
  transport,
  licences,
  employment: employment ?? null,
  education: education ?? null,
})

/** The open plan of a person, whichever of their files it hangs on. */
export async function openPlanOf(ctx: Ctx, person_id: string) {
  const plans = await store.plansOf(ctx, await filesOfPerson(ctx, person_id))
  return plans.find(({ closed_on }) => closed_on === null)
}

/** Who is about to be interviewed. */
export async function personToInterview(ctx: Ctx, person_id: string) {
  allow(ctx.actor.can(may.work))
  const [head] = await headLines(ctx, [person_id])
  if (!head) throw new NotFound()
  looked(ctx, { what: 'orientation.person', person_id })
  const referral = (await store.referralsOf(ctx, await filesOfPerson(ctx, person_id))).find(({ ended_on }) => !ended_on)
  return { head, referral, plan: await openPlanOf(ctx, person_id) }
}

/** The first interview opens the plan; its minutes, when given, are the first session. */
export async function openPlan(
  ctx: Ctx,
  person_id: string,
  input: InterviewInput,
  options: { demo?: boolean; opened_on?: string } = {},
) {
  await findPerson(ctx, person_id)
  allow(ctx.actor.can(may.work))
  const files = await filesOfPerson(ctx, person_id)
  refuse({ form: (await openPlanOf(ctx, person_id)) ? 'orientation.error.has_plan' : undefined })
  const { minutes, mediator_present, ...aims } = input
  const first = minutes ? { on_day: ctx.today, minutes } : undefined
  if (first) await checkSession(ctx, first, [person_id])
  const id = await store.insertPlan(ctx, { person_id, ...aimsOf(aims), ...options })
  await store.insertChange(ctx, { plan_id: id, version: 1, what: 'opened' })
  for (const visit_id of await store.endReferrals(ctx, { person_ids: files }, 'taken'))
    await answerReferral(ctx, visit_id)
  if (first)
    await holdSession(
      ctx,
      {
        ...first,
        kind: 'individual',
        way: 'in_person',
        topics: ['needs'],
        language: aims.language ?? null,
        mediator_present,
      },
      [{ person_id, plan_id: id }],
    )
  return id
}

/** A plan with all that hangs on it; reading it is recorded. */
export async function seePlan(ctx: Ctx, id: string) {
  const plan = await store.findPlan(ctx, id)
  allow(ctx.actor.can(may.see))
  const [head] = await headLines(ctx, [plan.person_id])
  looked(ctx, { what: 'orientation.plan', person_id: plan.person_id })
  // Of somebody erased the counts stay, and nothing to show.
  if (!head) throw new NotFound()
  const ids = [id]
  return {
    plan,
    head,
    steps: await store.stepsOf(ctx, ids),
    sessions: await sessionsOf(ctx, await filesOfPerson(ctx, plan.person_id), id),
    milestones: await records.milestonesOf(ctx, ids),
    results: await records.resultsOf(ctx, ids),
    entries: await records.entriesOf(ctx, ids),
  }
}
export type PlanSeen = Awaited<ReturnType<typeof seePlan>>

/** For a form about a plan: who it is of. */
export async function planFor(ctx: Ctx, id: string) {
  const plan = await store.findPlan(ctx, id)
  allow(ctx.actor.can(may.work))
  const [head] = await headLines(ctx, [plan.person_id])
  if (!head) throw new NotFound()
  looked(ctx, { what: 'orientation.plan', person_id: plan.person_id })
  return { plan, head }
}

// --- changing -------------------------------------------------------------------------------------------------------

/** Two advisers with the same plan before them: the second is shown what changed, and nothing is overwritten unseen. */
async function lockSeen(ctx: Ctx, id: string, seen: number) {
  const plan = await store.lockPlan(ctx, id)
  allow(ctx.actor.can(may.work))
  refuse({ form: plan.closed_on ? 'orientation.error.closed' : undefined })
  refuse(seenErrors(seen, plan.version))
  return plan
}
async function changePlan(
  ctx: Ctx,
  plan: store.Plan,
  change: Omit<Parameters<typeof store.insertChange>[1], 'plan_id' | 'version'>,
  columns: Parameters<typeof store.updatePlan>[2] = {},
) {
  const version = plan.version + 1
  await store.updatePlan(ctx, plan.id, { ...columns, version })
  await store.insertChange(ctx, { plan_id: plan.id, version, ...change })
}

export async function changeAims(ctx: Ctx, id: string, { seen, ...input }: AimsInput) {
  const plan = await lockSeen(ctx, id, seen)
  const aims = aimsOf(input)
  const fields = changedFields(aimNames, plan, aims)
  // Whoever takes up a plan that nobody follows, follows it.
  const adviser_id = plan.adviser_id ?? ctx.actor.account_id
  if (fields.length > 0) await changePlan(ctx, plan, { what: 'aims', fields }, { ...aims, adviser_id })
}

const stepRow = ({ kind, text = '', text_own = '', owner, owner_text = '', due_on }: StepInput) => ({
  kind,
  text,
  text_own,
  owner,
  owner_text,
  due_on,
})
export async function addStep(ctx: Ctx, id: string, input: StepInput) {
  const plan = await lockSeen(ctx, id, input.seen)
  refuse({
    ...stepErrors(input),
    ...(input.due_on < plan.opened_on && { due_on: 'orientation.error.before_start' as const }),
  })
  const step_id = await store.insertStep(ctx, id, stepRow(input))
  await changePlan(ctx, plan, { what: 'step_added', step_id })
}

export async function changeStep(ctx: Ctx, step_id: string, input: StepInput) {
  const step = await store.findStep(ctx, step_id)
  const plan = await lockSeen(ctx, step.plan_id, input.seen)
  refuse({
    ...stepErrors(input),
    ...(input.due_on < plan.opened_on && { due_on: 'orientation.error.before_start' as const }),
  })
  const row = stepRow(input)
  const fields = changedFields(stepNames, step, row)
  if (fields.length === 0) return step.plan_id
  await store.updateStep(ctx, step_id, row)
  await changePlan(ctx, plan, { what: 'step_changed', step_id, fields })
  return step.plan_id
}

const deeds = { done: 'step_done', dropped: 'step_dropped', open: 'step_reopened' } as const
export async function moveStep(
  ctx: Ctx,
  step_id: string,
  { state, seen }: { state: keyof typeof deeds; seen: number },
) {
  const step = await store.findStep(ctx, step_id)
  const plan = await lockSeen(ctx, step.plan_id, seen)
  if (step.state === state) return step.plan_id
  await store.updateStep(ctx, step_id, { state, state_on: state === 'open' ? null : ctx.today })
  await changePlan(ctx, plan, { what: deeds[state], step_id })
  return step.plan_id
}

/** What changed while somebody was writing, with the steps and people it names. */
export const changesSince = store.changesSince
export const findStep = store.findStep

/** Both have read it and agree: from the first time on the results are counted. */
export async function agreePlan(ctx: Ctx, id: string, { on_day, seen }: { on_day: string; seen: number }) {
  const plan = await lockSeen(ctx, id, seen)
  const steps = await store.stepsOf(ctx, [id])
  refuse({
    form: steps.length === 0 ? 'orientation.error.no_steps' : undefined,
    on_day:
      on_day > ctx.today
        ? 'orientation.error.future'
        : on_day < plan.opened_on
          ? 'orientation.error.before_start'
          : undefined,
  })
  await changePlan(ctx, plan, { what: 'agreed' }, plan.agreed_on ? {} : { agreed_on: on_day })
}

/** The work is over; whoever can be written to is asked how it was. */
export async function closePlan(ctx: Ctx, id: string, reason: string) {
  const plan = await store.lockPlan(ctx, id)
  allow(ctx.actor.can(may.work))
  refuse({ form: plan.closed_on ? 'orientation.error.closed' : undefined })
  await store.updatePlan(ctx, id, { closed_on: ctx.today, close_reason: reason, closed_by: ctx.actor.account_id })
  if (reason === 'unreachable') return
  const { person_id, language, demo } = plan
  await askExitSurvey(ctx, { person_id, about: { service: 'self', thing_id: id }, language, demo })
}

export async function listPlans(ctx: Ctx, which: store.Which, page: { from: number; count: number }) {
  allow(ctx.actor.can(may.see))
  const plans = await store.listPlans(ctx, which, page)
  const heads = await headLines(
    ctx,
    plans.map(({ person_id }) => person_id),
  )
  const head = new Map(heads.map((one) => [one.id, one]))
  const open = new Map<string, store.Step[]>()
  for (const step of await store.stepsOf(
    ctx,
    plans.map(({ id }) => id),
  ))
    if (step.state === 'open') open.set(step.plan_id, [...(open.get(step.plan_id) ?? []), step])
  return plans.map((plan) => ({
    plan,
    head: head.get(plan.person_id) ?? null,
    next: open.get(plan.id)?.[0] ?? null,
    open: open.get(plan.id)?.length ?? 0,
  }))
}
export const countPlans = store.countPlans
