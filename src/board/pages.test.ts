/** Every public page of the board, in Italian and Arabic, with and without JavaScript, looked at by axe; small enough for an old phone. */
import { describe, expect, test } from 'vitest'
import { axeOn, openChromium, overhang } from '../../test/kit/chromium.ts'
import { openTestHouse } from '../../test/kit/house.ts'
import { slugOf } from '../kernel/slugs.ts'

const { http, as, visitor, inCtx } = await openTestHouse()
const { open } = await openChromium(http)
const reader = visitor()

const nextMonth = await inCtx(async (ctx) =>
  Temporal.PlainDate.from(ctx.today).add({ days: 12 }).toString().slice(0, 7),
)
const pages = [
  'servizi',
  'servizi?comune=098031',
  'servizi/sportello-stranieri',
  'servizi/sportello-rifugiati',
  'bacheca',
  'bacheca/protezione-temporanea-permessi-rinnovabili-fino-al-4-marzo',
  'eventi',
  `eventi?mese=${nextMonth}`,
  'eventi/spid-passo-per-passo',
  'eventi/spid-passo-per-passo/iscrizione',
  'cerca?q=spid',
  'cerca?q=qwertyuiop',
]

// One look of axe at each page: what differs between the looks is the same style everywhere.
describe.each([
  { lang: 'it', width: 320, colorScheme: 'light' },
  { lang: 'ar', width: 1280, colorScheme: 'dark' },
] as const)('in $lang', ({ lang, width, colorScheme }) => {
  test('every page is whole and has nothing axe complains about', async () => {
    const { page, complaints, close } = await open(`/${lang}/`, { viewport: { width, height: 800 }, colorScheme })
    for (const path of pages) {
      await page.setViewportSize({ width, height: 800 })
      const answer = await page.goto(new URL(`/${lang}/${path}`, page.url()).href)
      expect([path, answer?.status()]).toEqual([path, 200])
      await expect.poll(() => page.getAttribute('html', 'dir')).toBe(lang === 'ar' ? 'rtl' : 'ltr')
      expect([path, await axeOn(page)]).toEqual([path, []])
      expect([path, complaints]).toEqual([path, []])
      await page.setViewportSize({ width: 320, height: 800 })
      expect([path, await overhang(page)]).toEqual([path, 0])
    }
    await close()
  })

  test('without JavaScript one finds, reads, signs up and gives the seat up', async () => {
    const { page, close } = await open(`/${lang}/`, { javaScriptEnabled: false, viewport: { width: 360, height: 800 } })
    await page.fill('#cerca', 'spid')
    await page.click('.search-box button')
    await page.click('a.card-title[href$="/eventi/spid-passo-per-passo"]')
    await page.click('.actions a.btn-primary')
    await page.fill('#f-called_as', lang === 'ar' ? 'أمينة' : 'Amina')
    await page.fill('#f-phone', '333 1112223')
    await page.click('[data-submit]')
    await expect.poll(() => page.url()).toMatch(/\/iscrizione\/[\w-]{43}$/)
    await page.click('.sure summary')
    await page.click('.sure-question button')
    await expect.poll(() => page.locator('.button-form').count()).toBe(0)
    // Two faces.
    await page.goto(page.url().replace(/\/iscrizione.*/, ''))
    await page.click('.useful button[value="yes"]')
    await expect.poll(() => page.url()).toContain('/utile/eventi/spid-passo-per-passo')
    await close()
  })
})

test('a month leads to its days, and a Comune to its services and offices', async () => {
  const { page, close } = await open(`/ar/eventi?mese=${nextMonth}`, { javaScriptEnabled: false })
  const days = page.locator('.month a')
  expect(await days.count()).toBeGreaterThan(0)
  const events = await page.locator('.cards > li').count()
  const said = (await days.allTextContents()).join(' ')
  expect(said).toMatch(/فعالي/)
  await days.first().click()
  // Within the same page nothing is loaded: the address changes when the browser gets to it.
  await expect.poll(() => new URL(page.url()).hash).not.toBe('')
  const anchor = decodeURIComponent(new URL(page.url()).hash)
  await expect.poll(() => page.locator(anchor).count()).toBe(1)
  expect(events).toBeGreaterThan(0)
  await page.goto(page.url().replace(/eventi.*/, 'servizi'))
  const all = await page.locator('.cards > li').count()
  await page.selectOption('select[name=comune]', { label: 'Codogno' })
  await page.click('.filters button')
  await expect.poll(() => page.url()).toContain('comune=0980')
  await expect.poll(() => page.locator('h2').first().textContent()).toContain('Codogno')
  await expect.poll(() => page.getByText('Comune di Codogno').count()).toBe(1)
  await expect.poll(() => page.getByText('Questura di Lodi').count()).toBe(1)
  // Nothing is lost: what is elsewhere stands below.
  await expect.poll(() => page.locator('.cards > li').count()).toBeGreaterThanOrEqual(all)
  for (const wrong of ['servizi?comune=999999', 'eventi?mese=2026-13', 'eventi?mese=x'])
    expect([wrong, (await reader.get(`/it/${wrong}`)).status]).toEqual([wrong, 404])
  await close()
})

