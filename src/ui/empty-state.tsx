import type { Child } from 'hono/jsx'
import { Pictogram } from './pictogram.tsx'
import type { PictogramName } from './pictograms.ts'

/** What will be here, and how to make the first one. */
export function EmptyState({
  pictogram,
  children,
  action,
}: {
  pictogram?: PictogramName
  children: Child
  action?: Child
}) {
  return (
    <div class="empty">
      {pictogram && <Pictogram name={pictogram} size="l" />}
      <p>{children}</p>
      {action}
    </div>
  )
}
