/** One consistent line set (Tabler, outline), inlined and always beside words: it says nothing to a screen reader. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { raw } from 'hono/html'
import { root } from '../kernel/root.ts'
import type { PictogramName } from './pictograms.ts'

const folder = join(root, 'node_modules/@tabler/icons/icons/outline')
const drawn = new Map<PictogramName, string>()

function shapesOf(name: PictogramName) {
  let shapes = drawn.get(name)
  if (shapes === undefined) {
    const svg = readFileSync(join(folder, `${name}.svg`), 'utf8')
    shapes = svg
      .slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'))
      .replace(/<path stroke="none"[^>]*>/, '')
      .replaceAll(/\s*\n\s*/g, '')
      .replaceAll(' />', '/>')
    drawn.set(name, shapes)
  }
  return shapes
}

/** Arrows and pages that follow the reading direction are mirrored where it runs from right to left. */
const followsReading = new Set<PictogramName>([
  'arrow-right',
  'arrow-left',
  'chevron-right',
  'chevron-left',
  'logout',
  'send',
  'external-link',
  'arrow-back-up',
  'list',
  'books',
])

export function Pictogram({ name, size = 'm' }: { name: PictogramName; size?: 's' | 'm' | 'l' }) {
  const sizes = { s: 'icon icon-sm', m: 'icon', l: 'icon icon-lg' }
  return (
    <svg
      class={followsReading.has(name) ? `${sizes[size]} icon-turns` : sizes[size]}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      {raw(shapesOf(name))}
    </svg>
  )
}
