import { type Birth, compareBirths, isOfficeDay, isSlip, knowsDay } from './birth.ts'
import { equalityOf, nameSimilarity, partsNear, sideBySide, similarityOf } from './compare.ts'
import { lastNine, phoneDigits, samePhone, sameTitle, titleNumber } from './numbers.ts'
import type { Name, Part } from './parts.ts'

/** Somebody as a row or as a person already known: everything but the names may be missing. */
export type Somebody = Birth & {
  names: Name[]
  gender?: string | undefined
  phones?: string[] | undefined
  title_numbers?: string[] | undefined
  tax_code?: string | undefined
  citizenships?: string[] | undefined
}

export type JoinReason = 'same_title_number' | 'same_phone_and_name' | 'same_name_and_birth'
export type Belongs = { join: false } | { join: true; reason: JoinReason }

const NO: Belongs = { join: false }
const yes = (reason: JoinReason): Belongs => ({ join: true, reason })

/** May this row be written to this person without asking anybody? When in doubt no: two cards are merged in a second, one card of two people is never taken apart. */
export function belongs(row: Somebody, person: Somebody): Belongs {
  const birth = compareBirths(row, person)
  if (birth === 'differ' || gendersDiffer(row, person)) return NO
  const phone = samePhone(row.phones ?? [], person.phones ?? [])
  const title = sameTitle(row.title_numbers ?? [], person.title_numbers ?? [])
  const by_birth = birth === 'same_day' && !isOfficeDay(row.born)
  if (!phone && !title && !by_birth) return NO
  for (const name of row.names)
    for (const known of person.names) {
      const found = evidence(name, known)
      if (title && nameFitsTitle(found, birth === 'same_day')) return yes('same_title_number')
      if (phone && nameFitsPhone(found, birth === 'same_day')) return yes('same_phone_and_name')
      if (by_birth && nameFitsBirth(found) && !otherwiseStrangers(row, person)) return yes('same_name_and_birth')
    }
  return NO
}

/** What two names have in common, for the three rules below. */
type Evidence = {
  shared: number
  /** Both names lie in each other, spelled alike or nearly. */
  whole: boolean
  /** One lies in the other, which has parts more. */
  within: boolean
  near: boolean
  /** Something of what the person is called was found again, not the family's name only. */
  given: boolean
  /** Two scripts, and one of them we read too badly to say that the names differ. */
  unreadable: boolean
}

function evidence(a: Name, b: Name): Evidence {
  const side = sideBySide(a, b)
  const { equal, left, scripts_differ } = side
  const { shared_parts } = equalityOf(side)
  const [one, other, near] = pairNear(left[0], left[1])
  return {
    // Harpreet Kaur holds one name and one title; found together they weigh as two.
    shared: shared_parts === 0 ? 0 : equal.length,
    whole: shared_parts > 0 && one.length === 0 && other.length === 0,
    within: shared_parts > 0 && (one.length === 0 || other.length === 0) && !aSyllableMore([...one, ...other]),
    near,
    given: equal.some(([parts, found]) => isGiven(parts, found)),
    unreadable:
      scripts_differ && [...one, ...other].some(({ sounds }) => sounds.every(({ consonants }) => consonants === '')),
  }
}

