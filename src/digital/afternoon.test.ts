/** An afternoon of twelve people on a phone; a week later three of them do alone what they could not. It ends in the figures it must move. */
import { mkdirSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { axeOn, openChromium, overhang } from '../../test/kit/chromium.ts'
import { somebodyWhoCounts } from '../../test/kit/courses.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { infoOf, lettersOf, textOf } from '../../test/kit/paper.ts'
import { scannedBack } from '../../test/kit/scanner.ts'
import { recordVisit } from '../desk/actions.ts'
import { desk } from '../desk/urls.ts'
import { report } from '../monitoring/actions.ts'
import { mergePersons } from '../people/actions.ts'
import { people } from '../people/urls.ts'
import { registerSheets, summarySheets } from './actions/papers.ts'
import { exportDigital } from './personal-data.ts'
import { digital } from './urls.ts'

const screenshots = process.env.SCREENSHOTS
const plain = { mandate_seen: false, mediator_present: false, answer_wanted: false }
const topic = { topics: ['DIG.SPID'], alone: 'helped', device: 'own_phone' }

let town: TestHouse
let browser: Awaited<ReturnType<typeof openChromium>>
let operator: Awaited<ReturnType<TestHouse['as']>>
let opening: string
let twelve: string[]

beforeAll(async () => {
  town = await openTestHouse()
  await town.settle()
  browser = await openChromium(town.http)
  operator = await town.as('operatore@demo.example')
  opening = await openAfternoon()
  // Held from here on, so that what the test counts is what it does, whatever day the demonstration was founded on.
  await operator.submit(digital.held.href({ opening }), {}, { on: digital.afternoon.href({ opening }) })
  twelve = []
  for (let at = 0; at < 12; at++)
    twelve.push(
      await town.inCtx((ctx) =>
        somebodyWhoCounts(ctx, { surname: `Pomeriggio${'abcdefghilmn'[at]}`, born: `19${80 + at}` }),
      ),
    )
  if (screenshots) mkdirSync(screenshots, { recursive: true })
})

async function openAfternoon() {
  const opened = await operator.submit(desk.openings.href(), { kind: 'digital', starts_at: '15:00', ends_at: '18:00' })
  return /sportello\/([0-9a-f-]{36})/.exec(opened.headers.get('location') ?? '')?.[1] as string
}
const at = (persona: string) => digital.afternoon.href({ opening }, { persona })
const helped = async (persona: string, more: Record<string, string | string[]> = {}) => {
  const sent = await operator.submit(
    digital.afternoon.href({ opening }),
    { person_id: persona, ...topic, ...more },
    { on: at(persona) },
  )
  expect(sent.status).toBe(303)
  return new URL(sent.headers.get('location') as string, 'http://x').searchParams.get('fatto') as string
}
const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]

async function figuresNow() {
  await town.settle()
  const { indicators } = await town.inCtx((ctx) => report(ctx, { from: '2025-09-25', to: ctx.today }))
  return new Map(indicators.map(({ code, value }) => [code, value]))
}
const moved = (before: Map<string, number>, after: Map<string, number>) =>
  Object.fromEntries(
    // The calls already asked for come up by themselves as the weeks go by.
    [...after].flatMap(([code, value]) =>
      value === before.get(code) || code.startsWith('P.A2.05') ? [] : [[code, value - (before.get(code) ?? 0)]],
    ),
  )

async function look(page: Page, name: string) {
  if (screenshots) await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true })
  expect(await overhang(page), name).toBeLessThanOrEqual(0)
}
/** A cookie of its own, not a header: redirects send the browser's. */
async function phone(path: string) {
  const opened = await browser.open('/staff/accesso', { viewport: { width: 390, height: 800 }, hasTouch: true })
  const [name = '', value = ''] = operator.cookie().split('=')
  await opened.page
    .context()
    .addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true }])
  opened.complaints.length = 0
  await opened.page.goto(browser.address + path)
  return opened
}
/** The sheet as a thumb writes it. */
async function writeSheet(page: Page, { topics, alone }: { topics: string; alone: string }) {
  await page.locator('.form-check-label', { hasText: topics }).first().tap()
  await page.locator('.form-check-label', { hasText: alone }).first().tap()
  await page.locator('.digital-sheet [data-submit]').tap()
  await page.locator('[data-undo]').waitFor()
}

