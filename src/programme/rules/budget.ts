export const costFamilies = [
  'staff',
  'travel',
  'equipment',
  'premises',
  'consumables',
  'external_services',
  'participants',
  'audit_legal',
  'visibility',
  'indirect',
] as const
export type CostFamily = (typeof costFamilies)[number]
export type BudgetLine = { code: string; title: string; work_package: string; cost_family: CostFamily; cents: number }

/**
 * Lines as a spreadsheet gives them: code, title, work package, cost family, amount, separated by a tab or `;`.
 * @returns the lines, or the number of the first line that is not one
 */
export function readBudget(text: string, familyOf: (word: string) => CostFamily | undefined): BudgetLine[] | number {
  const lines: BudgetLine[] = []
  const rows = text.split('\n')
  for (const [at, row] of rows.entries()) {
    if (row.trim() === '') continue
    const [code = '', title = '', work_package = '', family = '', amount = '', ...more] = row
      .split(/\t|;/)
      .map((cell) => cell.trim())
    const cost_family = familyOf(family)
    const cents = readCents(amount)
    if (
      code === '' ||
      title === '' ||
      !cost_family ||
      cents === undefined ||
      more.some((cell) => cell !== '') ||
      lines.some((line) => line.code === code)
    )
      return at + 1
    lines.push({ code, title, work_package, cost_family, cents })
  }
  return lines
}

/** `1.234,56`, `1234,5`, `1234.56`, `1234`, `€ 1.234`. */
export function readCents(text: string): number | undefined {
  const bare = text.replace(/[€\s\u00a0]/g, '')
  const found = /^(\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,(\d{1,2}))?$/.exec(bare) ?? /^(\d{1,12})(?:\.(\d{1,2}))$/.exec(bare)
  if (!found?.[1]) return undefined
  return Number(found[1].replaceAll('.', '')) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}

export const sumOf = (lines: readonly { cents: number }[]) => lines.reduce((sum, { cents }) => sum + cents, 0)

export const centsAsText = (cents: number) => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`
export const budgetAsText = (lines: readonly BudgetLine[], familyName: (family: CostFamily) => string) =>
  lines
    .map(({ code, title, work_package, cost_family, cents }) =>
      [code, title, work_package, familyName(cost_family), centsAsText(cents)].join('; '),
    )
    .join('\n')
