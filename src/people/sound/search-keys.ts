import { type Birth, birthsMeant, isOfficeDay, knowsDay } from './birth.ts'
import { keysOfSounds, soundKeys, soundsOfText } from './keys.ts'
import { clean, romanise } from './letters.ts'
import { lastNine, phoneDigits, titleNumber } from './numbers.ts'
import { joinedSounds, type Name, type Part, partsOf, withoutArticle } from './parts.ts'
import { plain } from './same-names.ts'
import { TAX_CODE } from './tax-code.ts'

/**
 * Keys by kind: `s:` sound, `n:` spelling, `b:` birth, `p:` end of a phone number, `t:` title of stay, `c:` tax code;
 * `s1990:` and `n1990:` are a name of that year, so that «Mohamed 1990» reads the few and not every Mohamed.
 */
export type SearchKey = { key: string; weight: number }

export type Searched = Birth & {
  names: Name[]
  phones?: string[] | undefined
  title_numbers?: string[] | undefined
  tax_code?: string | undefined
}

const weights = { name: 3, spelling: 2, title: 1, day: 4, year: 1, code: 10, phone: { 4: 2, 6: 4, 9: 8 } } as const
// A number is filed by its last 4, 6 and 9 digits; what is typed in between is looked up by the length below it.
const LENGTHS = [9, 6, 4] as const

/** Everything a person is filed under. The weight ranks; equal keys keep the higher one. */
export function searchKeys(person: Searched): SearchKey[] {
  const filed = new Map<string, number>()
  const file = (key: string, weight: number) => filed.set(key, Math.max(weight, filed.get(key) ?? 0))
  const year = person.born?.slice(0, 4)
  for (const name of person.names)
    for (const [key, weight] of nameKeys(name)) {
      file(key, weight)
      if (year) file(ofYear(key, year), weight)
    }
  if (year) file(`b:${year}`, weights.year)
  if (year && !tellsDay(person)) file(`b:${year}~`, weights.year)
  if (person.born && knowsDay(person)) file(`b:${person.born}`, weights.day)
  for (const phone of person.phones ?? []) for (const [key, weight] of phoneKeys(phone)) file(key, weight)
  for (const number of person.title_numbers ?? []) {
    const bare = titleNumber(number)
    if (bare) file(`t:${bare}`, weights.code)
  }
  if (person.tax_code) file(`c:${clean(person.tax_code).toUpperCase()}`, weights.code)
  return [...filed].map(([key, weight]) => ({ key, weight }))
}

const ofYear = (key: string, year: string) => `${key.charAt(0)}${year}${key.slice(1)}`
// The day may be any of that year: only the year is known, or an office wrote its first day.
const tellsDay = (birth: Birth) => knowsDay(birth) && !isOfficeDay(birth.born)

function nameKeys(name: Name): [string, number][] {
  const parts = partsOf(name)
  return parts.flatMap((part, at): [string, number][] => {
    if (part.kind === 'article') return []
    const weight = part.kind === 'name' ? weights.name : weights.title
    const sounds = [...soundKeys(part.word), ...keysOfSounds(withoutArticle(part)), ...joinedKeys(parts, at)]
    return [
      ...sounds.map((key): [string, number] => [`s:${key}`, weight]),
      ...spellings(part).map((key): [string, number] => [`n:${key}`, Math.min(weight, weights.spelling)]),
    ]
  })
}

// Chinese, Cyrillic and Bengali names are also typed as they sound; Arabic script lacks the vowels for that.
function spellings(part: Part): string[] {
  const read = part.script === 'arabic' ? '' : (romanise(part.word).texts[0] ?? '').replace(/\*/g, '')
  return [...new Set([plain(part.word), part.script === 'latin' ? '' : read])].filter((text) => text.length > 0)
}

// «Ben Nani» is also Bennani, «Li Na» also Lina: short neighbours of one cell are filed as one word too, Wang Fang as Wangfang.
const SHORT = 4

function joinedKeys(parts: Part[], at: number): string[] {
  return [parts.slice(at - 1, at + 1), parts.slice(at, at + 2)]
    .filter(([one, other]) => one && other && (one.role === other.role || (one.chinese && other.chinese)))
    .filter((pair) => pair.some(({ kind, text }) => kind === 'article' || text.length <= SHORT))
    .flatMap((pair) => keysOfSounds(joinedSounds(pair)))
}

function phoneKeys(phone: string): [string, number][] {
  const digits = phoneDigits(phone)
  if (!digits) return []
  return LENGTHS.filter((length) => digits.length >= length).map((length) => [
    `p:${digits.slice(-length)}`,
    weights.phone[length],
  ])
}

/**
 * One thing an operator typed. A person answers it by holding one of `keys`, or a key that begins with one of `prefixes`.
 * `exact`: enough by itself. `tells`: counts as one of the two things a search needs.
 */
export type QueryItem = {
  kind: 'name' | 'birth' | 'phone' | 'title_number' | 'tax_code'
  text: string
  keys: string[]
  prefixes: string[]
  exact: boolean
  tells: boolean
  /** Kaur, Singh: part of a name, shared by half a country. */
  title?: boolean
  /** Days or years that a birth may mean. */
  births?: string[]
}

