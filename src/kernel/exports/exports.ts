/**
 * Exports: one way for any list or figure to leave the house. Why is asked, and with the count it stands in the audit trail;
 * the file is packed after the commit.
 */
import { looked } from '../audit.ts'
import type { Ctx } from '../ctx.ts'
import { type PaperReady, paperOf, typeset } from '../documents/document.ts'
import { refuse } from '../errors.ts'
import type { Bytes } from '../routes.ts'
import { csvOf } from './csv.ts'
import type { ExportFormat, ExportInput } from './forms.ts'
import type { List } from './list.ts'
import { xlsxOf } from './xlsx.ts'

export { type Column, type List, listOf } from './list.ts'

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const satisfies Record<ExportFormat, string>

/** More rows than anybody reads on paper; setting them would take long. */
export const most_rows_on_paper = 2000

export async function exportList(
  ctx: Ctx,
  list: List,
  { format, purpose, purpose_text = '' }: ExportInput,
): Promise<Bytes> {
  const rows = list.rows.length
  refuse({
    purpose_text: purpose === 'other' && purpose_text === '' ? 'kernel.export.say_why' : undefined,
    format:
      format === 'pdf' && rows > most_rows_on_paper
        ? ['kernel.export.too_long', { max: most_rows_on_paper }]
        : undefined,
  })
  looked(ctx, {
    what: 'kernel.export',
    detail: { list: list.name, title: list.title, rows, format, purpose, ...(purpose_text && { purpose_text }) },
  })
  const paper = await paperOf(ctx, { title: list.title })
  return { type: types[format], name: `${list.file}.${format}`, body: () => packed(list, format, paper) }
}

export type Exported = {
  position: string
  at: string
  account_id: string | null
  detail: {
    list: string
    title?: string
    rows: number
    format: ExportFormat
    purpose: ExportInput['purpose']
    purpose_text?: string
  }
}

/** What has left the house, the last first, from before a place in the trail. */
export async function exported({ db, ambito_id }: Ctx, limit: number, before?: string) {
  const rows = await db
    .selectFrom('kernel.audit')
    .select(['position', 'at', 'account_id', 'detail'])
    .where('ambito_id', '=', ambito_id)
    .where('what', '=', 'kernel.export')
    .$if(before !== undefined, (query) => query.where('position', '<', before as never))
    .orderBy('position', 'desc')
    .limit(limit)
    .execute()
  return rows as unknown as Exported[]
}

/** Outside a transaction. */
export async function packed(list: List, format: ExportFormat, paper: PaperReady): Promise<Uint8Array | string> {
  if (format === 'csv') return csvOf(list)
  if (format === 'xlsx') return xlsxOf(list)
  return typeset('kernel/documents/list.typ', onPaper(list), paper)
}

function onPaper({ columns, rows, notes }: List) {
  const shown = (cell: List['rows'][number][number], at: number) => {
    if (typeof cell === 'number') return String(cell).replace('.', ',')
    return columns[at]?.kind === 'day' ? (cell ?? '').split('-').reverse().join('/') : (cell ?? '')
  }
  return {
    notes,
    columns: columns.map(({ header, kind, width }) => ({ header, width, figure: kind !== 'text' })),
    rows: rows.map((row) => row.map(shown)),
  }
}
