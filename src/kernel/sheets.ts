/**
 * Spreadsheets as people have them: CSV in any of the usual encodings and delimiters, or XLSX. Every cell comes out as text,
 * a formula as what the sheet showed; nothing is ever computed. What is no spreadsheet is refused with one sentence.
 */
import type { Problem } from './errors.ts'
import { readCsv } from './sheets/csv.ts'
import { NotASheet } from './sheets/not-a-sheet.ts'
import { readXlsx } from './sheets/xlsx.ts'

export { NotASheet } from './sheets/not-a-sheet.ts'

/** One table: a CSV file holds one, a workbook as many as it has sheets. */
export type Sheet = {
  name: string
  rows: string[][]
  /** Where each row stands in the file, counted from 1, as a spreadsheet shows it. */
  lines: number[]
}
export type Workbook = { sheets: Sheet[]; delimiter: Delimiter }
export type Delimiter = ';' | ',' | '\t'

export const most_bytes = 50 * 1024 * 1024
export const too_large: Problem = ['kernel.sheet.too_large', { mb: most_bytes / 1024 / 1024 }]

/** @throws NotASheet with a sentence for the person */
export function readWorkbook(bytes: Uint8Array): Workbook {
  if (bytes.length > most_bytes) throw new NotASheet(too_large)
  if (bytes.length === 0) throw new NotASheet('kernel.sheet.empty')
  if (starts(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new NotASheet('kernel.sheet.old_excel')
  const workbook = starts(bytes, [0x50, 0x4b]) ? { sheets: readXlsx(bytes), delimiter: ';' as const } : readCsv(bytes)
  const sheets = workbook.sheets.map(withoutEmptyRows).filter(({ rows }) => rows.length > 0)
  if (sheets.length === 0) throw new NotASheet('kernel.sheet.empty')
  return { ...workbook, sheets }
}

const starts = (bytes: Uint8Array, signature: readonly number[]) => signature.every((byte, at) => bytes[at] === byte)

function withoutEmptyRows({ name, rows, lines }: Sheet): Sheet {
  const kept = rows.flatMap((row, at) => (row.some((cell) => cell !== '') ? [at] : []))
  return { name, rows: kept.map((at) => rows[at] as string[]), lines: kept.map((at) => lines[at] as number) }
}

// A cell that begins so is a formula to a spreadsheet (quality.md §5); the mark is taken off again when it comes back.
const formula = /^[=+\-@\t\r]/

/** A table as CSV: UTF-8 with a mark, so that Excel reads the accents; no cell of it is ever a formula. */
export function writeCsv(rows: readonly (readonly string[])[], delimiter: Delimiter = ';') {
  const quoted = (cell: string) =>
    /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell
  const safe = (cell: string) => quoted(formula.test(cell) ? `'${cell}` : cell)
  return `\uFEFF${rows.map((row) => row.map(safe).join(delimiter)).join('\r\n')}\r\n`
}

export const withoutMark = (cell: string) =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell
