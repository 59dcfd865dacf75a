/** A register is printed, signed and scanned back: it files itself, and what cannot be read is filed by hand. */
import { crc32, deflateSync } from 'node:zlib'
import qrcode from 'qrcode'
import { beforeAll, describe, expect, test } from 'vitest'
import { needList } from '../src/desk/actions.ts'
import { paperOf, typeset } from '../src/kernel/documents/document.ts'
import { later } from '../src/kernel/events.ts'
import { markText, readMark } from '../src/kernel/scans/mark.ts'
import { readScan } from '../src/kernel/scans/scans.ts'
import { openTestHouse, type TestHouse } from './kit/house.ts'
import { infoOf, lettersOf, pictureOf, textOf } from './kit/paper.ts'
import { copied, dirtied, type Picture, tilted, turned } from './kit/scanner.ts'

// Pages are drawn and looked at, while other tests run beside.

let house: TestHouse
let opening: string
let register: Uint8Array
let sheets: Picture[]
const white: Picture = { width: 1240, height: 1754, grey: new Uint8Array(1240 * 1754).fill(250) }

beforeAll(async () => {
  house = await openTestHouse()
  await house.settle()
  const { rows } = await house.house.owner_pool.query<{ id: string }>(
    `select v.opening_id as id from desk.visit v join territory.ambito a on a.id = v.ambito_id
     where a.slug = 'lodi' group by v.opening_id order by count(*) desc limit 1`,
  )
  opening = (rows[0] as { id: string }).id
  const answer = await (await house.as('operatore@demo.example')).get(`/staff/sportello/${opening}/registro.pdf`)
  expect(answer.status).toBe(200)
  register = new Uint8Array(await answer.arrayBuffer())
  const pages = Number(infoOf(register).Pages)
  sheets = Array.from({ length: pages }, (_, at) => pictureOf(register, { page: at + 1, dpi: 150 }))
})

async function drop(who: string, bytes: Uint8Array, name = 'scansione.pdf') {
  const browser = await house.as(who)
  const form = new FormData()
  for (const [key, value] of Object.entries(await browser.hidden('/staff/scansioni'))) form.append(key, value)
  form.append('files', new File([bytes as Uint8Array<ArrayBuffer>], name))
  const answer = await browser.post('/staff/scansioni', form)
  return { answer, location: answer.headers.get('location') ?? '' }
}
const pagesOf = async (location: string) => {
  const { rows } = await house.house.owner_pool.query(
    'select page, kind, thing_id, sheet, unread, filed_by from kernel.scan_page where scan_id = $1 order by page',
    [location.split('/').at(-1)],
  )
  return rows
}
const filed = (page: number, sheet: number) => ({
  page,
  kind: 'desk.register',
  thing_id: opening,
  sheet,
  unread: null,
  filed_by: null,
})

test('the register is an accessible paper with numbered sheets that bear a mark', async () => {
  expect(infoOf(register)).toMatchObject({ Tagged: 'yes', Title: expect.stringContaining('Registro di sportello') })
  const text = textOf(register)
  for (const at of sheets.keys()) expect(text).toContain(`Foglio ${at + 1} di ${sheets.length}`)
  const { rows } = await house.house.owner_pool.query<{ surname: string }>(
    `select n.surname from desk.visit v join people.name n on n.ambito_id = v.ambito_id and n.person_id = v.person_id and n.kind = 'main'
     where v.opening_id = $1 limit 3`,
    [opening],
  )
  const letters = lettersOf(register)
  for (const { surname } of rows) expect(letters).toContain(surname.toLocaleUpperCase().replaceAll(/\s/g, ''))
})

test('however much was done, every page is a sheet with its own mark and its signatures', async () => {
  const long = await longOpening()
  const operator = await house.as('operatore@demo.example')
  const pdf = new Uint8Array(await (await operator.get(`/staff/sportello/${long}/registro.pdf`)).arrayBuffer())
  const pages = textOf(pdf).split('\f').slice(0, -1)
  expect(pages.length).toBeGreaterThan(3)
  expect(pages.map((page) => /Foglio \d+ di \d+/.exec(page)?.[0])).toEqual(
    pages.map((_, at) => `Foglio ${at + 1} di ${pages.length}`),
  )
  expect(pages.every((page) => page.includes('Visto di chi coordina'))).toBe(true)
})

