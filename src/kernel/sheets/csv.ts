/** Text tables: UTF-8 with or without a mark, UTF-16, Windows-1252; semicolon, comma or tab. */
import { parse } from 'csv-parse/sync'
import type { Delimiter, Sheet } from '../sheets.ts'
import { NotASheet } from './not-a-sheet.ts'

const delimiters = [';', ',', '\t'] as const
/** Enough to see which sign parts the cells. */
const looked_at = 20_000

export function readCsv(bytes: Uint8Array): { sheets: Sheet[]; delimiter: Delimiter } {
  const text = decode(bytes)
  const delimiter = delimiterOf(text.slice(0, looked_at))
  let records: { record: string[]; info: { lines: number } }[]
  try {
    records = parse(text, {
      delimiter,
      info: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: false,
      trim: false,
    }) as never
  } catch {
    throw new NotASheet('kernel.sheet.not_a_table')
  }
  return {
    sheets: [
      { name: '', rows: records.map(({ record }) => record.map(tidy)), lines: records.map(({ info }) => info.lines) },
    ],
    delimiter,
  }
}

/** Spaces around, no-break spaces and doubled ones mean nothing; NFC makes one letter of a letter and its accent. */
export const tidy = (cell: string) =>
  plain.test(cell)
    ? cell
    : cell
        .normalize('NFC')
        .replace(/[\s\u00A0\u202F]+/g, ' ')
        .trim()
const plain = /^(?:[!-~]+(?: [!-~]+)*)?$/

function decode(bytes: Uint8Array) {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes)
  // No table holds these signs; a picture or a program does.
  if (/[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/.test(text)) throw new NotASheet('kernel.sheet.not_a_table')
  return text
}

function encodingOf(bytes: Uint8Array) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Without a mark, every second byte of Latin text is zero.
  const sample = bytes.subarray(0, 2000)
  const zeros = [0, 0]
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > sample.length / 4 && even === 0) return 'utf-16le'
  if (even > sample.length / 4 && odd === 0) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

function isUtf8(bytes: Uint8Array) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** The sign that stands most often outside quotes. */
function delimiterOf(text: string): Delimiter {
  const bare = text.replace(/"(?:[^"]|"")*"/g, '')
  const counted = delimiters.map((sign) => ({ sign, count: bare.split(sign).length }))
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).sign
}
