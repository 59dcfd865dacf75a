import { permissions } from '../kernel/actor.ts'
import type { Problems } from '../kernel/errors.ts'
import { isSensitive } from './codes.ts'
import type { MissingInput, NewPerson, TitleInput } from './forms.ts'

export const may = permissions('people', {
  find: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  open_file: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  write: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  /** The kind of a title that tells of asylum, violence, health or justice. */
  see_sensitive_titles: ['lawyer'],
  see_matrix: ['operator', 'lawyer', 'self_adviser', 'coordinator', 'office', 'admin'],
  change_matrix: ['office'],
  /** Bringing in registers kept in spreadsheets; which, each of them says: whoever holds it has read it. */
  feed_registers: ['operator', 'self_adviser', 'coordinator', 'office', 'editor'],
  feed_people: ['operator', 'coordinator', 'office'],
  merge: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  /** What a person may ask for their own data: all of it on paper or in a file, and that it be gone. */
  give_copy: ['coordinator'],
  erase: ['coordinator'],
})

export type Birth = { born: string; born_precision: 'day' | 'year' }

/** What people write for a birth: a day in the Italian or the ISO way, or a year alone (kept as 1 July, design.md §3). */
export function birthOf(
  typed: string | undefined,
  today: string,
): Birth | 'not_a_day' | 'after_today' | 'too_long_ago' | null {
  if (!typed) return null
  const year = /^\d{4}$/.exec(typed)
  if (year) return within({ born: `${typed}-07-01`, born_precision: 'year' }, typed <= today.slice(0, 4))
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  const italian = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(typed)
  const [y, m, d] = iso ? [iso[1], iso[2], iso[3]] : italian ? [italian[3], italian[2], italian[1]] : []
  if (!y) return 'not_a_day'
  const born = `${y}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}`
  try {
    Temporal.PlainDate.from(born, { overflow: 'reject' })
  } catch {
    return 'not_a_day'
  }
  return within({ born, born_precision: 'day' }, born <= today)
}
function within(birth: Birth, past: boolean) {
  if (!past) return 'after_today'
  return birth.born < '1900-01-01' ? 'too_long_ago' : birth
}
export const birthProblem = (typed: string | undefined, today: string) => {
  const birth = birthOf(typed, today)
  return typeof birth === 'string' ? (`people.error.birth_${birth}` as const) : undefined
}

export function newPersonErrors(input: NewPerson, today: string): Problems<NewPerson> {
  return {
    ...(!input.surname &&
      !input.given_names &&
      !input.original_name && { given_names: 'people.error.no_name' as const }),
    born: birthProblem(input.born, today),
  }
}

export function titleErrors(input: TitleInput): Problems<TitleInput> {
  return {
    ...(input.issued_on &&
      input.expires_on &&
      input.expires_on < input.issued_on && { expires_on: 'people.error.expires_before_issue' as const }),
    ...(input.status === 'NON_ESIBITO' && input.seen && { seen: 'people.error.seen_and_not_shown' as const }),
  }
}

/** What each reason for not counting asks for; the fields of `missingForm`. */
export const missingFields = {
  citizenship_unknown: ['citizenship'],
  birth_unknown: ['born'],
  gender_unknown: ['gender'],
  title_not_shown: ['kind', 'status', 'number', 'expires_on'],
  title_not_covering: ['kind', 'status', 'number', 'expires_on'],
  kind_to_decide: ['kind'],
  notice_not_given: ['language', 'how'],
} as const satisfies Record<string, readonly (keyof MissingInput)[]>
export type Missing = keyof typeof missingFields
export const isMissing = (what: string): what is Missing => Object.hasOwn(missingFields, what)

const optional = new Set<string>(['number', 'expires_on'])
export function missingErrors(what: Missing, input: MissingInput, today: string): Problems<MissingInput> {
  const problems: Problems<MissingInput> = {}
  for (const field of missingFields[what])
    if (!input[field] && !optional.has(field)) problems[field] = 'kernel.form.required'
  if (what === 'birth_unknown') problems.born ??= birthProblem(input.born, today)
  return problems
}

/** ISO 15924 of the letters a name is written in; the first script that is not Latin wins. */
const scripts: [string, RegExp][] = [
  ['Arab', /\p{Script=Arabic}/u],
  ['Beng', /\p{Script=Bengali}/u],
  ['Guru', /\p{Script=Gurmukhi}/u],
  ['Deva', /\p{Script=Devanagari}/u],
  ['Hans', /\p{Script=Han}/u],
  ['Cyrl', /\p{Script=Cyrillic}/u],
  ['Ethi', /\p{Script=Ethiopic}/u],
  ['Geor', /\p{Script=Georgian}/u],
  ['Grek', /\p{Script=Greek}/u],
  ['Sinh', /\p{Script=Sinhala}/u],
]
export const scriptOf = (name: string) => scripts.find(([, letters]) => letters.test(name))?.[0] ?? 'Latn'

/** Years completed on a day. */
export const ageOn = (born: string, day: string) =>
  Temporal.PlainDate.from(born).until(day, { largestUnit: 'year' }).years

export const showsKind = (mayseeSensitive: boolean, kind: string) => mayseeSensitive || !isSensitive(kind)

export const taxCode = (typed: string) => typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
