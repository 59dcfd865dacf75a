/**
 * Workbooks (Excel, LibreOffice, Google): the text of every cell, dates as ISO, numbers as written, a formula as what the
 * sheet showed, or as its own text when nothing had been computed. One odd cell never loses the file, and neither a cell far
 * away nor a bomb of zeros fills the memory.
 */

import { dayOfSerial } from '../cells.ts'
import type { Sheet } from '../sheets.ts'
import { tidy } from './csv.ts'
import { NotASheet } from './not-a-sheet.ts'
import { openZip } from './zip.ts'

const most_columns = 300
const most_rows = 200_000

export function readXlsx(bytes: Uint8Array): Sheet[] {
  const zip = openZip(bytes)
  const book = zip.text('xl/workbook.xml')
  if (!book) throw new NotASheet(zip.has('mimetype') ? 'kernel.sheet.open_document' : 'kernel.sheet.not_a_table')
  const targets = new Map(
    [...elements(zip.text('xl/_rels/workbook.xml.rels') ?? '', 'Relationship')].map(({ attributes }) => [
      attributes.Id,
      attributes.Target ?? '',
    ]),
  )
  const ground = {
    strings: [...elements(zip.text('xl/sharedStrings.xml') ?? '', 'si')].map(({ inner }) => textOf(inner)),
    dates: dateStyles(zip.text('xl/styles.xml') ?? ''),
    from_1904: /<(?:\w+:)?workbookPr\b[^>]*\bdate1904="(?:1|true)"/.test(book),
  }
  return [...elements(book, 'sheet')].flatMap(({ attributes }) => {
    const target = targets.get(attributes['r:id'] ?? attributes.id ?? '') ?? ''
    const xml = zip.text(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    // Calc writes of every sheet that it is visible; of a hidden one nobody would miss the rows.
    return xml === undefined || (attributes.state && attributes.state !== 'visible')
      ? []
      : [{ name: unescaped(attributes.name ?? ''), ...readRows(xml, ground) }]
  })
}

type Ground = { strings: string[]; dates: boolean[]; from_1904: boolean }

function readRows(xml: string, ground: Ground) {
  const rows: string[][] = []
  const lines: number[] = []
  for (const { attributes, inner } of elements(xml, 'row')) {
    const line = Number(attributes.r) || (lines.at(-1) ?? 0) + 1
    const row: string[] = []
    for (const cell of elements(inner, 'c')) {
      const column = cell.attributes.r ? columnOf(cell.attributes.r) : row.length
      if (column >= most_columns) continue
      while (row.length < column) row.push('')
      row[column] = tidy(cellText(cell, ground))
    }
    rows.push(row)
    lines.push(line)
    if (rows.length > most_rows) throw new NotASheet(['kernel.sheet.too_many_rows', { max: most_rows }])
  }
  return { rows, lines }
}

function cellText({ attributes: { t = 'n', s }, inner }: Element, { strings, dates, from_1904 }: Ground): string {
  if (t === 'inlineStr') return textOf(inner)
  const shown = firstText(inner, 'v')
  if (shown === undefined) return formulaOf(inner)
  if (t === 's') return strings[Number(shown)] ?? ''
  if (t === 'd') return shown.slice(0, 10)
  if (t === 'b') return shown === '1' ? 'sì' : 'no'
  if (t === 'n' && s && dates[Number(s)]) return dayOfSerial(Number(shown), from_1904) ?? shown
  return t === 'n' ? plainNumber(shown) : unescaped(shown)
}

/** Nothing was computed when the file was written: its text says at least what was meant. */
function formulaOf(inner: string) {
  const text = firstText(inner, 'f')
  return text ? `=${unescaped(text).replace(/^=/, '')}` : ''
}

/** 3.201695451E9 is a telephone. */
const plainNumber = (shown: string) =>
  /e/i.test(shown) && Number.isFinite(Number(shown)) ? BigInt(Math.round(Number(shown))).toString() : shown

const columnOf = (address: string) =>
  [...address.replace(/[^A-Z]/gi, '').toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) -
  1

/** Which cell styles show a date: the built-in ones, and those whose format has days, months or years in it. */
function dateStyles(xml: string): boolean[] {
  const own = new Map(
    [...elements(xml, 'numFmt')].map(({ attributes }) => [
      attributes.numFmtId,
      isDate(unescaped(attributes.formatCode ?? '')),
    ]),
  )
  const [cells] = [...elements(xml, 'cellXfs')]
  return [...elements(cells?.inner ?? '', 'xf')].map(
    ({ attributes: { numFmtId = '0' } }) => own.get(numFmtId) ?? built_in.test(numFmtId),
  )
}
const built_in = /^(?:1[4-7]|22|2[7-9]|3[0-6]|5[0-8])$/
const isDate = (format: string) => /[dy]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))

// --- the little of XML that is needed -------------------------------------------------------------------------------

type Element = { attributes: Record<string, string>; inner: string }

/** Every element of a name, whatever its prefix; they never hold one another here. */
function* elements(xml: string, name: string): Generator<Element> {
  const opening = new RegExp(`<((?:\\w+:)?${name})((?:\\s+[\\w:]+\\s*=\\s*(?:"[^"]*"|'[^']*'))*)\\s*(/?)>`, 'g')
  for (let found = opening.exec(xml); found; found = opening.exec(xml)) {
    const [, tag = '', attributes = '', empty] = found
    if (empty) {
      yield { attributes: attributesOf(attributes), inner: '' }
      continue
    }
    const close = xml.indexOf(`</${tag}>`, opening.lastIndex)
    if (close < 0) return
    yield { attributes: attributesOf(attributes), inner: xml.slice(opening.lastIndex, close) }
    opening.lastIndex = close + tag.length + 3
  }
}

function attributesOf(text: string) {
  const attributes: Record<string, string> = {}
  for (const [, name = '', double, single] of text.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    attributes[name] = double ?? single ?? ''
  return attributes
}

function firstText(inner: string, name: string) {
  for (const found of elements(inner, name)) return found.inner
  return undefined
}

/** The runs of a rich text in one piece; how it is pronounced in Japanese is left out. */
const textOf = (inner: string) =>
  [...elements(inner.replace(/<(\w+:)?rPh\b[\s\S]*?<\/\1?rPh>/g, ''), 't')].map((run) => unescaped(run.inner)).join('')

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
function unescaped(text: string) {
  if (!text.includes('&') && !text.includes('_x')) return text
  return text
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
      name ? (named[name] ?? whole) : sign(parseInt(hex ?? decimal, hex ? 16 : 10)),
    )
    .replace(/_x([0-9A-F]{4})_/g, (_, hex) => sign(parseInt(hex, 16)))
}
const sign = (code: number) => (code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ')