test('twelve are helped, three by phone in seconds; the week after they do it alone; the figures follow', async () => {
  const before = await figuresNow()
  const seconds: number[] = []
  const [one, two, three, ...rest] = twelve as [string, string, string, ...string[]]
  const marks = await operator.hidden(at(one))
  for (const person_id of rest) {
    const fields = { ...marks, ...topic, _once: crypto.randomUUID(), person_id, minutes: '15' }
    expect((await operator.post(digital.afternoon.href({ opening }), fields)).status).toBe(303)
  }

  const { page, complaints, close } = await phone(digital.afternoon.href({ opening }))
  for (const [name, year] of [
    ['Pomeriggioa', '1980'],
    ['Pomeriggiob', '1981'],
    ['Pomeriggioc', '1982'],
  ] as const) {
    const began = performance.now()
    await page.locator('[name=who]').fill(`${name} ${year}`)
    await page.locator('.sits form [type=submit]').first().tap()
    await page.locator('.found-list a').first().tap()
    await page.locator('.digital-sheet').waitFor()
    if (name === 'Pomeriggioa') {
      await look(page, 'sheet')
      expect(await axeOn(page, ['wcag2a', 'wcag2aa'])).toEqual([])
    }
    await writeSheet(page, { topics: 'SPID o CIE', alone: 'non ancora' })
    seconds.push((performance.now() - began) / 1000)
  }
  await look(page, 'afternoon')
  expect(await axeOn(page, ['wcag2a', 'wcag2aa'])).toEqual([])
  await close()

  // One was written on the wrong file and taken back; another is withdrawn later, at the desk.
  const wrong = await helped(one)
  await town.settle()
  await operator.submit(
    digital.undo.href({ opening }),
    { visit: wrong },
    { on: digital.afternoon.href({ opening }, { fatto: wrong }) },
  )
  const twice = await helped(two)
  await town.settle()
  await operator.submit(
    desk.withdrawal.href({ visit: twice }),
    { reason: 'twice' },
    { on: desk.visit.href({ visit: twice }) },
  )
  expect(moved(before, await figuresNow())).toEqual({
    'O.2.3': 12,
    'P.A3.02.people': 12,
    'P.A3.02.topics': 12,
  })

  const first_week = await figuresNow()
  await town.moveClock('7 days')
  operator = await town.as('operatore@demo.example')
  opening = await openAfternoon()
  const again = await phone(digital.afternoon.href({ opening }))
  for (const name of ['POMERIGGIOA', 'POMERIGGIOB', 'POMERIGGIOC']) {
    const began = performance.now()
    await again.page.locator('.tap', { hasText: name }).tap()
    await again.page.getByText('non ancora').first().waitFor()
    await writeSheet(again.page, { topics: 'SPID o CIE', alone: 'da solo/a' })
    seconds.push((performance.now() - began) / 1000)
  }
  await look(again.page, 'again')
  expect([...complaints, ...again.complaints]).toEqual([])
  if (screenshots) console.log(`a sheet on a phone: ${seconds.map((one) => one.toFixed(1)).join(', ')} s (limit 20 s)`)
  await again.close()
  // Nobody new: the same people, one afternoon more, and what was dealt with.
  expect(moved(first_week, await figuresNow())).toEqual({ 'P.A3.01': 1, 'P.A3.02.topics': 3 })

  const file = await operator.page(people.file.href({ id: three }))
  expect(file.replaceAll(/<[^>]+>|\s+/g, ' ')).toMatch(/SPID o CIE .*non ancora .*→ .*da solo\/a/)
  const figures = await operator.page(digital.figures.href())
  expect(figures).toContain('SPID o CIE')
})

