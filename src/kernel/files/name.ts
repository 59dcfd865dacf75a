import { cleaned } from '../form.ts'
import type { FileKind } from './kinds.ts'

const longest = 120

/** The name as its owner knows it, to be shown: no path, nothing that hides or turns letters, and the ending of what it is. */
export function shownName(given: string, kind: FileKind) {
  const last = cleaned(given.replaceAll('\0', '')).split(/[/\\]/).at(-1) ?? ''
  const bare = last
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}|\p{Cf}/gu, '')
    .replace(/^[.\s]+/, '')
  const stem = bare.replace(/\.[a-z0-9]{1,5}$/i, '').trim()
  const ending = `.${kind}`
  return `${[...stem].slice(0, longest - ending.length).join('') || 'file'}${ending}`
}
