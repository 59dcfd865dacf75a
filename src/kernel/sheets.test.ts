/** Spreadsheets as people have them, and what is none. Written by another library than reads them. */
import { crc32, deflateRawSync } from 'node:zlib'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { NotASheet, readWorkbook, withoutMark, writeCsv } from './sheets.ts'

const text = (content: string) => new TextEncoder().encode(content)
const rows = (bytes: Uint8Array) => readWorkbook(bytes).sheets[0]?.rows
const refusal = (bytes: Uint8Array) => {
  try {
    readWorkbook(bytes)
  } catch (error) {
    if (error instanceof NotASheet) return typeof error.problem === 'string' ? error.problem : error.problem[0]
    throw error
  }
  return 'taken'
}
const utf16 = (content: string, little: boolean, mark = true) => {
  const bytes = new Uint8Array((content.length + (mark ? 1 : 0)) * 2)
  const view = new DataView(bytes.buffer)
  for (const [at, letter] of [...(mark ? '\uFEFF' : ''), ...content].entries())
    view.setUint16(at * 2, letter.charCodeAt(0), little)
  return bytes
}
const table = [
  ['Cognome', 'Città'],
  ['Ibrahim, Mariem', 'Lodi'],
  ['Ñandú', 'Maleo'],
]

describe('CSV in every dress', () => {
  const semicolon = 'Cognome;Città\nIbrahim, Mariem;Lodi\nÑandú;Maleo\n'
  test.each([
    ['UTF-8', text(semicolon)],
    ['UTF-8 with a mark', text(`\uFEFF${semicolon}`)],
    ['Windows-1252', Uint8Array.from([...semicolon], (letter) => letter.charCodeAt(0))],
    ['UTF-16 LE', utf16(semicolon, true)],
    ['UTF-16 BE', utf16(semicolon, false)],
    ['UTF-16 LE without a mark', utf16(semicolon, true, false)],
    ['UTF-16 BE without a mark', utf16(semicolon, false, false)],
    ['tabs', text('Cognome\tCittà\nIbrahim, Mariem\tLodi\nÑandú\tMaleo')],
    ['commas and quotes', text('Cognome,Città\r\n"Ibrahim, Mariem",Lodi\r\nÑandú,Maleo\r\n')],
  ])('%s', (_, bytes) => expect(rows(bytes)).toEqual(table))

  test('cells over several lines, quotes inside, empty lines and spaces', () => {
    const sheet = readWorkbook(text('a;b\n\n"uno\ndue";"detto ""Momo"""\n;;\n  x  ;y\u00A0z\n')).sheets[0]
    expect(sheet?.rows).toEqual([
      ['a', 'b'],
      ['uno due', 'detto "Momo"'],
      ['x', 'y z'],
    ])
    expect(sheet?.lines.at(-1)).toBe(6)
  })

  test('arabic, chinese and combined accents stay as they are', () => {
    expect(rows(text('n\nمحمد\n王芳\nJose\u0301'))).toEqual([['n'], ['محمد'], ['王芳'], ['José']])
  })
})

describe('XLSX', () => {
  const written = async () =>
    writeXlsxFile([
      {
        sheet: 'Gennaio',
        data: [
          [
            { value: 'Persona', columnSpan: 2 },
            null,
            { value: 'Nato il' },
            { value: 'Tel.' },
            { value: 'Conto' },
            { value: 'Visto' },
          ],
          [
            { value: 'El Sayed' },
            { value: 'محمد' },
            { value: new Date(Date.UTC(1990, 4, 17)), type: Date, format: 'dd/mm/yyyy' },
            { value: 3201695451, type: Number },
            { value: '=1+1', type: 'Formula' },
            { value: true, type: Boolean },
          ],
          [
            { value: '=1+1' },
            { value: '<b>&amp;' },
            { value: new Date(Date.UTC(2026, 10, 22, 13, 30)), type: Date, format: 'dd/mm/yyyy hh:mm' },
            { value: 0.5, type: Number },
            { value: 46029, type: Number },
            null,
          ],
        ],
      },
      { sheet: 'Febbraio', data: [[{ value: 'x' }]] },
    ] as never).toBuffer()

  test('dates are ISO, numbers as written, formulas never computed, every sheet there', async () => {
    const { sheets } = readWorkbook(await written())
    expect(sheets.map(({ name }) => name)).toEqual(['Gennaio', 'Febbraio'])
    expect(sheets[0]?.rows).toEqual([
      ['Persona', '', 'Nato il', 'Tel.', 'Conto', 'Visto'],
      ['El Sayed', 'محمد', '1990-05-17', '3201695451', '=1+1', 'sì'],
      ['=1+1', '<b>&amp;', '2026-11-22', '0.5', '46029'],
    ])
  })

  test('a second reader sees the same texts', async () => {
    const bytes = await written()
    const theirs = await readSheet(Buffer.from(bytes))
    const ours = readWorkbook(bytes).sheets[0]?.rows ?? []
    for (const [at, row] of theirs.entries())
      for (const [column, cell] of row.entries()) if (typeof cell === 'string') expect(ours[at]?.[column]).toBe(cell)
  })

  test('a formula shows what the sheet showed, an unreadable cell loses nothing else', () => {
    const sheet = `<worksheet><sheetData><row r="3"><c r="A3" t="str"><f>CONCAT(B1,C1)</f><v>Rossi &amp; C</v></c><c r="B3" t="s"><v>99</v></c><c r="C3" s="77"><v>5</v></c><c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E3" t="inlineStr"><is><r><t>Ma</t></r><r><t>ria</t></r><rPh><t>マ</t></rPh></is></c><c r="XFD3"><v>1</v></c></row></sheetData></worksheet>`
    expect(rows(zip({ ...book, 'xl/worksheets/sheet1.xml': sheet }))).toEqual([
      ['Rossi & C', '', '5', '#DIV/0!', 'Maria'],
    ])
    expect(readWorkbook(zip({ ...book, 'xl/worksheets/sheet1.xml': sheet })).sheets[0]?.lines).toEqual([3])
  })
})

