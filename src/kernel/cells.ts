/** What people write into cells: days in every habit, whole numbers, yes and no. */

/** `1`: 1 January 1900. Excel believes in a 29 February 1900 (60), so later days are one less than they count. */
export function dayOfSerial(serial: number, from_1904 = false): string | undefined {
  const whole = Math.floor(serial)
  if (!Number.isFinite(serial) || whole < 1 || whole > 109_574 || (whole === 60 && !from_1904)) return undefined
  const zero = from_1904 ? '1904-01-01' : whole < 60 ? '1899-12-31' : '1899-12-30'
  return Temporal.PlainDate.from(zero).add({ days: whole }).toString()
}

/** `year`: a year alone was written. `none`: words that say there is no date. */
export type DayRead = { day: string; precision: 'day' | 'year' } | 'none' | 'not_a_day'

export type Century = (two_figures: number) => number
/** Of a day that has been: 25 is 2025 until that is to come. */
export const past =
  (latest: string): Century =>
  (year) =>
    2000 + year <= Number(latest.slice(0, 4)) ? 2000 + year : 1900 + year
/** Of a day to come, such as an expiry. */
export const ahead: Century = (year) => 2000 + year

/** A day as people write it: 17/5/1990, 17.5.90, 1990-05-17, 17 maggio 1990, an Excel serial number, or a year alone. */
export const readDay = (text: string, century: Century): DayRead => dayIn(text.trim().toLowerCase(), century)

function dayIn(text: string, century: Century): DayRead {
  if (text === '' || nothing.test(text)) return 'none'
  if (/^\d{4}$/.test(text) && text >= '1900' && text <= '2100') return { day: `${text}-07-01`, precision: 'year' }
  if (/^\d{1,6}(?:[.,]\d+)?$/.test(text)) return serial(text)
  const bare = /^(\d{2})(\d{2})((?:19|20)\d{2})$/.exec(text)
  if (bare) return written(bare[3] as string, bare[2] as string, bare[1] as string)
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ][\d:.]+z?)?$/.exec(text)
  if (iso) return written(iso[1] as string, iso[2] as string, iso[3] as string)
  const usual =
    /^(\d{1,2})[/.\- ]{1,2}(\d{1,2})[/.\- ]{1,2}(\d{4}|\d{2})(?:[ ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?$/.exec(text)
  if (usual) return written(yearOf(usual[3] as string, century), usual[2] as string, usual[1] as string)
  const spelled = /^(\d{1,2})[°º]?[ \-/.]*([\p{L}]{3,})[.]?[ \-/,.]*(\d{4}|\d{2})$/u.exec(text)
  const month =
    spelled && months.findIndex((names) => names.some((name) => (spelled[2] as string).startsWith(name))) + 1
  return spelled && month
    ? written(yearOf(spelled[3] as string, century), String(month), spelled[1] as string)
    : 'not_a_day'
}

const nothing =
  /^(?:0?1[/.-]0?1[/.-](?:0001|1900)|0001-01-01.*|1900-01-01.*|illimitat[aoi]|indeterminat[aoi]|a tempo indeterminato|senza scadenza|nessuna?|unlimited|permanent|none|never|n\.?\s?d\.?|n\.?\s?c\.?|non (?:so|sa|nota?|disponibile|presente)|unknown|sconosciut[ao]|[-–—?./]+)$/
const months = [
  ['gen', 'jan'],
  ['feb'],
  ['mar'],
  ['apr'],
  ['mag', 'may'],
  ['giu', 'jun'],
  ['lug', 'jul'],
  ['ago', 'aug'],
  ['set', 'sep'],
  ['ott', 'oct'],
  ['nov'],
  ['dic', 'dec'],
]

const yearOf = (text: string, century: Century) => (text.length === 4 ? text : String(century(Number(text))))

function serial(text: string): DayRead {
  const number = Number(text.replace(',', '.'))
  // Fewer days would be a birth of more than 120 years ago, or an age.
  const day = number >= 1900 ? dayOfSerial(number) : undefined
  return day ? { day, precision: 'day' } : 'not_a_day'
}

function written(year: string, month: string, date: string): DayRead {
  const [y, m, d] = [Number(year), Number(month), Number(date)]
  if (y === 1 && m === 1 && d === 1) return 'none'
  if (m < 1 || m > 12 || d < 1 || d > daysIn(y, m)) return 'not_a_day'
  return { day: `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`, precision: 'day' }
}
const daysIn = (year: number, month: number) =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31

/** Case, accents, spaces and punctuation say nothing. */
export const folded = (text: string) => {
  if (plain.test(text))
    return text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
const plain = /^[ -~]*$/

const yes = new Set([
  'si',
  's',
  'yes',
  'y',
  'x',
  'vero',
  'true',
  'ok',
  '1',
  'visto',
  'vista',
  'seen',
  'data',
  'consegnata',
  'consegnato',
  'fatto',
  'fatta',
  'given',
])
const no = new Set([
  'no',
  'n',
  'falso',
  'false',
  '0',
  'non visto',
  'non vista',
  'non consegnata',
  'not seen',
  'not given',
  'non esibito',
  'non esibita',
  'mai',
  '',
])

/** Yes, no, or the day on which it was yes; undefined when it says neither. */
export function readYes(text: string, latest: string): boolean | string | undefined {
  const word = folded(text)
  if (/^[✓✔☑]$/u.test(text.trim())) return true
  if (yes.has(word)) return true
  if (no.has(word)) return false
  const read = readDay(text, past(latest))
  return typeof read === 'object' && read.precision === 'day' ? read.day : undefined
}

/** The first whole number in a cell: `15`, `15 min`, `15,0`; undefined when there is none. */
export function readWhole(text: string): number | undefined {
  const found = /^\D{0,3}(\d{1,6})(?:[.,]0+)?(?:\s*\p{L}*\.?)?$/u.exec(text)
  return found ? Number(found[1]) : undefined
}
