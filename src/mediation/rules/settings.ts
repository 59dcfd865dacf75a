import type { Setting } from '../../kernel/module.ts'

const whole = <Name extends string>(name: Name, fallback: number, min: number, max: number) =>
  ({
    name: `mediation.${name}`,
    kind: 'whole',
    default: fallback,
    min,
    max,
    assumed: true,
    text: `mediation.setting.${name}` as `mediation.setting.${Name}`,
  }) as const

export const waveSize = whole('wave_size', 3, 1, 50)
export const waveHours = whole('wave_hours', 12, 1, 96)
export const urgentMinutes = whole('urgent_minutes', 30, 5, 240)
/** Under this many hours before the start a call counts as urgent (mediation-fields.json, URG). */
export const urgentHours = whole('urgent_hours', 48, 1, 120)
export const approvesKnown = {
  name: 'mediation.approves_known',
  kind: 'yes',
  default: true,
  assumed: true,
  text: 'mediation.setting.approves_known',
  hint: 'mediation.setting.approves_known.hint',
} as const satisfies Setting
/** Whether a signature drawn on a screen is accepted instead of ink was not found: ink is the rule until the lead says so. */
export const signsOnScreen = {
  name: 'mediation.signs_on_screen',
  kind: 'yes',
  default: false,
  assumed: true,
  text: 'mediation.setting.signs_on_screen',
  hint: 'mediation.setting.signs_on_screen.hint',
} as const satisfies Setting
export const settings = [
  waveSize,
  waveHours,
  urgentMinutes,
  urgentHours,
  approvesKnown,
  signsOnScreen,
] as const satisfies readonly Setting[]
