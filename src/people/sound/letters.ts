import letters from './lists/letters.json' with { type: 'json' }
import pinyin from './lists/pinyin.json' with { type: 'json' }

/** How a word reads in Latin letters. `*` stands for a vowel its script does not write, `A I U` for a long one of Arabic script. */
export type Reading = { script: Script; texts: string[] }

export const scripts = [
  'latin',
  'arabic',
  'cyrillic',
  'greek',
  'georgian',
  'armenian',
  'indic',
  'ethiopic',
  'han',
  'other',
] as const
export type Script = (typeof scripts)[number]

// More readings than this cost keys and find nothing: a name with three doubtful letters is found by its first ones.
const MOST_READINGS = 4

const tests: [Script, RegExp][] = [
  ['latin', /\p{Script=Latin}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['georgian', /\p{Script=Georgian}/u],
  ['armenian', /\p{Script=Armenian}/u],
  ['indic', /[\u0900-\u0d7f]/],
  ['ethiopic', /\p{Script=Ethiopic}/u],
  ['han', /\p{Script=Han}/u],
]

export function scriptOf(word: string): Script {
  return tests.find(([, test]) => test.test(word))?.[0] ?? 'other'
}

/** One spelling of what was typed: compatible forms made one, what cannot be seen taken out, digits in their Latin form. */
export function clean(text: string): string {
  // Most cells of most registers: nothing of what follows can happen to them.
  if (plain.test(text)) return text.replace(/\s+/g, ' ').trim().toLowerCase()
  return (
    text
      .normalize('NFKC')
      // Direction marks, joiners and tag characters change nothing that a person sees, and would hide one name from another.
      .replace(/\p{Cf}|\p{Variation_Selector}/gu, '')
      // A small alef above the last letter makes it an -a (بشریٰ).
      .replace(/[ىیي]\u0670/g, 'ا')
      // Tatweel stretches a word on paper; the vowel signs of Arabic are written by some people only.
      .replace(/[\u0640\u064b-\u065f\u0670]/g, '')
      .replace(/\p{Nd}/gu, latinDigit)
      .replace(/\s+/g, ' ')
      .trim()
      .toLowerCase()
  )
}

const plain = /^[\t\n\r -~]*$/

function latinDigit(digit: string): string {
  // Unicode keeps each set of ten digits together, so counting back to the first of the set gives the value.
  const at = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(at - value - 1))) value++
  return String(value)
}

/** The words of a cell. An apostrophe joins (N'Diaye), every other sign parts; digits are no part of a name. */
export function words(cell: string): string[] {
  return clean(cell)
    .replace(/['’‘ʼʻ`´ʿʾ]/g, '')
    .split(/[^\p{L}\p{M}]+/u)
    .flatMap(byScript)
}

// «Mohamed محمد» typed without a space is still two words.
function byScript(word: string): string[] {
  const found: { script: Script; text: string }[] = []
  for (const letter of word) {
    const last = found.at(-1)
    const script = /\p{M}/u.test(letter) && last ? last.script : scriptOf(letter)
    if (last?.script === script) last.text += letter
    else found.push({ script, text: letter })
  }
  return found.map(({ text }) => text)
}

export function romanise(word: string): Reading {
  const script = scriptOf(word)
  return { script, texts: readings(script, word) }
}

function readings(script: Script, word: string): string[] {
  switch (script) {
    case 'latin':
      return [fromLatin(word)]
    case 'arabic':
      return choices(fromArabic(word))
    case 'indic':
      return choices(fromIndic(word))
    case 'ethiopic':
      return [fromEthiopic(word)]
    case 'han':
      return [[...word].map((sign) => signs.get(sign) ?? '').join('')]
    case 'greek':
      return [fromGreek(word)]
    case 'cyrillic':
    case 'georgian':
    case 'armenian':
      return choices(letterByLetter(letters[script], word))
    case 'other':
      return ['']
  }
}

const signs = new Map(Object.entries(pinyin.readings).flatMap(([sound, all]) => [...all].map((sign) => [sign, sound])))

/** «{t|s}» opened: every way to read the word, the likeliest first. */
function choices(pattern: string): string[] {
  const open = /\{([^|}]*)\|([^}]*)\}/.exec(pattern)
  if (!open) return [pattern]
  const [all, first = '', second = ''] = open
  return [first, second].flatMap((one) => choices(pattern.replace(all, one))).slice(0, MOST_READINGS)
}

function letterByLetter(table: Record<string, string>, word: string): string {
  return [...word].map((letter) => table[letter] ?? table[bare(letter)] ?? '').join('')
}

const bare = (letter: string) => letter.normalize('NFD').replace(/\p{M}/gu, '')

const latin: Record<string, string> = letters.latin

function fromLatin(word: string): string {
  return [...word.normalize('NFC')]
    .map((letter) => latin[letter] ?? (letter < '\x7f' ? letter : (latin[bare(letter)] ?? bare(letter))))
    .join('')
}

function fromGreek(word: string): string {
  const pairs: Record<string, string> = letters.greek_pairs
  const plain = [...word].map(bare).join('')
  const table: Record<string, string> = letters.greek
  return plain.replace(/μπ|ντ|γκ|γγ|ου|αι|ει|οι|αυ|ευ|τζ|τσ|./g, (found) => pairs[found] ?? table[found] ?? '')
}

