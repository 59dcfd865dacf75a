import { romanise, words } from './letters.ts'
import list from './lists/same-names.json' with { type: 'json' }

/** One line of the list: a name in all its languages. `first` is the spelling that stands for it. */
export type Line = { first: string }

const lines = new Map<string, Line[]>()

for (const text of [...list.given, ...list.surnames]) {
  const spellings = text.split(' ')
  const line: Line = { first: spellings[0] ?? '' }
  for (const spelling of new Set(spellings.flatMap(words).map(plain))) {
    lines.set(spelling, [...(lines.get(spelling) ?? []), line])
  }
}

/** The word without accents; other scripts stay as they are, since their reading in Latin letters is not one. */
export function plain(word: string): string {
  const { script, texts } = romanise(word)
  if (script !== 'latin') return word
  return (texts[0] ?? '').replace(/[șțçčžğ]/g, (letter) => letter.normalize('NFD').charAt(0))
}

export function sameNames(word: string): Line[] {
  return lines.get(plain(word)) ?? []
}
