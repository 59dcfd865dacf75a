import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../kernel/root.ts'

export const emblemId = 'emblem'

let bytes: Buffer | undefined
/** Travels inside every letter: nothing is fetched when one opens it. */
export function emblem() {
  bytes ??= readFileSync(join(root, 'src/newsletter/documents/european-emblem.png'))
  return { name: 'european-emblem.png', type: 'image/png', body: bytes, id: emblemId }
}