test('the register is numbered, the month adds up, and both file themselves when they come back from the copier', async () => {
  const pdf = async (path: string) => new Uint8Array(await (await operator.get(path)).arrayBuffer())
  const register = await pdf(digital.register.href({ opening }))
  expect(infoOf(register).Tagged).toBe('yes')
  const [held] = await sql<{ number: number; before: number }>(
    `select number, (select count(*)::int from digital.afternoon b where b.year = a.year and b.number < a.number) before
     from digital.afternoon a where opening_id = $1`,
    [opening],
  )
  expect(held?.before).toBe(Number(held?.number) - 1)
  for (const words of [`n. ${held?.number}/`, 'POMERIGGIOA', 'da solo/a', 'Firma di chi ha tenuto'])
    expect(textOf(register)).toContain(words)
  const [month] = await sql<{ id: string; first_day: string }>(
    `select m.id from digital.month m join digital.afternoon a on a.month_id = m.id where a.opening_id = $1`,
    [opening],
  )
  const summary = await pdf(digital.summary.href({ month: month?.id as string }))
  expect(textOf(summary)).not.toContain('POMERIGGIO')
  if (screenshots) writeFileSync(`${screenshots}/register.pdf`, register)
  if (screenshots) writeFileSync(`${screenshots}/summary.pdf`, summary)
  const sums = await sql<{ sessions: number }>(
    `select count(*)::int sessions from digital.sheet s join digital.afternoon a using (ambito_id, opening_id) where a.month_id = $1 and s.withdrawn_at is null`,
    [month?.id],
  )
  expect(textOf(summary)).toMatch(new RegExp(`Aiuti\\s+${sums[0]?.sessions}\\b`))
  // Signed, copied and dropped: each finds its own place, and says so.
  const back = (kind: string, thing_id: string) => [{ kind, thing_id, sheet: 1 }]
  expect(await scannedBack(town, operator, register)).toEqual(back('digital.register', opening))
  expect(await scannedBack(town, operator, summary)).toEqual(back('digital.summary', month?.id as string))
  expect(await operator.page(digital.afternoon.href({ opening }))).toContain('1 foglio firmato archiviato')
  expect(textOf(await pdf(digital.summary.href({ month: month?.id as string })))).toMatch(
    new RegExp(`\\b${held?.number}/\\d{4}.*firmato`),
  )
  // Who is written down after the signing is on no signed sheet, until theirs comes back too.
  const late = await town.inCtx((ctx) => somebodyWhoCounts(ctx, { surname: 'Tardi' }))
  await helped(late, { minutes: '20' })
  await sheSignedOnTheFourthLine(late)
  const added = digital.register.href({ opening }, { mancanti: '1' })
  expect(await operator.page(digital.afternoon.href({ opening }))).toContain(added)
  expect(await operator.page(digital.afternoons.href())).toContain('firmato in parte')
  const theirs = await pdf(added)
  expect([textOf(theirs).includes('TARDI'), textOf(theirs).includes('POMERIGGIO')]).toEqual([true, false])
  expect(await scannedBack(town, operator, theirs)).toEqual(back('digital.register', opening))
  expect(await operator.page(digital.afternoon.href({ opening }))).toContain('2 fogli firmati archiviati')
  expect(await operator.page(digital.afternoon.href({ opening }))).not.toContain(added)
  // What no reader could read is picked from a list by hand.
  for (const [kind, thing] of [
    [registerSheets, opening],
    [summarySheets, month?.id as string],
  ] as const)
    expect((await town.inCtx((ctx) => kind.offer(ctx))).map(({ id }) => id)).toContain(thing)
})