/** Twenty-five visits with five long needs each. */
async function longOpening() {
  const id = crypto.randomUUID()
  await house.house.owner_pool.query(
    `with opening as (insert into desk.opening (ambito_id, id, kind, on_day, starts_at, ends_at, place)
       select ambito_id, $1, kind, on_day, starts_at, ends_at, place from desk.opening where id = $2 returning ambito_id, id, on_day),
     visit as (insert into desk.visit (ambito_id, opening_id, person_id, on_day, channel, for_whom, outcome, minutes)
       select o.ambito_id, o.id, v.person_id, o.on_day, v.channel, v.for_whom, 'sent', 45
       from opening o, generate_series(1, 25), (select * from desk.visit where opening_id = $2 and person_id is not null limit 1) v
       returning ambito_id, id)
     insert into desk.visit_need (ambito_id, visit_id, need) select ambito_id, id, need from visit, unnest($3::text[]) need`,
    [
      id,
      opening,
      [...needList]
        .sort((a, b) => b.it.length - a.it.length)
        .slice(0, 5)
        .map(({ code }) => code),
    ],
  )
  return id
}

describe('a scan', () => {
  test('of sheets upside down, tilted, dirty and out of order files itself; a blank back is left for eyes', async () => {
    const [first] = sheets as [Picture]
    const last = sheets.at(-1) as Picture
    const scan = copied([dirtied(tilted(last, 3), 0.02), white, dirtied(turned(first), 0.03), tilted(first, -7)])
    const { answer, location } = await drop('operatore@demo.example', scan)
    expect([answer.status, location]).toEqual([303, expect.stringMatching(/^\/staff\/scansioni\/[0-9a-f-]{36}$/)])
    await house.settle()
    expect(await pagesOf(location)).toEqual([
      filed(0, sheets.length),
      { page: 1, kind: null, thing_id: null, sheet: null, unread: 'no_mark', filed_by: null },
      filed(2, 1),
      filed(3, 1),
    ])
    const operator = await house.as('operatore@demo.example')
    expect(await operator.page(location)).toContain('foglio 1')
    expect(await operator.page(`/staff/sportello/${opening}/elenco`)).toMatch(/fogli?o? firmat[io] archiviat[io]/)
    const picture = await operator.get(`${location}/pagine/2/immagine`)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  })

  test('as a photograph files itself too', async () => {
    const { location } = await drop('operatore@demo.example', photograph(sheets[0] as Picture), 'foto.jpg')
    await house.settle()
    expect(await pagesOf(location)).toEqual([filed(0, 1)])
  })

  test('killed half-way goes on where it was: no page twice, none lost', async () => {
    const { location } = await drop('operatore@demo.example', copied([sheets[0] as Picture, white]))
    await house.settle()
    const scan_id = location.split('/').at(-1) as string
    await house.house.owner_pool.query('update kernel.scan set ended_at = null where id = $1', [scan_id])
    await house.house.owner_pool.query('delete from kernel.scan_page where scan_id = $1 and page = 1', [scan_id])
    await house.inCtx(async (ctx) => later(ctx, readScan, { scan_id }))
    expect((await pagesOf(location)).map(({ page, sheet }) => [page, sheet])).toEqual([
      [0, 1],
      [1, null],
    ])
  })

  test('that is broken, or no scan at all, says so', async () => {
    const broken = await drop('operatore@demo.example', new TextEncoder().encode('%PDF-1.7 nothing more'))
    await house.settle()
    expect(await (await house.as('operatore@demo.example')).page(broken.location)).toContain('Il file non si apre')
    const program = await drop('operatore@demo.example', new TextEncoder().encode('MZ\x90\0'), 'foglio.pdf')
    expect([program.answer.status, await program.answer.text()]).toEqual([
      422,
      expect.stringContaining('non si può tenere'),
    ])
    const nothing = await (await house.as('operatore@demo.example')).submit('/staff/scansioni', {})
    expect(nothing.status).toBe(422)
  })
})

