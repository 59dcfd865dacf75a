/** What a row of a register says of a person. Pure: finders of Comuni, countries and languages come with the question. */
import { ahead, type DayRead, folded, past, readDay, readYes } from '../../kernel/cells.ts'
import type { Problem } from '../../kernel/errors.ts'
import type { CellProblem, Cells, Column } from '../../kernel/register.ts'
import { undecidedKind } from '../codes.ts'
import columns from '../lists/register-columns.json' with { type: 'json' }
import words from '../lists/register-words.json' with { type: 'json' }
import { taxCode } from '../rules.ts'
import { phoneDigits } from '../sound/numbers.ts'
import { TAX_CODE, taxCodeFindings } from '../sound/tax-code.ts'
import { readTitle, saysNoPermit } from './register-titles.ts'

export type Said = {
  surname: string
  given: string
  born?: string
  born_precision?: 'day' | 'year'
  gender?: 'F' | 'M' | 'X'
  citizenships: string[]
  comune?: string
  phones: string[]
  tax_code?: string
  title?: SaidTitle
  notice_on?: string
  language?: string
}
export type SaidTitle = {
  kind: string
  status: string
  number: string | null
  expires_on: string | null
  seen_on: string | null
  as_written: string | null
}

export type Books = {
  today: string
  country(text: string): string | undefined
  language(text: string): string | undefined
  comune(text: string): { code: string } | undefined
}

/** `said` is null when the row names nobody: anonymous information. */
export type PersonRead = { said: Said | null; problems: CellProblem[]; remarks: CellProblem[] }

const dates = new Set(['born', 'permit_expiry'])
const sameDay = (cell: string) => {
  const read = readDay(cell, ahead)
  return typeof read === 'object'
    ? `${read.day}${read.precision === 'year' ? ' year' : ''}`
    : read === 'none'
      ? ''
      : cell
}
/** A birth of two figures is a day of either century: `ahead` would send 1998 to 2098, and both feedings alike. */
export const personColumns: readonly Column[] = columns.map(({ key, headers }) => ({
  key,
  headers,
  ...(dates.has(key) && { same: sameDay }),
  ...(key === 'permit' && { unsaid: saysNoPermit }),
  ...(/^(?:surname|given_names)$/.test(key) && { spreads: true }),
}))

const nobody = new Set(words.nobody)
const genders = new Map(
  Object.entries(words.gender).flatMap(([gender, said]) =>
    said.map((word) => [word, gender as 'F' | 'M' | 'X'] as const),
  ),
)
const not_said = new Set(words.not_said)
const silent = (text: string) => text === '' || not_said.has(folded(text)) || folded(text) === ''

/** `on`: the day the row is about, or null when it is about no day. */
export function readPerson(cells: Cells, on: string | null, books: Books): PersonRead {
  const problems: CellProblem[] = []
  const remarks: CellProblem[] = []
  const cell = (key: string) => cells[key] ?? ''
  const [surname, given] = [nameIn(cell('surname')), nameIn(cell('given_names'))]
  if (surname === '' && given === '') return { said: null, problems, remarks }
  const said: Said = { surname, given, citizenships: [], phones: [] }
  const note = (column: string, problem: Problem) => void remarks.push({ column, problem })
  const wrong = (column: string, problem: Problem) => void problems.push({ column, problem })

  const latest = on ?? books.today
  const birth = readDay(cell('born'), past(latest))
  const problem = birthProblem(birth, latest)
  if (problem) wrong('born', problem)
  else if (typeof birth === 'object') Object.assign(said, { born: birth.day, born_precision: birth.precision })

  if (!silent(cell('gender'))) {
    const gender = genders.get(folded(cell('gender')))
    if (gender) said.gender = gender
    else note('gender', 'people.register.unknown_gender')
  }
  said.citizenships = citizenshipsIn(cell('citizenship'), books)
  if (!silent(cell('citizenship')) && said.citizenships.length === 0)
    note('citizenship', 'people.register.unknown_country')
  if (!silent(cell('comune'))) {
    const comune = books.comune(cell('comune'))
    if (comune) said.comune = comune.code
    else note('comune', 'people.register.unknown_comune')
  }
  said.phones = phonesIn(cell('phone'))
  if (!silent(cell('phone')) && said.phones.length === 0) note('phone', 'people.register.not_a_phone')
  if (!silent(cell('language'))) {
    const language = languageIn(cell('language'), books)
    if (language) said.language = language
    else note('language', 'people.register.unknown_language')
  }
  if (!silent(cell('tax_code'))) readTaxCode(cell('tax_code'), said, note)
  readTitleCells(cells, said, latest, note, wrong)
  readNotice(cell('privacy_notice'), said, latest, note)
  return { said, problems, remarks }
}

