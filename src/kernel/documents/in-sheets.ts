/** As many rows as surely fit on a portrait sheet, so that none runs on to a page without a mark. */

type Wide = {
  columns: number
  /** Letters that fit in a line of its wide columns, by their place; wide ones count twice. */
  letters: Readonly<Record<number, number>>
  /** So many empty rows at least, for whoever comes without having been expected; the last sheet is filled with them. */
  spare?: number
}

// Centimetres for rows on a sheet.
const room = 14
const row_height = 1.15
const empty_rows = 12

/** Without rows, one sheet to be filled in by hand. */
export function inSheets(rows: string[][], { columns, letters, spare = 0 }: Wide): string[][][] {
  const sheets: string[][][] = [[]]
  let left = room
  for (const row of rows) {
    const high = heightOf(row, letters)
    if (high > left && sheets.at(-1)?.length) {
      sheets.push([])
      left = room
    }
    sheets.at(-1)?.push(row)
    left -= high
  }
  const empty = (count: number) => Array.from({ length: count }, () => Array<string>(columns).fill(''))
  if (spare > 0 && left < spare * row_height) sheets.push(empty(empty_rows))
  else if (spare > 0) sheets.at(-1)?.push(...empty(Math.floor(left / row_height)))
  return rows.length > 0 ? sheets : [empty(empty_rows)]
}

function heightOf(row: readonly string[], letters: Wide['letters']) {
  const lines = Object.entries(letters).map(([at, fit]) => Math.ceil(widthOf(row[Number(at)] ?? '') / fit))
  return Math.max(row_height, Math.max(...lines) * 0.46 + 0.35)
}
const widthOf = (text: string) => [...text].length + (text.match(/[\u2E80-\u9FFF\uF900-\uFAFF]/g)?.length ?? 0)
