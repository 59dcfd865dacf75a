import { stringify } from 'csv-stringify/sync'
import type { Cell, List } from './list.ts'

// What a spreadsheet program would take for a formula, also in the wide forms of East Asian keyboards.
const formula = /^[\s\0]*[=+\-@\t\r\0＝＋－＠]/

/** A number is a number; everything else is words, and stays words when opened. */
export const guarded = (cell: Cell) =>
  typeof cell === 'string' && formula.test(cell) ? `'${cell.replaceAll('\0', '')}` : cell

/** RFC 4180 with what Italian spreadsheet programs expect: semicolons, a decimal comma, a mark that says the accents are UTF-8. */
export function csvOf({ columns, rows }: List) {
  const lines = [columns.map(({ header }) => header), ...rows].map((row) => row.map(guarded))
  return stringify(lines, {
    delimiter: ';',
    bom: true,
    record_delimiter: '\r\n',
    quoted_match: /[\r\n]/,
    cast: { number: (value) => String(value).replace('.', ',') },
  })
}
