import type { Sound } from './keys.ts'
import { isSyllable, joinedSounds, type Name, type Part, partsOf, withoutArticle } from './parts.ts'
import { cutShort, misheard, nearness, sameSound } from './vowels.ts'

export type Equality = { all_parts: boolean; shared_parts: number; scripts_differ: boolean }

/** Two names laid side by side: what was found again, and what was left over on each side. */
export type SideBySide = { equal: [Part[], Part[]][]; left: [Part[], Part[]]; scripts_differ: boolean }

/**
 * `all_parts`: every part of both is found in the other, in whatever order and cell, and at least one of them is more than a title.
 * `shared_parts` counts the parts found again, titles (Kaur, Begum) not among them.
 */
export const soundsEqual = (a: Name, b: Name): Equality => equalityOf(sideBySide(a, b))

export function equalityOf({ equal, left, scripts_differ }: SideBySide): Equality {
  const shared_parts = equal.filter(([one]) => !isTitle(one)).length
  return { all_parts: shared_parts > 0 && left[0].length === 0 && left[1].length === 0, shared_parts, scripts_differ }
}

const isTitle = (parts: Part[]) => parts.every(({ kind }) => kind === 'title')

export function sideBySide(a: Name, b: Name): SideBySide {
  const one = partsOf(a)
  const other = partsOf(b)
  const equal: [Part[], Part[]][] = []
  pairSingles(one, other, equal)
  pairRuns(one, other, equal, false)
  pairRuns(other, one, equal, true)
  return { equal, left: leftOver(one, other, equal), scripts_differ: scriptsDiffer(one, other) }
}

const taken = (part: Part, equal: [Part[], Part[]][]) =>
  equal.some((pair) => pair.some((parts) => parts.includes(part)))
const free = (parts: Part[], equal: [Part[], Part[]][]) => parts.filter((part) => !taken(part, equal))

function pairSingles(one: Part[], other: Part[], equal: [Part[], Part[]][]): void {
  // Same cell first: in «Hasan, Ali Hasan» it matters which Hasan is which.
  for (const sameCell of [true, false])
    for (const part of free(one, equal).filter(isWord))
      for (const found of free(other, equal).filter(isWord)) {
        if (sameCell && part.role !== found.role) continue
        if (!partsEqual(part, found)) continue
        equal.push([[part], [found]])
        break
      }
}

const isWord = ({ kind }: Part) => kind === 'name' || kind === 'title'

// «Li Na» and «Lina», «Ben Nani» and «Bennani»: neighbours of one cell against one word of the other name.
function pairRuns(one: Part[], other: Part[], equal: [Part[], Part[]][], turned: boolean): void {
  for (const single of free(other, equal).filter(isWord))
    for (const run of runs(one, equal)) {
      if (!runEquals(run, single)) continue
      equal.push(turned ? [[single], run] : [run, [single]])
      break
    }
}

function runs(parts: Part[], equal: [Part[], Part[]][]): Part[][] {
  const found: Part[][] = []
  for (let from = 0; from < parts.length; from++)
    for (let size = 2; size <= 4 && from + size <= parts.length; size++) {
      const run = parts.slice(from, from + size)
      if (run.every((part) => !taken(part, equal) && part.role === run[0]?.role) && run.some(isWord)) found.push(run)
    }
  return found
}

function runEquals(run: Part[], single: Part): boolean {
  if (onePinyin(run[0], single) || run.every(isSyllable)) return run.map(({ text }) => text).join('') === single.text
  return anySame(joinedSounds(run), single.sounds)
}

function leftOver(one: Part[], other: Part[], equal: [Part[], Part[]][]): [Part[], Part[]] {
  const left: [Part[], Part[]] = [realLeft(one, equal, 0), realLeft(other, equal, 1)]
  dropInitials(left)
  dropTitles(left)
  return left
}

function realLeft(parts: Part[], equal: [Part[], Part[]][], side: 0 | 1): Part[] {
  const found = equal.flatMap((pair) => pair[side])
  return free(parts, equal).filter((part) => {
    if (part.kind === 'article') return false
    // «Mohamed محمد» says one name twice.
    return !found.some((twin) => twin.script !== part.script && partsEqual(twin, part))
  })
}

// «M. José» is silent about what M. stands for, as long as something over there begins alike, or nothing is left there.
function dropInitials(left: [Part[], Part[]]): void {
  for (const [here, there] of [
    [0, 1],
    [1, 0],
  ] as const)
    for (const initial of left[here].filter(({ kind }) => kind === 'initial')) {
      const full = left[there].find((part) => part.text.startsWith(initial.text))
      if (!full && left[there].length > 0) continue
      left[here] = left[here].filter((part) => part !== initial)
      left[there] = left[there].filter((part) => part !== full)
    }
}