test('a word without end breaks, and hangs over no edge', async () => {
  const editor = await as('redazione@demo.example')
  const long = 'Donaudampfschiffahrtselektrizitätenhauptbetriebswerk'.repeat(3)
  const created = await editor.submit('/staff/bacheca/nuova/notice', {
    title: long.slice(0, 150),
    summary: long,
    body: `${long}\n\n- ${long}\n\n[${long}](https://esempio.it/${long})`,
    bring: long,
  })
  const id = /schede\/([0-9a-f-]{36})/.exec(created.headers.get('location') ?? '')?.[1]
  await editor.submit(`/staff/bacheca/schede/${id}/pubblicazione`, {
    published_from: await inCtx(async (ctx) => ctx.today),
  })
  const slug = slugOf(long.slice(0, 150), 'scheda')
  for (const path of ['/it/bacheca', '/ar/bacheca', `/it/bacheca/${slug}`, `/ar/bacheca/${slug}`]) {
    const { page, status, close } = await open(path, { viewport: { width: 320, height: 800 } })
    expect([path, status, await overhang(page)]).toEqual([path, 200, 0])
    await close()
  }
})

test('the feed is Atom', async () => {
  const answer = await reader.get('/ar/bacheca.atom')
  expect(answer.headers.get('content-type')).toContain('application/atom+xml')
  const { page, close } = await open('/it/bacheca')
  // The browser's own XML reader judges whether it is well formed; RFC 4287 §4.1 says what must be there, once.
  const seen = await page.evaluate(
    (text: string) => {
      const feed = new DOMParser().parseFromString(text, 'application/xml')
      const count = (of: Element, name: string) => [...of.children].filter((child) => child.localName === name).length
      const entries = [...feed.querySelectorAll('entry')]
      return {
        wrong: feed.querySelector('parsererror')?.textContent ?? null,
        root: feed.documentElement.namespaceURI,
        feed: ['id', 'title', 'updated'].map((name) => count(feed.documentElement, name)),
        entries: entries.map((entry) => ['id', 'title', 'updated', 'link'].map((name) => count(entry, name))),
        ids: new Set(entries.map((entry) => entry.querySelector('id')?.textContent)).size,
        moments: [...feed.querySelectorAll('updated, published')].every((one) =>
          /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(one.textContent ?? ''),
        ),
      }
    },
    await answer.text(),
  )
  await close()
  expect(seen.wrong).toBeNull()
  expect(seen).toMatchObject({ root: 'http://www.w3.org/2005/Atom', feed: [1, 1, 1], moments: true })
  expect(seen.entries.length).toBeGreaterThan(10)
  expect(seen.ids).toBe(seen.entries.length)
  for (const counts of seen.entries) expect(counts).toEqual([1, 1, 1, 1])
})

test('the first answer fits into the first flight of packets', async () => {
  for (const path of [
    '/it/servizi/sportello-stranieri',
    '/ar/servizi/sportello-rifugiati',
    '/it/eventi/spid-passo-per-passo',
    '/zh/bacheca',
    '/bn/eventi',
  ]) {
    const answer = await reader.get(path, { 'accept-encoding': 'br' })
    const bytes = (await answer.arrayBuffer()).byteLength
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect([path, bytes <= 13_000 || bytes]).toEqual([path, true])
  }
})

test('the staff’s pages are open to everybody’s hands', async () => {
  const { page, complaints, close } = await open('/staff/bacheca', {
    cookie: (await as('redazione@demo.example')).cookie(),
    viewport: { width: 1280, height: 800 },
  })
  for (const path of ['', '/nuova/service', '/nuova/event', '/traduzioni', '/traduzioni/ar']) {
    const answer = await page.goto(new URL(`/staff/bacheca${path}`, page.url()).href)
    expect([path, answer?.status()]).toEqual([path, 200])
    expect([path, await axeOn(page)]).toEqual([path, []])
    expect([path, complaints]).toEqual([path, []])
  }
  await close()
})

test('a text is read aloud where the device has a voice for its language, and only there', async () => {
  const { page, close } = await open('/it/servizi/sportello-stranieri')
  const offered = (lang: string) =>
    page.evaluate((lang: string) => {
      const said: string[] = []
      Object.assign(globalThis, {
        SpeechSynthesisUtterance: class {
          text: string
          constructor(text: string) {
            this.text = text
          }
        },
      })
      Object.defineProperty(globalThis, 'speechSynthesis', {
        configurable: true,
        value: {
          speaking: false,
          getVoices: () => [{ lang }],
          cancel: () => {},
          speak: ({ text }: { text: string }) => said.push(text),
        },
      })
      const script = document.querySelector<HTMLScriptElement>('script[src*="public."]') as HTMLScriptElement
      const again = document.createElement('script')
      again.src = `${script.src}?${lang}`
      return new Promise<string[]>((done) => {
        again.onload = () => {
          document.querySelector<HTMLButtonElement>('.listen')?.click()
          done(said)
        }
        document.head.append(again)
      })
    }, lang)
  expect(await offered('fi-FI')).toEqual([])
  expect((await offered('it-IT'))[0]).toContain('un avvocato')
  await expect.poll(() => page.locator('.listen').textContent()).toBe('Ferma')
  // Folded away on a screen, read by everybody on paper.
  const hours = page.locator('.more-inside').last()
  expect(await hours.isVisible()).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await hours.isVisible()).toBe(true)
  await close()
})
