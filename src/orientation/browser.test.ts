/** From the desk's referral through first interview and two sessions to the result at three months, in a real browser. */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { axeOn, openChromium, overhang } from '../../test/kit/chromium.ts'
import { somebodyWhoCounts } from '../../test/kit/courses.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { openDesk, recordVisit } from '../desk/actions.ts'
import { addDays } from '../kernel/clock.ts'
import { report } from '../monitoring/actions.ts'
import { orientation } from './urls.ts'

let town: TestHouse
let chromium: Awaited<ReturnType<typeof openChromium>>
const screenshots = process.env.SCREENSHOTS
beforeAll(async () => {
  town = await openTestHouse()
  await town.settle()
  chromium = await openChromium(town.http)
  // A second adviser: the operator of the demonstration works for SELF too.
  await town.house.owner_pool.query(
    `insert into accounts.role (ambito_id, account_id, role)
     select t.id, a.id, 'self_adviser' from territory.ambito t, accounts.account a where t.slug = 'lodi' and a.email = 'operatore@demo.example'`,
  )
})
const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query<Row>(text, values)).rows

/** Signed in as a browser is: with a cookie of its own, which follows it through every redirect. */
async function open(email: string, path: string, width = 1280) {
  const opened = await chromium.open('/healthz', { viewport: { width, height: 900 } })
  const [name = '', value = ''] = (await town.as(email)).cookie().split('=')
  await opened.page.context().addCookies([{ name, value, url: 'https://127.0.0.1', httpOnly: true, sameSite: 'Lax' }])
  opened.complaints.splice(0)
  await opened.page.goto(chromium.address + path)
  return opened
}
const send = (page: Page, form = 'form.form-card') =>
  Promise.all([page.waitForNavigation(), page.locator(`${form} button[type=submit]`).first().click()])
async function look(page: Page, name: string) {
  if (screenshots) await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true })
  expect(await overhang(page), name).toBeLessThanOrEqual(0)
}

/** Every figure, as a whole number of what it counts. */
const figures = () =>
  town.inCtx(async (ctx) => {
    const { indicators } = await report(ctx, { from: '2025-09-25', to: '2028-09-24' })
    return new Map(indicators.map(({ code, value }) => [code, value]))
  })
const moved = (before: Map<string, number>, after: Map<string, number>) =>
  Object.fromEntries(
    [...after].flatMap(([code, value]) =>
      value === before.get(code) ? [] : [[code, value - (before.get(code) ?? 0)]],
    ),
  )

