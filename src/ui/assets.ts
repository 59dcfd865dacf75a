/** What `bin/assets.mjs` built. Without a build pages are whole, only bare: the start command builds first. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../kernel/root.ts'

const folder = join(root, 'dist/assets')
const manifest = readManifest()

function readManifest(): Partial<Record<string, string>> {
  const path = join(folder, 'manifest.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

/** `/assets/staff.ltr.1a2b3c.css` for `staff.ltr.css`. */
export const assetHref = (name: string) => manifest[name] && `/assets/${manifest[name]}`

const read = (name: string) => (manifest[name] ? readFileSync(join(folder, manifest[name]), 'utf8') : '')

/** Public pages carry their styles inside: one request less, and the first paint waits for nothing. */
export const publicStyle = { ltr: read('public.ltr.css'), rtl: read('public.rtl.css') }

export const styleHashes = Object.values(publicStyle)
  .filter(Boolean)
  .map((style) => `sha256-${createHash('sha256').update(style).digest('base64')}`)