const DATE = /^(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2})$/
const YEAR = /^(?:19|20)\d\d$/
const TITLE = /^(?=.*\d{5})[a-z]{1,3}\d+[a-z]?$/
const NUMBER = /^[+\d(][\d()/.-]*$/

/** What an operator means by «moh 1990», «El Sayed Mohamed 17/5/1990», «333 1234567» or half a word. */
export function queryKeys(text: string): QueryItem[] {
  const typed = clean(text).split(' ').filter(Boolean)
  const items: QueryItem[] = []
  const names: string[] = []
  let number = ''
  for (const word of [...typed, '']) {
    const partOfNumber = NUMBER.test(word) && !DATE.test(word) && !(YEAR.test(word) && !openNumber(number))
    if (!partOfNumber && number !== '') {
      items.push(...numberItem(number))
      number = ''
    }
    if (partOfNumber) number += word
    else if (TAX_CODE.test(word.toUpperCase())) items.push(item('tax_code', word, [`c:${word.toUpperCase()}`], true))
    else if (DATE.test(word) || YEAR.test(word)) items.push(...birthItem(word))
    else if (TITLE.test(word)) items.push(item('title_number', word, [`t:${word.toUpperCase()}`], true))
    else names.push(word)
  }
  return distinct([...nameItems(names.join(' ')), ...items])
}

/** What to look up for these items: names within the year that was typed, which then need not be looked up for itself. */
export function lookUps(items: QueryItem[]): QueryItem[] {
  const [birth, ...others] = items.filter(({ kind }) => kind === 'birth')
  if (!birth?.births || others.length > 0 || !items.some(({ kind }) => kind === 'name')) return items
  const years = [...new Set(birth.births.map((born) => born.slice(0, 4)))]
  const within = (keys: string[]) => keys.flatMap((key) => years.map((year) => ofYear(key, year)))
  return items
    .filter((item) => item !== birth || birth.births?.some((born) => born.length > 4))
    .map((item) =>
      item.kind === 'name' ? { ...item, keys: within(item.keys), prefixes: within(item.prefixes) } : item,
    )
}

// «333 1990…»: a number already begun and still short goes on, even with a group that looks like a year.
const openNumber = (number: string) => number !== '' && number.replace(/\D/g, '').length < LENGTHS[0]

const item = (
  kind: QueryItem['kind'],
  text: string,
  keys: string[],
  exact: boolean,
  prefixes: string[] = [],
): QueryItem => ({
  kind,
  text,
  keys,
  prefixes,
  exact,
  tells: true,
})

function birthItem(word: string): QueryItem[] {
  const births = birthsMeant(word)
  const keys = births.flatMap((born) => (born.length === 4 ? [`b:${born}`] : [`b:${born}`, `b:${born.slice(0, 4)}~`]))
  return keys.length > 0 ? [{ ...item('birth', word, keys, false), births }] : []
}

function numberItem(typed: string): QueryItem[] {
  const bare = typed.replace(/\D/g, '')
  const digits = phoneDigits(typed) ?? bare
  const length = LENGTHS.find((one) => digits.length >= one)
  if (!length) return []
  const whole = length === LENGTHS[0]
  // A title of stay may be digits alone; typed in one piece it may be meant.
  const title = /^\d{7,}$/.test(typed) ? [`t:${typed}`] : []
  return [item('phone', typed, [`p:${whole ? lastNine(digits) : digits.slice(-length)}`, ...title], whole)]
}

function nameItems(text: string): QueryItem[] {
  const parts = partsOf({ surname: '', given: text })
  return parts.flatMap((part, at): QueryItem[] => {
    if (part.kind === 'article') return []
    const sounds = [
      ...new Set([...soundKeys(part.word), ...keysOfSounds(withoutArticle(part)), ...joinedKeys(parts, at)]),
    ]
    const spelled = plain(part.word)
    const enoughLetters = part.script === 'han' || spelled.length > 1
    return [
      {
        ...item(
          'name',
          part.word,
          sounds.map((key) => `s:${key}`),
          false,
          [...halfWord(part, spelled)],
        ),
        tells: part.kind === 'name' && enoughLetters,
        title: part.kind === 'title',
      },
    ]
  })
}

// Half a word is looked up as it is spelled, and, from two consonants on, as it sounds: «moh» finds محمد.
function halfWord(part: Part, spelled: string): string[] {
  // A last h is mute at the end of a word, not of a half one: an «a» behind it makes it speak.
  const sounding = [...part.sounds, ...(part.script === 'latin' ? soundsOfText(`${part.text}a`) : [])]
    .map(({ consonants }) => consonants)
    .filter((consonants) => consonants.length > 1)
  return [`n:${spelled}`, ...new Set(sounding.map((consonants) => `s:${consonants}`))]
}

function distinct(items: QueryItem[]): QueryItem[] {
  const seen = new Set<string>()
  return items.filter(({ kind, keys, text }) => {
    const mark = `${kind} ${keys.join(' ') || text}`
    return !seen.has(mark) && seen.add(mark)
  })
}

/**
 * Nobody leafs through people: results appear for two things that tell, or for one exact number. Gurpreet Kaur is a whole name,
 * although Kaur alone tells nothing.
 */
export function mayShowResults(items: QueryItem[]): boolean {
  const names = items.filter(({ kind }) => kind === 'name')
  const wholeName = names.some(({ tells }) => tells) && names.some(({ title }) => title)
  return wholeName || items.some(({ exact }) => exact) || items.filter(({ tells }) => tells).length >= 2
}

/** Does a person filed under these keys answer an item? The same rule as the look-up, for ranking and for tests. */
export function answers(filed: SearchKey[], { keys, prefixes }: QueryItem): number {
  return Math.max(
    0,
    ...filed
      .filter(({ key }) => keys.includes(key) || prefixes.some((prefix) => key.startsWith(prefix)))
      .map(({ key, weight }) => (keys.includes(key) ? weight : weight / 2)),
  )
}
