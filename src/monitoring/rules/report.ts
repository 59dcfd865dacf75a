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
