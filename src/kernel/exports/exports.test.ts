import { inflateRawSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import { openTestHouse } from '../../../test/kit/house.ts'
import { infoOf, lettersOf } from '../../../test/kit/paper.ts'
import { csvOf, guarded } from './csv.ts'
import { exportList, listOf, most_rows_on_paper } from './exports.ts'
import { xlsxOf } from './xlsx.ts'

const words = (rows: string[][], headers = rows[0]?.map((_, at) => `Colonna ${at}`) ?? ['Nome']) =>
  listOf({
    name: 'test.list',
    title: 'Prova',
    file: 'prova',
    rows,
    columns: headers.map((header, at) => ({ header, cell: (row: string[]) => row[at] ?? '' })),
  })

const formulas = [
  '=1+1',
  '+39 333',
  '-2',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1',
  '＋1',
  '－1',
  '＠a',
  ' =1',
  '\0=1',
  '=HYPERLINK("http://x","y")',
  "=cmd|' /C calc'!A0",
]
const harmless = [
  'Rossi',
  'a=b',
  '12',
  '3-4',
  "'già",
  '',
  'È',
  '王芳',
  'محمد',
  'due\nrighe',
  'con;punto',
  'con,virgola',
  'con "virgolette"',
  ' spazi ',
]
const words_of_machines = ['__proto__', 'constructor', 'toString', '_x0041_', '_x005F_x0041_', 'NaN', 'null']

const parsed = (csv: string): string[][] => parse(csv, { delimiter: ';', bom: true, relax_column_count: false })

describe('CSV', () => {
  test('no cell is a formula when opened, and the words are still all there', () => {
    const lines = parsed(csvOf(words(formulas.map((one) => [one])))).slice(1)
    for (const [at, [cell = '']] of lines.entries()) {
      expect(cell).not.toMatch(/^[\s\0]*[=+\-@＝＋－＠]/)
      expect(cell).toBe(`'${(formulas[at] as string).replaceAll('\0', '')}`)
    }
  })

  test('what is no formula is written as it is; numbers are numbers, with a decimal comma', () => {
    expect(
      parsed(csvOf(words(harmless.map((one) => [one, 'x']))))
        .slice(1)
        .map(([cell]) => cell),
    ).toEqual(harmless)
    const numbers = listOf({
      name: 'n',
      title: 'n',
      file: 'n',
      rows: [-5, 1.5, 0],
      columns: [{ header: 'N', kind: 'number' as const, cell: (one) => one }],
    })
    expect(csvOf(numbers)).toBe('\uFEFFN\r\n-5\r\n1,5\r\n0\r\n')
  })

  test('a thousand rows of anything are read back by another parser, cell by cell', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(...formulas, ...harmless, '"', '""', ';', '\n', '\r\n', '\r', ',', '\uFEFF'),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(anything, anything, anything), { minLength: 100, maxLength: 100 }), (rows) => {
        const expected = rows.map((row) => row.map((cell) => guarded(cell.toWellFormed())))
        expect(parsed(csvOf(words(rows.map((row) => row.map((cell) => cell.toWellFormed()))))).slice(1)).toEqual(
          expected,
        )
      }),
      { numRuns: 10 },
    )
  })
})

describe('XLSX', () => {
  test('another library reads a thousand random rows back, every cell a string, no formula anywhere', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
      fc.constantFrom(
        ...formulas.filter((one) => !/[\t\r\0]/.test(one)),
        ...harmless.filter(Boolean),
        ...words_of_machines,
        'a\uFFFDb',
      ),
    )
    const shown = (one: string) => one.trim() || '-'
    const rows = fc.sample(fc.tuple(cell, cell, cell), 1000).map((row) => row.map(shown))
    const bytes = await xlsxOf(words(rows))
    const read = (await readSheet(Buffer.from(bytes))).slice(1)
    expect(read).toEqual(rows)
    expect(unzipped(bytes)).not.toMatch(/<f[ >]/)
  })

  test('a sheet is printed one page wide with its headers and its number on every page, lying when it is wide', async () => {
    const sheet = async (columns: number) => unzipped(await xlsxOf(words([Array(columns).fill('x')])))
    const narrow = await sheet(3)
    expect(narrow).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr><sheetViews/)
    expect(narrow).toContain('<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>')
    expect(narrow).toContain('<oddFooter>&amp;LProva&amp;R&amp;P / &amp;N</oddFooter>')
    expect(narrow).toMatch(/<definedName name="_xlnm.Print_Titles" localSheetId="0">'Prova'!\$1:\$1</)
    expect(await sheet(9)).toContain('orientation="landscape"')
  })

  test('days are days, numbers are numbers, and what XML cannot carry is left out', async () => {
    const list = listOf({
      name: 'n',
      title: 'n',
      file: 'n',
      rows: [{ day: '2026-03-29', hours: 1.25, text: 'a\u0001b\uFFFEc' }],
      columns: [
        { header: 'Giorno', kind: 'day', cell: (row) => row.day },
        { header: 'Ore', kind: 'number', cell: (row) => row.hours },
        { header: 'Testo', cell: (row) => row.text },
        { header: 'Vuoto', cell: () => null },
      ],
    })
    const [, row] = await readSheet(Buffer.from(await xlsxOf(list)))
    expect(row?.slice(0, 3)).toEqual([new Date('2026-03-29T00:00:00Z'), 1.25, 'abc'])
  })
})

describe('an export', () => {
  const names = words(
    [
      ['Amina', 'أمينة'],
      ['Wang Fang', '王芳'],
    ],
    ['Nome', 'Nella sua scrittura'],
  )

  test('asks why, and who exported what stands in the trail with the count', async () => {
    const { inCtx, house } = await openTestHouse()
    const answer = await inCtx((ctx) => exportList(ctx, names, { format: 'csv', purpose: 'check' }))
    expect(answer).toMatchObject({ type: 'text/csv; charset=utf-8', name: 'prova.csv' })
    const { rows } = await house.owner_pool.query("select what, detail from kernel.audit where what = 'kernel.export'")
    expect(rows).toEqual([
      {
        what: 'kernel.export',
        detail: { list: 'test.list', title: 'Prova', rows: 2, format: 'csv', purpose: 'check' },
      },
    ])
    await expect(inCtx((ctx) => exportList(ctx, names, { format: 'csv', purpose: 'other' }))).rejects.toThrow(
      /purpose_text/,
    )
  })

  test('on paper is a tagged table with the title and the names', async () => {
    const { inCtx } = await openTestHouse()
    const { body } = await inCtx((ctx) => exportList(ctx, names, { format: 'pdf', purpose: 'report' }))
    const pdf = (await (body as () => Promise<Uint8Array>)()) as Uint8Array
    expect(infoOf(pdf)).toMatchObject({ Tagged: 'yes', Title: 'Prova' })
    expect(lettersOf(pdf)).toContain('أمينة')
    const long = words(Array.from({ length: most_rows_on_paper + 1 }, () => ['x']))
    await expect(inCtx((ctx) => exportList(ctx, long, { format: 'pdf', purpose: 'report' }))).rejects.toThrow(/format/)
  })
})

/** The parts of a workbook as text: ours are stored or deflated, nothing else. */
function unzipped(bytes: Uint8Array) {
  const zip = Buffer.from(bytes)
  let text = ''
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4)) {
    const [method, size, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)]
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const part = zip.subarray(start, start + size)
    text += (method === 0 ? part : inflateRawSync(part)).toString('utf8')
  }
  return text
}
