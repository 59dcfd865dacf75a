/** A report as lines of a sheet: one for each indicator, with its nine cells at the end. */
import type { Translate } from '../../kernel/i18n.ts'
import { ages, type Cell, genders, type Report } from './report.ts'

export type Sheet = { head: string[]; lines: (string | number | null)[][] }

export function sheetOf({ period, indicators }: Report, names: ReadonlyMap<string, string>, t: Translate): Sheet {
  const cells = genders.flatMap((gender) => ages.map((age) => `${gender} ${age}`))
  return {
    head: [
      t('monitoring.sheet.code'),
      t('monitoring.sheet.name'),
      t('monitoring.sheet.value', { to: inDays(period.to) }),
      t('monitoring.sheet.new', { from: inDays(period.from), to: inDays(period.to) }),
      ...cells,
    ],
    lines: indicators.map(({ code, value, new: fresh, cells }) => [
      code,
      names.get(code) ?? '',
      value,
      fresh,
      ...cellsInOrder(cells),
    ]),
  }
}

const inDays = (day: string) => day.split('-').reverse().join('/')

/** The nine cells, empty where a row is not split. */
const cellsInOrder = (cells: readonly Cell[]) =>
  genders.flatMap((gender) =>
    ages.map((age) =>
      cells.length === 0 ? null : (cells.find((cell) => cell.gender === gender && cell.age === age)?.value ?? 0),
    ),
  )

/** For people who read a terminal: code, total, period, name. */
export function plainTable({ head, lines }: Sheet) {
  const rows = [head, ...lines].map(([code, name, value, fresh]) =>
    [code, value, fresh, name].map((cell) => String(cell ?? '')),
  )
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows
    .map(([code = '', value = '', fresh = '', name = '']) =>
      [
        code.padEnd(widths[0] ?? 0),
        value.padStart(widths[1] ?? 0),
        fresh.padStart(widths[2] ?? 0),
        name.length > 70 ? `${name.slice(0, 69)}…` : name,
      ].join('  '),
    )
    .join('\n')
}
