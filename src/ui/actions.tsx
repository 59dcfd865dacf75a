import type { Child } from 'hono/jsx'

/** Buttons and links side by side, the first one first. */
export function Actions({ children }: { children: Child }) {
  return <div class="actions">{children}</div>
}
