import { fold } from './words.ts'

export type NamedComune = { code: string; cadastral: string; name: string; also_called: readonly string[] }

/** "S.Angelo", "Santangelo" and "Sant'Angelo" are the same saint. */
const sound = (text: string) =>
  fold(text)
    .replace(/^(?:santo|santa|sant|san|s)(?: |(?=angelo))/, 'san ')
    .replaceAll(' ', '')
const wordsOf = (text: string) => fold(text).replace(/^comune di /, '')

/**
 * Finds a Comune as registers write it: name, a name it is called by, ISTAT or cadastral code; or the first words of
 * exactly one name ("Tavazzano").
 */
export function comuneFinder<Comune extends NamedComune>(comuni: readonly Comune[]) {
  const exact = new Map<string, Comune>()
  for (const comune of comuni)
    for (const word of [comune.code, comune.cadastral, ...comune.also_called]) exact.set(sound(word), comune)
  for (const comune of comuni) exact.set(sound(comune.name), comune)
  return (text: string): Comune | undefined => {
    const words = wordsOf(text)
    if (words === '') return undefined
    const found = exact.get(sound(words)) ?? exact.get(sound(words.replace(/ (?:lo|mi)$/, '')))
    if (found || words.length < 4) return found
    const begun = comuni.filter(({ name }) => fold(name).startsWith(`${words} `))
    return begun.length === 1 ? begun[0] : undefined
  }
}
