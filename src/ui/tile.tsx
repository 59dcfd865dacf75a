import type { Child } from 'hono/jsx'
import { Pictogram } from './pictogram.tsx'
import type { PictogramName } from './pictograms.ts'

/** Tiles stand two by two on a phone. */
export function Tiles({ children }: { children: Child }) {
  return <ul class="tiles">{children}</ul>
}

/** A pictogram and two words; the whole tile is the link. */
export function Tile({
  href,
  pictogram,
  children,
  more,
}: {
  href: string
  pictogram: PictogramName
  children: Child
  more?: Child
}) {
  return (
    <li>
      <a class="tile" href={href}>
        <Pictogram name={pictogram} size="l" />
        <span>
          {children}
          {more && <span class="tile-more">{more}</span>}
        </span>
      </a>
    </li>
  )
}
