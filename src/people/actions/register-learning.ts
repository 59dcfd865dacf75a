/** A row completes its person: what is known is never overwritten, what the row adds is remembered as its own. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Problem } from '../../kernel/errors.ts'
import type { CellProblem } from '../../kernel/register.ts'
import { citizenshipGroup } from '../../territory/actions.ts'
import type { Said, SaidTitle } from '../rules/register-cells.ts'
import { completedTitle, sameWords, worth } from '../rules/register-learning.ts'
import { scriptOf } from '../rules.ts'
import { phoneDigits } from '../sound/numbers.ts'
import { pairKeys } from '../sound/pair-keys.ts'
import { joinKeys, type Somebody } from '../sound/sameperson.ts'
import { type Searched, searchKeys } from '../sound/search-keys.ts'
import type { KnownName, KnownRow, KnownTitle, Learned, NewPersonRow } from '../store/registers.ts'

/** Everything that must be known to say whose a row is, and what it knows more. */
export type Known = Omit<Somebody, 'names'> & {
  id: string
  canonical_id: string
  names: KnownName[]
  phones: string[]
  citizenships: string[]
  languages: string[]
  title_numbers: string[]
  titles: KnownTitle[]
  comune: string | undefined
  noticed: boolean
  is_new: boolean
  changed: boolean
  /** Of a file merged with others: where it is found by what it knows itself. */
  own_keys: string[]
  /** What will be written of it, once there is something. */
  row?: NewPersonRow
  /** What was learned in this chunk, still to be filed for the search. */
  fresh: { names: Searched['names']; phones: string[]; title_numbers: string[]; born?: boolean; tax_code?: boolean }
}

const nothingFresh = () => ({ names: [], phones: [], title_numbers: [] })

/** Ids of the rows that came of one row of a register, so that it can be taken back whole. */
export type Gave = Partial<
  Record<'names' | 'phones' | 'languages' | 'citizenships' | 'titles' | 'notices', string[]>
> & {
  /** Fields of the person, with what stood there before. */
  fields?: Record<string, string | null>
}

export const nothingLearned = (): Learned => ({
  persons: [],
  completed: [],
  corrections: [],
  names: [],
  name_kinds: [],
  phones: [],
  languages: [],
  citizenships: [],
  titles: [],
  notices: [],
  first_keys: [],
  keys: [],
  joined: [],
})

/** Somebody nobody knew. */
export function begin(learned: Learned): Known {
  const id = crypto.randomUUID()
  const row = { id, ...nothingCompleted }
  learned.persons.push(row)
  return {
    id,
    canonical_id: id,
    names: [],
    phones: [],
    citizenships: [],
    languages: [],
    title_numbers: [],
    titles: [],
    comune: undefined,
    noticed: false,
    is_new: true,
    changed: true,
    own_keys: [],
    row,
    fresh: nothingFresh(),
  }
}

/** Files that were merged know what each of them knows, and keep their own birth and gender where they have them. */
export function somebodies(rows: readonly KnownRow[]): Known[] {
  const groups = Map.groupBy(rows, (row) => row.canonical_id)
  return rows.map((row) => {
    const group = [row, ...(groups.get(row.canonical_id) ?? []).filter((one) => one !== row)]
    const all = <Item>(of: (one: KnownRow) => Item[]) => group.flatMap(of)
    const born = group.find((one) => one.born)
    const titles = all((one) => one.titles)
    return {
      id: row.id,
      canonical_id: row.canonical_id,
      names: all((one) => (one === row ? one.names : one.names.map((name) => ({ ...name, kind: 'other' as const })))),
      born: born?.born ?? undefined,
      born_precision: born?.born_precision ?? undefined,
      gender: group.find((one) => one.gender)?.gender ?? undefined,
      tax_code: group.find((one) => one.tax_code)?.tax_code ?? undefined,
      comune: row.comune ?? undefined,
      phones: all((one) => one.phones),
      citizenships: all((one) => one.citizenships),
      languages: all((one) => one.languages),
      titles,
      title_numbers: titles.flatMap(({ number }) => number ?? []),
      noticed: group.some((one) => one.noticed),
      is_new: false,
      changed: false,
      own_keys: row.id === row.canonical_id ? [] : joinKeys(ownOf(row)),
      fresh: nothingFresh(),
    }
  })
}

