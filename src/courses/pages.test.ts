/** The pages of courses in a real browser: narrow and wide, three scripts, nothing to complain about; and within their weight. */
import { mkdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { axeOn, openChromium, overhang } from '../../test/kit/chromium.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { statusLink } from './actions/letters.ts'
import { courses, open } from './urls.ts'

const screenshots = process.env.SCREENSHOTS
let house: TestHouse
let browser: Awaited<ReturnType<typeof openChromium>>
let status = ''
let mine = ''
const ids = { edition: '', full: '', lesson: '', closed: '', enrolment: '', done: '' }

beforeAll(async () => {
  house = await openTestHouse()
  await house.settle()
  browser = await openChromium(house.http)
  if (screenshots) mkdirSync(screenshots, { recursive: true })
  const sql = async (text: string, values: unknown[] = []) =>
    (await house.house.owner_pool.query<{ id: string }>(text, values)).rows[0]?.id as string
  ids.edition = await sql("select id from courses.edition where kind = 'language'")
  ids.full = await sql("select id from courses.edition where kind = 'experiential'")
  ids.done = await sql("select id from courses.edition where kind = 'operators'")
  const of = [ids.edition]
  ids.lesson = await sql(
    'select id from courses.lesson where edition_id = $1 and closed_at is null and on_day <= kernel.today() order by on_day limit 1',
    of,
  )
  ids.closed = await sql('select id from courses.lesson where edition_id = $1 and closed_at is not null limit 1', of)
  ids.enrolment = await sql("select id from courses.enrolment where edition_id = $1 and state = 'enrolled' limit 1", of)
  mine = await house.inCtx((ctx) => statusLink(ctx, ids.enrolment))
  const visitor = house.visitor()
  const form = open.enrol.href({ l: 'ar', slug: 'cucina-e-igiene-degli-alimenti' })
  const answer = await visitor.submit(form, { given_names: 'هدى', phone: '+39 333 1234567', privacy: '1' })
  status = (answer.headers.get('location') ?? '').replace('/ar/corsi/iscrizioni/', '')
})

const slug = 'italiano-per-il-lavoro'
const publicPages = (l: string) => ({
  list: open.list.href({ l }),
  course: open.course.href({ l, slug }),
  enrol: open.enrol.href({ l, slug: 'cucina-e-igiene-degli-alimenti' }),
  status: open.status.href({ l, token: status }),
  mine: open.status.href({ l, token: mine }),
  rating: open.rating.href({ l, token: mine }),
})

async function look(page: Parameters<typeof overhang>[0], name: string) {
  if (screenshots) await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true })
  expect(await overhang(page), name).toBeLessThanOrEqual(0)
}

test.each([
  ['ar', 360],
  ['zh', 1280],
  ...(screenshots
    ? ([
        ['it', 360],
        ['ar', 1280],
        ['zh', 360],
      ] as const)
    : []),
] as const)('in %s at %i px a course is found, understood and enrolled in', async (l, width) => {
  const { page, complaints, close } = await browser.open(open.list.href({ l }), { viewport: { width, height: 800 } })
  for (const [name, path] of Object.entries(publicPages(l))) {
    await page.goto(browser.address + path)
    await look(page, `${l}-${width}-${name}`)
    if (l === 'ar' || screenshots) expect(await axeOn(page), `${l} ${name}`).toEqual([])
    const answer = await house.visitor().get(path)
    expect(gzipSync(await answer.text()).length, `${l} ${name}`).toBeLessThan(13_000)
  }
  expect(complaints).toEqual([])
  await close()
})

// The narrow screen is the harder one; the wide one is drawn when somebody wants to look.
test.each(screenshots ? [390, 1280] : [390])('the staff works at %i px', async (width) => {
  const cookie = (await house.as('coordinatrice@demo.example')).cookie()
  const { page, complaints, close } = await browser.open(courses.list.href(), {
    cookie,
    viewport: { width, height: 800 },
  })
  const { edition } = ids
  const pages = {
    list: courses.list.href(),
    create: courses.create.href(),
    edition: courses.edition.href({ edition }),
    calendar: courses.calendar.href({ edition }),
    people: courses.people.href({ edition }),
    waiting: courses.people.href({ edition: ids.full }),
    enrolment: courses.enrolment.href({ enrolment: ids.enrolment }),
    rating: courses.rating.href({ enrolment: ids.enrolment }),
    lesson: courses.lesson.href({ lesson: ids.lesson }),
    closed: courses.lesson.href({ lesson: ids.closed }),
    certificates: courses.certificates.href({ edition: ids.done }),
    seals: courses.seals.href({ edition }),
  }
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(browser.address + path)
    await look(page, `staff-${width}-${name}`)
    if (screenshots || ['lesson', 'people', 'calendar'].includes(name))
      expect(await axeOn(page, ['wcag2a', 'wcag2aa']), name).toEqual([])
  }
  expect(complaints).toEqual([])
  await close()
})
