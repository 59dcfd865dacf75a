/** A report made into what an office opens: a sheet, or a table to read. */
import { stringify } from 'csv-stringify/sync'
import writeXlsxFile from 'write-excel-file/node'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Report } from '../rules/report.ts'
import { plainTable, type Sheet, sheetOf } from '../rules/sheets.ts'
import { rowNames } from './definitions.ts'

export const formats = ['table', 'json', 'csv', 'xlsx'] as const
export type Format = (typeof formats)[number]

export async function sheetMade(ctx: Ctx, report: Report) {
  return { report, sheet: sheetOf(report, await rowNames(ctx, report.period.to), ctx.t) }
}

export async function written(
  format: Format,
  { report, sheet }: { report: Report; sheet: Sheet },
): Promise<string | Uint8Array> {
  if (format === 'json') return JSON.stringify(report)
  if (format === 'table') return plainTable(sheet)
  // The mark at the beginning tells a spreadsheet program to read the accents right.
  if (format === 'csv')
    return stringify([sheet.head, ...sheet.lines], { delimiter: ';', bom: true, escape_formulas: true })
  return writeXlsxFile([
    sheet.head.map((value) => ({ value, fontWeight: 'bold' as const })),
    ...sheet.lines.map((line) =>
      line.map((value) => (value === null ? null : typeof value === 'number' ? { value } : { value, type: String })),
    ),
  ]).toBuffer()
}
