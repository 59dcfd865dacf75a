/** The kinds of fact the ledger knows words for: the contract with the modules that announce them (README.md). */
import list from '../lists/kinds.json' with { type: 'json' }
import { covers } from './definitions.ts'

type Words = { it: string; en: string }
const kinds: readonly (Words & { kind: string; parts?: Readonly<Record<string, Words | undefined>> })[] = list

export const knownKinds = kinds.map(({ kind }) => kind)

/**
 * "Richiesta trattata: Ricongiungimento familiare": the nearest kind that has words, and what is left of the name. Null as
 * words for that leaves it unsaid.
 */
export function kindInWords(
  kind: string,
  lang: string,
  wordsOf: (rest: string) => string | null | undefined = () => undefined,
) {
  const known = kinds.filter((one) => covers(one.kind, kind)).sort((a, b) => b.kind.length - a.kind.length)[0]
  if (!known) return kind
  const rest = kind.slice(known.kind.length + 1)
  const say = (words: Words) => (lang === 'en' ? words.en : words.it)
  const part = known.parts?.[rest]
  const more = part ? say(part) : wordsOf(rest)
  return rest && more !== null ? `${say(known)}: ${more ?? rest}` : say(known)
}
