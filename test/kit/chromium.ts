/** Debian's Chromium in front of a house that really listens. */
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { serve } from '@hono/node-server'
import type { AxeResults } from 'axe-core'
import { type BrowserContextOptions, chromium, type Frame, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import type { Http } from '../../src/kernel/http.ts'

export async function openChromium(http: Http) {
  const listen = async (port: number) => {
    const server = serve({ fetch: http.fetch, port, hostname: '127.0.0.1' }) as Server
    await new Promise<void>((ready) => (server.listening ? ready() : server.once('listening', ready)))
    return server
  }
  let server = await listen(0)
  const { port } = server.address() as { port: number }
  const address = `http://127.0.0.1:${port}`
  const browser = await chromium.launch({
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
  afterAll(async () => {
    await browser.close()
    server.close()
  })
  return {
    address,
    /** The server goes away, with every connection it has. */
    async stop() {
      const gone = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await gone
    },
    async restart() {
      server = await listen(port)
    },
    /** A page of its own, with what the browser complained about: the content policy, above all. */
    async open(path: string, how: BrowserContextOptions & { cookie?: string } = {}) {
      const { cookie, ...options } = how
      const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', ...options })
      context.setDefaultTimeout(120_000)
      if (cookie) await context.setExtraHTTPHeaders({ cookie })
      const page = await context.newPage()
      seeWhole(page.mainFrame())
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`.trim())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      const answer = await page.goto(address + path)
      return { page, complaints, status: answer?.status(), close: () => context.close() }
    },
  }
}

/** Whoever clicks looks at the next page once it is all there: of itself a click waits for its first byte, and what is counted then is nothing. */
export function seeWhole(frame: Frame) {
  const { click, press, tap } = frame
  frame.click = async (...how) => {
    await click.apply(frame, how)
    await frame.waitForLoadState('domcontentloaded')
  }
  frame.press = async (...how) => {
    await press.apply(frame, how)
    await frame.waitForLoadState('domcontentloaded')
  }
  frame.tap = async (...how) => {
    await tap.apply(frame, how)
    await frame.waitForLoadState('domcontentloaded')
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong, one line each; `only` those rules where the same page was asked everything already. */
export async function axeOn(page: Page, only: readonly string[] = everyRule) {
  // Of what passes nothing is told: that is most of its work.
  const { violations } = (await page.evaluate(
    `${axe}; axe.run(document, { runOnly: ${JSON.stringify(only)}, resultTypes: ['violations'], preload: false })`,
  )) as AxeResults
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`))
}

/** How many pixels of the page hang over its edge. */
export const overhang = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
