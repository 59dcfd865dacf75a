import type { Sound } from './keys.ts'

// How far apart two vowels are, 0 to 1.2. Registers confuse e with i, o with u, a with e (Khaled, Mohamed, Ahmad);
// Bengali writes o for a (Rofiqul). a against u or i parts names: Hasan, Husayn; Karam, Karim.
// j stands for ai and ei, w for au; A I U are the long vowels of Arabic script.
const distances: Record<string, number> = {
  ae: 0.4,
  ai: 1,
  ay: 0.8,
  ao: 0.6,
  au: 1,
  aj: 0.7,
  aw: 0.4,
  aA: 0,
  aI: 0.7,
  aU: 1,
  ei: 0.2,
  ey: 0.2,
  eo: 0.6,
  eu: 0.6,
  ej: 0.1,
  ew: 0.8,
  eA: 0.2,
  eI: 0,
  eU: 0.7,
  iy: 0,
  io: 1.2,
  iu: 1.2,
  ij: 0.2,
  iw: 1.2,
  iA: 0.7,
  iI: 0,
  iU: 1,
  ou: 0,
  oy: 0.5,
  oj: 1,
  ow: 0.1,
  oA: 0.2,
  oI: 1,
  oU: 0,
  uy: 0.2,
  uj: 1,
  uw: 0.2,
  uA: 0.6,
  uI: 1,
  uU: 0,
  yj: 0.2,
  yw: 0.8,
  yA: 0.7,
  yI: 0,
  yU: 0.2,
  jw: 1,
  jA: 0.3,
  jI: 0,
  jU: 1,
  wA: 0.2,
  wI: 1,
  wU: 0,
  AI: 0.7,
  AU: 0.7,
  IU: 1,
}
const ONE_VOWEL_MORE = 0.5
const FAR = 1.2
// At either end of a word a vowel this far is another name, inside it may be bad hearing.
const OTHER_VOWEL = 0.6

function between(a: string, b: string): number {
  if (a === b || a === '*' || b === '*' || a === 'E' || b === 'E') return 0
  return distances[a + b] ?? distances[b + a] ?? FAR
}

/** The vowels of one place with their spelling habits taken away. */
function tidy(vowels: string): string {
  return vowels
    .replace(/aou|a[uow]/g, 'w')
    .replace(/a+[iye]+|e[iy]+e?/g, 'j')
    .replace(/o+u?/g, (found) => (found === 'o' ? 'o' : 'u'))
    .replace(/(.)\1+/g, '$1')
}

function distance(a: string, b: string): number {
  if (a === b) return 0
  const one = tidy(a)
  const other = tidy(b)
  let row = [0]
  for (const letter of other) row.push((row.at(-1) ?? 0) + extra(letter))
  for (const letter of one) {
    const next = [(row[0] ?? 0) + extra(letter)]
    for (let at = 0; at < other.length; at++) {
      const there = other[at] ?? ''
      next.push(
        Math.min(
          (row[at] ?? 0) + between(letter, there),
          (row[at + 1] ?? 0) + extra(letter),
          (next[at] ?? 0) + extra(there),
        ),
      )
    }
    row = next
  }
  return row.at(-1) ?? 0
}

const extra = (vowel: string) => (vowel === '*' || vowel === 'E' ? 0 : ONE_VOWEL_MORE)

/** The opening vowel carries more than the others: Omar is not Amar, Iman not Amin. */
function atTheStart(a: string, b: string): number {
  if (a === b) return 0
  if ((a === '') !== (b === '')) return (a + b).startsWith('*') ? 0 : 1
  const far = distance(a, b)
  return far >= OTHER_VOWEL ? Math.max(1, far) : far
}

/** The last vowel tells women from men in half of the world's names: Samir, Samira; Mario, Maria; Ali, Alia. */
function atTheEnd(a: string, b: string): number {
  const one = a.at(-1) ?? ''
  const other = b.at(-1) ?? ''
  if ('E*'.includes(one || '-') || 'E*'.includes(other || '-')) return 0
  if ((one === 'a') !== (other === 'a') && !(one + other).includes('e') && !(one + other).includes('A')) return 2
  // A mute e is the habit of French offices (Hanane, Mariame).
  if ((a === 'e' && b === '') || (b === 'e' && a === '')) return 0.2
  const far = distance(a, b)
  return far >= OTHER_VOWEL ? Math.max(1, far) : far
}

export function vowelDistance(a: string[], b: string[]): number {
  const last = Math.max(a.length, b.length) - 1
  let total = 0
  for (let at = 0; at <= last; at++) {
    const [here, there] = [a[at] ?? '', b[at] ?? '']
    if (at === last) total += atTheEnd(here, there)
    else if (at === 0) total += atTheStart(here, there)
    else total += distance(here, there)
  }
  return total
}

/** Same consonants, and vowels that one name may well have in two hands. Short names have little else, so they get less room. */
export function sameSound(a: Sound, b: Sound): boolean {
  if (a.consonants !== b.consonants) return false
  if (a.consonants === '') return distance(a.vowels.join(''), b.vowels.join('')) < ONE_VOWEL_MORE
  const room = a.consonants.length > 2 ? 1 : 0.65
  return vowelDistance(a.vowels, b.vowels) < room - 0.001
}

/** 0 to 1, to rank: how many consonants are found again, less when the opening or the last vowel disagrees. */
export function nearness(a: Sound, b: Sound): number {
  const longer = Math.max(a.consonants.length, b.consonants.length)
  if (longer < 2 || Math.min(a.consonants.length, b.consonants.length) < 1) return 0
  return (1 - consonantSteps(a.consonants, b.consonants) / longer) * (vowelsAtOdds(a, b) ? 0.8 : 1)
}

/** One consonant lost, added or taken for another in a word that has at least three. */
export function misheard(a: Sound, b: Sound): boolean {
  const shorter = Math.min(a.consonants.length, b.consonants.length)
  const longer = Math.max(a.consonants.length, b.consonants.length)
  return shorter >= 2 && longer >= 3 && consonantSteps(a.consonants, b.consonants) === 1 && !vowelsAtOdds(a, b)
}

/** The end of a long word not heard, or not written for lack of room: all else is the same. */
export function cutShort(a: Sound, b: Sound): boolean {
  const [short, long] = a.consonants.length < b.consonants.length ? [a, b] : [b, a]
  const size = short.consonants.length
  if (size < 4 || long.consonants.length !== size + 1 || !long.consonants.startsWith(short.consonants)) return false
  return (
    vowelDistance(short.vowels.slice(0, size), long.vowels.slice(0, size)) < 1 &&
    !(long.vowels.at(-1) ?? '').endsWith('a')
  )
}

function vowelsAtOdds(a: Sound, b: Sound): boolean {
  return (
    atTheStart(a.vowels[0] ?? '', b.vowels[0] ?? '') >= 1 || atTheEnd(a.vowels.at(-1) ?? '', b.vowels.at(-1) ?? '') >= 1
  )
}

function consonantSteps(a: string, b: string): number {
  let row = [...Array(b.length + 1).keys()]
  for (let from = 1; from <= a.length; from++) {
    const next = [from]
    for (let to = 1; to <= b.length; to++)
      next.push(
        Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + (a[from - 1] === b[to - 1] ? 0 : 1)),
      )
    row = next
  }
  return row.at(-1) ?? 0
}