describe('what is no spreadsheet is refused with one sentence', () => {
  const png = Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0,
  ])
  test.each([
    ['nothing', new Uint8Array(), 'kernel.sheet.empty'],
    ['only empty lines', text('\n\n ; ; \n'), 'kernel.sheet.empty'],
    ['a picture', png, 'kernel.sheet.not_a_table'],
    ['NUL bytes in text', text('a;b\u0000c\n1;2'), 'kernel.sheet.not_a_table'],
    ['a PDF', text('%PDF-1.7\n%\u0001\u0002\u0003'), 'kernel.sheet.not_a_table'],
    ['old Excel', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'kernel.sheet.old_excel'],
    ['a broken archive', text('PK\u0003\u0004 and no more'), 'kernel.sheet.broken'],
    ['an archive of something else', zip({ 'readme.txt': 'hello' }), 'kernel.sheet.not_a_table'],
    [
      'OpenDocument',
      zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
      'kernel.sheet.open_document',
    ],
    ['too many bytes', new Uint8Array(50 * 1024 * 1024 + 1), 'kernel.sheet.too_large'],
  ])('%s', (_, bytes, problem) => expect(refusal(bytes)).toBe(problem))

  test('a zip bomb that says its size is not opened', () => {
    const nested = zip({ ...book, 'xl/worksheets/sheet1.xml': '<x/>' }, { 'xl/worksheets/sheet1.xml': 3_000_000_000 })
    expect(refusal(nested)).toBe('kernel.sheet.opens_too_large')
  })

  test('one that lies about its size stops where it said it would', () => {
    const began = process.memoryUsage().rss
    const bomb = zip(
      { ...book, 'xl/worksheets/sheet1.xml': ' '.repeat(60_000_000) },
      { 'xl/worksheets/sheet1.xml': 1000 },
    )
    expect(bomb.length).toBeLessThan(100_000)
    expect(refusal(bomb)).toBe('kernel.sheet.opens_too_large')
    expect(process.memoryUsage().rss - began).toBeLessThan(200_000_000)
  })

  test('thousands of parts, a million rows: refused', () => {
    const parts = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`xl/media/${at}.png`, 'x']))
    expect(refusal(zip({ ...book, ...parts }))).toBe('kernel.sheet.opens_too_large')
    const many = `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(200_001)}</sheetData></worksheet>`
    expect(refusal(zip({ ...book, 'xl/worksheets/sheet1.xml': many }))).toBe('kernel.sheet.too_many_rows')
  })
})

describe('going out', () => {
  test('no cell is ever a formula, and coming back it is what it was', () => {
    const cells = ['=1+1', '+39 333', '-', '@casa', 'a;b', 'detto "Momo"', 'uno\ndue', '\tx']
    const out = writeCsv([cells])
    expect(out.startsWith('\uFEFF')).toBe(true)
    for (const cell of out.trim().replace('\uFEFF', '').split(';')) expect(cell).not.toMatch(/^"?[=+\-@\t]/)
    expect((rows(text(out))?.[0] ?? []).map(withoutMark).slice(0, 4)).toEqual(['=1+1', '+39 333', '-', '@casa'])
  })
})

const book = {
  'xl/workbook.xml': '<workbook><sheets><sheet name="Foglio1" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
}

/** An archive with these parts; `lies` are sizes it claims instead of the true ones. */
function zip(parts: Record<string, string>, lies: Record<string, number> = {}) {
  const local: Uint8Array[] = []
  const central: Uint8Array[] = []
  let at = 0
  for (const [name, content] of Object.entries(parts)) {
    const whole = text(content)
    const packed = deflateRawSync(whole)
    const label = text(name)
    const header = (signature: number, central_directory: boolean) => {
      const bytes = new Uint8Array((central_directory ? 46 : 30) + label.length)
      const view = new DataView(bytes.buffer)
      const shift = central_directory ? 2 : 0
      view.setUint32(0, signature, true)
      view.setUint16(8 + shift, 8, true)
      view.setUint32(14 + shift, crc32(whole), true)
      view.setUint32(18 + shift, packed.length, true)
      view.setUint32(22 + shift, lies[name] ?? whole.length, true)
      view.setUint16(26 + shift, label.length, true)
      if (central_directory) view.setUint32(42, at, true)
      bytes.set(label, central_directory ? 46 : 30)
      return bytes
    }
    central.push(header(0x02014b50, true))
    const entry = header(0x04034b50, false)
    local.push(entry, packed)
    at += entry.length + packed.length
  }
  const directory = central.reduce((sum, bytes) => sum + bytes.length, 0)
  const end = new Uint8Array(22)
  const view = new DataView(end.buffer)
  view.setUint32(0, 0x06054b50, true)
  view.setUint16(8, central.length, true)
  view.setUint16(10, central.length, true)
  view.setUint32(12, directory, true)
  view.setUint32(16, at, true)
  return new Uint8Array(Buffer.concat([...local, ...central, end]))
}