// Arabic, Persian and Urdu write consonants and long vowels only. Where a short vowel may stand we leave «*»,
// so that a comparison knows that it does not know.
const SEAT_OF_A_VOWEL = /[اأإآٱعءئؤ]/
const consonants: Record<string, string> = letters.arabic

function fromArabic(word: string): string {
  const text = word.replace(/[ىیيې]/g, (yeh) => (yeh === 'ى' ? 'ى' : 'ي')).replace(/ھ/g, '')
  let read = ''
  for (let at = 0; at < text.length; at++) {
    read += arabicLetter(text, at)
  }
  return read.replace(/\*+(?=[AIUaE*])/g, '').replace(/\*$/, '')
}

function arabicLetter(text: string, at: number): string {
  const letter = text[at] ?? ''
  const next = text[at + 1] ?? ''
  const first = at === 0
  const last = at === text.length - 1
  if (letter === 'ا' || SEAT_OF_A_VOWEL.test(letter)) return seat(letter, next, first, last)
  if (letter === 'و') return waw(next, first, last)
  if (letter === 'ي') return yeh(next, first)
  // Both are written for a final -a; Egyptians also write ى for a final -i.
  if (letter === 'ى') return 'E'
  if (letter === 'ة' || letter === 'ۃ') return 'a'
  if (letter === 'ے') return 'i'
  // فاطمه is how many people write فاطمة, while in نزيه the letter is a true h: either way a final h is not heard.
  if (last && /[هہۀ]/.test(letter)) return 'E'
  const sound = consonants[letter]
  if (sound === undefined) return ''
  return last ? sound : `${sound}*`
}

function seat(letter: string, next: string, first: boolean, last: boolean): string {
  if (letter === 'إ') return 'i'
  if (letter === 'آ') return 'a'
  if (first) return next === 'ي' ? '' : '*'
  if (letter === 'ا') return last ? 'a' : 'A'
  return '*'
}

function waw(next: string, first: boolean, last: boolean): string {
  if (first) return next === 'ا' ? 'w' : 'w*'
  if (next === 'ا' || next === 'ة' || next === 'ي' || next === 'ه') return 'w'
  return last ? 'U' : '{U|w*}'
}

function yeh(next: string, first: boolean): string {
  if (!first) return 'I'
  return next === 'ا' || next === 'و' ? 'y' : 'y*'
}

// The nine scripts of India lie in Unicode in one common order, 128 places apart: one table reads them all.
const indic: Record<string, string> = letters.indic
const bengali: Record<string, string> = letters.bengali
const dotted: Record<string, string> = {
  '16': 'kh',
  '17': 'gh',
  '1c': 'z',
  '21': 'r',
  '22': 'r',
  '2b': 'f',
  '2f': 'y',
  '38': 'sh',
  '32': 'l',
  '15': 'q',
}
const places = {
  nukta: 0x3c,
  virama: 0x4d,
  addak: 0x71,
  tippi: 0x70,
  anusvara: 0x02,
}

function fromIndic(word: string): string {
  const signsOf = [...word].map((sign) => sign.codePointAt(0) ?? 0)
  let read = ''
  for (let at = 0; at < signsOf.length; at++) {
    read += indicSign(signsOf, at)
  }
  return read.replace(/\*$/, '')
}

function indicSign(all: number[], at: number): string {
  const sign = all[at] ?? 0
  const place = sign & 0x7f
  const bengaliBlock = sign >= 0x980 && sign < 0xa00
  if (place === places.anusvara || (place === places.tippi && sign >= 0xa00 && sign < 0xa80)) return 'n'
  if (bengaliBlock && place === 0x4e) return 't'
  const name = place.toString(16).padStart(2, '0')
  if (!isConsonant(place)) return indic[name] ?? ''
  const dot = (all[at + 1] ?? 0) % 0x80 === places.nukta
  const sound = (dot ? dotted[name] : undefined) ?? (bengaliBlock ? bengali[name] : undefined) ?? indic[name] ?? ''
  const after = all[at + (dot ? 2 : 1)]
  return bearsVowel(after) ? `${sound}*` : sound
}

// Behind the common consonants stand those with a dot of their own (ੜ, ড়).
const isConsonant = (place: number) => (place >= 0x15 && place <= 0x39) || (place >= 0x59 && place <= 0x5f)

// A consonant carries an unwritten vowel unless a vowel sign or the killer of vowels follows; at the end of a word it is mute.
function bearsVowel(after: number | undefined): boolean {
  if (after === undefined) return false
  const place = after & 0x7f
  return !(place >= 0x3e && place <= places.virama)
}

// An Ethiopic sign is a syllable: eight in a row for each consonant, one for each vowel.
const VOWELS = ['e', 'u', 'i', 'a', 'e', '', 'o', 'wa']

function fromEthiopic(word: string): string {
  return [...word]
    .map((sign) => {
      const place = (sign.codePointAt(0) ?? 0) - 0x1200
      const consonant = letters.ethiopic[place >> 3]
      if (consonant === undefined) return ''
      // The bare carriers of a vowel read «a», not «e», in their first form.
      const vowel = consonant === '' && (place & 7) === 0 ? 'a' : (VOWELS[place & 7] ?? '')
      return consonant + vowel
    })
    .join('')
}
