/** The desk in a real browser, as an operator uses it: keyboard, phone, no JavaScript; what is saved moves the figures. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeOn, overhang, seeWhole } from './kit/chromium.ts'
import { openLiveServer, password } from './kit/live-server.ts'

let browser: Browser
let town: Awaited<ReturnType<typeof openLiveServer>>
let opening: string

beforeAll(async () => {
  town = await openLiveServer()
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
  const { rows } = await town.sql.query(
    `select o.id from desk.opening o join territory.ambito a on a.id = o.ambito_id and a.slug = 'lodi' where o.series_id is null and o.kind = 'foreigners' and o.on_day = kernel.today()`,
  )
  opening = `/staff/sportello/${rows[0].id}`
})
afterAll(() => browser?.close())

/** A browser of its own, signed in through the form. */
async function signIn(email: string, how: BrowserContextOptions = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'it-IT', ...how })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  seeWhole(page.mainFrame())
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/EventSource|status of 422/.test(message.text())) complaints.push(message.text())
  })
  await page.goto(`${town.address}/staff/accesso`)
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=password]').fill(password)
  await page.locator('main form [type=submit]').click()
  await page.waitForURL((url) => url.pathname === '/staff')
  return { context, page, complaints, go: (path: string) => page.goto(town.address + path) }
}

/** Presses keys at the pace of somebody who types for a living, and counts them. */
function keyboard(page: Page) {
  let strokes = 0
  return {
    async press(key: string) {
      strokes++
      await page.keyboard.press(key)
    },
    async type(text: string) {
      strokes += [...text].length
      await page.keyboard.type(text, { delay: 60 })
    },
    strokes: () => strokes,
  }
}

async function visits(where = 'true') {
  const { rows } = await town.sql.query(`select count(*)::int as n from desk.visit v where ${where}`)
  return rows[0].n as number
}

async function countOf(page: Page, code: string) {
  await page.goto(`${town.address}/staff/monitoraggio`)
  const text = await page.locator(`a[href*="/monitoraggio/${code}?"]`, { hasText: /^\d+$/ }).first().textContent()
  return Number(/\d+/.exec(text ?? '')?.[0])
}

const focused = (page: Page) =>
  page.evaluate<string>('document.activeElement.getAttribute("role") ?? document.activeElement.id')
const saved = (page: Page) => page.locator('[data-undo]')
async function expectAccessible(page: Page) {
  expect(await axeOn(page)).toEqual([])
  expect(await overhang(page)).toBe(0)
}

test('a known person is served by keyboard alone within 20 seconds, and O.2.3 moves by one', async () => {
  const office = await signIn('progetto@demo.example')
  const before = await countOf(office.page, 'O.2.3')

  const { page, go, complaints, context } = await signIn('operatore@demo.example')
  await go(opening)
  await expectAccessible(page)
  await page.locator('body').click({ position: { x: 1, y: 400 } })
  const keys = keyboard(page)
  const began = performance.now()
  await keys.press('/')
  expect(await focused(page)).toBe('f-who')
  await keys.type('quispe 1958')
  await page.locator('.found-list [data-result]').first().waitFor()
  await keys.press('Enter')
  await page.waitForFunction('document.activeElement.getAttribute("role") === "combobox"')
  await keys.type('rinn')
  await keys.press('Enter')
  await keys.press('Control+Enter')
  await saved(page).waitFor()
  const seconds = (performance.now() - began) / 1000
  console.log(`served by keyboard: ${keys.strokes()} strokes, ${seconds.toFixed(1)} s`)
  expect(keys.strokes()).toBeLessThanOrEqual(20)
  await expectAccessible(page)
  expect(complaints).toEqual([])

  // The next in the queue has been called.
  await expect.poll(() => page.locator('.queue-here').textContent()).toContain('Amina')
  const { rows } = await town.sql.query(
    `select n.need, v.outcome from desk.visit v join desk.visit_need n on n.visit_id = v.id order by v.recorded_at desc limit 1`,
  )
  expect(rows).toEqual([{ need: 'DOC.RINNOVO', outcome: 'solved' }])
  await expect.poll(() => countOf(office.page, 'O.2.3')).toBe(before + 1)
  await context.close()
  await office.context.close()
})