test('a plan from the desk to the result at three months moves the figures it must, and no others', async () => {
  const person = await town.inCtx(async (ctx) => {
    const id = await somebodyWhoCounts(ctx, { surname: 'Percorso', given_names: 'Nadia', speaks: 'ar' })
    const hours = { starts_at: '09:00', ends_at: '19:00', place: '' }
    const opening = await openDesk(ctx, { kind: 'foreigners', ...hours })
    await recordVisit(ctx, opening, {
      person_id: id,
      needs: ['LAV.RICERCA'],
      outcome: 'sent',
      sent_to: 'equipe SELF',
      answer_wanted: true,
      mandate_seen: false,
      help: [],
      mediator_present: false,
    })
    return id
  })
  const before = await figures()

  // Today says that somebody was sent; the list shows who, and the first interview is one tap away.
  const { page, complaints } = await open('self@demo.example', '/staff')
  await expect.poll(() => page.locator('main').textContent()).toContain('inviate dallo sportello')
  await page.goto(chromium.address + orientation.list.href())
  const line = page.locator('tr', { hasText: 'PERCORSO' })
  expect(await line.textContent()).toContain('Inviato/a dallo sportello')
  await look(page, 'sent')
  await Promise.all([page.waitForNavigation(), line.getByRole('link', { name: 'Primo colloquio' }).click()])
  await look(page, 'interview')
  expect(await axeOn(page, ['wcag2a', 'wcag2aa'])).toEqual([])
  // The language is the one the person speaks.
  await expect.poll(() => page.locator('[name=language]').inputValue()).toBe('ar')
  await page.fill('[name=goal]', 'Lavorare in una mensa')
  await page.fill('[name=minutes]', '60')
  await page.locator('[name=availability][value=morning]').check({ force: true })
  await send(page)
  const plan = new URL(page.url()).pathname
  expect(plan).toMatch(/piani/)
  expect(
    await sql('select answered_on is not null as answered from desk.referral r where person_id = $1', [person]),
  ).toEqual([{ answered: true }])

  await page.goto(`${chromium.address}${plan}/passi/nuovo`)
  await page.locator('[name=kind]').selectOption('cv')
  await page.locator('[name=owner][value=both]').check({ force: true })
  await page.fill('[name=due_on]', await town.inCtx(async (ctx) => addDays(ctx.today, 40)))
  await send(page)

  // Two advisers with the same page before them, each in a browser of their own.
  const [one, two] = await Promise.all([
    open('self@demo.example', `${plan}/obiettivi`),
    open('operatore@demo.example', `${plan}/obiettivi`),
  ])
  await one.page.fill('[name=goal]', 'Lavorare in una mensa scolastica')
  await send(one.page)
  await two.page.fill('[name=goal]', 'Lavorare in un asilo')
  await send(two.page)
  const told = await two.page.locator('[data-meanwhile]').textContent()
  for (const words of ['Lavorare in una mensa»', '«Lavorare in una mensa scolastica»']) expect(told).toContain(words)
  await expect.poll(() => two.page.locator('[name=goal]').inputValue()).toBe('Lavorare in un asilo')
  expect(await sql('select goal from orientation.plan where person_id = $1', [person])).toEqual([
    { goal: 'Lavorare in una mensa scolastica' },
  ])
  await look(two.page, 'meanwhile')
  await send(two.page)
  expect(await sql('select goal, version from orientation.plan where person_id = $1', [person])).toEqual([
    { goal: 'Lavorare in un asilo', version: 4 },
  ])
  // A step moved on a page that is old is not moved either.
  await one.close()
  await two.close()

  await page.goto(chromium.address + plan)
  await page.getByText('Decidere insieme', { exact: true }).click()
  await send(page, 'form[action$="/accordo"]')
  await page.goto(`${chromium.address}${plan}/colloqui/nuovo`)
  await page.fill('[name=minutes]', '45')
  await send(page)
  await page.goto(`${chromium.address}${plan}/pratiche/recognition`)
  await page.locator('[name=what][value=qualification]').check({ force: true })
  await page.fill('[name=title]', 'Diploma alberghiero')
  await send(page)
  await look(page, 'plan')
  expect(await axeOn(page, ['wcag2a', 'wcag2aa'])).toEqual([])
  await page.setViewportSize({ width: 390, height: 800 })
  await look(page, 'plan-390')
  expect(complaints).toEqual([])
  await page.context().close()

  // Three months later it is work to do, and then it is done.
  await town.moveClock('93 days')
  const later = await open('self@demo.example', '/staff/orientamento/verifiche', 390)
  await look(later.page, 'checks-390')
  await later.page.goto(`${chromium.address}/staff`)
  await expect.poll(() => later.page.locator('main').textContent()).toMatch(/verific\S+ a 3 o 6 mesi/)
  await later.page.goto(`${chromium.address}${plan}/verifiche/3`)
  await later.page.locator('[name=employment]').selectOption('OCC_DET')
  await send(later.page)
  await expect.poll(() => later.page.locator('main').textContent()).toContain('tempo determinato')
  await later.page.goto(`${chromium.address}/staff/orientamento/andamento`)
  await look(later.page, 'figures-390')
  expect(later.complaints).toEqual([])
  await later.page.context().close()
  await town.settle()

  expect(moved(before, await figures())).toEqual({
    'O.2.3.3': 1,
    'R.2.10': 1,
    'P.A2.04.people': 1,
    'P.A2.04.hours': 1.75,
  })
})
