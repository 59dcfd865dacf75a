/** What a file is, read from its bytes; its name and what the browser says of it decide nothing. */
import { openZip } from '../sheets/zip.ts'

export const fileKinds = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  tif: 'image/tiff',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  txt: 'text/plain; charset=utf-8',
} as const
export type FileKind = keyof typeof fileKinds

/** A paper somebody signed, photographed or scanned. */
export const scans = ['pdf', 'jpg', 'png', 'webp', 'heic', 'tif'] as const satisfies readonly FileKind[]
export const papers = [...scans, 'docx', 'xlsx', 'odt', 'ods'] as const satisfies readonly FileKind[]

/** Undefined for whatever is not one of these, or is one and something else besides. */
export function kindOf(bytes: Uint8Array): FileKind | undefined {
  if (starts(bytes, '%PDF-')) return pageInside(bytes) ? undefined : 'pdf'
  if (begins(bytes, [0xff, 0xd8, 0xff])) return 'jpg'
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (starts(bytes, 'RIFF') && starts(bytes.subarray(8), 'WEBP')) return 'webp'
  if (starts(bytes.subarray(4), 'ftyp') && /^(heic|heix|mif1|msf1|heim)$/.test(latin(bytes, 8, 12))) return 'heic'
  if (begins(bytes, [0x49, 0x49, 0x2a, 0]) || begins(bytes, [0x4d, 0x4d, 0, 0x2a])) return 'tif'
  if (begins(bytes, [0x50, 0x4b, 3, 4])) return officeKind(bytes)
  return isText(bytes) ? 'txt' : undefined
}

/** The parts of the archive say it; macros, thousands of parts and what opens to far more than it is are refused. */
function officeKind(bytes: Uint8Array): FileKind | undefined {
  try {
    const zip = openZip(bytes)
    if (['word', 'xl', 'ppt'].some((folder) => zip.has(`${folder}/vbaProject.bin`)) || zip.has('Basic/script-lc.xml'))
      return undefined
    if (zip.has('word/document.xml')) return 'docx'
    if (zip.has('xl/workbook.xml')) return 'xlsx'
    const declared = zip.text('mimetype')
    return declared === fileKinds.odt ? 'odt' : declared === fileKinds.ods ? 'ods' : undefined
  } catch {
    return undefined
  }
}

// A file that is a PDF to one reader and a page to another.
const pageInside = (bytes: Uint8Array) => /<(?:!doctype|html|script|svg|body|iframe)\b/i.test(latin(bytes, 0, 1024))

/** Plain words: no markup that a browser would draw or run, no script for a shell. */
function isText(bytes: Uint8Array) {
  if (bytes.length === 0 || bytes.includes(0)) return false
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return !/^\s*(?:#!|<)|<(?:script|svg|html|iframe)\b/i.test(text)
  } catch {
    return false
  }
}

const latin = (bytes: Uint8Array, from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1')
const starts = (bytes: Uint8Array, text: string) => latin(bytes, 0, text.length) === text
const begins = (bytes: Uint8Array, signature: readonly number[]) => signature.every((byte, at) => bytes[at] === byte)
