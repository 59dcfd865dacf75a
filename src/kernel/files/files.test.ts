import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { openTestHouse, type TestHouse } from '../../../test/kit/house.ts'
import { address } from '../address.ts'
import { Forbidden, NotFound, type Refused } from '../errors.ts'
import { module } from '../module.ts'
import { router } from '../routes.ts'
import { type FileKind, fileBytes, filesOf, keepFile, papers, removeFile, scans, serveFile } from './files.ts'
import { kindOf } from './kinds.ts'
import { shownName } from './name.ts'

const ascii = (text: string) => new TextEncoder().encode(text)
const pdf = ascii('%PDF-1.7\n1 0 obj << >> endobj\n%%EOF')
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])

/** A ZIP with these parts; `says` is the size the directory claims. */
function zip(parts: { name: string; text?: string; says?: number }[]) {
  const [bodies, entries]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const { name, text = 'x', says } of parts) {
    const packed = deflateRawSync(Buffer.from(text))
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(says ?? text.length, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(says ?? text.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    bodies.push(local, Buffer.from(name), packed)
    entries.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...bodies, directory, end]))
}
const docx = (more: Parameters<typeof zip>[0] = []) =>
  zip([{ name: '[Content_Types].xml' }, { name: 'word/document.xml' }, ...more])

