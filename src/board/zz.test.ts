import { test } from 'vitest'
import { openChromium } from '../../test/kit/chromium.ts'
import { openTestHouse } from '../../test/kit/house.ts'

const { http, as } = await openTestHouse()
const { open } = await openChromium(http)
const list = (process.env.PAGES ?? '').split(',')
test('shots', async () => {
  const cookie = (await as(process.env.WHO ?? 'redazione@demo.example')).cookie()
  for (const path of list)
    for (const [scheme, width] of (process.env.HOW ?? 'light-360').split(',').map((x) => x.split('-')) as [
      'light' | 'dark',
      string,
    ][]) {
      const { page, complaints, status, close } = await open('/' + path, {
        colorScheme: scheme,
        viewport: { width: Number(width), height: 800 },
        ...(path.startsWith('staff') && { cookie }),
      })
      console.log(path, status, complaints.join())
      await page.screenshot({
        path: `/tmp/bshots/${path.replaceAll(/[/?=]/g, '_')}-${scheme}-${width}.png`,
        fullPage: true,
      })
      await close()
    }
}, 100000)
