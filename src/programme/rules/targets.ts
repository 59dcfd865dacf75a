export type Step = { by: string; value: number }
export type Spread = 'linear' | 'level' | 'steps'
export const spreads = ['linear', 'level', 'steps'] as const satisfies readonly Spread[]
export type Expected = {
  value: number | null
  spread: string
  steps: readonly Step[]
  starts_on: string
  ends_on: string
}

/** What should be done by the end of that day: evenly over the project, unless a plan says otherwise. Null when nobody has set a target. */
export function expectedBy({ value, spread, steps, starts_on, ends_on }: Expected, day: string): number | null {
  if (value === null) return null
  if (day < starts_on) return 0
  if (spread === 'level') return value
  if (spread === 'steps') return stepBy(steps, day)
  if (day >= ends_on) return value
  return (value * (days(starts_on, day) + 1)) / (days(starts_on, ends_on) + 1)
}

const days = (from: string, to: string) => Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days
const stepBy = (steps: readonly Step[], day: string) =>
  steps.reduce((reached, step) => (step.by <= day && step.value > reached ? step.value : reached), 0)

/** One step a line, `gg/mm/aaaa valore` or `aaaa-mm-gg valore`; undefined when a line is not one. */
export function readSteps(text: string): Step[] | undefined {
  const steps = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readStep)
  return steps.every((step) => step !== undefined) ? steps.sort((a, b) => a.by.localeCompare(b.by)) : undefined
}

function readStep(line: string): Step | undefined {
  const found = /^(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})\/(\d{1,2})\/(\d{4}))\s*[:;=\s]\s*(\d{1,7})$/.exec(line)
  if (!found) return undefined
  const [, year = found[6], month = found[5], day = found[4]] = found
  try {
    return {
      by: Temporal.PlainDate.from(
        { year: Number(year), month: Number(month), day: Number(day) },
        { overflow: 'reject' },
      ).toString(),
      value: Number(found[7]),
    }
  } catch {
    return undefined
  }
}

export const stepsAsText = (steps: readonly Step[]) =>
  steps.map(({ by, value }) => `${by.split('-').reverse().join('/')} ${value}`).join('\n')

/** A plan grows, lies inside the project and ends at the target. */
export function stepsError(steps: readonly Step[], value: number, project: { starts_on: string; ends_on: string }) {
  if (steps.length === 0) return 'programme.error.steps_empty' as const
  if (steps.some(({ by }) => by < project.starts_on || by > project.ends_on))
    return 'programme.error.steps_outside' as const
  if (steps.some((step, at) => at > 0 && step.value < (steps[at - 1]?.value ?? 0)))
    return 'programme.error.steps_shrink' as const
  return steps.at(-1)?.value === value ? undefined : ('programme.error.steps_end' as const)
}
