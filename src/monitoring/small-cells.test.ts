import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openFigures, openUntil } from './rules/open-data.ts'
import { type Cell, publicCells } from './rules/report.ts'

const shown = (...values: number[]) =>
  publicCells(values.map((value, at): Cell => ({ gender: at % 2 ? 'M' : 'F', age: '18-60', value }))).map(
    ({ value }) => value,
  )

test('cells of five and more are seen as they are', () => {
  expect(shown(5, 9, 30)).toEqual([5, 9, 30])
})

test('the total tells nothing of a small cell: another is hidden with it', () => {
  expect(shown(1, 9, 30)).toEqual([null, null, 30])
  expect(shown(2, 3, 30)).toEqual([null, null, 30])
})

test('two cells of one each are not told by their sum', () => {
  expect(shown(1, 1, 9, 30)).toEqual([null, null, null, 30])
})

const row = (code: string, parent: string | null, value: number, ...cells: number[]) => ({
  code,
  parent,
  counts: 'persons' as const,
  value,
  new: 0,
  cells: cells.map((one, at): Cell => ({ gender: at % 2 ? 'M' : 'F', age: at > 1 ? '>60' : '18-60', value: one })),
})

test('a row that leaves fewer than five of the one above it is as telling as five: it is hidden whole', () => {
  const open = openFigures([
    row('all', null, 40, 30, 10),
    row('nearly', 'all', 38, 30, 8),
    row('half', 'all', 20, 15, 5),
  ])
  expect(open.map(({ value }) => value)).toEqual([40, null, 20])
  expect(open[1]?.cells.map(({ value }) => value)).toEqual([null, null])
  expect(open[2]?.cells.map(({ value }) => value)).toEqual([15, 5])
})

test('nobody can work a hidden cell out from what is shown', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }), fc.nat(40), (values, more) => {
      const whole = row('all', null, 0, ...values.map((value) => value + more))
      const part = row('part', 'all', 0, ...values)
      for (const one of [whole, part]) one.value = one.cells.reduce((sum, { value }) => sum + value, 0)
      const [all, some] = openFigures([whole, part])
      for (const open of [all, some]) {
        const hidden = (open?.cells ?? []).filter(({ value }) => value === null)
        for (const { value } of open?.cells ?? []) expect(value === null || value === 0 || value >= 5).toBe(true)
        // The total tells the sum of what is hidden: never of one alone, never under five.
        if (open?.value == null || hidden.length === 0) continue
        const rest = open.value - (open.cells ?? []).reduce((sum, { value }) => sum + (value ?? 0), 0)
        expect(hidden.length > 1 ? rest >= 5 : open.cells.length === 1).toBe(true)
      }
      // And the row above tells nothing of what is left.
      for (const [at, { value }] of (some?.cells ?? []).entries()) {
        const above = all?.cells[at]?.value
        if (value !== null && above != null) expect(above - value === 0 || above - value >= 5).toBe(true)
      }
      if (some?.value != null && all?.value != null)
        expect(all.value - some.value === 0 || all.value - some.value >= 5).toBe(true)
    }),
    { numRuns: 400, examples: [[[0, 0], 3]] },
  )
})

test('figures are those of the end of a month, as soon as there has been one', () => {
  expect(openUntil('2026-11-22', '2025-09-25')).toBe('2026-10-31')
  expect(openUntil('2025-10-03', '2025-09-25')).toBe('2025-09-30')
  expect(openUntil('2025-09-28', '2025-09-25')).toBe('2025-09-28')
})
