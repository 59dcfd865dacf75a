/** The parts in a real browser: axe in both directions, light and dark, narrow and wide; no message from the content policy. */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Child } from 'hono/jsx'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeOn, overhang, seeWhole } from '../../test/kit/chromium.ts'
import { readConfig } from '../kernel/config.ts'
import type { Frame } from '../kernel/look.ts'
import { root } from '../kernel/root.ts'
import { securityHeaders } from '../kernel/security.ts'
import { exampleFrame } from './example-frame.ts'
import type { Live as LivePart } from './live.tsx'
import type { PageProps } from './page.tsx'

const shots = process.env.SCREENSHOTS

let browser: Browser
let server: Server
let address = ''
// Imported after the build: what was built is read when `look` is first imported.
let Page: (page: PageProps) => Child
let Live: (live: Parameters<typeof LivePart>[0]) => Child

beforeAll(async () => {
  const { build } = (await import(join(root, 'bin/assets.mjs'))) as { build(): Promise<unknown> }
  await build()
  const { look } = await import('./look.tsx')
  const { Catalogue, RefusedPage } = await import('./catalogue.tsx')
  ;({ Page } = await import('./page.tsx'))
  ;({ Live } = await import('./live.tsx'))
  const headers = securityHeaders({ ...readConfig({}), base_url: 'http://localhost' }, look.style_hashes)
  const menu = ['Oggi', 'Sportello', 'Persone', 'Corsi', 'Mediazione', 'Bacheca', 'Indicatori', 'Spesa', 'Tavolo'].map(
    (text, at) => ({ text, href: at === 0 ? '/staff' : `/staff/${text.toLowerCase()}` }),
  )

  server = createServer((request, response) => {
    const [, surface, lang = 'it', page] = (request.url ?? '').split('/') as [
      string,
      Frame['surface'] | 'assets',
      string,
      string,
    ]
    for (const [name, value] of headers) if (name !== 'strict-transport-security') response.setHeader(name, value)
    const fragment = fragments[request.url?.split('?')[0] ?? '']
    if (fragment) return response.writeHead(fragment[0], { 'content-type': 'text/html' }).end(fragment[1])
    if (request.url?.startsWith('/fragment/changes?')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      return response.write('event: changed\ndata: 1\n\n')
    }
    if (surface === 'assets') {
      const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }
      response.setHeader('content-type', types[lang.split('.').pop() ?? ''] ?? 'text/plain')
      return response.end(readFileSync(join(root, 'dist/assets', lang)))
    }
    if (page !== 'lively' && !pages.includes(`${surface}/${lang}/${page}`)) return response.writeHead(204).end()
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const frame = exampleFrame(surface, lang, {
      ...(surface === 'staff' && { menu, path: '/staff/sportello' }),
      said: ['Accesso salvato. Il prossimo è il numero 13.'],
    })
    response.end(
      page === 'failure'
        ? look.failure(frame, 'error', { request_id: '0198c0de-12ab' })
        : look.page(frame, page === 'refused' ? <RefusedPage /> : page === 'lively' ? <LivelyPage /> : <Catalogue />),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  address = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** What htmx is used for: a search while typing, a form, a part elsewhere on the page. */
function LivelyPage() {
  return (
    <Page title="Ricerca" wide>
      <input
        id="who"
        name="who"
        aria-label="Chi è?"
        data-search
        hx-get="/fragment/found"
        hx-trigger="input changed delay:50ms"
        hx-target="#found"
      />
      <div id="found"></div>
      <form hx-post="/fragment/refused" hx-target="#answer">
        <button type="submit">Salva</button>
      </form>
      <form method="post" action="/fragment/away" hx-post="/fragment/away" hx-target="#answer">
        <button type="submit">Chiama</button>
      </form>
      <div id="answer"></div>
      <div id="count">0</div>
      <Live id="queue" href="/fragment/queue" changes="/fragment/changes">
        <p>Coda: 4 persone</p>
      </Live>
      <Live id="job" href="/fragment/job" every={1}>
        <p>Riga 10</p>
      </Live>
      <div data-undo="1">Chiamata annullabile</div>
    </Page>
  )
}
const fragments: Record<string, [number, string]> = {
  '/fragment/found': [200, '<p>Amina</p><div id="count" hx-swap-oob="true">1</div>'],
  '/fragment/away': [503, '<p>Torna domani</p>'],
  '/fragment/refused': [422, '<p>Manca il nome.</p>'],
  '/fragment/queue': [200, '<div id="queue" data-live="/fragment/queue"><p>Coda: 5 persone</p></div>'],
  '/fragment/job': [200, '<html><body><div id="job" data-live="/fragment/job"><p>Fatto</p></div></body></html>'],
}

const schemes = ['light', 'dark'] as const
const widths = [360, 1280]
const pages = ['staff/it/all', 'staff/it/refused', 'public/it/failure', 'public/ar/all', 'public/ar/refused']

async function open(
  path: string,
  scheme: (typeof schemes)[number],
  width: number,
  more: { javaScriptEnabled?: boolean } = {},
) {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
    bypassCSP: false,
    ...more,
  })
  const page = await context.newPage()
  seeWhole(page.mainFrame())
  const complaints: string[] = []
  page.on('console', (message) => {
    // The stream and the fragments of the catalogue have nobody behind them.
    if (message.type() === 'error' && !/EventSource|Failed to load resource/.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${address}/${path}`)
  return { context, page, complaints }
}

describe.each(pages)('%s', (path) => {
  // The dark scheme changes nothing but colours.
  const looks: [(typeof schemes)[number], (typeof widths)[number], string[]?][] = [
    ['light', 360],
    ['dark', 1280, ['color-contrast']],
    ...((shots
      ? [
          ['light', 1280, []],
          ['dark', 360, []],
        ]
      : []) as [(typeof schemes)[number], (typeof widths)[number], string[]][]),
  ]
  it.each(looks)('%s at %i px has nothing axe complains about', async (scheme, width, rules) => {
    const { context, page, complaints } = await open(path, scheme, width)
    if (shots)
      await page.screenshot({
        path: join(shots, `${path.replaceAll('/', '-')}-${scheme}-${width}.png`),
        fullPage: true,
      })
    if (rules?.length !== 0) expect(await axeOn(page, rules)).toEqual([])
    expect(complaints).toEqual([])
    expect(await overhang(page)).toBe(0)
    await context.close()
  })
})

describe('with the keyboard', () => {
  it('a refused form puts the focus on what is wrong, and each line leads into its field', async () => {
    const { context, page } = await open('staff/it/refused', 'light', 1280)
    expect(await page.evaluate('document.activeElement.hasAttribute("data-summary")')).toBe(true)
    await page.getByRole('link', { name: 'Data di nascita' }).press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('f-born')
    await page.getByRole('link', { name: 'Richieste' }).press('Enter')
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('combobox')
    await context.close()
  })

  it('many answers are found by code or first letters, added with Enter, taken away with Backspace', async () => {
    const { context, page } = await open('staff/it/all', 'light', 1280)
    const field = page.getByRole('combobox', { name: 'Richieste' })
    const sent = () =>
      page.evaluate('[...document.querySelectorAll("input[name=needs]:checked")].map((box) => box.value)')
    expect(await sent()).toEqual(['n3', 'n41'])
    await field.pressSequentially('spid')
    await page.locator('.combo-offers li').first().waitFor()
    if (shots) await page.screenshot({ path: join(shots, 'combo-open.png') })
    await field.press('ArrowDown')
    await field.press('Enter')
    expect(await sent()).toHaveLength(3)
    await field.pressSequentially('c10')
    await field.press('Enter')
    expect(await sent()).toContain('n10')
    await field.press('Backspace')
    await field.press('Backspace')
    expect(await sent()).toHaveLength(2)
    await field.pressSequentially('niente di simile')
    await field.press('Enter')
    await expect.poll(() => page.url()).toContain('/staff/it/all')
    await page.getByRole('button', { name: 'Togli D03' }).click()
    expect(await sent()).toHaveLength(1)
    await context.close()
  })

  it('a letter and the slash work outside fields only, and can be switched off', async () => {
    const { context, page } = await open('staff/it/all', 'light', 1280)
    await page.evaluate(
      'document.querySelector("[data-key]").addEventListener("click", (event) => { event.preventDefault(); document.title = "arrivo" })',
    )
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.name')).toBe('parola')
    await page.keyboard.type('a/a')
    await expect.poll(() => page.title()).not.toBe('arrivo')
    await page.evaluate('document.activeElement.blur()')
    await page.getByRole('button', { name: 'Tasti rapidi attivi' }).press('Enter')
    await page.keyboard.press('a')
    await expect.poll(() => page.title()).not.toBe('arrivo')
    await page.getByRole('button', { name: 'Tasti rapidi spenti' }).press('Enter')
    await page.keyboard.press('a')
    await expect.poll(() => page.title()).toBe('arrivo')
    await context.close()
  })

  it('Ctrl and Enter send the form one is in', async () => {
    const { context, page } = await open('staff/it/all', 'light', 1280)
    await page.evaluate(
      'document.querySelector("[data-form]").addEventListener("submit", (event) => { event.preventDefault(); document.title = "inviato" })',
    )
    await page.locator('#f-note').press('Control+Enter')
    await expect.poll(() => page.title()).toBe('inviato')
    await context.close()
  })

  it('a page left alone is covered, and the key that uncovers it presses nothing', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.clock.install()
    await page.goto(`${address}/staff/it/all`)
    await page.clock.runFor(301_000)
    expect(await page.locator('main').evaluate((main) => (main as HTMLElement).inert)).toBe(true)
    await page.keyboard.press('a')
    await expect.poll(() => page.locator('[data-cover]').isVisible()).toBe(false)
    await expect.poll(() => page.url()).toContain('/staff/it/all')
    await context.close()
  })
})

describe('under our content policy', () => {
  it('htmx searches, sends, shows a refusal and changes another part without a word from the browser', async () => {
    const { context, page, complaints } = await open('staff/it/lively', 'light', 1280)
    await page.locator('#who').pressSequentially('am')
    await page.getByText('Amina').waitFor()
    await expect.poll(() => page.locator('#count').textContent()).toBe('1')
    await page.getByRole('button', { name: 'Salva' }).click()
    await page.getByText('Manca il nome.').waitFor()
    expect(complaints).toEqual([])
    // What cannot be done for now is said by a page of its own.
    await page.getByRole('button', { name: 'Chiama' }).click()
    await page.waitForURL('**/fragment/away')
    await page.getByText('Torna domani').waitFor()
    await context.close()
  })
})

describe('with a finger', () => {
  it.each(['staff/it/all', 'public/ar/all'])(
    '%s has no target under 44 px but links inside sentences and cells',
    async (path) => {
      const { context, page } = await open(path, 'light', 360)
      const small = await page.evaluate(() => {
        const targets = document.querySelectorAll<HTMLElement>(
          'a, button, select, summary, textarea, input:not([type=hidden])',
        )
        return [...targets]
          .filter(
            (target) => target.checkVisibility() && !target.closest('.skiplinks, p:not(.timeline-when), dd, td, th'),
          )
          .filter((target) => {
            // A box answers with its whole row, a chip with the strip around it.
            const row = target.closest('.form-check, .combo')
            const strip = Number.parseFloat(getComputedStyle(target, '::after').height) || 0
            return Math.max((row ?? target).getBoundingClientRect().height, strip) < 43.5
          })
          .map(
            (target) =>
              `${target.tagName} ${target.className} ${target.textContent?.slice(0, 30)} ${target.getBoundingClientRect().height}`,
          )
      })
      expect(small).toEqual([])
      await context.close()
    },
  )
})

describe('a page that stays open', () => {
  it('fetches a part again when told, and again and again until the work is over', async () => {
    const { context, page, complaints } = await open('staff/it/lively', 'light', 1280)
    await page.getByText('Coda: 5 persone').waitFor()
    await page.getByText('Fatto').waitFor()
    await expect.poll(() => page.getByText('Coda: 4 persone').count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('takes the offer to undo away when its time is over', async () => {
    const { context, page } = await open('staff/it/lively', 'light', 1280)
    await page.getByText('Chiamata annullabile').waitFor({ state: 'detached' })
    await context.close()
  })

  it('asks before a form that has been written in is left, and not after it is sent', async () => {
    const { context, page } = await open('staff/it/all', 'light', 1280)
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      dialog.accept()
    })
    await page.goto(`${address}/staff/it/refused`)
    expect(asked).toEqual([])
    await page.locator('#f-family_name').pressSequentially('EL')
    await page.goto(`${address}/staff/it/all`)
    expect(asked).toEqual(['beforeunload'])
    await page.locator('#f-family_name').pressSequentially('EL')
    await page.getByRole('button', { name: 'Salva', exact: true }).click()
    await page.waitForLoadState()
    expect(asked).toEqual(['beforeunload'])
    await context.close()
  })
})

describe('on paper', () => {
  it('keeps the content and who paid for it, and leaves out what cannot be pressed', async () => {
    const { context, page } = await open('public/it/failure', 'dark', 1280)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    if (shots) await page.screenshot({ path: join(shots, 'print-public.png'), fullPage: true })
    await expect.poll(() => page.getByText('Cofinanziato dall’Unione europea').isVisible()).toBe(true)
    await expect.poll(() => page.locator('.languages').isVisible()).toBe(false)
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    await page.goto(`${address}/staff/it/all`)
    if (shots) await page.screenshot({ path: join(shots, 'print-staff.png'), fullPage: true })
    await expect.poll(() => page.locator('.filters').isVisible()).toBe(false)
    await expect.poll(() => page.getByRole('table').first().isVisible()).toBe(true)
    await context.close()
  })
})

describe('without JavaScript', () => {
  it('every answer of a long list has its box, menus open, the whole page stands', async () => {
    const { context, page } = await open('public/ar/all', 'light', 360, { javaScriptEnabled: false })
    await expect.poll(() => page.locator('input[name=needs]').count()).toBe(87)
    await expect.poll(() => page.locator('input[name=needs]').first().isVisible()).toBe(true)
    await page.locator('.languages summary').click()
    if (shots) await page.screenshot({ path: join(shots, 'languages-open.png') })
    await expect.poll(() => page.getByRole('link', { name: 'Italiano', exact: true }).first().isVisible()).toBe(true)
    await context.close()
  })
  it('the staff menu opens on a phone', async () => {
    const { context, page } = await open('staff/it/all', 'light', 390, { javaScriptEnabled: false })
    await expect.poll(() => page.getByRole('link', { name: 'Mediazione' }).isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Menu' }).click()
    await expect.poll(() => page.getByRole('link', { name: 'Mediazione' }).isVisible()).toBe(true)
    if (shots) await page.screenshot({ path: join(shots, 'menu-open.png') })
    await context.close()
  })
})

describe('what a page weighs', () => {
  const library = readFileSync(join(root, 'node_modules/bootstrap-italia/dist/css/bootstrap-italia.min.css'), 'utf8')
  const classesOf = (css: string) => new Set([...css.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].map(([, name]) => name))
  const squeezed = (bytes: string | Buffer) => brotliCompressSync(bytes).length
  it('a public page of words, with its styles inside, fits the first round trip', async () => {
    const html = await (await fetch(`${address}/public/it/failure`)).text()
    expect(squeezed(html)).toBeLessThan(9_000)
  })
  it('the styles of the public side stay small and carry no picture inside', async () => {
    const { publicStyle } = await import('./assets.ts')
    for (const style of Object.values(publicStyle)) {
      // Of the 13,000 bytes a page has for its words and its styles (test/public-pages.test.ts).
      expect(squeezed(style)).toBeLessThan(6_500)
      expect(style).not.toContain('data:')
      expect(style).toContain('--bootstrap-italia-version')
    }
  })
  it('no more script than a few kilobytes, what works without a network included', async () => {
    const { assetText } = await import('./assets.ts')
    const weight = (...names: string[]) => names.reduce((sum, name) => sum + squeezed(assetText(name)), 0)
    expect(weight('public.js')).toBeLessThan(2_500)
    expect(weight('public.js', 'offline.js')).toBeLessThan(4_000)
    expect(weight('staff.js')).toBeLessThan(3_500)
  })
  it('three classes in ten are the library’s', async () => {
    const known = classesOf(library)
    for (const path of pages) {
      const html = (await (await fetch(`${address}/${path}`)).text()).replace(/<style>.*?<\/style>/s, '')
      const used = new Set([...html.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')))
      const share = [...used].filter((name) => known.has(name)).length / used.size
      expect([path, share >= 0.3]).toEqual([path, true])
    }
  })
})
