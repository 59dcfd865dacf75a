import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Command } from '../../kernel/module.ts'
import { report } from '../actions/figures.ts'
import { type Format, formats, sheetMade, written } from '../actions/sheets.ts'
import { isDay, type Period } from '../rules/report.ts'

export const reportCommand: Command = {
  name: 'report',
  usage: '--from DAY --to DAY [--format json|csv|xlsx] [--out FILE]',
  help: `Prints the indicators for a period: cumulative from the start of the project, new in the period, cells by gender and age.
Without --format it prints a table to read.

  --from DAY      first day of the period, 2026-11-01
  --to DAY        last day of the period, 2026-11-30
  --format WORD   json (what other systems read), csv (semicolons), xlsx (needs --out)
  --out FILE      writes there instead of printing
  --ambito SLUG   where, when there are several`,
  async run(argv, { inCtx, print, tell }) {
    const asked = readArguments(argv)
    if (typeof asked === 'string') {
      tell(`${asked} See: report --help`)
      return 2
    }
    const bytes = await written(
      asked.format,
      await inCtx(async (ctx) => sheetMade(ctx, await report(ctx, asked.period))),
    )
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
  if (format === 'pdf') return 'A report in PDF cannot be made yet: use xlsx or csv.'
  if (!formats.includes(format as Format)) return `There is no format '${format}': json, csv or xlsx.`
  if (format === 'xlsx' && !out) return 'A spreadsheet is not for printing: say where with --out report.xlsx.'
  return { period: { from, to }, format: format as Format, out }
}
