import writeXlsxFile from 'write-excel-file/node'
import type { Cell, CellKind, List } from './list.ts'

// What XML cannot carry.
const unwritable = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/gu
const longest_cell = 32_767

/**
 * Every cell says its type: what looks like a formula is a string in a string cell. The first sheet is nothing but the list,
 * to be sorted and counted; what it is and what was asked for stands on a second one.
 */
export async function xlsxOf({ title, notes, columns, rows }: List): Promise<Uint8Array> {
  const head = columns.map(({ header }) => ({
    value: words(header),
    type: String,
    fontWeight: 'bold' as const,
    wrap: true,
    alignVertical: 'top' as const,
  }))
  const lines = rows.map((row) => row.map((cell, at) => typed(cell, columns[at]?.kind ?? 'text')))
  const list = {
    sheet: sheetName(title),
    data: [head, ...lines],
    columns: columns.map(({ width }) => ({ width: 12 * width })),
    stickyRowsCount: 1,
    ...(columns.length > 5 && { orientation: 'landscape' as const }),
  }
  if (notes.length === 0) return writeXlsxFile([list]).toBuffer()
  const about = [title, ...notes].map((line) => [{ value: words(line), type: String }])
  return writeXlsxFile([list, { sheet: 'Info', data: about, columns: [{ width: 80 }] }]).toBuffer()
}

/** What the programs allow in the name of a sheet. */
const sheetName = (title: string) =>
  words(title.replaceAll(/[[\]:*?/\\']/g, ' '))
    .slice(0, 31)
    .trim() || '1'

function typed(cell: Cell, kind: CellKind) {
  if (cell === null || cell === '') return null
  if (typeof cell === 'number') return { value: cell, type: Number }
  if (kind === 'day' && /^\d{4}-\d\d-\d\d$/.test(cell))
    return { value: new Date(`${cell}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy', align: 'center' as const }
  // From left to right like its column, in whatever script: else an Arabic name leans on the next one.
  return { value: words(cell), type: String, align: 'left' as const }
}

/** The format writes a letter as `_x0041_`: text that only looks like that is written so as to be read back as it was. */
function words(text: string) {
  const escaped = text
    .replaceAll(unwritable, '')
    .slice(0, longest_cell)
    .replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    // The writer leaves it out, though XML may carry it.
    .replaceAll('\uFFFD', '_xFFFD_')
  // The writer keeps its strings in a plain object and would mistake these for what every object has.
  return escaped in Object.prototype ? `${asCode(escaped)}${escaped.slice(1)}` : escaped
}
const asCode = (text: string) => `_x${text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