test('a new person with a name alone; one datum is asked, can be skipped, and not twice a day', async () => {
  const { page, go, complaints, context } = await signIn('operatore@demo.example')
  await go(opening)
  const keys = keyboard(page)
  await page.locator('body').click({ position: { x: 1, y: 400 } })
  await keys.press('n')
  await page.waitForURL(/nuova-persona/)
  await expectAccessible(page)
  await expect.poll(() => focused(page)).toBe('f-surname')
  await keys.type('Osei')
  await keys.press('Control+Enter')
  await page.waitForFunction('document.activeElement.getAttribute("role") === "combobox"')
  const person = new URL(page.url()).searchParams.get('persona')
  await keys.type('spid')
  await keys.press('Enter')
  await keys.press('Control+Enter')
  await page.waitForURL(/\/manca\//)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Salta per oggi' }).press('Enter')
  await page.waitForURL(new RegExp(opening))

  await go(`${opening}?persona=${person}`)
  await page.getByRole('combobox').first().waitFor()
  await keys.type('spid')
  await keys.press('Enter')
  await keys.press('Control+Enter')
  await saved(page).waitFor()
  expect(await visits(`v.person_id = '${person}'`)).toBe(2)
  expect(complaints).toEqual([])
  await context.close()
})

test('anonymous information takes five seconds and names nobody', async () => {
  const { page, go, complaints, context } = await signIn('operatore@demo.example')
  await go(opening)
  await page.locator('body').click({ position: { x: 1, y: 400 } })
  const before = await visits('v.person_id is null')
  const keys = keyboard(page)
  const began = performance.now()
  await keys.press('i')
  await page.waitForFunction('document.activeElement.getAttribute("role") === "combobox"')
  await keys.type('isee')
  await keys.press('Enter')
  await keys.press('Control+Enter')
  await saved(page).waitFor()
  const seconds = (performance.now() - began) / 1000
  console.log(`information: ${keys.strokes()} strokes, ${seconds.toFixed(1)} s`)
  // Seven keys are five seconds of anybody's time; how long the machine takes is measured apart.
  expect(keys.strokes()).toBe(7)
  expect(await visits('v.person_id is null')).toBe(before + 1)
  expect(complaints).toEqual([])
  await context.close()
})

test('save pressed twice is one visit; undone within ten seconds it counts no more, and what was written is back', async () => {
  const { page, go, complaints, context } = await signIn('operatore@demo.example')
  const { rows } = await town.sql.query(`select person_id from people.name where surname = 'El Sayed' limit 1`)
  const person = rows[0].person_id
  const of_person = `v.person_id = '${person}'`
  const before = await visits(of_person)
  await go(`${opening}?persona=${person}`)
  const keys = keyboard(page)
  await page.getByRole('combobox').first().waitFor()
  await keys.type('spid')
  await keys.press('Enter')
  await page.locator('[name=note]').evaluate((box) => {
    ;(box as unknown as { value: string }).value = 'torna con il telefono'
  })
  await page.getByRole('button', { name: 'Salva', exact: true }).dblclick()
  await saved(page).waitFor()
  expect(await visits(of_person)).toBe(before + 1)

  await saved(page).getByRole('button').click()
  await page.waitForURL(/da=/)
  await expectAccessible(page)
  await expect.poll(() => page.locator('.combo-chosen').allInnerTexts()).toEqual([expect.stringContaining('SPID')])
  await expect.poll(() => page.locator('[name=note]').inputValue()).toBe('torna con il telefono')
  const standing = `${of_person} and not exists (select from desk.withdrawal w where w.visit_id = v.id)`
  expect(await visits(standing)).toBe(before)
  expect(complaints).toEqual([])
  await context.close()
})

test('the queue lives: an arrival at one desk shows at the other, and what is half written there stays', async () => {
  const [one, other] = [await signIn('operatore@demo.example'), await signIn('legale@demo.example')]
  await one.go(opening)
  await other.go(opening)
  await one.page.locator('#f-who').fill('mezzo nome')
  await one.page.locator('body').click({ position: { x: 1, y: 400 } })
  const keys = keyboard(other.page)
  await other.page.locator('body').click({ position: { x: 1, y: 400 } })
  await keys.press('a')
  await keys.type('Ngozi')
  await keys.press('Enter')
  for (const { page } of [other, one]) await page.locator('.queue', { hasText: 'Ngozi' }).waitFor()
  await expect.poll(() => one.page.locator('#f-who').inputValue()).toBe('mezzo nome')
  await expect.poll(() => focused(other.page)).toBe('called_as')
  await expect.poll(() => other.page.locator('#called_as').inputValue()).toBe('')
  // And once more: the first change made the part anew.
  await keys.type('Juan')
  await keys.press('Enter')
  await one.page.locator('.queue', { hasText: 'Juan' }).waitFor()
  for (const { page, context, complaints } of [one, other]) {
    await expectAccessible(page)
    expect(complaints).toEqual([])
    await context.close()
  }
})

test('on a phone of 390 pixels it is whole, and the button to save is under the thumb', async () => {
  const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }
  const { page, go, complaints, context } = await signIn('operatore@demo.example', phone)
  await go(opening)
  await expectAccessible(page)
  await page.locator('#f-who').fill('wang 1996')
  await page.locator('#f-who').dispatchEvent('input')
  await page.locator('.found-list [data-result]').first().tap()
  await page.waitForURL(/persona=/)
  const save = page.locator('[data-submit]').last()
  const box = await save.boundingBox()
  expect(box && box.y + box.height).toBeLessThanOrEqual(780)
  expect(box?.height).toBeGreaterThanOrEqual(44)
  await page.getByRole('combobox').first().fill('tesser')
  await page.locator('.combo-offers li').first().tap()
  await expectAccessible(page)
  await save.tap()
  await page.waitForURL((url) => !url.searchParams.has('persona') || url.pathname.includes('manca'))
  await expectAccessible(page)
  expect(complaints).toEqual([])
  await context.close()
})

