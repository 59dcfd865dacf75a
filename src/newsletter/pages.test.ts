/** In a browser: an Arabic reader without JavaScript from the form to goodbye; the pages and the letter looked at by axe. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeOn, openChromium, overhang } from '../../test/kit/chromium.ts'
import { openTestHouse } from '../../test/kit/house.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { newsletter } from './urls.ts'

const office = await openPostOffice()
const town = await openTestHouse({ env: { SMTP_URL: office.url } })
afterAll(() => office.close())
let open: Awaited<ReturnType<typeof openChromium>>['open']
let address: string
beforeAll(async () => {
  ;({ open, address } = await openChromium(town.http))
})
const screenshots = process.env.SCREENSHOTS
const shot = async (page: Awaited<ReturnType<typeof open>>['page'], name: string) => {
  if (!screenshots) return
  mkdirSync(screenshots, { recursive: true })
  await page.screenshot({ path: join(screenshots, `newsletter-${name}.png`), fullPage: true })
}
const linkIn = (text = '') => new URL(/http:\/\/localhost:\d+\/\S+/.exec(text)?.[0] ?? 'http://nowhere').pathname

test('in Arabic, without JavaScript, from the form to goodbye', async () => {
  const { page, complaints } = await open(newsletter.subscribe.href({ l: 'ar' }), {
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  })
  const fine = async (name: string) => {
    await shot(page, `ar-${name}`)
    // A refusal is an answer too, and the browser tells of it.
    const strange = complaints.filter((one) => !one.includes('422'))
    expect([name, await overhang(page), strange]).toEqual([name, 0, []])
  }
  await fine('form')
  await page.fill('input[name=email]', 'samira@esempio.it')
  await page.getByRole('button', { name: 'اشترك' }).click()
  await expect.poll(() => page.locator('h1').textContent()).toBe('الأخبار عبر البريد الإلكتروني')
  await expect.poll(() => page.locator('[role=alert]').textContent()).toContain('لكي تشترك، ضع العلامة هنا.')
  await fine('refused')
  await page.locator('label[for=f-consent]').click()
  await page.getByText('العمل', { exact: true }).click()
  await page.getByRole('button', { name: 'اشترك' }).click()
  await expect.poll(() => page.locator('h1').textContent()).toBe('انظر في بريدك الإلكتروني')
  await fine('asked')
  await town.settle()
  await page.goto(address + linkIn(office.taken.find(({ to }) => to[0] === 'samira@esempio.it')?.mail.text))
  await fine('confirm')
  await page.getByRole('button', { name: 'أؤكد' }).click()
  await expect.poll(() => page.locator('main').textContent()).toContain('من اليوم تصلك الأخبار')
  await fine('mine')
  await page.getByRole('button', { name: 'توقف مؤقتًا' }).click()
  await expect.poll(() => page.locator('main').textContent()).toContain('اشتراكك متوقف مؤقتًا')
  await page.getByRole('button', { name: 'لا أريد أن تصلني الأخبار بعد الآن' }).click()
  await expect.poll(() => page.locator('h1').textContent()).toBe('لن تصلك الأخبار بعد الآن')
  await fine('left')
})

test('nothing for axe, nothing over the edge, on the pages for everybody and for editors, and in the letter', async () => {
  const editor = await town.as('redazione@demo.example')
  const list = await editor.page(newsletter.issues.href())
  const [sent, draft] = [...list.matchAll(/numeri\/([0-9a-f-]{36})"/g)].map(([, id]) => id as string).reverse()
  const paths: [string, string, number][] = [
    ['form-it', newsletter.subscribe.href({ l: 'it' }), 360],
    ['form-zh', newsletter.subscribe.href({ l: 'zh' }), 1280],
    ['form-ur', newsletter.subscribe.href({ l: 'ur' }), 360],
    ['issues', newsletter.issues.href(), 1280],
    ['sent', newsletter.issue.href({ id: sent as string }), 1280],
    ['draft', newsletter.issue.href({ id: draft as string }), 390],
    ['words', newsletter.words.href({ id: draft as string, language: 'ar' }), 1280],
    ['contents', newsletter.contents.href({ id: draft as string }), 1280],
    ['dispatch', newsletter.dispatch.href({ id: draft as string }), 390],
    ['preview', newsletter.preview.href({ id: sent as string, language: 'ar' }), 1280],
    ['subscribers', newsletter.subscribers.href(), 390],
    ['letter-ar', newsletter.letter.href({ id: sent as string, language: 'ar' }), 360],
    ['letter-it', newsletter.letter.href({ id: sent as string, language: 'it' }), 1280],
  ]
  // The others differ in nothing axe has not seen; they are drawn when somebody wants to look at them.
  const looked_at = ['form-ur', 'sent', 'contents', 'dispatch', 'subscribers', 'letter-ar']
  for (const [name, path, width] of paths) {
    if (!screenshots && !looked_at.includes(name)) continue
    // A window for each: none has the width, or what is still on its way, of the one before.
    const letter = name.startsWith('letter')
    const { page, complaints, status, close } = await open(letter ? '/healthz' : path, {
      viewport: { width, height: 800 },
      cookie: editor.cookie(),
    })
    // Under its own policy nothing runs in it: looked at as the mail program has it.
    if (letter) {
      await page.goto('about:blank')
      await page.setContent(await editor.page(path))
    }
    await shot(page, `${name}-${width}`)
    const found = {
      status,
      axe: await axeOn(page),
      overhang: await overhang(page),
      complaints: letter ? [] : complaints,
    }
    expect([name, found]).toEqual([name, { status: 200, axe: [], overhang: 0, complaints: [] }])
    await close()
  }
})
