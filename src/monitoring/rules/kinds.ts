/** The kinds of fact the ledger knows words for: the contract with the modules that announce them (README.md). */
import kinds from '../lists/kinds.json' with { type: 'json' }
import { covers } from './definitions.ts'

export const knownKinds = kinds.map(({ kind }) => kind)

/** "Richiesta trattata (FAM.RICONG)": the nearest kind that has words, and what is left of the name. */
export function kindInWords(
  kind: string,
  lang: string,
  wordsOf: (rest: string) => string | undefined = () => undefined,
) {
  const known = kinds.filter((one) => covers(one.kind, kind)).sort((a, b) => b.kind.length - a.kind.length)[0]
  if (!known) return kind
  const rest = kind.slice(known.kind.length + 1)
  const words = lang === 'en' ? known.en : known.it
  return rest ? `${words}: ${wordsOf(rest) ?? rest}` : words
}
