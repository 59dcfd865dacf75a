/** Registrations, recognitions, traineeships, courses; results; what a CV is made of; files. */
import { coursesShown } from '../../courses/actions.ts'
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { filesOf, keepFile, papers, removeFile, serveFile } from '../../kernel/files/files.ts'
import type { Upload } from '../../kernel/routes.ts'
import { citizenshipGroup, organisations } from '../../territory/actions.ts'
import { type EntryKind, type MilestoneKind, milestoneOutcomes, whats } from '../codes.ts'
import { recognitionApplied, recognitionWithdrawn } from '../events.ts'
import type { EntryInput, MilestoneInput, OutcomeInput, ResultInput } from '../forms.ts'
import { entryErrors } from '../rules/cv.ts'
import { may } from '../rules/may.ts'
import { outcomeErrors } from '../rules/plans.ts'
import { type ResultMonths, resultErrors } from '../rules/results.ts'
import { findPlan, lockPlan } from '../store/plans.ts'
import * as store from '../store/records.ts'

// --- what happened on the way ---------------------------------------------------------------------------------------

/** Those of people who work are not for whoever looks for work. */
const forStaff = new Set(['operators', 'mediators'])
/** Courses that can be proposed: those people may enrol in today. */
export const coursesToPropose = async (ctx: Ctx) =>
  (await coursesShown(ctx)).flatMap(({ edition, text, closed }) =>
    closed || forStaff.has(edition.kind) ? [] : [{ id: edition.id, title: text?.title ?? edition.title }],
  )

export async function recordMilestone(ctx: Ctx, plan_id: string, kind: MilestoneKind, input: MilestoneInput) {
  const plan = await findPlan(ctx, plan_id)
  allow(ctx.actor.can(may.work))
  const proposed = kind === 'course' && input.edition_id
  const edition = proposed ? (await coursesToPropose(ctx)).find(({ id }) => id === input.edition_id) : undefined
  refuse({
    what: (whats[kind] as readonly string[]).includes(input.what) ? undefined : 'kernel.form.not_a_choice',
    path: input.what === 'gol' && !input.path ? 'kernel.form.required' : undefined,
    body: kind === 'traineeship' && !input.body ? 'kernel.form.required' : undefined,
    edition_id: input.edition_id && !edition ? 'kernel.form.not_a_choice' : undefined,
    title: kind === 'course' && !input.edition_id && !input.title ? 'orientation.error.which_course' : undefined,
    country: input.country && !citizenshipGroup(input.country) ? 'kernel.form.not_a_choice' : undefined,
    // A traineeship may be arranged before it begins; what was done has its day.
    on_day: kind !== 'traineeship' && input.on_day > ctx.today ? 'orientation.error.future' : undefined,
    until_day: input.until_day && input.until_day < input.on_day ? 'orientation.error.before_start' : undefined,
  })
  const body = input.body ?? ''
  const milestone_id = await store.insertMilestone(ctx, {
    plan_id,
    kind,
    what: input.what,
    on_day: input.on_day,
    title: edition?.title ?? input.title ?? '',
    body,
    path: input.what === 'gol' ? (input.path ?? null) : null,
    organisation_id: body ? await organisationCalled(ctx, body) : null,
    edition_id: edition?.id ?? null,
    country: kind === 'recognition' ? (input.country ?? null) : null,
    until_day: kind === 'traineeship' ? (input.until_day ?? null) : null,
  })
  if (countsAsRecognition({ kind, what: input.what }))
    announce(ctx, recognitionApplied, { milestone_id, person_id: plan.person_id, on: input.on_day })
  return milestone_id
}

/** R.2.10 is about qualifications and skills; a licence that is exchanged is neither. */
const countsAsRecognition = ({ kind, what }: { kind: string; what: string }) =>
  kind === 'recognition' && what !== 'licence'

const organisationCalled = async (ctx: Ctx, words: string) =>
  (await organisations(ctx)).find(({ name }) => name.localeCompare(words, 'it', { sensitivity: 'base' }) === 0)?.id ??
  null

/** One that stands: who it is of was asked by the plan's page. */
export async function seeMilestone(ctx: Ctx, id: string) {
  const milestone = await store.findMilestone(ctx, id)
  allow(ctx.actor.can(may.work))
  const plan = await findPlan(ctx, milestone.plan_id)
  looked(ctx, { what: 'orientation.plan', person_id: plan.person_id })
  return milestone
}

export async function endMilestone(ctx: Ctx, id: string, input: OutcomeInput) {
  const milestone = await store.findMilestone(ctx, id)
  allow(ctx.actor.can(may.work))
  refuse({ form: milestone.withdrawn_on ? 'orientation.error.already_withdrawn' : undefined })
  refuse(
    outcomeErrors(input, {
      on_day: milestone.on_day,
      today: ctx.today,
      allowed: milestoneOutcomes[milestone.kind as MilestoneKind],
    }),
  )
  await store.updateMilestone(ctx, id, { outcome: input.outcome, outcome_on: input.on_day })
  return milestone.plan_id
}

