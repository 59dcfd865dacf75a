import type { Child } from 'hono/jsx'
import { useFrame } from './frame.ts'

type Props = {
  id: string
  /** Answers, asked as a fragment, with this same part (an element of the same id). */
  href: string
  /** A stream of server-sent events that only says *changed*. */
  changes?: string
  /** Or: ask again every so many seconds. */
  every?: number
  children: Child
}

/** A part that keeps itself up to date; without JavaScript it is as fresh as the page. */
export function Live({ id, href, changes, every, children }: Props) {
  const { t } = useFrame()
  return (
    <div
      id={id}
      class="work"
      data-live={href}
      // What changes between this page and its stream is told at the stream's beginning.
      {...(changes && { 'data-changes': `${changes}?dal=${Date.now()}`, 'data-said': t('ui.live.changed') })}
      {...(every && { 'data-every': every })}
    >
      {children}
    </div>
  )
}
