import type { Child } from 'hono/jsx'
import { type State, stateShapes } from './chip.tsx'
import { useFrame } from './frame.ts'
import { Pictogram } from './pictogram.tsx'

const look = {
  good: 'alert note note-good',
  wait: 'alert note note-wait',
  bad: 'alert note note-bad',
  info: 'alert note note-info',
} as const

/** Something to know before going on. `live` when it answers what the person just did. */
export function Callout({
  state = 'info',
  title,
  live,
  children,
}: {
  state?: Exclude<State, 'none'>
  title?: string
  live?: boolean
  children?: Child
}) {
  const { t } = useFrame()
  return (
    <div class={look[state]} {...(live && { role: 'status' })}>
      <Pictogram name={stateShapes[state]} />
      <div class="note-text">
        {title ? <p class="alert-heading">{title}</p> : <span class="visually-hidden">{t(`ui.state.${state}`)}: </span>}
        {children}
      </div>
    </div>
  )
}