/** Three names were printed; she signed under them. Said on the page of the scan it counts, taken back it does not. */
async function sheSignedOnTheFourthLine(person_id: string) {
  const shown = () => operator.page(digital.afternoon.href({ opening }))
  const [, scan = ''] = /href="(\/staff\/scansioni\/[^"]+)"/.exec(await shown()) ?? []
  const page = await operator.page(scan)
  const [, signer = '', name] = /<option value="([0-9a-f-]{36})"[^>]*>(TARDI[^<]*)/.exec(page) ?? []
  expect([page.includes('<option value="1.0" selected'), page.includes('Riga 4'), name]).toEqual([true, true, name])
  const said = { line: '1.0', signer }
  expect((await operator.submit(`${scan}/riga`, said, { on: scan })).status).toBe(303)
  expect(await shown()).toContain('riga 4 del foglio 1')
  expect(await shown()).not.toContain('Una riga non è su nessun foglio firmato')
  // Somebody else had the same page open, and says another thing of the same line: told, and nothing is written.
  const second = await operator.submit(`${scan}/riga`, said, { on: scan })
  expect([second.status, (await second.text()).includes('Nel frattempo')]).toEqual([422, true])
  const elsewhere = { line: '2.0', signer: person_id }
  expect((await operator.submit(`${scan}/riga`, elsewhere, { on: scan })).status).toBe(422)
  const own = (await town.inCtx((ctx) => exportDigital(ctx, [person_id]))).signatures
  expect(own).toEqual([expect.objectContaining({ signer, sheet: 1, spare: 1, replaced_at: null })])
  expect((await operator.submit(`${scan}/riga/libera`, { line: '1.1' }, { on: scan })).status).toBe(303)
  expect(await shown()).toContain('Una riga non è su nessun foglio firmato')
  expect(await sql(`select nth, signer from kernel.signed_line where thing_id = $1 order by nth`, [opening])).toEqual([
    { nth: 1, signer },
    { nth: 2, signer: null },
  ])
  const trail = `select person_id, detail->'row' as row, detail->'signed' as signed from kernel.audit where what = 'programme.signed_line' order by position`
  expect(await sql(trail)).toEqual([
    { person_id, row: 4, signed: true },
    { person_id, row: 4, signed: false },
  ])
  await expect(
    sql(
      `insert into kernel.signed_line select ambito_id, kind, thing_id, printing, sheet, 3, 1, null from kernel.signed_line limit 1`,
    ),
  ).rejects.toThrow('signed_line_check')
}

test('what I can do now is read back in Italian, Arabic and Chinese', async () => {
  const paper = async (lingua: string) => {
    const answer = await operator.get(digital.canDo.href({ person: twelve[0] as string }, { lingua }))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(infoOf(bytes).Title).not.toContain('POMERIGGIO')
    if (screenshots) writeFileSync(`${screenshots}/can-do-${lingua}.pdf`, bytes)
    return lettersOf(bytes)
  }
  expect(await paper('it')).toContain('EntrareneiserviziconSPID')
  expect(await paper('zh')).toContain('我能自己做')
  // Arabic comes back in its own order, whatever shapes its letters have.
  expect((await paper('ar')).normalize('NFKC')).toContain('وحدي')
  expect((await operator.get(digital.canDo.href({ person: twelve[0] as string }, { lingua: 'xx' }))).status).toBe(200)
})

test('a group is one sheet each and its minutes once; the soft limit is told and stops nobody; merged files are one person', async () => {
  const [, , , four, five, six] = twelve as [string, string, string, string, string, string]
  const group = (fields: Record<string, string | string[]>) => operator.submit(digital.group.href({ opening }), fields)
  const before = await sql<{ n: number }>('select count(*)::int n from digital.sheet')
  expect((await group({ people: [four], topics: ['DIG.MAIL'] })).status).toBe(422)
  const sent = await group({ people: [four, five, six], alone_people: [five], topics: ['DIG.MAIL'], minutes: '150' })
  expect(sent.status).toBe(303)
  const sheets = await sql<{ alone: string; minutes: number | null; person_id: string }>(
    `select alone, minutes, person_id from digital.sheet where how = 'group' and opening_id = $1 order by person_id`,
    [opening],
  )
  expect(sheets.length).toBe(3)
  expect(sheets.map(({ minutes }) => minutes).filter(Boolean)).toEqual([150])
  expect(sheets.find(({ person_id }) => person_id === five)?.alone).toBe('yes')
  expect((await sql<{ n: number }>('select count(*)::int n from digital.sheet'))[0]?.n).toBe((before[0]?.n ?? 0) + 3)
  const over = sheets.find(({ minutes }) => minutes)?.person_id as string
  expect(await operator.page(at(over))).toContain('Il limite indicativo è raggiunto')
  await helped(over)
  await town.inCtx((ctx) => mergePersons(ctx, five, six))
  const own = await operator.page(digital.afternoon.href({ opening }))
  expect(own).not.toContain('tap" href="/staff/digitale/undefined')
  const [figures] = await sql<{ people: number }>(
    `select count(distinct p.canonical_id)::int people from digital.sheet s join people.person p on p.id = s.person_id where s.opening_id = $1 and withdrawn_at is null`,
    [opening],
  )
  const page = (await operator.page(digital.figures.href({}, { dal: '2026-01-01', al: '2099-12-31' }))).replaceAll(
    /<[^>]+>/g,
    ' ',
  )
  expect(figures?.people).toBe(6)
  expect(page).toContain('In tutto')
})

