import { type Birth, compareBirths } from './birth.ts'
import { clean } from './letters.ts'

/** What a codice fiscale makes us ask about; never a reason to refuse a person. */
export type TaxCodeFinding =
  | 'not_a_tax_code'
  | 'provisional'
  | 'wrong_check_letter'
  | 'impossible_birth'
  | 'birth_differs'
  | 'gender_differs'
  | 'foreign_born'
  | 'homocode'

export type TaxCodeRead = {
  /** Two years, since the code writes two figures: the earlier one first. */
  births: string[]
  gender: 'F' | 'M'
  /** Code of the Comune, or Z and a number for a State. */
  birth_place: string
  foreign_born: boolean
  /** Two people got the same letters, and figures were replaced by letters to part them. */
  homocode: boolean
  check_letter_right: boolean
}

const FIGURE = '[0-9LMNPQRSTUV]'
export const TAX_CODE = new RegExp(`^[A-Z]{6}${FIGURE}{2}[ABCDEHLMPRST]${FIGURE}{2}[A-Z]${FIGURE}{3}[A-Z]$`)
const MONTHS = 'ABCDEHLMPRST'
const REPLACED = 'LMNPQRSTUV'
const FIGURES_AT = [6, 7, 9, 10, 12, 13, 14]
// Offices give eleven figures to who waits for the real code.
const PROVISIONAL = /^\d{11}$/
const WOMEN_FROM = 40

const bareCode = (code: string) => clean(code).replace(/\s/g, '').toUpperCase()

export function readTaxCode(code: string): TaxCodeRead | undefined {
  const bare = bareCode(code)
  if (!TAX_CODE.test(bare)) return undefined
  const figures = [...bare]
  for (const at of FIGURES_AT) {
    const value = REPLACED.indexOf(figures[at] ?? '')
    if (value >= 0) figures[at] = String(value)
  }
  const plainCode = figures.join('')
  const day = Number(plainCode.slice(9, 11))
  const month = MONTHS.indexOf(plainCode.charAt(8)) + 1
  const birth_place = plainCode.slice(11, 15)
  return {
    births: ['19', '20'].flatMap((century) =>
      existing(Number(century + plainCode.slice(6, 8)), month, day % WOMEN_FROM),
    ),
    gender: day > WOMEN_FROM ? 'F' : 'M',
    birth_place,
    foreign_born: birth_place.startsWith('Z'),
    homocode: plainCode.slice(0, 15) !== bare.slice(0, 15),
    check_letter_right: checkLetter(bare.slice(0, 15)) === bare.charAt(15),
  }
}

function existing(year: number, month: number, day: number): string[] {
  try {
    return [Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString()]
  } catch {
    return []
  }
}

// The values the law gives to 0-9 and A-Z when they stand in an odd place; in an even place a sign is worth its rank.
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

export function checkLetter(firstFifteen: string): string {
  const total = [...firstFifteen].reduce((sum, sign, at) => {
    const rank = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65
    return sum + (at % 2 === 0 ? (ODD[rank] ?? 0) : rank)
  }, 0)
  return String.fromCharCode(65 + (total % 26))
}

/** What the code says against the person it is written on. An empty list: nothing to ask. */
export function taxCodeFindings(code: string, person: Birth & { gender?: string | undefined }): TaxCodeFinding[] {
  const bare = bareCode(code)
  if (PROVISIONAL.test(bare)) return ['provisional']
  const read = readTaxCode(bare)
  if (!read) return ['not_a_tax_code']
  const found: [boolean, TaxCodeFinding][] = [
    [!read.check_letter_right, 'wrong_check_letter'],
    [read.births.length === 0, 'impossible_birth'],
    [
      read.births.length > 0 && read.births.every((born) => compareBirths({ born }, person) === 'differ'),
      'birth_differs',
    ],
    [person.gender === 'F' || person.gender === 'M' ? person.gender !== read.gender : false, 'gender_differs'],
    [read.foreign_born, 'foreign_born'],
    [read.homocode, 'homocode'],
  ]
  return found.filter(([holds]) => holds).map(([, finding]) => finding)
}
