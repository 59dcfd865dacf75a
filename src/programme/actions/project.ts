/** The project itself: who it is, its rows, and what has been changed about it. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { publish, say } from '../../kernel/events.ts'
import type { ProjectInput } from '../forms.ts'
import areas from '../lists/areas.json' with { type: 'json' }
import { centsAsText, readCents } from '../rules/budget.ts'
import { may } from '../rules/may.ts'
import { isCup } from '../rules/references.ts'
import type { Words } from '../rules/words.ts'
import {
  addProjectChanges,
  findProject,
  listActions,
  listProjectChanges,
  lockProject,
  type NewProject,
  type Project,
  changeProject as write,
} from '../store/project.ts'

export { type Words, wordsIn } from '../rules/words.ts'
export type { ActionRow, Project } from '../store/project.ts'

/** The three actions of the call, and `00` for what serves them all. */
export const areasOfWork = areas as readonly ({ code: string } & Words)[]

/** The project of this Ambito today; NotFound in an Ambito that has none. */
export async function projectOf(ctx: Ctx): Promise<Project> {
  const project = await findProject(ctx, ctx.today)
  if (!project) throw new NotFound()
  return project
}

/** The rows of the project's text, with words for citizens. */
export const rowsOf = async (ctx: Ctx) => listActions(ctx, (await projectOf(ctx)).id)

export const projectHistory = async (ctx: Ctx) => listProjectChanges(ctx, (await projectOf(ctx)).id)

/** Keeps what every changed field said before: an extension or a CUP that arrives is part of the project's story. */
export async function changeProject(
  ctx: Ctx,
  { total, contribution, note = '', cup = '', project_code = '', ...input }: ProjectInput,
) {
  const project = await lockProject(ctx, (await projectOf(ctx)).id)
  allow(ctx.actor.can(may.keep_project))
  const [total_cents, contribution_cents] = [readCents(total), readCents(contribution)]
  refuse({
    ends_on: input.ends_on <= input.starts_on ? 'programme.error.ends_before' : undefined,
    total: total_cents === undefined ? 'programme.error.money' : undefined,
    contribution:
      contribution_cents === undefined
        ? 'programme.error.money'
        : total_cents !== undefined && contribution_cents > total_cents
          ? 'programme.error.over_total'
          : undefined,
    cup: cup !== '' && !isCup(cup.toUpperCase()) ? 'programme.error.cup' : undefined,
  })
  const after = {
    ...input,
    cup: cup.toUpperCase(),
    project_code,
    total_cents: total_cents as number,
    contribution_cents: contribution_cents as number,
  }
  const changes = differences(project, after)
  if (changes.length === 0) return say(ctx, 'programme.project.unchanged')
  await write(ctx, project.id, after)
  await addProjectChanges(ctx, project.id, note, changes)
  publish(ctx)
  say(ctx, 'programme.project.changed')
}

function differences(before: Project, after: NewProject) {
  const fields = Object.keys(after) as (keyof NewProject)[]
  const text = (field: keyof NewProject, value: string | number) =>
    field.endsWith('_cents') ? centsAsText(Number(value)) : String(value)
  return fields
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: text(field, before[field]), after: text(field, after[field]) }))
}
