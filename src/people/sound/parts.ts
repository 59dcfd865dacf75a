import { type Sound, soundsOf, soundsOfText } from './keys.ts'
import { romanise, type Script, scriptOf, words } from './letters.ts'
import pinyin from './lists/pinyin.json' with { type: 'json' }
import list from './lists/small-words.json' with { type: 'json' }
import { remember } from './remember.ts'
import { type Line, plain, sameNames } from './same-names.ts'

/** A name as a register or a card gives it. Either cell may be empty, hold both, or hold the other's. */
export type Name = { surname: string; given: string }

/** `either`: the name stood in one cell, or the cells may be trusted no more than that. */
export type Role = 'surname' | 'given' | 'either'

export type Part = {
  word: string
  text: string
  script: Script
  role: Role
  kind: 'name' | 'title' | 'article' | 'initial'
  /** An article stands before it: «El Sayed» may be Elsayed somewhere else. */
  after_article: boolean
  /** Of a Chinese name: its pinyin has one spelling only. */
  chinese: boolean
  sounds: Sound[]
  lines: Line[]
}

const inAnyScript = (all: string[]) => new Set(all.flatMap((one) => words(one).map(plain)))
const titles = inAnyScript(list.titles)
const address = inAnyScript(list.address)
const articles = inAnyScript([...list.articles, ...list.joins_next])
const abd = inAnyScript(list.abd)
const shortFor = new Map(Object.entries(list.short_for).map(([short, long]) => [words(short).join(''), long]))
const surnames = new Set(list.chinese_surnames)
const compoundSurnames = new Set(list.compound_surnames)
const syllables = new Set(Object.keys(pinyin.readings))

// No cell of a spreadsheet holds this sign.
const BETWEEN = '\u0000'

/** The parts of a name, in the order of its cells. What is no name (Mr, sig.ra) is left out. */
export function partsOf(name: Name): Part[] {
  const before = ofName.get(name)
  if (before) return before
  const parts = partsOfCells(name.surname + BETWEEN + name.given)
  ofName.set(name, parts)
  return parts
}
// One name is laid beside many others while it is in hand.
const ofName = new WeakMap<Name, Part[]>()

const partsOfCells = remember((cells) => {
  const [surname = '', given = ''] = cells.split(BETWEEN)
  const oneCell = surname.trim() === '' || given.trim() === ''
  const parts = [...read(surname, oneCell ? 'either' : 'surname'), ...read(given, oneCell ? 'either' : 'given')]
  // One word alone is what its cell says; several in one cell may be the whole name in any order.
  if (oneCell && parts.filter(({ kind }) => kind === 'name').length < 2)
    for (const part of parts) part.role = surname.trim() === '' ? 'given' : 'surname'
  if (isChinese(parts)) for (const part of parts) part.chinese = true
  return parts
})

function read(cell: string, role: Role): Part[] {
  const said = withAssimilatedArticles(cell)
  const tokens = joinAbd(words(said).flatMap(splitHan(role)).map(spellOut)).filter((word) => !address.has(word))
  const parts = tokens.flatMap((word) => splitArabicArticle(word)).map((word) => part(word, role))
  // A cell of small words only («Du», «An») is a name after all.
  if (parts.every(({ kind }) => kind === 'article')) for (const one of parts) one.kind = 'name'
  for (const [at, one] of parts.entries()) one.after_article = parts[at - 1]?.kind === 'article'
  return parts
}

function part(word: string, role: Role): Part {
  const script = scriptOf(word)
  return {
    word,
    text: (romanise(word).texts[0] ?? '').toLowerCase(),
    script,
    role,
    kind: kindOf(word, script),
    after_article: false,
    chinese: script === 'han',
    sounds: soundsOf(word),
    lines: sameNames(word),
  }
}

function kindOf(word: string, script: Script): Part['kind'] {
  const bare = plain(word)
  if (titles.has(bare)) return 'title'
  if (articles.has(bare) || word === 'ال') return 'article'
  return script !== 'han' && [...word].length === 1 ? 'initial' : 'name'
}

// «Ar-Rashid»: with the hyphen it is an article, without it «Ar» might be somebody's name.
const withAssimilatedArticles = (cell: string) => cell.replace(/\b(a|e)(?:sh|ch|[srndtz])[-‐–](?=\p{L})/giu, '$1l ')

