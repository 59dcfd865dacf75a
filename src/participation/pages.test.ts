/** In a browser: a woman who reads Arabic speaks without JavaScript; faces answer to keyboard and screen reader; nothing hangs over. */
import { expect, test } from 'vitest'
import { axeOn, openChromium, overhang } from '../../test/kit/chromium.ts'
import { openTestHouse } from '../../test/kit/house.ts'
import { askExitSurvey } from './actions.ts'

const { http, as, house, inCtx, visitor } = await openTestHouse()
const { open } = await openChromium(http)
const phone = { viewport: { width: 320, height: 800 } }

test('in Arabic, without JavaScript: five questions with faces, a voice, the answers', async () => {
  const { page, complaints, close } = await open('/ar/voce', { ...phone, javaScriptEnabled: false })
  const looked = async () => {
    expect([page.url(), await overhang(page)]).toEqual([page.url(), 0])
    await expect.poll(() => page.getAttribute('html', 'dir')).toBe('rtl')
  }
  await looked()
  await page.click('a[href$="/voce/questionario"]')
  // Sent on without an answer, the same question comes again and says so.
  await page.click('.form-card button')
  await expect.poll(() => page.locator('.invalid-feedback').count()).toBe(1)
  for (const face of ['نعم', 'قليلًا', 'لا', 'نعم']) {
    await page
      .locator('label')
      .filter({ has: page.getByText(face, { exact: true }) })
      .click()
    await looked()
    await page.click('.form-card button')
  }
  await expect.poll(() => page.locator('dd').count()).toBe(4)
  // Back to the second, another answer, and on to the end.
  await page.locator('dd a').nth(1).click()
  await page
    .locator('label')
    .filter({ has: page.getByText('لا', { exact: true }) })
    .click()
  await page.click('.form-card button')
  await page
    .locator('label')
    .filter({ has: page.getByText('السكن', { exact: true }) })
    .click()
  await page.click('.form-card button')
  await looked()
  await expect.poll(() => page.url()).toContain('/ar/voce/questionario/grazie')
  const [kept] = (await house.owner_pool.query('select * from participation.questionnaire where not demo')).rows
  expect(kept).toMatchObject({
    language: 'ar',
    living: 'yes',
    helped: 'no',
    heard: 'no',
    taking_part: 'yes',
    hardest: ['CASA'],
  })

  await page.click('a[href="/ar/voce"]')
  await page.click('.form-card button')
  await expect.poll(() => page.locator('[data-summary] a').count()).toBe(2)
  await page
    .locator('label')
    .filter({ has: page.getByText('العائلة والأطفال', { exact: true }) })
    .click()
  await page.fill('#f-text', 'نحتاج إلى مكان يلعب فيه الأطفال')
  await page.click('.form-card button')
  await looked()
  await page.click('a[href="/ar/voce/risposte"]')
  await expect.poll(() => page.locator('section.reply').count()).toBeGreaterThan(0)
  await looked()
  expect(complaints.filter((one) => !one.includes('422'))).toEqual([])
  await close()
})

test('by keyboard alone a face is chosen, and says its word', async () => {
  const { page, close } = await open('/it/voce/questionario')
  await page.keyboard.press('Tab')
  await page.locator('#f-living').focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.locator('input:checked').getAttribute('value')).toBe('little')
  await expect.poll(() => page.getByRole('group', { name: 'Stai bene dove vivi?' }).getByRole('radio').count()).toBe(3)
  await page.keyboard.press('Enter')
  await page.waitForURL(/living=little/)
  await close()
})

const everywhere = await inCtx(async (ctx) => {
  const { rows } = await house.owner_pool.query(
    `select p.id from people.person p where p.ambito_id = $1 order by p.id limit 1`,
    [ctx.ambito_id],
  )
  const { link } = await askExitSurvey(ctx, { person_id: rows[0].id, about: { service: 'italian' }, language: 'ar' })
  const survey = new URL(link as string).pathname
  return [
    '/ar/voce',
    '/ar/voce/questionario?living=yes&helped=no&heard=no&taking_part=yes',
    '/ar/voce/risposte',
    '/ar/contatti',
    survey,
  ]
})

test.each(everywhere)(
  'axe finds nothing on %s, narrow and light, wide and dark',
  async (path) => {
    const { page, complaints, status, close } = await open(path, phone)
    expect(status).toBe(200)
    expect([await axeOn(page), await overhang(page)]).toEqual([[], 0])
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await axeOn(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  },
  60_000,
)

test('the staff pages are open to everybody’s hands', async () => {
  const cookie = (await as('redazione@demo.example')).cookie()
  const theme = (await house.owner_pool.query(`select id from participation.theme where title like 'Il pullman%'`))
    .rows[0].id
  const voice = (await house.owner_pool.query(`select id from participation.voice where text like '%Rossi%'`)).rows[0]
    .id
  const paths = [`/staff/voci/${voice}`, `/staff/temi/${theme}`, '/staff/posta']
  for (const path of paths) {
    const { page, complaints, status, close } = await open(path, { cookie, viewport: { width: 390, height: 800 } })
    expect([path, status, await axeOn(page), await overhang(page), complaints]).toEqual([path, 200, [], 0, []])
    await close()
  }
})

test('the first answer fits into the first flight of packets', async () => {
  for (const path of [
    '/ar/voce',
    '/bn/voce',
    '/bn/voce/questionario?living=yes&helped=no&heard=no&taking_part=yes',
    '/pa/contatti',
  ]) {
    const answer = await visitor().get(path, { 'accept-encoding': 'gzip, br' })
    const bytes = (await answer.arrayBuffer()).byteLength
    expect([path, bytes <= 13_000 || bytes]).toEqual([path, true])
  }
})