const ownOf = ({ names, born, born_precision, phones, titles }: KnownRow): Somebody => ({
  names,
  ...(born && { born, born_precision: born_precision ?? undefined }),
  phones,
  title_numbers: titles.flatMap(({ number }) => number ?? []),
})

/** @returns what contradicts what is known, for somebody to look at */
export function learn(learned: Learned, person: Known, said: Said, gave: Gave): CellProblem[] {
  const remarks: CellProblem[] = []
  const note = (column: string, problem: Problem) => void remarks.push({ column, problem })
  learnFields(learned, person, said, gave, note)
  learnName(learned, person, said, gave)
  for (const phone of said.phones) learnPhone(learned, person, phone, gave)
  learnCitizenships(learned, person, said.citizenships, gave, note)
  if (said.language && !person.languages.includes(said.language)) {
    person.languages.push(said.language)
    learned.languages.push({ person_id: person.id, language: said.language })
    gave.languages = [...(gave.languages ?? []), said.language]
  }
  if (said.title) learnTitle(learned, person, said.title, gave)
  if (said.notice_on && !person.noticed) {
    const id = crypto.randomUUID()
    learned.notices.push({
      id,
      person_id: person.id,
      given_on: said.notice_on,
      language: said.language ?? person.languages[0] ?? 'it',
      how: 'explained',
    })
    gave.notices = [id]
    person.noticed = true
    person.changed = true
  }
  return remarks
}

const nothingCompleted = { born: null, born_precision: null, gender: null, comune: null, tax_code: null }

type Note = (column: string, problem: Problem) => void

function learnFields(learned: Learned, person: Known, said: Said, gave: Gave, note: Note) {
  const before = {
    born: person.born ?? null,
    born_precision: person.born_precision ?? null,
    gender: person.gender ?? null,
    comune: person.comune ?? null,
    tax_code: person.tax_code ?? null,
  }
  const a_day_of_that_year =
    said.born_precision === 'day' &&
    person.born_precision === 'year' &&
    said.born?.slice(0, 4) === person.born?.slice(0, 4)
  if (said.born && (!person.born || a_day_of_that_year)) {
    if (person.born && !person.is_new)
      learned.corrections.push({ person_id: person.id, field: 'born', before: person.born.slice(0, 4) })
    person.born = said.born
    person.born_precision = said.born_precision
    person.fresh.born = true
  }
  person.gender ??= said.gender
  person.comune ??= said.comune
  if (said.tax_code && !person.tax_code) {
    person.tax_code = said.tax_code
    person.fresh.tax_code = true
  } else if (said.tax_code && said.tax_code !== person.tax_code) note('tax_code', 'people.register.tax_code.differs')
  const after = {
    born: person.born ?? null,
    born_precision: person.born_precision ?? null,
    gender: person.gender ?? null,
    comune: person.comune ?? null,
    tax_code: person.tax_code ?? null,
  }
  const changed = Object.keys(after).filter(
    (field) => after[field as keyof typeof after] !== before[field as keyof typeof before],
  )
  if (changed.length === 0) return
  person.changed = true
  gave.fields = Object.fromEntries(changed.map((field) => [field, before[field as keyof typeof before]]))
  const now = Object.fromEntries(changed.map((field) => [field, after[field as keyof typeof after]]))
  if (!person.row) {
    person.row = { id: person.id, ...nothingCompleted }
    learned.completed.push(person.row)
  }
  Object.assign(person.row, now)
}

