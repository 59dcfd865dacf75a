/** What should be reached: each measure with its target on a day, and what is expected by then. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { publish, say } from '../../kernel/events.ts'
import type { TargetInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import { expectedBy, readSteps, stepsError } from '../rules/targets.ts'
import { addTargets, findMeasure, listTargets, listTargetVersions, type TargetRow } from '../store/targets.ts'
import { projectOf } from './project.ts'

export { expectedBy } from '../rules/targets.ts'
export type { TargetRow } from '../store/targets.ts'

export type Target = TargetRow & { expected: number | null }

/** Every measure of the project, its target as it stood on that day (null: still to be set) and what is expected by then. */
export async function targets(ctx: Ctx, on = ctx.today): Promise<Target[]> {
  const rows = await listTargets(ctx, (await projectOf(ctx)).id, on)
  return rows.map((target) => ({ ...target, expected: expectedBy(target, on) }))
}

export async function targetOf(ctx: Ctx, indicator: string) {
  const project = await projectOf(ctx)
  const measure = await findMeasure(ctx, project.id, indicator)
  if (!measure) throw new NotFound()
  return { project, measure, versions: await listTargetVersions(ctx, project.id, indicator) }
}

/** A target is never rewritten: another one begins to hold on a day. */
export async function setTarget(
  ctx: Ctx,
  indicator: string,
  { value, steps: typed = '', note = '', ...input }: TargetInput,
) {
  const { project } = await targetOf(ctx, indicator)
  allow(ctx.actor.can(may.set_targets))
  const steps = input.spread === 'steps' ? readSteps(typed) : []
  refuse({
    valid_from: input.valid_from > project.ends_on ? 'programme.error.after_project' : undefined,
    steps:
      steps === undefined
        ? 'programme.error.steps'
        : input.spread !== 'steps'
          ? undefined
          : value === undefined
            ? 'programme.error.steps_no_value'
            : stepsError(steps, value, project),
  })
  await addTargets(ctx, project.id, [{ ...input, indicator, value: value ?? null, steps: steps ?? [], note }])
  publish(ctx)
  say(ctx, 'programme.target.set')
}
