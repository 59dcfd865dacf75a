/** A birth as it is known: a day, or a year alone (then `born` may be any day of it). */
export type Birth = { born?: string | undefined; born_precision?: 'day' | 'year' | undefined }

export type BirthsCompared = 'same_day' | 'same_year' | 'unknown' | 'differ'

const year = (born: string) => born.slice(0, 4)

export function knowsDay({ born, born_precision }: Birth): boolean {
  return born?.length === 10 && born_precision !== 'year'
}

export function compareBirths(a: Birth, b: Birth): BirthsCompared {
  if (!a.born || !b.born) return 'unknown'
  if (year(a.born) !== year(b.born)) return 'differ'
  if (!knowsDay(a) || !knowsDay(b)) return 'same_year'
  return a.born === b.born ? 'same_day' : 'differ'
}

/** The first of January is what offices write when the day is not known, so it says no more than the year. */
export const isOfficeDay = (born: string | undefined) => born?.endsWith('-01-01') ?? false

/** Two days that differ as a slip of the hand does: day and month exchanged, or one figure wrong. */
export function isSlip(a: Birth, b: Birth): boolean {
  if (!a.born || !b.born || !knowsDay(a) || !knowsDay(b)) return false
  const [y = '', m = '', d = ''] = a.born.split('-')
  if (`${y}-${d}-${m}` === b.born) return true
  const other = b.born
  return [...a.born].filter((figure, at) => figure !== other[at]).length === 1
}

/** The days and years an operator may mean: «17/5/1990», «17.5.90», «1990-05-17». A year of two figures stands for both centuries. */
export function birthsMeant(text: string): string[] {
  const italian = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(text)
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const [d, m, y] = italian ? italian.slice(1) : iso ? iso.slice(1).reverse() : []
  if (!d || !m || !y) return /^(?:19|20)\d\d$/.test(text) ? [text] : []
  const years = y.length === 4 ? [y] : [`19${y}`, `20${y}`]
  return years.map((one) => `${one}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`).filter(isDay)
}

function isDay(text: string): boolean {
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch {
    return false
  }
}
