/** `import visits`: the register of the desk and of the digital afternoon; one row is one visit. */
import type { Ctx } from '../../kernel/ctx.ts'
import { type Announced, announce } from '../../kernel/events.ts'
import type { RegisterKind } from '../../kernel/register.ts'
import { duplicatesOfRegisters, joinPersons, personColumns, personsBefore, readPersons } from '../../people/actions.ts'
import { projectOf } from '../../programme/actions.ts'
import { visitRecorded, visitWithdrawn } from '../events.ts'
import { readVisit, type VisitSaid, visitColumnsAfter, visitColumnsBefore } from '../rules/register-cells.ts'
import { may } from '../rules.ts'
import { dropNotes, type ImportedVisit, insertVisits, openingsFor, visitWithAll } from '../store/register.ts'
import { insertWithdrawal } from '../store.ts'

export const visitsRegister: RegisterKind = {
  kind: 'visits',
  name: 'desk.register.visits',
  may: may.feed_register,
  columns: [...visitColumnsBefore, ...personColumns, ...visitColumnsAfter],
  needed: [['date'], ['desk'], ['surname', 'given_names']],
  async take(ctx, rows) {
    const project = await projectOf(ctx)
    const visits = rows
      .filter(({ known }) => !known)
      .map((row) => ({ ...row, visit: readVisit(row.cells, project, ctx.today) }))
    const read = await readPersons(
      ctx,
      visits.map((row) => ({ ...row, on: row.visit.said?.on ?? null })),
    )
    const refused = read
      .map(({ line, visit, read }) => ({ line, said: [...visit.problems, ...read.problems] }))
      .filter(({ said }) => said.length > 0)
    const wrong = new Set(refused.map(({ line }) => line))
    const good = read.flatMap((row) =>
      row.visit.said && !wrong.has(row.line) ? [{ ...row, said: row.visit.said }] : [],
    )
    const joining = await joinPersons(ctx, 'visits', good)
    await writeVisits(
      ctx,
      good.map((row) => ({
        id: row.id,
        said: row.said,
        person_id: joining.of.get(row.id) ?? null,
        language: row.read.said?.language ?? null,
        operator: row.cells.operator?.slice(0, 80) ?? null,
      })),
    )
    const before = await personsBefore(
      ctx,
      'visits',
      rows.filter(({ known }) => known).map(({ id }) => id),
    )
    const remarks = [
      ...good.map(({ line, visit }) => ({ line, said: visit.remarks })).filter(({ said }) => said.length > 0),
      ...joining.remarks,
    ]
    return {
      refused,
      remarks,
      people_found: joining.found + before.size,
      people_created: joining.created,
      facts: good.reduce((sum, { said }) => sum + 1 + said.needs.length, 0),
      people: [...new Set([...joining.of.values(), ...before.values()])],
    }
  },
  duplicates: duplicatesOfRegisters,
}

type Row = { id: string; said: VisitSaid; person_id: string | null; language: string | null; operator: string | null }

/** A visit has the id of its row, so that whoever takes the row for somebody else finds it. */
async function writeVisits(ctx: Ctx, rows: readonly Row[]) {
  const openings = await openingsFor(
    ctx,
    rows.map(({ said }) => ({ kind: said.desk, on_day: said.on })),
  )
  const visits = rows.map(({ id, said, person_id, language, operator }): ImportedVisit & { opening_kind: string } => ({
    id,
    opening_id: openings.get(`${said.desk} ${said.on}`) as string,
    opening_kind: said.desk,
    person_id,
    on_day: said.on,
    help: person_id ? [] : ['information'],
    outcome: said.outcome,
    minutes: said.minutes,
    language,
    operator,
    needs: said.needs,
    notes: said.notes,
    sent_to: said.sent_to,
  }))
  await insertVisits(ctx, visits)
  for (const visit of visits) announceVisit(ctx, visit)
}

function announceVisit(
  ctx: Ctx,
  {
    id,
    person_id,
    on_day,
    opening_kind,
    opening_id,
    minutes,
    needs,
    outcome,
  }: ImportedVisit & { opening_kind: string },
) {
  announce(ctx, visitRecorded, {
    visit_id: id,
    person_id,
    on: on_day,
    opening_kind,
    opening_id,
    minutes,
    needs,
    outcome,
  })
}

type SplitOff = { register: string; row_id: string; from: string; to: string }

/** The visit was somebody else's: it is taken back and recorded for whom it was; heard twice, it is already gone. */
export async function hearSplitOff(ctx: Ctx, events: Announced<SplitOff>[]) {
  for (const { payload } of events) {
    const visit = payload.register === 'visits' ? await visitWithAll(ctx, payload.row_id) : undefined
    if (!visit || visit.person_id !== payload.from) continue
    await insertWithdrawal(ctx, visit.id, 'wrong_person')
    await dropNotes(ctx, visit.id)
    announce(ctx, visitWithdrawn, { visit_id: visit.id, on: ctx.today })
    const copy = { ...visit, id: crypto.randomUUID(), person_id: payload.to }
    await insertVisits(ctx, [copy])
    announceVisit(ctx, copy)
  }
}
