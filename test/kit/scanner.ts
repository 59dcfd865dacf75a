/** A copier: takes papers as pictures, tilts them, dirties them, and hands them back as one PDF of grey pictures. */
import { deflateSync } from 'node:zlib'
import type { TestHouse } from './house.ts'
import { pictureOf } from './paper.ts'

export type Picture = { width: number; height: number; grey: Uint8Array }

/** Turned by `degrees` about its middle; what comes from outside the paper is the dark of the lid. */
export function tilted({ width, height, grey }: Picture, degrees: number): Picture {
  const turned = new Uint8Array(grey.length).fill(90)
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2, y - height / 2]
      const [fx, fy] = [Math.round(cos * dx + sin * dy + width / 2), Math.round(-sin * dx + cos * dy + height / 2)]
      if (fx >= 0 && fx < width && fy >= 0 && fy < height) turned[y * width + x] = grey[fy * width + fx] as number
    }
  return { width, height, grey: turned }
}

/** Upside down. */
export const turned = ({ width, height, grey }: Picture): Picture => ({ width, height, grey: grey.slice().reverse() })

/** Specks on `share` of the dots, and the whole paler and uneven, as copies of copies are. The same every time. */
export function dirtied({ width, height, grey }: Picture, share: number): Picture {
  let seed = 42
  const chance = () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return seed / 4_294_967_296
  }
  const dirty = grey.map((dot, at) => {
    if (chance() < share) return chance() < 0.5 ? 20 : 240
    return Math.min(255, Math.round(60 + dot * 0.6 + ((at % width) / width) * 30 + (chance() - 0.5) * 40))
  })
  return { width, height, grey: dirty }
}

/** One PDF, a picture on each A4 page. */
export function copied(pictures: readonly Picture[]): Uint8Array {
  const objects: Buffer[] = []
  const add = (...parts: (string | Buffer)[]) =>
    objects.push(Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1'))))
  const kids = pictures.map((_, at) => `${3 + at * 3} 0 R`).join(' ')
  add('<< /Type /Catalog /Pages 2 0 R >>')
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pictures.length} >>`)
  for (const [at, { width, height, grey }] of pictures.entries()) {
    const [content, image] = [4 + at * 3, 5 + at * 3]
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R /Resources << /XObject << /I ${image} 0 R >> >> >>`,
    )
    const draw = 'q 595 0 0 842 0 0 cm /I Do Q'
    add(`<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`)
    const packed = deflateSync(grey)
    add(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`,
      packed,
      '\nendstream',
    )
  }
  const bodies = objects.map((object, at) =>
    Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]),
  )
  const head = Buffer.from('%PDF-1.4\n')
  let at = head.length
  const places = bodies.map((body) => {
    const place = at
    at += body.length
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF`
  return new Uint8Array(Buffer.concat([head, ...bodies, Buffer.from(table)]))
}

/** A printed page laid on the copier a little crooked, and dropped where scans are: what became of it. */
export async function scannedBack(town: TestHouse, browser: Awaited<ReturnType<TestHouse['as']>>, pdf: Uint8Array) {
  const form = new FormData()
  for (const [key, value] of Object.entries(await browser.hidden('/staff/scansioni'))) form.append(key, value)
  const copy = copied([tilted(pictureOf(pdf, { dpi: 150 }), 1.5)])
  form.append('files', new File([copy as Uint8Array<ArrayBuffer>], 'fotocopia.pdf'))
  const answer = await browser.post('/staff/scansioni', form)
  await town.settle()
  const { rows } = await town.house.owner_pool.query<{ kind: string | null; thing_id: string | null; sheet: number }>(
    'select kind, thing_id, sheet from kernel.scan_page where scan_id = $1 order by page',
    [answer.headers.get('location')?.split('/').at(-1)],
  )
  return rows
}
