import type { Child } from 'hono/jsx'

export type Happening = { when: Child; what: Child; more?: Child }

/** What happened, newest first unless the page says otherwise. */
export function Timeline({ of }: { of: readonly Happening[] }) {
  return (
    <ol class="timeline">
      {of.map((happening) => (
        <li>
          <p class="timeline-when">{happening.when}</p>
          <p>{happening.what}</p>
          {happening.more}
        </li>
      ))}
    </ol>
  )
}
