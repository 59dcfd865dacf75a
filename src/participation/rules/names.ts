/**
 * What in a text may lead to somebody: pointed at, so that whoever reads it can take it out. It points at too much rather than
 * at too little, and decides nothing.
 */
import words from '../lists/words.json' with { type: 'json' }

export type Part = { text: string; pointed: boolean }

const contact =
  /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}|(?:\+|00)?\d[\d\s./-]{6,}\d|\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b|https?:\/\/\S+/giu
/** A word with a capital inside a sentence, and the capitals that follow it. */
const capitals = /(?<=[^.!?:…\s]["»”’)]*\s+)\p{Lu}[\p{L}\p{M}'’-]+(?:\s+\p{Lu}[\p{L}\p{M}'’-]+)*/gu
/** "Mr …", "my name is …": one or two words after it, in whatever script. */
const before = words.before_a_name.flatMap((word) => [word, word.charAt(0).toLocaleUpperCase('it') + word.slice(1)])
const titled = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[...new Set(before)].join('|')})[\\s.:،]+((?:[\\p{L}\\p{M}'’-]+)(?:\\s+\\p{Lu}[\\p{L}\\p{M}'’-]+)?)`,
  'gu',
)
/** Chinese writes no spaces: up to three signs after "I am called". */
const chinese = /(?:我叫|我姓|名字是)\s*(\p{Script=Han}{2,4})/gu

/** `known` are words with a capital that name no person: places, bodies, days, languages. */
export function pointAt(text: string, known: ReadonlySet<string> = new Set()): Part[] {
  const spans: [number, number][] = []
  const add = (from: number, length: number) => {
    if (length > 0) spans.push([from, from + length])
  }
  for (const found of text.matchAll(contact)) add(found.index, found[0].length)
  for (const found of text.matchAll(capitals)) if (!isKnown(found[0], known)) add(found.index, found[0].length)
  for (const pattern of [titled, chinese])
    for (const found of text.matchAll(pattern)) {
      const name = found[1] ?? ''
      add(found.index + found[0].lastIndexOf(name), name.length)
    }
  return partsOf(text, spans)
}

const isKnown = (found: string, known: ReadonlySet<string>) => {
  const lower = found.toLocaleLowerCase('it')
  return (
    known.has(lower) || ordinary.has(lower) || lower.split(/\s+/).every((word) => known.has(word) || ordinary.has(word))
  )
}
const ordinary = new Set(words.ordinary.map((word) => word.toLocaleLowerCase('it')))

function partsOf(text: string, spans: [number, number][]): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    if (to <= at) continue
    const start = Math.max(from, at)
    if (start > at) parts.push({ text: text.slice(at, start), pointed: false })
    parts.push({ text: text.slice(start, to), pointed: true })
    at = to
  }
  if (at < text.length) parts.push({ text: text.slice(at), pointed: false })
  return parts
}

const dangers = words.danger.map((word) => word.toLocaleLowerCase('it'))
/** Words that may tell of a danger: such a voice is read first. */
export const mayTellOfDanger = (text: string) => {
  const lower = text.toLocaleLowerCase('it')
  return dangers.some((word) => lower.includes(word))
}
