import type { Child } from 'hono/jsx'
import { Pictogram } from './pictogram.tsx'

/** What only some need to read. */
export function Details({ summary, open, children }: { summary: Child; open?: boolean; children: Child }) {
  return (
    <details class="more" open={open}>
      <summary>
        <span>{summary}</span>
        <Pictogram name="chevron-down" />
      </summary>
      <div class="more-inside">{children}</div>
    </details>
  )
}
