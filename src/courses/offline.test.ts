/** The roll in a classroom whose network is cut: nothing is lost, nothing said twice, the sign-out waits. */
import { beforeAll, expect, test } from 'vitest'
import { openChromium } from '../../test/kit/chromium.ts'
import { openCourse, somebodyWhoCounts } from '../../test/kit/courses.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { teacherLink } from './actions/editions.ts'
import { enrolPerson } from './actions/enrolling.ts'
import { teachersOf } from './store/editions.ts'
import { courses } from './urls.ts'

let house: TestHouse
let browser: Awaited<ReturnType<typeof openChromium>>
beforeAll(async () => {
  house = await openTestHouse()
  browser = await openChromium(house.http)
})
const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await house.house.owner_pool.query<Row>(text, values)).rows

test('marks made without network are kept, shown, survive a reload with initials only, and arrive once', async () => {
  const { id, lessons } = await house.inCtx(async (ctx) => {
    const course = await openCourse(ctx, {}, { from_day: '2026-11-16', lessons: 1 })
    for (const surname of ['Lunghissimo', 'Brevissimo'])
      await enrolPerson(ctx, course.id, await somebodyWhoCounts(ctx, { surname }), { needs_childcare: false })
    return course
  })
  const cookie = (await house.as('operatore@demo.example')).cookie()
  const path = courses.lesson.href({ lesson: lessons[0] as string })
  const { page, close } = await browser.open('/healthz', { serviceWorkers: 'allow' })
  // A cookie of its own, not a header: what a worker and redirects send is the browser's business.
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true }])
  await page.goto(browser.address + path)
  const kept_parts = () =>
    page.evaluate(async () => (await (await caches.open('lab-roll')).keys()).map(({ url }) => new URL(url).pathname))
  await expect.poll(kept_parts).toContain(path)
  await expect.poll(async () => (await kept_parts()).length).toBeGreaterThan(2)
  await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)
  await page.context().setOffline(true)
  await browser.stop()
  const rows = page.locator('[data-roll] > li')
  await rows.nth(0).getByRole('button', { name: 'Presente' }).click()
  await page.locator('li [data-unsent]').first().waitFor()
  await rows.nth(0).getByRole('button', { name: 'Assente' }).click()
  await rows.nth(1).getByRole('button', { name: 'Presente' }).click()
  await expect
    .poll(() => page.locator('li [data-unsent]').allTextContents())
    .toEqual(['Assente · non ancora inviato', 'Presente · non ancora inviato'])
  await page.goto(browser.address + path)
  await expect.poll(() => page.content()).toContain('non ancora inviato')
  expect(await page.content()).not.toMatch(/lunghissimo/i)
  await page.getByRole('button', { name: 'Esci' }).first().click()
  await page.locator('[data-stay]').waitFor({ state: 'visible' })
  expect(await sql('select 1 from courses.mark where lesson_id = $1', [lessons[0]])).toEqual([])

  // Away from the lesson, which sends as soon as it can: on any other page the marks are still only here.
  await page.goto('about:blank')
  await browser.restart()
  await page.context().setOffline(false)
  await page.goto(browser.address + courses.list.href())
  await page.getByRole('button', { name: 'Esci' }).first().click()
  await page.locator('[data-stay]').waitFor({ state: 'visible' })
  await page.goto(browser.address + path)
  await expect
    .poll(async () => (await sql('select 1 from courses.mark where lesson_id = $1', [lessons[0]])).length)
    .toBe(3)
  await expect.poll(() => page.locator('li [data-unsent]').count()).toBe(0)
  const marks = await sql<{ present: boolean; how: string; heads: number }>(
    `select m.present, m.how, (select count(*)::int from courses.mark later where m.id = any (later.seen)) as heads
     from courses.mark m join courses.enrolment n on n.id = m.enrolment_id where n.edition_id = $1 order by made_at`,
    [id],
  )
  expect(marks).toEqual([
    { present: true, how: 'offline', heads: 1 },
    { present: false, how: 'offline', heads: 0 },
    { present: true, how: 'offline', heads: 0 },
  ])
  await close()
})

test('a teacher without account has the same by link, and nothing of anybody is kept but initials', async () => {
  const { lesson, link } = await house.inCtx(async (ctx) => {
    const course = await openCourse(ctx, {}, { from_day: '2026-11-17', lessons: 1 })
    const person = await somebodyWhoCounts(ctx, { surname: 'Lunghissimo' })
    await enrolPerson(ctx, course.id, person, { needs_childcare: false })
    const [teacher] = await teachersOf(ctx, course.id)
    return { lesson: course.lessons[0] as string, link: await teacherLink(ctx, course.id, teacher?.id as string) }
  })
  const path = `${new URL(link).pathname}/${lesson}`
  const { page, close } = await browser.open('/healthz', { serviceWorkers: 'allow' })
  await page.goto(browser.address + path)
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open('lab-roll')).keys()).length))
    .toBeGreaterThan(2)
  await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)
  await page.context().setOffline(true)
  await browser.stop()
  await page.goto(browser.address + path)
  await page.getByRole('button', { name: 'Presente' }).first().click()
  await page.locator('li [data-unsent]').first().waitFor()
  await expect.poll(() => page.content()).not.toMatch(/lunghissimo/i)
  await browser.restart()
  await page.context().setOffline(false)
  await expect.poll(() => page.locator('li [data-unsent]').count()).toBe(0)
  expect(await sql('select present, how from courses.mark where lesson_id = $1', [lesson])).toEqual([
    { present: true, how: 'offline' },
  ])
  await close()
})
