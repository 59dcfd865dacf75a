import { soundKeys } from './keys.ts'
import { type Name, partsOf } from './parts.ts'

const MOST_PARTS = 5

/**
 * Two parts of one name as they sound, in whatever order: few share both, so whoever is written twice is found among a
 * hundred thousand without reading everybody called Mohamed.
 */
export function pairKeys(name: Name): string[] {
  const sounds = partsOf(name)
    .filter(({ kind }) => kind === 'name')
    .slice(0, MOST_PARTS)
    .map(({ word }) => soundKeys(word))
  const pairs = sounds.flatMap((one, at) =>
    sounds.slice(at + 1).flatMap((other) => one.flatMap((a) => other.map((b) => [a, b].sort().join('+')))),
  )
  return [...new Set(pairs)].map((pair) => `d:${pair}`.slice(0, 80))
}
