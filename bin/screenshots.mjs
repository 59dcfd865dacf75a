// Takes the pictures of the README from a demonstration of its own: `npm run screenshots`.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const folder = join(import.meta.dirname, '../docs/screenshots')
const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-screenshots-'))
const port = 3900
const address = `http://localhost:${port}`
const password = 'screenshots-only'

mkdirSync(folder, { recursive: true })
const server = spawn(process.execPath, [join(import.meta.dirname, 'start.mjs')], {
  env: { ...process.env, DATA_DIR: data_dir, PORT: String(port), DEMO_PASSWORD: password },
  stdio: ['ignore', 'pipe', 'inherit'],
})
await new Promise((listening, failed) => {
  server.stdout.on('data', (text) => String(text).includes('listens on') && listening())
  server.once('exit', () => failed(new Error('The demonstration did not start.')))
})

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'it' })).newPage()
  await page.goto(`${address}/staff/accesso`)
  await page.fill('[name=email]', 'operatore@demo.example')
  await page.fill('[name=password]', password)
  await Promise.all([page.waitForURL(/\/staff$/), page.keyboard.press('Enter')])
  await page.goto(`${address}/staff/sportello`)
  await page.locator('a.opening').first().click()
  await page.fill('[name=who]', 'محمد 1990')
  await page.keyboard.press('Enter')
  await page.locator('a.person-pick').first().click()
  await page.waitForLoadState()
  await page.screenshot({ path: join(folder, 'desk.png') })
  const phone = await (await browser.newContext({ viewport: { width: 390, height: 780 }, locale: 'ar' })).newPage()
  await phone.goto(`${address}/ar/`)
  await phone.screenshot({ path: join(folder, 'home-ar.png') })
} finally {
  await browser.close()
  server.kill('SIGTERM')
  await new Promise((gone) => server.once('exit', gone))
  rmSync(data_dir, { recursive: true, force: true })
}
