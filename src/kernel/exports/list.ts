/** A list as it leaves the house: what its columns are, and every cell as the value it is. */

export type Cell = string | number | null
/** `day` cells hold `YYYY-MM-DD`. */
export type CellKind = 'text' | 'number' | 'day'
export type Column<Row> = {
  readonly header: string
  cell(row: Row): Cell
  readonly kind?: CellKind
  /** How wide beside the others; a name takes two or three. */
  readonly width?: number
}

export type List = {
  /** `desk.day_list`: what the trail calls it. */
  readonly name: string
  /** Without names of people: it is the title of the paper. */
  readonly title: string
  /** Name of the file, without its ending and without names of people. */
  readonly file: string
  /** What was asked for: the period, the filters. */
  readonly notes: readonly string[]
  readonly columns: readonly { header: string; kind: CellKind; width: number }[]
  readonly rows: readonly (readonly Cell[])[]
}

export function listOf<Row>({
  columns,
  rows,
  notes = [],
  ...list
}: Pick<List, 'name' | 'title' | 'file'> & {
  notes?: readonly string[]
  columns: readonly Column<NoInfer<Row>>[]
  rows: readonly Row[]
}): List {
  return {
    ...list,
    notes,
    columns: columns.map(({ header, kind = 'text', width = 1 }) => ({ header, kind, width })),
    rows: rows.map((row) => columns.map((column) => column.cell(row))),
  }
}