function pairNear(one: Part[], other: Part[]): [Part[], Part[], boolean] {
  const rest = [...other]
  const unpaired = one.filter((part) => {
    const at = rest.findIndex((found) => partsNear(part, found))
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return [unpaired, rest, unpaired.length < one.length]
}

// Ali may be short for Ali Hasan, but Qiang is not short for Zhi Qiang: together they are one word.
const aSyllableMore = (left: Part[]) => left.some(({ chinese, role }) => chinese && role !== 'surname')

function isGiven(some: Part[], others: Part[]): boolean {
  const roles = [...some, ...others].filter(({ kind }) => kind === 'name').map(({ role }) => role)
  return roles.includes('given') && !roles.includes('surname')
}

/** A title has one holder, but children stand on a parent's: the surname alone is not enough, unless the births say the same day. */
function nameFitsTitle({ shared, whole, within, given }: Evidence, sameDay: boolean): boolean {
  return sameDay || whole || given || (within && shared > 1)
}

/** A family has one phone. So a name that clashes in one part (Karim, Samira; Diallo, Traoré) is somebody else's, unless called and born the same. */
function nameFitsPhone({ shared, whole, within, given, unreadable }: Evidence, sameDay: boolean): boolean {
  if (whole || (within && (shared > 1 || given || sameDay))) return true
  // Between two scripts with nothing in common our reading may have failed; the day of birth has not.
  return sameDay && (given || (unreadable && shared === 0))
}

/** Twins share the day and the surname: everything must be found again, or all of the shorter name and at least two parts. */
function nameFitsBirth({ shared, whole, within, near }: Evidence): boolean {
  return (whole && (shared > 1 || near)) || (within && shared > 1)
}

/** Same name and day, yet two of the things that would have to agree do not. */
function otherwiseStrangers(row: Somebody, person: Somebody): boolean {
  const against = [
    bothKnown(row.phones, person.phones) && !samePhone(row.phones ?? [], person.phones ?? []),
    bothKnown(row.title_numbers, person.title_numbers) &&
      !sameTitle(row.title_numbers ?? [], person.title_numbers ?? []),
    bothKnown(row.citizenships, person.citizenships) &&
      !row.citizenships?.some((country) => person.citizenships?.includes(country)),
    Boolean(row.tax_code && person.tax_code && row.tax_code !== person.tax_code),
  ].filter(Boolean).length
  return against > 1
}

const bothKnown = (a: string[] | undefined, b: string[] | undefined) => (a?.length ?? 0) > 0 && (b?.length ?? 0) > 0

function gendersDiffer(a: Pick<Somebody, 'gender'>, b: Pick<Somebody, 'gender'>): boolean {
  const known = [a.gender, b.gender]
  return known.includes('F') && known.includes('M')
}

const strength: Record<JoinReason, number> = { same_title_number: 3, same_phone_and_name: 2, same_name_and_birth: 1 }

export type Found<P> = { person: P; reason: JoinReason }

/**
 * Whose row is it, among the people found by `joinKeys`? Nobody's when two people who cannot be one both fit equally well
 * (a phone of a reception centre, two homonyms): then a person decides.
 */
export function whose<P extends Somebody>(row: Somebody, people: P[]): Found<P> | undefined {
  const fits = people
    .map((person) => ({ person, ...belongs(row, person) }))
    .filter((fit) => fit.join)
    .map(({ person, reason }) => ({ person, reason, rank: strength[reason] + likeness(row, person) }))
    .sort((a, b) => b.rank - a.rank)
  const [best, ...others] = fits
  if (!best) return undefined
  const rivals = others.filter(({ rank, person }) => rank > best.rank - 0.3 && cannotBeOne(person, best.person))
  return rivals.length > 0 ? undefined : { person: best.person, reason: best.reason }
}

function likeness(row: Somebody, person: Somebody): number {
  const name = bestSimilarity(row, person)
  const birth = { same_day: 1, same_year: 0.5, unknown: 0, differ: 0 }[compareBirths(row, person)]
  return name + birth
}

const bestSimilarity = (a: Somebody, b: Somebody) =>
  Math.max(0, ...a.names.flatMap((name) => b.names.map((known) => nameSimilarity(name, known))))

function cannotBeOne(a: Somebody, b: Somebody): boolean {
  return compareBirths(a, b) === 'differ' || gendersDiffer(a, b) || bestSimilarity(a, b) < 0.6
}

/** Where to look for the person of a row: whoever fits by one of the three rules is filed under one of these keys. */
export function joinKeys({ phones = [], title_numbers = [], born, born_precision }: Somebody): string[] {
  return [
    ...phones.flatMap((phone) => phoneDigits(phone) ?? []).map((digits) => `p:${lastNine(digits)}`),
    ...title_numbers.flatMap((number) => titleNumber(number) ?? []).map((number) => `t:${number}`),
    // The first of January is an office's way to write a year: it joins nobody by itself.
    ...(born && knowsDay({ born, born_precision }) && !isOfficeDay(born) ? [`b:${born}`] : []),
  ]
}

export type SuggestReason =
  | 'same_title_number'
  | 'same_tax_code'
  | 'same_phone'
  | 'name_sounds_equal'
  | 'name_similar'
  | 'same_birth'
  | 'same_birth_year'
  | 'birth_slip'
  | 'birth_differs'
  | 'gender_differs'
  | 'scripts_differ'

/** From here on two cards are worth a person's look. */
export const WORTH_A_LOOK = 0.55

/** What an equal name is worth. */
const NAME = 0.55

type Weighed = [boolean, number, SuggestReason]

/** Might these two be one? `score` 0 to 1, with what speaks for it and against it. */
export function suggests(a: Somebody, b: Somebody): { score: number; reasons: SuggestReason[] } {
  const sides = a.names.flatMap((one) => b.names.map((other) => sideBySide(one, other)))
  const name = Math.max(0, ...sides.map(similarityOf))
  const equal = sides.some((side) => equalityOf(side).all_parts)
  const weighed: Weighed[] = [
    [equal, 0, 'name_sounds_equal'],
    [!equal && name >= 0.5, 0, 'name_similar'],
    [sameTitle(a.title_numbers ?? [], b.title_numbers ?? []), 0.4, 'same_title_number'],
    [Boolean(a.tax_code && a.tax_code === b.tax_code), 0.4, 'same_tax_code'],
    [samePhone(a.phones ?? [], b.phones ?? []), 0.2, 'same_phone'],
    ...birthAndGender(a, b),
    [sides.some(({ scripts_differ }) => scripts_differ), 0, 'scripts_differ'],
  ]
  const spoken = weighed.filter(([holds]) => holds)
  // A name alone, however equal, is worth a look only when nothing speaks against it.
  const score = weight(spoken) + name * NAME
  return { score: Math.max(0, Math.min(1, score)), reasons: spoken.map(([, , reason]) => reason) }
}

export type BirthAndGender = Birth & Pick<Somebody, 'gender'>

function birthAndGender(a: BirthAndGender, b: BirthAndGender): Weighed[] {
  const birth = compareBirths(a, b)
  const slip = birth === 'differ' && isSlip(a, b)
  return [
    [birth === 'same_day', 0.3, 'same_birth'],
    [birth === 'same_year', 0.1, 'same_birth_year'],
    [slip, 0.1, 'birth_slip'],
    [birth === 'differ' && !slip, -0.4, 'birth_differs'],
    [gendersDiffer(a, b), -0.25, 'gender_differs'],
  ]
}

const weight = (spoken: readonly Weighed[]) => spoken.reduce((total, [, weight]) => total + weight, 0)

/** Who shares no phone, title or tax code with somebody: would even an equal name make the two worth a look? */
export const equalNameIsEnough = (a: BirthAndGender, b: BirthAndGender) =>
  NAME + weight(birthAndGender(a, b).filter(([holds]) => holds)) >= WORTH_A_LOOK
