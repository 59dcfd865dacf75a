/** Debian's Chromium in front of a house that really listens. */
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { serve } from '@hono/node-server'
import type { AxeResults } from 'axe-core'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import type { Http } from '../../src/kernel/http.ts'

export async function openChromium(http: Http) {
  const server = serve({ fetch: http.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  await new Promise<void>((ready) => (server.listening ? ready() : server.once('listening', ready)))
  const address = `http://127.0.0.1:${(server.address() as { port: number }).port}`
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
    /** A page of its own, with what the browser complained about: the content policy, above all. */
    async open(path: string, how: BrowserContextOptions & { cookie?: string } = {}) {
      const { cookie, ...options } = how
      const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', ...options })
      if (cookie) await context.setExtraHTTPHeaders({ cookie })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      const answer = await page.goto(address + path)
      return { page, complaints, status: answer?.status(), close: () => context.close() }
    },
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
