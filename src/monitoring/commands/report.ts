import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Ctx } from '../../kernel/ctx.ts'
import { paperOf } from '../../kernel/documents/document.ts'
import { packed } from '../../kernel/exports/exports.ts'
import type { Command } from '../../kernel/module.ts'
import { rowNames } from '../actions/definitions.ts'
import { figuresToExport } from '../actions/exports.ts'
import { report } from '../actions/figures.ts'
import { isDay, type Period } from '../rules/report.ts'
import { plainTable, sheetOf } from '../rules/sheets.ts'

export const reportCommand: Command = {
  name: 'report',
  usage: '--from DAY --to DAY [--format json|csv|xlsx|pdf] [--out FILE]',
  help: `Prints the indicators for a period: cumulative from the start of the project, new in the period, cells by gender and age.
Without --format it prints a table to read.

  --from DAY      first day of the period, 2026-11-01
  --to DAY        last day of the period, 2026-11-30
  --format WORD   json (what other systems read), csv (semicolons), xlsx or pdf (need --out)
  --out FILE      writes there instead of printing
  --ambito SLUG   where, when there are several`,
  async run(argv, { inCtx, print, tell }) {
    const asked = readArguments(argv)
    if (typeof asked === 'string') {
      tell(`${asked} See: report --help`)
      return 2
    }
    const bytes = await (await inCtx((ctx) => made(ctx, asked.format, asked.period)))()
    if (!asked.out) {
      // The mark for spreadsheet programs is of no use to those that read standard output.
      print(String(bytes).replace(/^\uFEFF/, ''))
      return 0
    }
    try {
      await writeFile(asked.out, bytes)
    } catch (error) {
      tell(`${asked.out} cannot be written: ${(error as Error).message}`)
      return 1
    }
    tell(`Written to ${asked.out}.`)
    return 0
  },
}

const formats = ['table', 'json', 'csv', 'xlsx', 'pdf'] as const
type Format = (typeof formats)[number]

/** What is read in the ctx, and how it is packed after it. */
async function made(ctx: Ctx, format: Format, period: Period): Promise<() => Promise<Uint8Array | string>> {
  const figures = await report(ctx, period)
  if (format === 'json') return async () => JSON.stringify(figures)
  if (format === 'table') {
    const table = plainTable(sheetOf(figures, await rowNames(ctx, period.to), ctx.t))
    return async () => table
  }
  const list = await figuresToExport(ctx, figures)
  const paper = await paperOf(ctx, { title: list.title })
  return () => packed(list, format, paper)
}

function readArguments(argv: string[]): string | { period: Period; format: Format; out: string | undefined } {
  const text = { type: 'string' } as const
  let values: { from?: string; to?: string; format?: string; out?: string }
  try {
    values = parseArgs({ args: argv, options: { from: text, to: text, format: text, out: text } }).values
  } catch (error) {
    return (error as Error).message
  }
  const { from = '', to = '', format = 'table', out } = values
  if (!isDay(from))
    return from === ''
      ? 'The first day is needed: --from 2026-11-01.'
      : `'${from}' is not a day: write it as 2026-11-01.`
  if (!isDay(to))
    return to === '' ? 'The last day is needed: --to 2026-11-30.' : `'${to}' is not a day: write it as 2026-11-30.`
  if (from > to) return `The period ends (${to}) before it begins (${from}).`
  if (!formats.includes(format as Format)) return `There is no format '${format}': json, csv, xlsx or pdf.`
  if ((format === 'xlsx' || format === 'pdf') && !out)
    return `A file of this kind is not for printing: say where with --out report.${format}.`
  return { period: { from, to }, format: format as Format, out }
}
