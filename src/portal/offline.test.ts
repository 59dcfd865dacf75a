/** Read once, in one language, and then the network and the server are really gone. */
import { expect, test } from 'vitest'
import { openChromium } from '../../test/kit/chromium.ts'
import { openTestHouse } from '../../test/kit/house.ts'
import { buildMark } from '../ui/assets.ts'

const { http, visitor } = await openTestHouse()
const { address, open, stop, restart } = await openChromium(http)

test('what was seen and what matters stays readable in that language, the rest says honestly that it is not there', async () => {
  const { page, complaints, close } = await open('/ar/', { serviceWorkers: 'allow' })
  const keptPaths = () =>
    page.evaluate(
      async (name: string) =>
        (await (await caches.open(name)).keys()).map(({ url }) => decodeURI(new URL(url).pathname)),
      `lab-ar-${buildMark}`,
    )
  const { first, matters } = JSON.parse(/self\.lab=(\{.*?\});/.exec(await visitor().page('/ar/offline.js'))?.[1] ?? '')
  expect([first.length, matters.length > 15]).toEqual([7, true])
  await expect
    .poll(async () => {
      const there = new Set(await keptPaths())
      return [...first, ...matters].filter((path: string) => !there.has(decodeURI(path)))
    })
    .toEqual([])
  // A page that nobody told the worker of: it is kept because it was seen; what is of one person never is.
  await page.goto(`${address}/ar/privacy`)
  await page.goto(`${address}/ar/eventi/spid-passo-per-passo/iscrizione`)
  await expect.poll(keptPaths).toContain('/ar/privacy')
  const kept = await keptPaths()
  expect(kept.filter((path) => /iscrizione|\/staff|\/mio|^\/it\//.test(path))).toEqual([])
  expect(complaints).toEqual([])

  await page.context().setOffline(true)
  await stop()
  const titles: Record<string, string> = {}
  for (const path of ['/ar/', '/ar/servizi', '/ar/servizi/sportello-stranieri', '/ar/privacy', '/ar/bisogni/casa']) {
    await page.goto(address + path)
    titles[path] = (await page.locator('h1').textContent()) ?? ''
    expect([path, await page.getByText('أنت تقرأ صفحة محفوظة').isVisible()]).toEqual([path, true])
  }
  expect(titles['/ar/servizi/sportello-stranieri']).toBe('مكتب الأجانب')
  expect(new Set(Object.values(titles)).size).toBe(5)
  // Its own styles, pictograms and script are there too.
  expect(await page.evaluate('getComputedStyle(document.body).display')).toBe('flex')
  // Not seen, and of one person.
  for (const path of ['/ar/accessibilita', '/ar/eventi/spid-passo-per-passo/iscrizione', '/ar/cerca?q=casa']) {
    await page.goto(address + path)
    await expect.poll(() => page.locator('h1').textContent()).toBe('لا يوجد اتصال بالإنترنت')
  }
  await page.getByRole('link', { name: 'الخدمات', exact: true }).click()
  await expect.poll(() => page.locator('h1').textContent()).toBe(titles['/ar/servizi'])
  // A language nobody has read here is not there, and neither is the staff's side.
  for (const path of ['/it/', '/staff/accesso']) await expect(page.goto(address + path)).rejects.toThrow(/ERR_/)

  await restart()
  await page.context().setOffline(false)
  await page.goto(`${address}/ar/accessibilita`)
  await expect.poll(() => page.locator('h1').textContent()).not.toBe('لا يوجد اتصال بالإنترنت')
  await close()
})