describe('a mark', () => {
  const ref = () => ({ kind: 'desk.register', thing_id: opening, sheet: 3 })

  test('is read only as it was made, here and for this Ambito', async () => {
    const [text, neighbour] = await Promise.all([
      house.inCtx(async (ctx) => markText(ctx, ref())),
      house.inCtx(async (ctx) => markText(ctx, ref()), 'vicino'),
    ])
    const read = (one: string) => house.inCtx(async (ctx) => readMark(ctx, one))
    expect(await read(text)).toEqual(ref())
    expect(await read(neighbour)).toBeNull()
    expect(await read(text.replace('/3/', '/4/'))).toBeNull()
    expect(await read(`${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`)).toBeNull()
    expect(await read('https://example.org')).toBeUndefined()
  })

  test('of somebody else’s making, or of a thing that is not there, does not file itself', async () => {
    const marked = async (text: string) => {
      const svg = await qrcode.toString(text, { type: 'svg', margin: 4 })
      const ready = await house.inCtx((ctx) => paperOf(ctx, { title: 'Foglio' }))
      const data = {
        facts: [],
        sheets: [{ title: 'Foglio 1', rows: [], mark: { picture: 'own.svg', words: 'Foglio' }, summary: '' }],
        words: { heads: Array(7).fill('x'), signatures: ['x'] },
      }
      const pdf = await typeset('desk/documents/opening.typ', data, ready, [
        { name: 'own.svg', bytes: new TextEncoder().encode(svg) },
      ])
      return pictureOf(pdf, { dpi: 150 })
    }
    const gone = await house.inCtx(async (ctx) => markText(ctx, { ...ref(), thing_id: crypto.randomUUID() }))
    const pictures = [await marked('https://example.org'), await marked('LI1/DESK.REGISTER/0/1/X'), await marked(gone)]
    const { location } = await drop('progetto@demo.example', copied(pictures))
    await house.settle()
    expect((await pagesOf(location)).map(({ unread }) => unread)).toEqual(['no_mark', 'not_ours', 'gone'])
  })
})

describe('by hand', () => {
  test('a page that could not be read is filed, once, or set aside', async () => {
    const { location } = await drop('operatore@demo.example', copied([white, white]))
    await house.settle()
    const operator = await house.as('operatore@demo.example')
    expect(await operator.page('/staff/scansioni')).toContain(`${location}/pagine/1`)
    const wrong = await operator.submit(`${location}/pagine/1`, {
      thing: `desk.register ${crypto.randomUUID()}`,
      sheet: '1',
    })
    expect(wrong.status).toBe(422)
    const right = await operator.submit(`${location}/pagine/1`, { thing: `desk.register ${opening}`, sheet: '2' })
    expect(right.status).toBe(303)
    const aside = await operator.submit(`${location}/pagine/2/da-parte`, {}, { on: `${location}/pagine/2` })
    expect(aside.status).toBe(303)
    expect(await pagesOf(location)).toEqual([
      { ...filed(0, 2), unread: 'no_mark', filed_by: expect.any(String) },
      expect.objectContaining({ page: 1, thing_id: null }),
    ])
    expect(await operator.page('/staff/scansioni')).not.toContain(`${location}/pagine/`)
  })

  test('somebody else’s scans, and sheets one may not see, are not there', async () => {
    const own = await drop('docente@demo.example', copied([sheets[0] as Picture, white]))
    const other = await drop('operatore@demo.example', copied([white]))
    await house.settle()
    const trainer = await house.as('docente@demo.example')
    expect((await trainer.get(own.location)).status).toBe(200)
    expect((await trainer.get(`${own.location}/pagine/1`)).status).toBe(404)
    expect((await trainer.get(`${own.location}/pagine/1/immagine`)).status).toBe(404)
    expect((await trainer.get(`${own.location}/pagine/2`)).status).toBe(200)
    for (const path of [other.location, `${other.location}/pagine/1`, `${other.location}/pagine/1/immagine`])
      expect((await trainer.get(path)).status).toBe(404)
    expect((await (await house.as('operatore@vicino.example')).get(own.location)).status).toBe(404)
    expect((await (await house.as('regione@demo.example')).get('/staff/scansioni')).status).toBe(403)
  })
})

/** The same picture as a PNG, as a telephone would keep it. */
function photograph({ width, height, grey }: Picture) {
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) lines.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const part = (name: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), data])
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    size.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([size, named, sum])
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return new Uint8Array(
    Buffer.concat([signature, part('IHDR', head), part('IDAT', deflateSync(lines)), part('IEND', Buffer.alloc(0))]),
  )
}