type Tell = (column: string, problem: Problem) => void

function nameIn(cell: string) {
  const word = folded(cell)
  return nobody.has(word) || !/\p{L}/u.test(cell) ? '' : cell.slice(0, 200)
}

function birthProblem(birth: DayRead, latest: string): Problem | undefined {
  if (birth === 'not_a_day') return 'people.register.not_a_day'
  if (typeof birth !== 'object') return undefined
  if (birth.precision === 'year' ? birth.day.slice(0, 4) > latest.slice(0, 4) : birth.day > latest)
    return 'people.register.born_later'
  return birth.day < '1900-01-01' ? 'people.register.born_too_long_ago' : undefined
}

/** «marocchina/italiana» is a double citizenship; «Costa d'Avorio» is one. */
function citizenshipsIn(cell: string, { country }: Books) {
  const one = country(cell) ?? country(cell.replace(/^(?:cittadin[oa]|citizen of|di nazionalità)\s+/i, ''))
  if (one) return [one]
  const parts = cell.split(/\s*(?:[/,;+&]|\s-\s|\be\b|\band\b)\s*/).filter((part) => part !== '')
  const found = parts.length > 1 ? parts.flatMap((part) => country(part) ?? []) : []
  return found.length === parts.length ? [...new Set(found)] : []
}

/** Two numbers may stand in one cell; a sign inside one number parts fewer figures than a number has. */
function phonesIn(cell: string) {
  const parts = cell.split(/[/,;]| e | o /).map((part) => part.trim())
  const several = parts.length > 1 && parts.every((part) => part.replace(/\D/g, '').length >= 8)
  return (several ? parts : [cell]).flatMap((part) => (phoneDigits(part) ? [part.slice(0, 40)] : []))
}

const languageIn = (cell: string, { language }: Books) =>
  language(cell) ?? language(cell.split(/[/,;(]| e | and /)[0] ?? '')

/** Checked, never blocking: a code that says something else than the row may be another person's, so it is not kept. */
function readTaxCode(cell: string, said: Said, note: Tell) {
  const code = taxCode(cell)
  const found = taxCodeFindings(code, said)
  const against = (
    ['not_a_tax_code', 'wrong_check_letter', 'impossible_birth', 'birth_differs', 'gender_differs'] as const
  ).filter((one) => found.includes(one))
  for (const one of against) note('tax_code', `people.register.tax_code.${one}`)
  if (against.length === 0 && (TAX_CODE.test(code) || /^\d{11}$/.test(code))) said.tax_code = code
}

function readTitleCells(cells: Cells, said: Said, latest: string, note: Tell, wrong: Tell) {
  const { permit = '', permit_number = '', permit_expiry = '', permit_seen = '' } = cells
  const expiry = readDay(permit_expiry, ahead)
  if (expiry === 'not_a_day') wrong('permit_expiry', 'people.register.not_a_day')
  const shown = readYes(permit_seen, latest)
  if (shown === undefined) note('permit_seen', 'people.register.not_yes_or_no')
  const number = silent(permit_number) ? null : permit_number.slice(0, 40)
  const read = readTitle(permit)
  // A number or a look at it says that there is one; which kind, a person decides.
  const meant =
    read ??
    (permit === '' && (number || (shown && shown !== undefined))
      ? { kind: undecidedKind, status: null, as_written: null }
      : null)
  if (!meant) return
  if (meant.kind === undecidedKind) note('permit', 'people.register.kind_to_decide')
  const seen_on = shown === true ? latest : typeof shown === 'string' && shown <= latest ? shown : shown ? latest : null
  const no_end = /illimitat|unlimited|permanent|indeterminat|senza scadenza/i.test(permit_expiry)
  said.title = {
    kind: meant.kind,
    status: seen_on ? (meant.status ?? (no_end ? 'ILLIMITATO' : 'VALIDO')) : 'NON_ESIBITO',
    number,
    expires_on:
      typeof expiry === 'object'
        ? expiry.precision === 'year'
          ? `${expiry.day.slice(0, 4)}-12-31`
          : expiry.day
        : null,
    seen_on,
    as_written: meant.as_written?.slice(0, 200) ?? null,
  }
}

function readNotice(cell: string, said: Said, latest: string, note: Tell) {
  const given = readYes(cell, latest)
  if (given === undefined) note('privacy_notice', 'people.register.not_yes_or_no')
  else if (given) said.notice_on = typeof given === 'string' && given <= latest ? given : latest
}
