import type { Counts } from './definitions.ts'

export type Period = { from: string; to: string }
export type Gender = 'F' | 'M' | 'X'
export type Age = '<18' | '18-60' | '>60'
export type Cell = { gender: Gender; age: Age; value: number }
/** `value` from the start of the project to the end of the period, `new` within it; `cells` split the value of persons. */
export type Figure = { code: string; value: number; new: number; cells: Cell[] }
/** What `report --format json` prints: other systems rely on these keys (design.md §5). */
export type Report = { period: Period; indicators: Figure[] }

export const genders = ['F', 'M', 'X'] as const satisfies readonly Gender[]
export const ages = ['<18', '18-60', '>60'] as const satisfies readonly Age[]

/** Counts of people come with names behind them; counts of things do not. */
export const countsPeople = (counts: Counts) => counts === 'persons' || counts === 'people' || counts === 'new_people'

export const hours = (minutes: number) => Math.round((minutes * 100) / 60) / 100

/** In this order, the first that applies on the day of a fact keeps it from counting (design.md §3). */
export const reasons = [
  'citizenship_unknown',
  'eu_or_italian',
  'birth_unknown',
  'gender_unknown',
  'title_not_shown',
  'title_not_covering',
  'kind_not_accepted',
  'kind_to_decide',
  'notice_not_given',
] as const
export type Reason = (typeof reasons)[number]

/** What is seen of small numbers outside the programme office. */
export const small = 5
export const isSmall = (value: number) => value > 0 && value < small

export const ageKeys = { '<18': 'under', '18-60': 'middle', '>60': 'over' } as const satisfies Record<Age, string>
export const isGender = (text: string | null): text is Gender => genders.includes(text as Gender)
export const isAge = (text: string | null): text is Age => ages.includes(text as Age)
export const isReason = (text: string | null): text is Reason => reasons.includes(text as Reason)

/**
 * What somebody outside the programme office sees of the cells: those under five are hidden, and with them the next smallest
 * until at least two are and together they make five, since the total would tell what is behind one, or behind two of one each.
 */
export function publicCells(
  cells: readonly Cell[],
  tells = ({ value }: Cell) => isSmall(value),
): (Omit<Cell, 'value'> & { value: number | null })[] {
  const hidden = new Set(cells.filter(tells))
  const others = cells.filter((cell) => !hidden.has(cell)).sort((a, b) => a.value - b.value)
  for (const next of hidden.size > 0 ? others : []) {
    const together = [...hidden].reduce((sum, { value }) => sum + value, 0)
    if (hidden.size > 1 && together >= small) break
    hidden.add(next)
  }
  return cells.map((cell) => (hidden.has(cell) ? { ...cell, value: null } : cell))
}

/** What the people of a figure are divided by, besides gender and age. */
export const traits = ['comune', 'citizenship'] as const
export type Trait = (typeof traits)[number]
export const isTrait = (text: string | null): text is Trait => traits.includes(text as Trait)
/** One of the groups a figure is divided into; `code` is null where it is not known. */
export type Group = { trait: Trait; code: string | null }
/** In an address: the code of a Comune or of a country, or this word. */
export const unknownGroup = 'ignoto'

export function groupAsked(query: URLSearchParams): Group | undefined {
  const [trait, code] = [query.get('per'), query.get('di') ?? '']
  if (!isTrait(trait) || !/^[0-9A-Za-z]{2,6}$/.test(code)) return undefined
  return { trait, code: code === unknownGroup ? null : code }
}
/** `code` is null where it is not known. */
export type Share = { code: string | null; people: number }
export type Shares = { shares: Share[]; others: number }

/** Groups under five go into one line of others, and with them the next smallest until two are in it and together make five. */
export function publicShares(shares: readonly Share[]): Shares {
  const rising = [...shares].sort((a, b) => a.people - b.people)
  let [at, others] = [0, 0]
  for (const { people } of rising) {
    if (!isSmall(people) && (at === 0 || (at > 1 && others >= small))) break
    at++
    others += people
  }
  const shown = new Set(rising.slice(at))
  return { shares: shares.filter((share) => shown.has(share)), others }
}

export type PeriodProblem = 'not_a_day' | 'reversed'
export type PeriodAsked = {
  period: Period
  errors: { dal?: PeriodProblem; al?: PeriodProblem }
  /** The reader is shown whole months only. */
  by_month?: boolean
}

/** The period an address asks for; what it says wrongly is said, and the usual one is shown: this month, up to today. */
export function periodAsked(query: URLSearchParams, today: string): PeriodAsked {
  const usual = { from: monthOf(today), to: today }
  const [dal, al] = [query.get('dal') ?? '', query.get('al') ?? '']
  const errors: PeriodAsked['errors'] = {
    ...(dal && !isDay(dal) && { dal: 'not_a_day' as const }),
    ...(al && !isDay(al) && { al: 'not_a_day' as const }),
  }
  if (errors.dal || errors.al) return { period: usual, errors }
  const to = al || usual.to
  const from = dal || (al ? monthOf(al) : usual.from)
  return from > to ? { period: usual, errors: { al: 'reversed' } } : { period: { from, to }, errors: {} }
}

/**
 * The whole months, already over, around what was asked: what those are shown who see no person. Of two totals a day apart
 * the difference would be the one person served on that day, whom the hiding of small numbers does not protect.
 */
export function byMonth({ period, errors }: PeriodAsked, today: string): PeriodAsked {
  const over = lastOf(Temporal.PlainDate.from(today).subtract({ months: 1 }))
  const [to = over] = [lastOf(Temporal.PlainDate.from(period.to)), over].sort()
  const from = monthOf(period.from)
  return { period: { from: from < to ? from : monthOf(to), to }, errors, by_month: true }
}

const monthOf = (day: string) => `${day.slice(0, 8)}01`
const lastOf = (day: Temporal.PlainDate) => day.with({ day: day.daysInMonth }).toString()

/** A month as an address carries it, `2026-03`. */
export const isMonth = (text: string | null): text is string => isDay(`${text}-01`)
export const daysOf = (month: string) => {
  const first = Temporal.PlainDate.from(`${month}-01`)
  return { from: first.toString(), to: lastOf(first) }
}

export function isDay(text: string) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/** What a question to the person mends; the others are the office's to decide, or as they are. */
export const reasonsToMend: ReadonlySet<Reason> = new Set([
  'citizenship_unknown',
  'birth_unknown',
  'gender_unknown',
  'title_not_shown',
  'title_not_covering',
  'kind_to_decide',
  'notice_not_given',
])
