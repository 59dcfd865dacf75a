/**
 * Rows that count people, as bits: one for each set of facts that some row wants. What a person has done is then two
 * numbers, the bits of the days before a period and those within it, and every figure follows from them.
 */
import { type Match, parentsOf, type Version } from './definitions.ts'
import { type Age, ages, type Gender, genders } from './report.ts'

export type PersonPlan = {
  /** Rows that count people, in the version of the period's last day. */
  rows: readonly Version[]
  matches: readonly Match[]
}

/** As many as fit a whole number of 4 bytes. */
const most_columns = 30

/** Rows that want the same facts share a column, unless one counts the eligible only and the other anybody. */
export function columnsOf({ rows, matches }: PersonPlan) {
  const groups = Map.groupBy(rows, ({ code, counts }) => {
    const wanted = matches.flatMap(({ codes }, at) => (codes.includes(code) ? at : []))
    return wanted.length === 0 ? '' : `${counts === 'persons' ? 'eligible' : 'anybody'} ${wanted.join()}`
  })
  groups.delete('')
  if (groups.size > most_columns) throw new Error(`at most ${most_columns} different counts of people`)
  return [...groups.values()].map((own, at) => ({
    at,
    bit: 1 << at,
    codes: own.map(({ code }) => code),
    eligible: own[0]?.counts === 'persons',
    last: own.some(({ counts }) => counts === 'people'),
  }))
}

/** The facts that are read at all, each with the columns that want it. */
export function maskedMatches(plan: PersonPlan) {
  const columns = columnsOf(plan)
  const maskOf = (codes: readonly string[]) =>
    columns.reduce((mask, { bit, codes: own }) => (own.some((code) => codes.includes(code)) ? mask | bit : mask), 0)
  return plan.matches.map((match) => ({ ...match, mask: maskOf(match.codes) })).filter(({ mask }) => mask > 0)
}
export const wantsNothing = (plan: PersonPlan) => maskedMatches(plan).length === 0

export const bitsOf = (plan: PersonPlan, which: (column: ReturnType<typeof columnsOf>[number]) => boolean) =>
  columnsOf(plan).reduce((mask, column) => (which(column) ? mask | column.bit : mask), 0)

/** The rows somebody must be in to count in this one: itself and the wider ones. */
export const neededFor = ({ rows }: PersonPlan, code: string) => [
  code,
  ...parentsOf(rows, code).filter((parent) => rows.some((row) => row.code === parent)),
]

/** So many people of one cell, with these bits before the period and within it. */
export type Line = { gender: number; age: number; before: number; within: number; people: number }
export type PersonSum = { gender: Gender | null; age: Age | null; code: string; value: number; new: number }

/** A person counts in a row with all its bits, and is new there unless all of them were there before the period. */
export function sumLines(plan: PersonPlan, lines: readonly Line[]): PersonSum[] {
  return plan.rows.flatMap(({ code, counts }) => {
    const needed = neededFor(plan, code).map((one) => bitsOf(plan, ({ codes }) => codes.includes(one)))
    if (needed.includes(0)) return []
    const bits = needed.reduce((mask, bit) => mask | bit, 0)
    const has = (mask: number) => (mask & bits) === bits
    return lines
      .filter(({ before, within }) => has(before | within))
      .map(({ gender, age, before, within, people }) => ({
        gender: genders[gender - 1] ?? null,
        age: ages[age - 1] ?? null,
        code,
        value: people,
        new: (counts === 'people' ? has(within) : !has(before)) ? people : 0,
      }))
  })
}
