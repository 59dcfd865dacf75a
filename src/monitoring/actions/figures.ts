/** Figures, always made anew from the ledger: for any period, cumulative and new, with the cells of those who count. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { expectedBy, projectOf, type Target, targets } from '../../programme/actions.ts'
import { type PersonSum, sumLines, wantsNothing } from '../rules/columns.ts'
import { type Match, matchesOf, rowsOn, type Version } from '../rules/definitions.ts'
import { may } from '../rules/may.ts'
import {
  ages,
  type Cell,
  countsPeople,
  type Figure,
  genders,
  hours,
  type Period,
  type Report,
} from '../rules/report.ts'
import { type Definition, listDefinitions, presentPairs } from '../store/definitions.ts'
import { sweepEverybody, type Window } from '../store/persons.ts'
import { type Sum, sumFacts, sumMinutes, sumThings } from '../store/sums.ts'

/** What `report --format json` prints. */
export async function report(ctx: Ctx, { from, to }: Period): Promise<Report> {
  allow(ctx.actor.can(may.see_figures))
  return { period: { from, to }, indicators: await figures(ctx, await listDefinitions(ctx), { from, to }) }
}

/** The figures that these definitions would give; the stored ones, or those of somebody who tries a change. */
export async function figures(ctx: Ctx, versions: readonly Version[], period: Period): Promise<Figure[]> {
  const { rows, matches, window } = await ground(ctx, versions, period)
  const persons = rows.filter(({ counts }) => countsPeople(counts))
  const plan = { rows: persons, matches }
  const people = wantsNothing(plan) ? [] : sumLines(plan, await sweepEverybody(ctx, plan, window))
  const single = await sumSingle(ctx, rows, matches, window)
  return rows.map(({ code, counts }) =>
    countsPeople(counts)
      ? personFigure(code, counts === 'persons', people)
      : (single.get(code) ?? { code, value: 0, new: 0, cells: [] }),
  )
}

/** The rows on the last day of the period, which facts they want, and the days that are read. */
export async function ground<V extends Version>(ctx: Ctx, versions: readonly V[], { from, to }: Period) {
  const { starts_on, ends_on } = await projectOf(ctx)
  const window: Window = { starts_on, from, to: to < ends_on ? to : ends_on }
  return { rows: rowsOn(versions, to), matches: matchesOf(versions, await presentPairs(ctx)), window }
}

async function sumSingle(ctx: Ctx, rows: readonly Version[], matches: readonly Match[], window: Window) {
  const codes = (counts: Version['counts']) => rows.filter((row) => row.counts === counts).map((row) => row.code)
  const found: Sum[] = await sumFacts(ctx, codes('facts'), matches, window)
  for (const sum of await sumMinutes(ctx, codes('minutes'), matches, window))
    found.push({ code: sum.code, value: hours(sum.value), new: hours(sum.new) })
  for (const thing of ['organisations', 'days', 'evidence'] as const)
    found.push(...(await sumThings(ctx, thing, codes(thing), matches, window)))
  return new Map(found.map((sum) => [sum.code, { ...sum, cells: [] }]))
}

function personFigure(code: string, split: boolean, people: readonly PersonSum[]): Figure {
  const own = people.filter((sum) => sum.code === code)
  const cells = genders.flatMap((gender) =>
    ages.flatMap((age): Cell[] => {
      const value = total(own.filter((sum) => sum.gender === gender && sum.age === age).map((sum) => sum.value))
      return value > 0 ? [{ gender, age, value }] : []
    }),
  )
  return {
    code,
    value: total(own.map((sum) => sum.value)),
    new: total(own.map((sum) => sum.new)),
    cells: split ? cells : [],
  }
}
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

export type ProgressRow = Definition & Figure & { target: Target | null; expected: number | null }

/** Where the project stands on a day: every row with its target and what is expected by then. */
export const progress = async (ctx: Ctx, day: string) =>
  progressIn(ctx, { from: (await projectOf(ctx)).starts_on, to: day })

/** The same at the end of a period, with what is new in it. */
export async function progressIn(ctx: Ctx, period: Period): Promise<ProgressRow[]> {
  allow(ctx.actor.can(may.see_figures))
  const definitions = await listDefinitions(ctx)
  const done = new Map((await figures(ctx, definitions, period)).map((figure) => [figure.code, figure]))
  const wanted = new Map((await targets(ctx, period.to)).map((target) => [target.indicator, target]))
  return rowsOn(definitions, period.to).map((row) => {
    const target = (row.measure && wanted.get(row.measure)) || null
    return { ...row, ...(done.get(row.code) as Figure), target, expected: target && expectedBy(target, period.to) }
  })
}