// Kaur against nothing says nothing; Kaur against Singh stays, since it is a woman against a man.
function dropTitles(left: [Part[], Part[]]): void {
  const [one, other] = left.map((parts) => parts.filter(({ kind }) => kind === 'title'))
  if (one && other && one.length > 0 && other.length > 0) return
  left[0] = left[0].filter(({ kind }) => kind !== 'title')
  left[1] = left[1].filter(({ kind }) => kind !== 'title')
}

function scriptsDiffer(one: Part[], other: Part[]): boolean {
  const scripts = new Set(one.map(({ script }) => script))
  return one.length > 0 && other.length > 0 && !other.some(({ script }) => scripts.has(script))
}

/** The same word, spelled by another hand or in another script. */
export function partsEqual(a: Part, b: Part): boolean {
  if (a.text !== '' && a.text === b.text && a.script === b.script) return true
  if (a.lines.length > 0 && b.lines.length > 0) return a.lines.some((line) => b.lines.includes(line))
  if (a.text === '' || b.text === '') return false
  // Pinyin has one spelling, and a letter parts families: Zhang and Zheng, Chen and Cheng.
  if (onePinyin(a, b) || (isSyllable(a) && isSyllable(b))) return a.text === b.text
  if (anySame(a.sounds, b.sounds)) return true
  return anySame(bare(a, b), b.sounds) || anySame(a.sounds, bare(b, a))
}

const onePinyin = (a: Part | undefined, b: Part) =>
  a?.script === 'han' || b.script === 'han' || (a?.chinese && b.chinese)

// Elidrissi is Idrissi; but Elvira is not Vira, so a short rest needs an article on the other side.
function bare(part: Part, beside: Part): Sound[] {
  return withoutArticle(part).filter(({ consonants }) => consonants.length > 2 || beside.after_article)
}

const anySame = (some: Sound[], others: Sound[]) => some.some((one) => others.some((other) => sameSound(one, other)))

/** Nearly the same: one letter misheard in a long word (Okafor, Okafo). Vowels that tell two names apart are never «nearly». */
export function partsNear(a: Part, b: Part): boolean {
  if (a.lines.length > 0 && b.lines.length > 0) return false
  if (a.chinese || b.chinese) return false
  // Yasin and Yasmin, Nasrin and Nazrul are children of one family; a surname may be misheard more freely.
  const surnames = a.role === 'surname' && b.role === 'surname'
  return a.sounds.some((one) => b.sounds.some((other) => (surnames ? misheard(one, other) : cutShort(one, other))))
}

/** 0 to 1, to rank candidates: how much of the two names is the same. Not to decide with. */
export const nameSimilarity = (a: Name, b: Name): number => similarityOf(sideBySide(a, b))

export function similarityOf({ equal, left }: SideBySide): number {
  const found = equal.reduce((sum, [parts]) => sum + weight(parts), 0)
  const [one, other] = left
  let near = 0
  const open = [...other]
  for (const part of one) {
    const best = open.map((candidate) => closeness(part, candidate)).reduce((high, now) => Math.max(high, now), 0)
    near += best * weight([part])
    const at = open.findIndex((candidate) => closeness(part, candidate) === best)
    if (best > 0) open.splice(at, 1)
  }
  const all = found + Math.max(sum(one), sum(other))
  if (all === 0) return 0
  // A part that one of the two simply lacks (a single name, a second surname) weighs half.
  const lacking = one.length === 0 || other.length === 0 ? Math.max(sum(one), sum(other)) / 2 : 0
  return Math.min(1, (found + near) / (all - lacking))
}

const sum = (parts: Part[]) => parts.reduce((total, part) => total + weight([part]), 0)
const weight = (parts: Part[]) => (parts.every(({ kind }) => kind !== 'name') ? 0.3 : 1)

function closeness(a: Part, b: Part): number {
  if (partsEqual(a, b)) return 1
  if (a.text !== '' && (a.text.startsWith(b.text) || b.text.startsWith(a.text)) && b.text !== '')
    return Math.min(a.text.length, b.text.length) / Math.max(a.text.length, b.text.length)
  return Math.max(0, ...a.sounds.flatMap((one) => b.sounds.map((other) => nearness(one, other) * 0.8)))
}
