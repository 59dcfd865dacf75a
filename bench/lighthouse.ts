/**
 * What Lighthouse says of the first pages people meet, in Italian and Arabic, as on an old phone: on slow 4G and on slow 3G.
 * Beside it, what a first visit takes before it is there to be read: requests, and bytes on the wire.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse from 'lighthouse'
import { chromium } from 'playwright-core'
import flags from '../bin/node-flags.json' with { type: 'json' }
import { root } from '../src/kernel/root.ts'
import { freePort } from '../test/kit/server.ts'

const port = await freePort()
const debugging = await freePort()
const address = `http://localhost:${port}`
const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-lighthouse-'))
const server: ChildProcess = spawn(process.execPath, [...flags.server, join(root, 'dist/main.js')], {
  env: {
    ...process.env,
    DATA_DIR: data_dir,
    PORT: String(port),
    BASE_URL: address,
    DEMO_PASSWORD: 'measured-only',
    LOG_LEVEL: 'error',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
})
const up = () =>
  fetch(`${address}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )
while (!(await up())) {
  if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`)
  await new Promise((rest) => setTimeout(rest, 50))
}
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', `--remote-debugging-port=${debugging}`],
})

const pages = { home: '', service: 'servizi/sportello-stranieri', event: 'eventi/spid-passo-per-passo' }
const networks = {
  'slow 4G': { least: 98, throttling: { rttMs: 150, throughputKbps: 1638.4, cpuSlowdownMultiplier: 4 } },
  'slow 3G': { least: 90, throttling: { rttMs: 400, throughputKbps: 400, cpuSlowdownMultiplier: 4 } },
}
const categories = ['performance', 'accessibility', 'best-practices', 'seo']
const wanting: string[] = []

async function judged(path: string, network: keyof typeof networks) {
  const { least, throttling } = networks[network]
  const result = await lighthouse(`${address}${path}`, {
    port: debugging,
    logLevel: 'error',
    onlyCategories: categories,
    formFactor: 'mobile',
    throttlingMethod: 'simulate',
    throttling: {
      ...throttling,
      requestLatencyMs: throttling.rttMs,
      downloadThroughputKbps: throttling.throughputKbps,
      uploadThroughputKbps: throttling.throughputKbps,
    },
  })
  const found = result?.lhr.categories ?? {}
  const scores = categories.map((name) => Math.round((found[name]?.score ?? 0) * 100))
  const weak = categories.flatMap((name) =>
    (found[name]?.auditRefs ?? []).filter(({ id, weight }) => weight > 0 && (result?.lhr.audits[id]?.score ?? 1) < 1),
  )
  const enough = scores.every((score, at) => score >= (at === 0 ? least : 100))
  return { scores, enough, weak: weak.map(({ id }) => id) }
}

/** One look; where it is not enough the middle one of three, since another program may have had the processor. */
async function judgedFairly(path: string, network: keyof typeof networks) {
  const looks = [await judged(path, network)]
  if (!looks[0]?.enough) looks.push(await judged(path, network), await judged(path, network))
  looks.sort((a, b) => (a.scores[0] as number) - (b.scores[0] as number))
  const { scores, enough, weak } = looks[Math.floor(looks.length / 2)] as (typeof looks)[number]
  if (!enough) wanting.push(`${path} on ${network}: ${scores.join(' ')} (${weak.join(', ')})`)
  return scores
}

/** Until nothing more comes; what the worker keeps for later comes after, and is not what somebody waits for. */
async function firstVisit(path: string) {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 360, height: 640 } })
  const page = await context.newPage()
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    const size = request
      .sizes()
      .then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize)
    // What arrives when the page is closed already is not counted.
    sizes.push(size.catch(() => 0))
  })
  await page.goto(address + path, { waitUntil: 'networkidle' })
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  await context.close()
  return { requests: sizes.length, bytes }
}

try {
  for (const lang of ['it', 'ar'])
    for (const [name, rest] of Object.entries(pages)) {
      const path = `/${lang}/${rest}`
      const { requests, bytes } = await firstVisit(path)
      if (requests > 4 || bytes > 30_000) wanting.push(`${path}: ${requests} requests, ${bytes} bytes`)
      const marks: string[] = []
      for (const network of Object.keys(networks) as (keyof typeof networks)[])
        marks.push(`${network} ${(await judgedFairly(path, network)).join(' ')}`)
      console.log(
        `${lang} ${name.padEnd(8)} ${marks.join('   ')}   ${requests} requests, ${bytes.toLocaleString('en')} bytes`,
      )
    }
  for (const line of wanting) console.log(`below what is promised: ${line}`)
} finally {
  await browser.close()
  await new Promise((gone) => {
    server.once('exit', gone)
    server.kill('SIGTERM')
  })
  rmSync(data_dir, { recursive: true, force: true })
}
process.exit(wanting.length > 0 ? 1 : 0)
