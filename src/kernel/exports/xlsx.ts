import writeXlsxFile from 'write-excel-file/node'
import { sanitizeTextContent } from 'write-excel-file/utility'
import type { Cell, CellKind, List } from './list.ts'

// What XML cannot carry.
const unwritable = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/gu
const longest_cell = 32_767
/** In characters: one share of a column, and what an upright page holds. */
const share = 12
const upright = 96
const font = { fontFamily: 'Arial', fontSize: 10 }
const [line_height, highest_row] = [12, 409]

/**
 * Every cell says its type: what looks like a formula is a string in a string cell. The first sheet is nothing but the list,
 * to be sorted and counted; what it is and what was asked for stands on a second one.
 */
export async function xlsxOf({ title, notes, columns, rows }: List): Promise<Uint8Array> {
  const head = columns.map(({ header, kind, width }) => ({
    ...inWords(header, width),
    align: leans[kind],
    indent: kind === 'text' ? 1 : 0,
    fontWeight: 'bold' as const,
  }))
  const lines = rows.map((row) => row.map((cell, at) => typed(cell, columns[at] ?? { kind: 'text', width: 1 })))
  const list = {
    sheet: sheetName(title),
    data: [head, ...lines],
    columns: columns.map(({ width }) => ({ width: share * width })),
    stickyRowsCount: 1,
  }
  const about = {
    sheet: 'Info',
    data: [title, ...notes].map((line) => [inWords(line, 7)]),
    columns: [{ width: share * 7 }],
  }
  return writeXlsxFile(notes.length > 0 ? [list, about] : [list], { ...font, features: [printed(title)] }).toBuffer()
}

/** On paper: A4, one page wide, lying when the list is; the headers and the number on every page. */
const printed = (title: string) => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform(xml: string, { columns = [] }: { columns?: { width?: number }[] }) {
          const wide = columns.reduce((sum, { width = 0 }) => sum + width, 0) > upright
          const footer = sanitizeTextContent(`&L${title.slice(0, 100).replaceAll('&', '&&')}&R&P / &N`)
          const page = [
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.75" header="0.3" footer="0.3"/>',
            `<pageSetup paperSize="9" orientation="${wide ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/>`,
            `<headerFooter><oddFooter>${footer}</oddFooter></headerFooter>`,
          ]
          return xml
            .replace('<sheetViews', '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews')
            .replace('</sheetData>', (end) => end + page.join(''))
        },
      },
      'xl/workbook.xml': {
        transform(xml: string) {
          const headers = `'${sanitizeTextContent(sheetName(title))}'!$1:$1`
          const name = `<definedName name="_xlnm.Print_Titles" localSheetId="0">${headers}</definedName>`
          return xml.replace('<definedNames/>', () => `<definedNames>${name}</definedNames>`)
        },
      },
    },
  },
})

/** What the programs allow in the name of a sheet. */
const sheetName = (title: string) =>
  words(title.replaceAll(/[[\]:*?/\\']/g, ' '))
    .slice(0, 31)
    .trim() || '1'

/** A header stands where its values do. */
const leans = { text: 'left', number: 'right', day: 'center' } as const satisfies Record<CellKind, string>

function typed(cell: Cell, { kind, width }: { kind: CellKind; width: number }) {
  if (cell === null || cell === '') return null
  const alignVertical = 'top' as const
  if (typeof cell === 'number') return { value: cell, type: Number, alignVertical }
  if (kind === 'day' && /^\d{4}-\d\d-\d\d$/.test(cell))
    return { value: new Date(`${cell}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy', align: leans.day, alignVertical }
  return inWords(cell, width)
}

/** From left to right like its column, in whatever script: else an Arabic name leans on the next one. Long words make their row higher. */
function inWords(text: string, width: number) {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / (share * width))), 0)
  return {
    value: words(text),
    type: String,
    align: leans.text,
    // Words do not touch the number before them.
    indent: 1,
    alignVertical: 'top' as const,
    // Not every program finds the height by itself.
    ...(lines > 1 && { wrap: true, height: Math.min(lines * line_height + 2, highest_row) }),
  }
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
