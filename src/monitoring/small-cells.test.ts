import { expect, test } from 'vitest'
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