test('back with paper the day after; a visit the desk wrote down gets its sheet, and is not counted twice', async () => {
  await town.moveClock('8 days')
  operator = await town.as('operatore@demo.example')
  const before = await figuresNow()
  const [one, two] = twelve as [string, string, ...string[]]
  const [day] = await sql<{ on_day: string; today: string }>(
    `select on_day::text, kernel.today()::text today from desk.opening where id = $1`,
    [opening],
  )
  expect(day?.on_day).not.toBe(day?.today)
  expect(await operator.page(digital.afternoon.href({ opening }))).toContain('conta nel suo giorno')
  await helped(one, { topics: ['DIG.IO'] })
  // The desk wrote her visit down; her sheet hangs on it, falls alone, and is written again.
  const visit = await town.inCtx((ctx) =>
    recordVisit(
      ctx,
      opening,
      { person_id: two, needs: ['DIG.IO'], outcome: 'solved', help: [], ...plain },
      day?.on_day,
    ),
  )
  expect(await operator.page(digital.afternoon.href({ opening }))).toContain('manca il foglio')
  expect(await helped(two, { topics: ['DIG.IO'] })).toBe(visit)
  const undo = { on: digital.afternoon.href({ opening }, { fatto: visit }) }
  expect((await operator.submit(digital.undo.href({ opening }), { visit }, undo)).status).toBe(303)
  expect(await helped(two, { topics: ['DIG.IO'] })).toBe(visit)
  expect(moved(before, await figuresNow())).toEqual({ 'P.A3.02.topics': 2 })
  const sheets = await sql<{ on_day: string; fallen: boolean; stands: boolean }>(
    `select s.on_day::text, s.withdrawn_at is not null fallen, w.visit_id is null stands from digital.sheet s
     left join desk.withdrawal w on w.visit_id = s.visit_id where 'DIG.IO' = any (topics) and s.opening_id = $1 order by s.recorded_at, s.session_id`,
    [opening],
  )
  expect(sheets.map(({ fallen }) => fallen)).toEqual([false, true, false])
  for (const sheet of sheets) expect([sheet.on_day, sheet.stands]).toEqual([day?.on_day, true])
  // A day nobody opened the house on is chosen from a list; one that had no afternoon is not there.
  const past = (on_day: string) => operator.submit(digital.past.href(), { on_day }, { on: digital.afternoons.href() })
  const [chosen = ''] = /(?<=option value=")\d{4}-\d\d-\d\d/.exec(await operator.page(digital.afternoons.href())) ?? []
  expect((await past(chosen)).status).toBe(303)
  expect((await past('2020-01-01')).status).toBe(422)
})

test('too long ago, another desk, a stranger’s file: refused with a sentence, and nothing is written', async () => {
  const count = async () => (await sql<{ n: number }>('select count(*)::int n from desk.visit'))[0]?.n
  const before = await count()
  const [foreign] = await sql<{ id: string }>(`select id from desk.opening where kind = 'foreigners' limit 1`)
  const post = async (to: string, fields: Record<string, string | string[]>) => {
    const marks = await operator.hidden(digital.afternoon.href({ opening }, { persona: twelve[0] as string }))
    return operator.post(digital.afternoon.href({ opening: to }), {
      ...marks,
      person_id: twelve[0] as string,
      ...fields,
    })
  }
  expect((await post(foreign?.id as string, topic)).status).toBe(422)
  expect((await post(opening, { ...topic, topics: [] })).status).toBe(422)
  expect((await post(opening, { ...topic, topics: ['DOC.SLP'] })).status).toBe(422)
  expect((await post(opening, { ...topic, minutes: '540' })).status).toBe(422)
  expect((await post(opening, { ...topic, person_id: crypto.randomUUID() })).status).toBe(404)
  await town.moveClock('45 days')
  operator = await town.as('operatore@demo.example')
  const late = await post(opening, topic)
  expect([late.status, (await late.text()).includes('31 giorni dopo')]).toEqual([422, true])
  expect(await count()).toBe(before)
})