/** Entered by mistake. */
export async function withdrawMilestone(ctx: Ctx, id: string) {
  const milestone = await store.findMilestone(ctx, id)
  allow(ctx.actor.can(may.work))
  refuse({ form: milestone.withdrawn_on ? 'orientation.error.already_withdrawn' : undefined })
  await store.updateMilestone(ctx, id, { withdrawn_on: ctx.today, withdrawn_by: ctx.actor.account_id })
  if (countsAsRecognition(milestone)) announce(ctx, recognitionWithdrawn, { milestone_id: id, on: ctx.today })
  return milestone.plan_id
}

// --- results --------------------------------------------------------------------------------------------------------

export async function recordResult(ctx: Ctx, plan_id: string, months: ResultMonths, input: ResultInput) {
  const plan = await lockPlan(ctx, plan_id)
  allow(ctx.actor.can(may.work))
  refuse(resultErrors(input, { agreed_on: plan.agreed_on, months, today: ctx.today }))
  await store.insertResult(ctx, { plan_id, months, ...input, detail: input.detail ?? '' })
}

// --- the CV ---------------------------------------------------------------------------------------------------------

const entryRow = ({
  title,
  title_own = '',
  body = '',
  place = '',
  from_when = null as string | null,
  to_when = null as string | null,
  level = null as EntryInput['level'] | null,
  text = '',
  text_own = '',
}: { [Name in keyof EntryInput]: EntryInput[Name] | null | undefined } & Pick<EntryInput, 'title'>) => ({
  title,
  title_own: title_own ?? '',
  body: body ?? '',
  place: place ?? '',
  from_when: from_when ?? null,
  to_when: to_when ?? null,
  level: level ?? null,
  text: text ?? '',
  text_own: text_own ?? '',
})

export async function addEntry(ctx: Ctx, plan_id: string, kind: EntryKind, input: EntryInput) {
  await findPlan(ctx, plan_id)
  allow(ctx.actor.can(may.work))
  refuse(entryErrors(kind, input, ctx.today))
  await store.insertEntry(ctx, { plan_id, kind, ...entryRow(input) })
}

export async function changeEntry(ctx: Ctx, id: string, input: EntryInput) {
  const entry = await store.findEntry(ctx, id)
  allow(ctx.actor.can(may.work))
  refuse(entryErrors(entry.kind as EntryKind, input, ctx.today))
  await store.updateEntry(ctx, id, entryRow(input))
  return entry.plan_id
}

export async function removeEntry(ctx: Ctx, id: string) {
  const entry = await store.findEntry(ctx, id)
  allow(ctx.actor.can(may.work))
  await store.updateEntry(ctx, id, { removed_at: ctx.now.toString() })
  return entry.plan_id
}

export async function seeEntry(ctx: Ctx, id: string) {
  const entry = await store.findEntry(ctx, id)
  allow(ctx.actor.can(may.work))
  looked(ctx, { what: 'orientation.plan', person_id: (await findPlan(ctx, entry.plan_id)).person_id })
  return entry
}

// --- files ----------------------------------------------------------------------------------------------------------

const owner = 'orientation'
export async function attach(ctx: Ctx, plan_id: string, upload: Upload | undefined, purpose: string) {
  await findPlan(ctx, plan_id)
  allow(ctx.actor.can(may.work))
  const { id } = await keepFile(ctx, upload, { owner, purpose, accept: papers })
  await store.insertAttachment(ctx, { file_id: id, plan_id, purpose })
}

export async function attachmentsShown(ctx: Ctx, plan_id: string) {
  const rows = await store.attachmentsOf(ctx, [plan_id])
  const files = await filesOf(
    ctx,
    owner,
    rows.map(({ file_id }) => file_id),
  )
  return rows.flatMap((row) => {
    const file = files.find(({ id }) => id === row.file_id)
    return file ? [{ ...row, file }] : []
  })
}

export async function serveAttachment(ctx: Ctx, file_id: string) {
  const { plan_id } = await store.findAttachment(ctx, file_id)
  allow(ctx.actor.can(may.see))
  looked(ctx, { what: 'orientation.file', person_id: (await findPlan(ctx, plan_id)).person_id })
  return serveFile(ctx, owner, file_id)
}

export async function dropAttachment(ctx: Ctx, file_id: string) {
  const { plan_id } = await store.findAttachment(ctx, file_id)
  allow(ctx.actor.can(may.work))
  await forget(ctx, file_id)
  return plan_id
}
/** The bytes go with the row. */
export async function forget(ctx: Ctx, file_id: string) {
  await store.dropAttachment(ctx, file_id)
  await removeFile(ctx, owner, file_id)
}
export const planOfFile = async (ctx: Ctx, file_id: string) => (await store.findAttachment(ctx, file_id)).plan_id
