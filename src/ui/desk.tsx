import type { Child } from 'hono/jsx'

/** Queue, work and person side by side on a wide screen, one under the other on a phone: three children, in that order. */
export function Desk({ children }: { children: Child }) {
  return <div class="desk">{children}</div>
}
