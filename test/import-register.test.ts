/** Fourteen months of the desk come in from the register of the field, on an installation with nobody in it (issue B). */
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { decidePair, duplicatesToday, undecidedAmong } from '../src/people/actions.ts'
import { command } from './kit/command.ts'
import { openTestHouse, type TestHouse } from './kit/house.ts'
import { joinedWrongly, rowsTaken, truthOf } from './kit/register.ts'

type Truth = {
  rows: number
  visits_named: number
  anonymous: number
  refused: number
  persons: number
  countable: number
  cells: Record<string, number>
  row_person: (number | null)[]
}
const truth: Truth = JSON.parse(readFileSync('test/registro-accessi.truth.json', 'utf8'))
const persons = truth.row_person.filter((person) => person !== null)
const file = 'test/registro-accessi.csv'

let town: TestHouse
let first: Awaited<ReturnType<typeof command>>
beforeAll(async () => {
  town = await openTestHouse({ demo: false })
  first = await command(town, 'import', 'visits', file, '--format', 'json')
})

const report = async () =>
  (await command(town, 'report', '--from', '2025-09-25', '--to', '2026-11-22', '--format', 'json')).json
const figure = async (code: string) => (await report()).indicators.find((one: { code: string }) => one.code === code)

describe('the register of the sample', () => {
  test('good rows come in, the six bad ones do not', () => {
    expect(first.status).toBe(0)
    expect(first.json).toMatchObject({
      rows: truth.rows,
      accepted: truth.rows - truth.refused,
      rejected: truth.refused,
    })
    expect(first.json.people_found + first.json.people_created).toBe(truth.visits_named)
    expect(first.json.people_created).toBeLessThanOrEqual(1.25 * truth.persons)
  })

  test('nobody is joined to somebody else', async () => {
    const taken = await town.inCtx(rowsTaken)
    expect(taken.length).toBe(truth.visits_named)
    expect(joinedWrongly(taken, persons)).toEqual([])
  })

  test('whoever gave no name is an activity figure', async () => {
    const { rows } = await town.inCtx(({ db }) =>
      sql<{ n: number }>`select count(*)::int as n from desk.visit where person_id is null`.execute(db),
    )
    expect(rows[0]?.n).toBe(truth.anonymous)
  })

  test('fed again it adds nothing', async () => {
    const before = await report()
    const again = await command(town, 'import', 'visits', file, '--format', 'json')
    expect(again.json).toEqual({ ...first.json, people_found: truth.visits_named, people_created: 0, facts: 0 })
    expect(await report()).toEqual(before)
  })

  test('once the pairs are decided as the truth says, the figure is the truth, cell by cell', async () => {
    const whose = await town.inCtx(async (ctx) => truthOf(await rowsTaken(ctx), persons))
    const next = () => town.inCtx(async (ctx) => (await duplicatesToday(ctx, true)).pairs[0])
    for (let pair = await next(); pair; pair = await next()) {
      const { one, other } = pair
      await town.inCtx((ctx) => decidePair(ctx, one, other, whose.get(one) === whose.get(other) ? 'same' : 'different'))
    }
    expect(await town.inCtx((ctx) => undecidedAmong(ctx, [...whose.keys()]))).toBe(0)
    const { value, cells } = await figure('O.2.3')
    expect(
      Object.fromEntries(
        cells.map((cell: { gender: string; age: string; value: number }) => [`${cell.gender}|${cell.age}`, cell.value]),
      ),
    ).toEqual(truth.cells)
    expect(value).toBe(truth.countable)
  })
})
