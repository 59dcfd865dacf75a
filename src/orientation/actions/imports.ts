/** `import orientation`: the months already done. One row is one person in one session, or one application for recognition. */
import type { Ctx } from '../../kernel/ctx.ts'
import { type Announced, announce } from '../../kernel/events.ts'
import type { RegisterKind } from '../../kernel/register.ts'
import { duplicatesOfRegisters, joinPersons, personColumns, personsBefore, readPersons } from '../../people/actions.ts'
import { projectOf } from '../../programme/actions.ts'
import { recognitionApplied, recognitionWithdrawn, sessionHeld, sessionWithdrawn } from '../events.ts'
import { may } from '../rules/may.ts'
import { type GuidanceSaid, guidanceColumns, readGuidance } from '../rules/register-cells.ts'
import { insertChange, insertPlan } from '../store/plans.ts'
import { insertMilestone, milestoneOfRow, updateMilestone } from '../store/records.ts'
import * as store from '../store/sessions.ts'
import { openPlanOf } from './plans.ts'
import { holdSession } from './sessions.ts'

export const guidanceRegister: RegisterKind = {
  kind: 'orientation',
  name: 'orientation.register.name',
  may: may.work,
  columns: [...guidanceColumns, ...personColumns],
  needed: [['date'], ['minutes', 'hours'], ['surname', 'given_names']],
  async take(ctx, rows) {
    const project = await projectOf(ctx)
    const fresh = rows
      .filter(({ known }) => !known)
      .map((row) => ({ ...row, guidance: readGuidance(row.cells, project, ctx.today) }))
    const read = await readPersons(
      ctx,
      fresh.map((row) => ({ ...row, on: row.guidance.said?.on ?? null })),
    )
    const refused = read
      .map(({ line, guidance, read }) => ({
        line,
        said: [
          ...guidance.problems,
          ...read.problems,
          ...(read.said ? [] : [{ column: 'surname', problem: 'orientation.error.register_person' as const }]),
        ],
      }))
      .filter(({ said }) => said.length > 0)
    const wrong = new Set(refused.map(({ line }) => line))
    const good = read.flatMap((row) =>
      row.guidance.said && !wrong.has(row.line) ? [{ ...row, said: row.guidance.said }] : [],
    )
    const joining = await joinPersons(ctx, 'orientation', good)
    for (const { id, said } of good) await writeRow(ctx, { id, said, person_id: joining.of.get(id) as string })
    const before = await personsBefore(
      ctx,
      'orientation',
      rows.filter(({ known }) => known).map(({ id }) => id),
    )
    return {
      refused,
      remarks: joining.remarks,
      people_found: joining.found + before.size,
      people_created: joining.created,
      facts: good.length,
      people: [...new Set([...joining.of.values(), ...before.values()])],
    }
  },
  duplicates: duplicatesOfRegisters,
}

type Row = { id: string; said: GuidanceSaid; person_id: string }

async function writeRow(ctx: Ctx, { id, said, person_id }: Row) {
  if (said.activity === 'recognition') return applied(ctx, { id, said, person_id })
  const { on: on_day, minutes, operator: held_by, subject: record } = said
  const group = said.activity === 'group' ? await store.groupLike(ctx, { on_day, minutes, held_by, record }) : undefined
  if (group) {
    // Another row of the same meeting: one more person, and not one hour more.
    if (!(await store.addAttendance(ctx, group.id, { person_id, plan_id: null, row_id: id }))) return
    announce(ctx, sessionHeld, { session_id: group.id, kind: 'group', on: on_day, minutes: 0, person_ids: [person_id] })
    return
  }
  await holdSession(ctx, { kind: said.activity, on_day, minutes, held_by, record }, [
    { person_id, plan_id: null, row_id: id },
  ])
}

/** An application hangs on a plan: whoever had none has one from that day, which nobody follows yet. */
async function applied(
  ctx: Ctx,
  { id, said, person_id }: Pick<Row, 'id' | 'person_id'> & { said: Pick<GuidanceSaid, 'on' | 'subject'> },
) {
  const plan_id = (await openPlanOf(ctx, person_id))?.id ?? (await planFrom(ctx, person_id, said.on))
  const milestone_id = await insertMilestone(ctx, {
    plan_id,
    kind: 'recognition',
    what: 'qualification',
    on_day: said.on,
    title: said.subject,
    row_id: id,
  })
  announce(ctx, recognitionApplied, { milestone_id, person_id, on: said.on })
}
async function planFrom(ctx: Ctx, person_id: string, opened_on: string) {
  const id = await insertPlan(ctx, { person_id, opened_on, adviser_id: null })
  await insertChange(ctx, { plan_id: id, version: 1, what: 'opened' })
  return id
}

// --- a row that was somebody else's ---------------------------------------------------------------------------------

type SplitOff = { register: string; row_id: string; from: string; to: string }
/** What came in with the row is taken back and written for whom it was; heard twice, it is already there. */
export async function hearSplitOff(ctx: Ctx, events: Announced<SplitOff>[]) {
  for (const { payload } of events) {
    if (payload.register !== 'orientation') continue
    const row = await store.attendanceOfRow(ctx, payload.row_id)
    if (row && row.person_id === payload.from) await heldWith(ctx, row.session_id, payload)
    const milestone = await milestoneOfRow(ctx, payload.row_id)
    if (milestone && milestone.person_id === payload.from) {
      const { id: milestone_id, on_day, title } = milestone
      await updateMilestone(ctx, milestone_id, { withdrawn_on: ctx.today, withdrawn_by: ctx.actor.account_id })
      announce(ctx, recognitionWithdrawn, { milestone_id, on: ctx.today })
      await applied(ctx, { id: payload.row_id, said: { on: on_day, subject: title }, person_id: payload.to })
    }
  }
}

/** The same meeting with the right person in it: the one before is taken back whole, for its evidence is one. */
async function heldWith(ctx: Ctx, session_id: string, { from, to }: SplitOff) {
  const { kind, on_day, minutes, held_by, record } = await store.findSession(ctx, session_id)
  const present = await store.attendancesOf(ctx, session_id)
  await store.withdrawSession(ctx, session_id, 'wrong_person')
  announce(ctx, sessionWithdrawn, { session_id, on: ctx.today })
  await store.freeRows(ctx, session_id)
  await holdSession(
    ctx,
    { kind: kind as 'group', on_day, minutes, held_by, record },
    present
      .filter(({ person_id }) => person_id !== to)
      .map((one) => (one.person_id === from ? { ...one, person_id: to, plan_id: null } : one)),
  )
}
