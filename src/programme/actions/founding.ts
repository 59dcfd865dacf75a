/** The first day: the project of Lodi as its text has it, and a small one for the demonstration's neighbour. */
import type { Ctx } from '../../kernel/ctx.ts'
import actions from '../lists/actions.json' with { type: 'json' }
import deadlines from '../lists/deadlines.json' with { type: 'json' }
import example from '../lists/example-budget.json' with { type: 'json' }
import measures from '../lists/measures.json' with { type: 'json' }
import type { DeadlineKind } from '../rules/calendar.ts'
import type { Spread } from '../rules/targets.ts'
import { addDeadlines } from '../store/calendar.ts'
import { addActions, addProject, type NewProject } from '../store/project.ts'
import { addMeasures, addTargets } from '../store/targets.ts'
import { addBudgetVersion } from './budget.ts'

const fami = 'Fondo Asilo, Migrazione e Integrazione (FAMI) 2021–2027'

const lodi: NewProject = {
  name: "FAMI Lab'Impact, 2a edizione",
  fund: fami,
  starts_on: '2025-09-25',
  ends_on: '2028-09-24',
  total_cents: 23_717_000,
  contribution_cents: 23_717_000,
  lead: 'Regione Lombardia',
  partner: 'Azienda Speciale Consortile Servizi Intercomunali',
  contact: 'progetti.fami@ufficiodipiano.lodi.it',
  cup: '',
  project_code: '',
}
const neighbour: NewProject = {
  ...lodi,
  name: 'Progetto dimostrativo vicino',
  starts_on: '2026-01-01',
  ends_on: '2027-12-31',
  total_cents: 4_000_000,
  contribution_cents: 4_000_000,
  partner: 'Azienda dimostrativa dei servizi',
  contact: 'progetto@vicino.example',
}

export async function fillProject(ctx: Ctx) {
  if (ctx.ambito.slug === 'lodi') await fill(ctx, lodi, () => true, true)
  if (ctx.ambito.slug === 'vicino')
    await fill(ctx, neighbour, (code) => ['M0', 'M1.1', 'M2.4', 'M2.5', 'M5'].includes(code), false)
}

async function fill(ctx: Ctx, project: NewProject, has: (code: string) => boolean, known: boolean) {
  const { id } = await addProject(ctx, project)
  await addActions(
    ctx,
    id,
    actions.filter(({ code }) => has(code)),
  )
  const measured = measures
    .filter(({ action }) => has(action))
    .map((measure) => (known ? measure : { ...measure, value: null, assumed: false, note: '' }))
  await addMeasures(
    ctx,
    id,
    measured.map(({ indicator, action, title }) => ({ indicator, action, title })),
  )
  await addTargets(
    ctx,
    id,
    measured.map(({ indicator, value, spread, assumed, note }) => ({
      indicator,
      value,
      spread: spread as Spread,
      steps: [],
      assumed,
      note,
      valid_from: project.starts_on,
    })),
  )
  if (known)
    await addDeadlines(
      ctx,
      id,
      deadlines.map((deadline) => ({ ...deadline, kind: deadline.kind as DeadlineKind })),
    )
}

/** Nobody knows the lines of Lodi yet: the demonstration has made-up ones, which say so. */
export async function exampleBudget(ctx: Ctx) {
  if (ctx.ambito.slug !== 'lodi') return
  await addBudgetVersion(ctx, { valid_from: lodi.starts_on, reason: example.reason, lines: example.lines.join('\n') })
}