describe('what a file is', () => {
  test.each<[string, Uint8Array, FileKind | undefined]>([
    ['a PDF', pdf, 'pdf'],
    ['a picture', png, 'png'],
    ['a document of Word', docx(), 'docx'],
    ['words', ascii('Nome;Ore\nAmina;3\n'), 'txt'],
    ['a program of Windows', ascii('MZ\x90\0\x03\0\0\0'), undefined],
    ['a program of Linux', ascii('\x7fELF\x02\x01\x01\0'), undefined],
    ['a script', ascii('#!/bin/sh\nrm -rf /\n'), undefined],
    ['a page', ascii('<!doctype html><script>alert(1)</script>'), undefined],
    [
      'a drawing that runs',
      ascii('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      undefined,
    ],
    ['a drawing', ascii('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), undefined],
    ['a PDF that is a page besides', ascii('%PDF-1.7\n<html><script>alert(1)</script></html>'), undefined],
    ['a page that becomes a PDF further on', ascii('<html>\n%PDF-1.7'), undefined],
    ['a document with macros', docx([{ name: 'word/vbaProject.bin' }]), undefined],
    [
      'a document of ten thousand parts',
      docx(Array.from({ length: 10_000 }, (_, at) => ({ name: `word/${at}.xml` }))),
      undefined,
    ],
    ['a document that opens to a gigabyte', docx([{ name: 'word/media/1.bin', says: 1_000_000_000 }]), undefined],
    ['an archive that is nothing we know', zip([{ name: 'a.txt' }]), undefined],
    ['a broken archive', docx().subarray(0, 60), undefined],
    ['nothing', new Uint8Array(), undefined],
    ['zeros', new Uint8Array(100), undefined],
  ])('%s', (_, bytes, kind) => {
    expect(kindOf(bytes)).toBe(kind)
  })

  test('a real workbook', async () => {
    expect(kindOf(await writeXlsxFile([[{ value: 'Amina' }]]).toBuffer())).toBe('xlsx')
  })
})

describe('its name', () => {
  test.each([
    ['permesso.pdf', 'permesso.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\anna\\scheda.docx', 'scheda.pdf'],
    ['test\0.exe', 'test.pdf'],
    ['scheda\u202Efdp.exe', 'schedafdp.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['', 'file.pdf'],
    ['   ', 'file.pdf'],
    ['بطاقة.pdf', 'بطاقة.pdf'],
    ['a\r\nSet-Cookie: x.pdf', 'a Set-Cookie: x.pdf'],
  ])('%j is shown as %j', (given, shown) => {
    expect(shownName(given, 'pdf')).toBe(shown)
  })
  test('is cut when it is long, letters kept whole', () => {
    const shown = shownName(`${'😀'.repeat(255)}.pdf`, 'pdf')
    expect([...shown].length).toBe(120)
    expect(shown.isWellFormed()).toBe(true)
  })
})

const owner = { owner: 'tests', purpose: 'proof', accept: papers }
const upload = (bytes: Uint8Array, name = 'scheda.pdf') => ({ name, type: 'text/html', bytes })

/** A module that keeps a file and serves it, as ours do. */
const urls = { file: address('/staff/prove/:id') }
const routes = router()
routes.page(urls.file, 'signed_in', (ctx, { id }) => serveFile(ctx, 'tests', id))
const keeper = module({ name: 'tests', level: 1, needs: [], routes: routes.all })

describe('a file', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse({ also: [keeper] })
  })
  const kept = (bytes: Uint8Array, name?: string) => house.inCtx((ctx) => keepFile(ctx, upload(bytes, name), owner))

  test('comes back byte for byte, from several parts', async () => {
    const bytes = new Uint8Array(Buffer.concat([pdf, Buffer.alloc(3_000_001, 'à')]))
    const { id, ...row } = await kept(bytes, '../../Rossi Amina.exe')
    expect(row).toEqual({ name: 'Rossi Amina.pdf', type: 'application/pdf', size: bytes.length, scan: 'not_scanned' })
    expect(Buffer.from(await house.inCtx((ctx) => fileBytes(ctx, 'tests', id))).equals(Buffer.from(bytes))).toBe(true)
    expect(await house.inCtx((ctx) => filesOf(ctx, 'tests', [id]))).toHaveLength(1)
  })

  test('is given out as an attachment without a name of its own, in a sandbox, to be guessed by nobody', async () => {
    const { id } = await kept(pdf, 'permesso di Amina Rossi.pdf')
    const answer = await (await house.as('operatore@demo.example')).get(urls.file.href({ id }))
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="file-${id.slice(0, 8)}.pdf"`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(pdf)
  })

  test('is not there for another Ambito, another module, or once removed', async () => {
    const { id } = await kept(pdf)
    const neighbour = await house.as('operatore@vicino.example')
    expect((await neighbour.get(urls.file.href({ id }))).status).toBe(404)
    await expect(house.inCtx((ctx) => fileBytes(ctx, 'desk', id))).rejects.toThrow(NotFound)
    await house.inCtx((ctx) => removeFile(ctx, 'tests', id))
    await expect(house.inCtx((ctx) => serveFile(ctx, 'tests', id))).rejects.toThrow(NotFound)
    const { rows } = await house.house.owner_pool.query(
      'select count(*)::int as parts from kernel.file_part where file_id = $1',
      [id],
    )
    expect(rows).toEqual([{ parts: 0 }])
  })

  test.each([
    ['missing', undefined, scans, 'kernel.form.required'],
    [
      'too large',
      upload(new Uint8Array(Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]))),
      scans,
      'kernel.file.too_large',
    ],
    ['not of the kinds wanted', upload(docx()), scans, 'kernel.file.wrong_kind'],
    ['a program with the name of a PDF', upload(ascii('MZ\x90\0')), papers, 'kernel.file.wrong_kind'],
  ])('that is %s is refused beside its field', async (_, given, accept, problem) => {
    const refused = await house
      .inCtx((ctx) => keepFile(ctx, given, { ...owner, accept, field: 'proof' }))
      .catch((error: Refused) => error)
    expect([(refused as Refused).problems.proof].flat()[0]).toBe(problem)
  })
})

describe('with a program that looks into files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'labimpact-scanner-'))
  const scanner = join(folder, 'scanner.sh')
  const says = (script: string) => {
    writeFileSync(scanner, `#!/bin/sh\n${script}\n`)
    chmodSync(scanner, 0o755)
  }
  let house: TestHouse
  const heard: string[] = []
  beforeAll(async () => {
    const listening = module({
      name: 'tests',
      level: 3,
      needs: [],
      file_clean: async (_ctx, id) => void heard.push(id),
    })
    house = await openTestHouse({ env: { SCAN_COMMAND: scanner }, also: [listening] })
  })
  const keep = (bytes: Uint8Array) => house.inCtx((ctx) => keepFile(ctx, upload(bytes), owner))
  const serve = (id: string) => house.inCtx((ctx) => serveFile(ctx, 'tests', id))
  const again = async () => {
    await house.house.owner_pool.query('update graphile_worker._private_jobs set run_at = now() where attempts > 0')
    await house.settle()
  }

  test('a file opens once it is found clean, and never when something is in it', async () => {
    says('if grep -q EICAR; then exit 1; fi; exit 0')
    const [clean, bad] = [await keep(pdf), await keep(ascii('%PDF-1.7\nEICAR'))]
    expect(clean.scan).toBe('waiting')
    expect((await serve(clean.id)).type).toBe('application/pdf')
    await expect(serve(bad.id)).rejects.toThrow(Forbidden)
    expect(heard).toEqual([clean.id])
  })

  test('while the program is away files stay closed, and open when it is back', async () => {
    says('exit 2')
    const { id } = await keep(pdf)
    await expect(serve(id)).rejects.toThrow(Forbidden)
    says('cat > /dev/null; exit 0')
    await again()
    expect((await serve(id)).type).toBe('application/pdf')
  })
})
