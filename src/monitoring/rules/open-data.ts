/** What leaves the house for anybody: figures that point at nobody, neither by themselves nor by what they leave of others. */
import type { Counts } from './definitions.ts'
import { type Cell, type Figure, isSmall, publicCells } from './report.ts'

type Row = Figure & { parent: string | null; counts: Counts }
export type OpenFigure<R> = Omit<R, 'value' | 'cells' | 'new'> & {
  value: number | null
  cells: (Omit<Cell, 'value'> & { value: number | null })[]
}

/**
 * Hidden (`null`): what is under five; what leaves under five of the row it is part of, since one is the other's rest; and of
 * cells as many more as it takes until the total tells none of them. A total that is hidden hides its cells.
 */
export function openFigures<R extends Row>(rows: readonly R[]): OpenFigure<R>[] {
  const byCode = new Map(rows.map((row) => [row.code, row]))
  return rows.map(({ value, cells, new: _, ...row }) => {
    const whole = row.parent === null ? undefined : byCode.get(row.parent)
    // Nobody leaves the whole as it is, which is hidden by itself where it is small.
    const tells = (part: number, of: number | undefined) =>
      part !== 0 && (isSmall(part) || (of !== undefined && isSmall(of - part)))
    const cellOfWhole = ({ gender, age }: Cell) =>
      whole?.cells.find((cell) => cell.gender === gender && cell.age === age)?.value
    const hidden = tells(value, whole?.value)
    return {
      ...row,
      value: hidden ? null : value,
      cells: hidden
        ? cells.map((cell) => ({ ...cell, value: null }))
        : publicCells(cells, (cell) => tells(cell.value, cellOfWhole(cell))),
    } as OpenFigure<R>
  })
}

/** Up to the end of the month before: from day to day the difference of two figures would be one person. */
export function openUntil(today: string, starts_on: string) {
  const last = Temporal.PlainDate.from(today).with({ day: 1 }).subtract({ days: 1 }).toString()
  return last >= starts_on ? last : today
}