function learnName(learned: Learned, person: Known, { surname, given }: Said, gave: Gave) {
  if (person.names.some((name) => sameWords(name, { surname, given }))) return
  const id = crypto.randomUUID()
  const script = scriptOf(`${surname}${given}`)
  const name: KnownName = { id, kind: 'other', surname, given, script }
  const main = person.names.find(({ kind }) => kind === 'main')
  if (!main) name.kind = 'main'
  else if (worth(name) > worth(main)) {
    main.kind = main.script !== 'Latn' && !person.names.some(({ kind }) => kind === 'original') ? 'original' : 'other'
    rename(learned, main)
    name.kind = 'main'
  } else if (script !== 'Latn' && !person.names.some(({ kind }) => kind === 'original')) name.kind = 'original'
  person.names.push(name)
  person.fresh.names.push({ surname, given })
  person.changed = true
  learned.names.push({ id, person_id: person.id, kind: name.kind, surname, given_names: given, script })
  gave.names = [id]
}

function rename(learned: Learned, { id, kind }: KnownName) {
  const fresh = learned.names.find((name) => name.id === id)
  if (fresh) fresh.kind = kind
  else learned.name_kinds.push({ id, kind })
}

function learnPhone(learned: Learned, person: Known, typed: string, gave: Gave) {
  const digits = phoneDigits(typed)
  if (!digits || person.phones.some((known) => phoneDigits(known) === digits)) return
  const id = crypto.randomUUID()
  learned.phones.push({ id, person_id: person.id, typed, e164: internationally(typed, digits) })
  gave.phones = [...(gave.phones ?? []), id]
  person.phones.push(typed)
  person.fresh.phones.push(typed)
  person.changed = true
}

/** Nearly all are Italian mobile numbers, and need no book of the world's numbering. */
const internationally = (typed: string, digits: string) =>
  /^3\d{9}$/.test(digits) && !/^\s*(?:\+|00)(?!39)/.test(typed)
    ? `+39${digits}`
    : (parsePhoneNumberFromString(typed, 'IT')?.number ?? null)

function learnCitizenships(learned: Learned, person: Known, said: readonly string[], gave: Gave, note: Note) {
  const more = said.filter((country) => !person.citizenships.includes(country))
  if (more.length === 0) return
  // Another country altogether is a slip or another story: a person decides.
  if (person.citizenships.length > 0 && more.length === said.length)
    return note('citizenship', 'people.register.citizenship_differs')
  for (const country of more) {
    const group = citizenshipGroup(country)
    const id = crypto.randomUUID()
    learned.citizenships.push({
      id,
      person_id: person.id,
      country,
      belongs: country === 'IT' ? 'it' : group === 'eu' || group === 'eea_ch' ? 'eu' : 'third',
    })
    gave.citizenships = [...(gave.citizenships ?? []), id]
    person.citizenships.push(country)
    person.changed = true
  }
}

function learnTitle(learned: Learned, person: Known, said: SaidTitle, gave: Gave) {
  const found = person.titles
    .map((known) => ({ known, now: completedTitle(known, said) }))
    .find(({ now }) => now !== 'other')
  if (found?.now === 'known') return
  const id = crypto.randomUUID()
  const title: KnownTitle = { id, ...(typeof found?.now === 'object' ? found.now : said) }
  if (found) person.titles.splice(person.titles.indexOf(found.known), 1, title)
  else person.titles.push(title)
  if (title.number && !person.title_numbers.includes(title.number)) {
    person.title_numbers.push(title.number)
    person.fresh.title_numbers.push(title.number)
  }
  learned.titles.push({ ...title, person_id: person.id, corrects: found?.known.id ?? null })
  gave.titles = [id]
  person.changed = true
}

/** What a person is found by from now on: only what is new is filed, and a name of a year with its year. */
export function keysLearned({ fresh, names, born, born_precision, tax_code }: Known): string[] {
  const more = fresh.born ? names : fresh.names
  const searched: Searched = {
    names: more,
    phones: fresh.phones,
    title_numbers: fresh.title_numbers,
    ...(more.length > 0 && { born, born_precision }),
    ...(fresh.tax_code && { tax_code }),
  }
  const keys = [...searchKeys(searched).map(({ key }) => key), ...fresh.names.flatMap(pairKeys)]
  return [...new Set(keys.map(asFiled))]
}

/** As long as the column is, so that what is new is told apart here and not row by row in the database. */
const asFiled = (key: string) => (key.length > 80 ? [...key].slice(0, 80).join('') : key).toWellFormed()