const spellOut = (word: string) => shortFor.get(word) ?? word

// 王芳 in one cell is a surname of one character (rarely two) and a given name.
const splitHan = (role: Role) => (word: string) => {
  if (role !== 'either' || scriptOf(word) !== 'han') return [word]
  const signs = [...word]
  if (signs.length < 2) return [word]
  const size = signs.length > 2 && compoundSurnames.has(signs.slice(0, 2).join('')) ? 2 : 1
  return [signs.slice(0, size).join(''), signs.slice(size).join('')]
}

// السيد is the article and the name: apart they meet «El Sayed», «Elsayed» and «Sayed».
function splitArabicArticle(word: string): string[] {
  return /^[اٱ]ل.{3,}/.test(word) && word !== 'الله' && sameNames(word).length === 0 ? ['ال', word.slice(2)] : [word]
}

/** Abd el Rahman, Abdulrahman, Abdur Rahman and عبد الرحمن: one name, spelled «abdelrahman» from here on. */
function joinAbd(tokens: string[]): string[] {
  const joined: string[] = []
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at] ?? ''
    const arabic = /^عبد(.*)$/.exec(word)
    const opens = arabic ? arabic[1] === '' : abd.has(soundless(word))
    if (!opens) {
      joined.push(arabic ? servantArabic(arabic[1] ?? '', word) : servant(word))
      continue
    }
    let next = at + 1
    while (articles.has(plain(tokens[next] ?? '')) && tokens[next + 1]) next++
    const of = tokens[next]
    if (of === undefined) joined.push(word)
    else
      joined.push(arabic || scriptOf(of) === 'arabic' ? servantArabic(of, of) : `abdel${afterArticle(soundless(of))}`)
    if (of !== undefined) at = next
  }
  return joined
}

const soundless = (word: string) => (romanise(word).texts[0] ?? '').replace(/\*/g, '').toLowerCase()

function servantArabic(of: string, whole: string): string {
  const name = of.replace(/^ال/, '')
  if (name.length < 2) return whole
  return /^ل?له$/.test(name) ? 'عبدالله' : `عبدل${name}`
}

function servant(word: string): string {
  const text = soundless(word)
  const rest = /^abd(?:[aeiou]{1,2})?(.{4,})$/.exec(text)?.[1]
  // «Abdi», «Abdou», «Abdoulaye» and the like are names of their own.
  if (!rest || sameNames(word).length > 0) return word
  return `abdel${afterArticle(rest)}`
}

// The article melts into the sun letters: abdu-r-rahman, abde-s-salam.
function afterArticle(rest: string): string {
  if (/^l?l[ao]h?$|^u?ll?ah?$/.test(rest)) return 'lah'
  return rest.replace(/^l/, '').replace(/^(.)\1/, '$1')
}

/** The parts read as one word: «Xiao Mei», «Ben Nani», «Nur Uddin», «Saif ul Islam». */
export function joinedSounds(parts: Part[]): Sound[] {
  const texts = parts.map(({ word, kind }, at) => {
    // The article melts into a sun letter: نور الدين is Nureddin, not Nuraldin.
    if (kind === 'article' && word === 'ال') return /^[تثدذرزسشصضطظلن]/.test(parts[at + 1]?.word ?? '') ? 'e' : 'el'
    return romanise(word).texts[0] ?? ''
  })
  return soundsOfText(texts.join(''))
}

/** What is left when an article written together is taken off: Elidrissi, Essalhi. */
export function withoutArticle({ text, script }: Part): Sound[] {
  if (script !== 'latin') return []
  const rest = /^[ea]l-?(.{3,})$/.exec(text)?.[1] ?? /^e(?=(ss|rr|dd|tt|zz|nn))(.{4,})$/.exec(text)?.[2]
  return rest ? soundsOfText(rest) : []
}

export const isSyllable = ({ text }: Part) => syllables.has(text)

// Amina and Fatima fall into pinyin syllables too; a Chinese surname beside them makes the difference.
function isChinese(parts: Part[]): boolean {
  return parts.some(({ text }) => surnames.has(text)) && parts.every(({ text }) => inSyllables(text))
}

function inSyllables(text: string): boolean {
  if (text === '') return true
  return [6, 5, 4, 3, 2, 1].some((size) => syllables.has(text.slice(0, size)) && inSyllables(text.slice(size)))
}
