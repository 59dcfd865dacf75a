/** What `bin/assets.mjs` built. Without a build pages are whole, only bare: the start command builds first. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../kernel/root.ts'

const folder = join(root, 'dist/assets')
const manifest = readManifest()

function readManifest(): Record<string, string> {
  const path = join(folder, 'manifest.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

/** `/assets/staff.ltr.1a2b3c.css` for `staff.ltr.css`. */
export const assetHref = (name: string) => manifest[name] && `/assets/${manifest[name]}`

/** By their names with the hash, as they were when we started: whoever builds anew under a running server takes nothing from it. */
export const assets = new Map(Object.values(manifest).map((name) => [name, readFileSync(join(folder, name))]))

export const assetText = (name: string) => assets.get(manifest[name] ?? '')?.toString() ?? ''

/** Another one whenever any of them is another: what browsers keep for later belongs to it. */
export const buildMark = createHash('sha256').update(JSON.stringify(manifest)).digest('hex').slice(0, 10)

/** Public pages carry their styles inside: one request less, and the first paint waits for nothing. */
export const publicStyle = { ltr: assetText('public.ltr.css'), rtl: assetText('public.rtl.css') }

export const styleHashes = Object.values(publicStyle)
  .filter(Boolean)
  .map((style) => `sha256-${createHash('sha256').update(style).digest('base64')}`)
