/** The thread that reads scanned sheets: PDFs are drawn page by page, pictures are taken as they are, and the marks on them read. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { crc32, deflateSync } from 'node:zlib'
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import { answerQuestions } from '../thread.ts'
import type { ScanAnswer, ScanQuestion } from './reading.ts'

// Without its file at hand it would ask the network for it.
const program = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(program).buffer } })
let pdfium: Promise<PDFiumLibrary> | undefined

type Opened = { pdf: PDFiumDocument } | { picture: Uint8Array }
const open = new Map<string, Opened>()

async function answer(question: ScanQuestion): Promise<ScanAnswer> {
  if (question.do === 'open') return { pages: await openFile(question) }
  const file = open.get(question.file)
  if (question.do === 'close') {
    if (file && 'pdf' in file) file.pdf.destroy()
    open.delete(question.file)
    return {}
  }
  if (!file) throw new Error('not open')
  return question.do === 'read'
    ? { marks: await marksOn(file, question.page) }
    : { picture: await shown(file, question.page) }
}

async function openFile({ file, bytes, type }: ScanQuestion & { do: 'open' }) {
  if (type !== 'application/pdf') {
    open.set(file, { picture: bytes })
    return 1
  }
  pdfium ??= PDFiumLibrary.init()
  const pdf = await (await pdfium).loadDocument(bytes)
  open.set(file, { pdf })
  return pdf.getPageCount()
}

const options: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  maxNumberOfSymbols: 8,
}

/** A copier's page is read at 150 dots an inch; then without its specks; then finer. A blank back is not looked at twice. */
async function marksOn(file: Opened, page: number) {
  if ('picture' in file) return texts(await readBarcodes(file.picture, options))
  const plain = await drawn(file.pdf, page, 150)
  if (isBlank(plain.grey)) return []
  for (const one of [() => plain, () => withoutSpecks(plain), () => drawn(file.pdf, page, 300)]) {
    const { width, height, grey } = await one()
    const found = texts(await readBarcodes({ width, height, data: inColour(grey) } as ImageData, options))
    if (found.length > 0) return found
  }
  return []
}

/** Fewer dark dots than the smallest mark has. */
function isBlank(grey: Uint8Array) {
  let sum = 0
  for (const dot of grey) sum += dot
  const dark_below = sum / grey.length - 50
  let dark = 0
  for (const dot of grey) if (dot < dark_below) dark++
  return dark < grey.length / 500
}

/** Each dot becomes the middle one of the nine around it. */
function withoutSpecks({ width, height, grey }: Drawn): Drawn {
  const smooth = grey.slice()
  const nine = new Uint8Array(9)
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      for (let at = 0; at < 9; at++) nine[at] = grey[(y + Math.floor(at / 3) - 1) * width + x + (at % 3) - 1] as number
      smooth[y * width + x] = nine.sort()[4] as number
    }
  return { width, height, grey: smooth }
}
const texts = (found: Awaited<ReturnType<typeof readBarcodes>>) =>
  found.filter(({ isValid }) => isValid).map(({ text }) => text)

const most_dots = 40_000_000

type Drawn = { width: number; height: number; grey: Uint8Array }

async function drawn(pdf: PDFiumDocument, page: number, dots: number): Promise<Drawn> {
  const one = pdf.getPage(page)
  const { originalWidth, originalHeight } = one.getOriginalSize()
  const scale = Math.min(dots / 72, Math.sqrt(most_dots / Math.max(1, originalWidth * originalHeight)))
  const { data, width, height } = await one.render({ scale, render: 'bitmap', colorSpace: 'Gray' })
  return { width, height, grey: data }
}

function inColour(grey: Uint8Array) {
  const dots = new Uint32Array(grey.length)
  for (let at = 0; at < grey.length; at++) dots[at] = 0xff000000 | ((grey[at] as number) * 0x010101)
  return new Uint8ClampedArray(dots.buffer)
}

/** For whoever files a page by hand: a PNG of our own making, whatever came in. */
async function shown(file: Opened, page: number): Promise<Uint8Array<ArrayBuffer>> {
  if ('picture' in file) return new Uint8Array(file.picture)
  const { width, height, grey } = await drawn(file.pdf, page, 100)
  return png(width, height, grey)
}

function png(width: number, height: number, grey: Uint8Array) {
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) lines.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]),
  )
}

function chunk(name: string, data: Buffer) {
  const named = Buffer.concat([Buffer.from(name), data])
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([size, named, sum])
}

answerQuestions(answer, ({ picture }) => (picture ? [picture.buffer] : []))
