import { keysOfSounds, soundKeys } from './keys.ts'
import { joinedSounds, type Name, type Part, partsOf } from './parts.ts'

const MOST_PARTS = 5

/**
 * Two parts of one name as they sound, in whatever order: few share both, so whoever is written twice is found among a
 * hundred thousand without reading everybody called Mohamed.
 */
export function pairKeys(name: Name): string[] {
  const parts = partsOf(name)
  const words = parts.filter(({ kind }) => kind === 'name').slice(0, MOST_PARTS)
  const sounds = words.map(({ word }) => ({ of: [word], keys: soundKeys(word) })).concat(joined(parts))
  const pairs = sounds.flatMap((one, at) =>
    sounds
      .slice(at + 1)
      .filter((other) => !other.of.some((word) => one.of.includes(word)))
      .flatMap((other) => one.keys.flatMap((a) => other.keys.map((b) => [a, b].sort().join('+')))),
  )
  return [...new Set(pairs)].map((pair) => `d:${pair}`.slice(0, 80))
}

// «Ben Nani» may be Bennani elsewhere: short neighbours of one cell also stand as one word.
const SHORT = 4

function joined(parts: Part[]) {
  return parts.flatMap((part, at) => {
    const next = parts[at + 1]
    if (
      !next ||
      next.role !== part.role ||
      ![part, next].some(({ kind, text }) => kind === 'article' || text.length <= SHORT)
    )
      return []
    return [{ of: [part.word, next.word], keys: keysOfSounds(joinedSounds([part, next])) }]
  })
}
