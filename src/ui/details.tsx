import type { Child } from 'hono/jsx'
import { Pictogram } from './pictogram.tsx'

type Props = {
  summary: Child
  open?: boolean
  /** A letter that opens it. */
  shortcut?: string
  /** Opened to be written in: the focus goes to its first field. */
  writes?: boolean
  children: Child
}

/** What only some need to read. */
export function Details({ summary, open, shortcut, writes, children }: Props) {
  return (
    <details class="more" open={open} {...(writes && { 'data-unfold': true })}>
      <summary {...(shortcut && { 'data-key': shortcut, 'aria-keyshortcuts': shortcut })}>
        <span>
          {summary} {shortcut && <kbd>{shortcut.toUpperCase()}</kbd>}
        </span>
        <Pictogram name="chevron-down" />
      </summary>
      <div class="more-inside">{children}</div>
    </details>
  )
}
