import type { Child } from 'hono/jsx'
import { Pictogram } from './pictogram.tsx'

export type State = 'good' | 'wait' | 'bad' | 'info' | 'none'

/** A state's shape; the colour is never alone. */
export const stateShapes = {
  good: 'circle-check',
  wait: 'clock',
  bad: 'alert-triangle',
  info: 'info-circle',
  none: 'circle-dashed',
} as const
const chipLook = {
  good: 'badge mark mark-good',
  wait: 'badge mark mark-wait',
  bad: 'badge mark mark-bad',
  info: 'badge mark mark-info',
  none: 'badge mark mark-none',
} as const

/** A state in one or two words; with `href` it opens what is behind it. */
export function Chip({ state, href, children }: { state: State; href?: string; children: Child }) {
  const inside = (
    <>
      <Pictogram name={stateShapes[state]} size="s" />
      <span>{children}</span>
    </>
  )
  return href ? (
    <a class={chipLook[state]} href={href}>
      {inside}
    </a>
  ) : (
    <span class={chipLook[state]}>{inside}</span>
  )
}