test('without JavaScript the same is done with buttons and boxes', async () => {
  const { page, go, context } = await signIn('operatore@demo.example', { javaScriptEnabled: false })
  await go(opening)
  await page.locator('#f-who').fill('gurpreet kaur')
  await page.getByRole('button', { name: 'Cerca' }).click()
  await page.locator('.found-list a').first().click()
  const before = await visits()
  await page.getByText('SPID / CIE attivazione').first().click()
  await page.getByRole('button', { name: 'Salva', exact: true }).click()
  expect(await visits()).toBe(before + 1)
  await go(opening)
  await page.locator('#called_as').fill('Sofia')
  await page.getByRole('button', { name: 'Aggiungi arrivo' }).click()
  await expect.poll(() => page.locator('.queue').textContent()).toContain('Sofia')
  await context.close()
})

test('two files become a family in four steps, and both are served with one save', async () => {
  const { page, go, complaints, context } = await signIn('operatore@demo.example')
  const { rows } = await town.sql.query(`select person_id from people.name where surname = 'Benali' limit 1`)
  const person = rows[0].person_id
  await go(`/staff/persone/${person}`)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Aggiungi un familiare' }).click()
  await page.locator('[name=who]').fill('el sayed 1990')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Scegli' }).first().waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Scegli' }).first().click()
  await expectAccessible(page)
  await page.getByText('coniuge o convivente').click()
  await page.getByRole('button', { name: 'Aggiungi alla famiglia' }).click()
  await page.getByText('Famiglia aggiornata.').waitFor()

  const before = await visits()
  await go(`${opening}?persona=${person}`)
  await page.getByText('EL SAYED Mohamed, coniuge o convivente').click()
  await page.getByRole('combobox').first().click()
  await page.keyboard.type('isee')
  await page.keyboard.press('Enter')
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await page.waitForURL((url) => url.searchParams.has('fatto') || url.pathname.includes('/manca/'))
  expect(await visits()).toBe(before + 2)
  expect(complaints).toEqual([])
  await context.close()
})
