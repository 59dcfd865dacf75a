/** The two journeys of a call, in a real browser: a school on a telephone in Arabic, the mediators on theirs, the office at a desk. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { axeOn, openChromium, overhang } from '../../test/kit/chromium.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { watch } from './jobs.ts'
import { mediation, open } from './urls.ts'

let town: TestHouse
let post: Awaited<ReturnType<typeof openPostOffice>>
let chromium: Awaited<ReturnType<typeof openChromium>>
beforeAll(async () => {
  post = await openPostOffice()
  town = await openTestHouse({ env: { SMTP_URL: post.url } })
  chromium = await openChromium(town.http)
  // One at first, then two: the third mediator of Arabic is the second of the second wave.
  for (const [name, value] of [
    ['mediation.wave_size', '1'],
    ['mediation.signs_on_screen', 'true'],
  ])
    await sql(
      `insert into programme.setting (ambito_id, name, value, valid_from, note) select id, $1, $2::jsonb, '2025-01-01', '' from territory.ambito where slug = 'lodi'`,
      [name, value],
    )
})
afterAll(() => post.close())
afterEach(() => town.moveClock('0 seconds'))
const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]

type Opened = Awaited<ReturnType<typeof chromium.open>>
/** One telephone and one desk for all of them: what they keep between two pages is a cookie at most. */
const opened = new Map<number, Opened>()
/** Opens a page, and is hard on it. */
async function look(path: string, { width = 360, cookie = '' } = {}) {
  const window = opened.get(width) ?? (await chromium.open(path, { viewport: { width, height: 740 }, cookie }))
  opened.set(width, window)
  const { page, complaints } = window
  await page.context().setExtraHTTPHeaders(cookie ? { cookie } : {})
  // The browser complains of a refused form as well; that one was meant.
  complaints.splice(0)
  const answer = await page.goto(chromium.address + path)
  expect([path, answer?.status(), complaints, await overhang(page)]).toEqual([path, 200, [], 0])
  return page
}
const office = async (path: string) =>
  look(path, { width: 1280, cookie: (await town.as('coordinatrice@demo.example')).cookie() })

/** Types or chooses, as the field wants it. */
async function fill(page: Page, values: Record<string, string>) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`[name="${name}"]`)
    const kind = await field.first().evaluate((one) => (one as unknown as { type: string }).type)
    if (kind === 'radio') await page.locator(`[name="${name}"][value="${value}"]`).check({ force: true })
    else if (kind === 'checkbox') await field.check({ force: true })
    else if (kind === 'select-one') await field.selectOption(value)
    else await field.fill(value)
  }
}
const send = (page: Page, form = 'form.form-card') =>
  Promise.all([page.waitForNavigation(), page.locator(`${form} button[type=submit]`).first().click()])

/** The last address somebody was written, among letters that lead to such a page. */
async function linkTo(to: string, word: string) {
  await town.settle()
  const letter = post.taken.findLast((one) => one.to.includes(to) && one.mail.text?.includes(`/mediazione/${word}/`))
  return /https?:\/\/[^/\s]+(\/\S+)/.exec(letter?.mail.text ?? '')?.[1] ?? `no ${word} for ${to}`
}
const day = (ahead: number) => Temporal.Now.plainDateISO('Europe/Rome').add({ days: ahead }).toString()
const tuesday = (ahead: number) => {
  const from = Temporal.PlainDate.from(day(ahead))
  return from.add({ days: (9 - from.dayOfWeek) % 7 }).toString()
}
const daysUntil = (on: string) => Temporal.Now.plainDateISO('Europe/Rome').until(on, { largestUnit: 'day' }).days
const asked = (call: string, wave: number) =>
  sql<{ email: string }>(
    `select m.email from mediation.offer o join mediation.mediator m on m.id = o.mediator_id where o.call_id = $1 and o.wave = $2 order by o.rank`,
    [call, wave],
  )
const callOf = async (email: string) =>
  (
    await sql<{ id: string; number: number; state: string; body_id: string }>(
      `select c.id, c.number, c.state, c.body_id from mediation.call c join mediation.contact k on k.id = c.contact_id where k.email = $1 order by c.number desc limit 1`,
      [email],
    )
  )[0] as { id: string; number: number; state: string; body_id: string }
const stateOf = async (email: string) => (await callOf(email)).state

const school = {
  language: 'ar',
  field: 'SCU_PRI',
  purpose: 'SCFAM',
  mode: 'PRES',
  from: '10:00',
  minutes: '60',
  comune: '098031',
  place: 'الصف الثالث',
  body: 'Scuola primaria di prova',
  name: 'Rosa Prova',
  email: 'rosa@scuola.example',
  phone: '0371 123456',
  privacy: '1',
}

describe('a school asks in Arabic for Tuesday', () => {
  test('the third mediator, in the second wave, takes it; both sign; the month is closed and the ceiling lower by as much', async () => {
    const on = tuesday(10)
    const form = await look(open.request.href({ l: 'ar' }))
    const light = await town.visitor().get(open.request.href({ l: 'ar' }), { 'accept-encoding': 'gzip, br' })
    expect((await light.arrayBuffer()).byteLength).toBeLessThan(13_200)
    await expect.poll(() => form.locator('html').getAttribute('dir')).toBe('rtl')
    expect(await axeOn(form)).toEqual([])
    // Nothing is lost when something is missing.
    await fill(form, { ...school, on, privacy: '1' })
    await form.locator('[name="language"]').selectOption('')
    await send(form)
    await expect.poll(() => form.locator('[data-summary]').count()).toBe(1)
    await expect.poll(() => form.locator('[name="place"]').inputValue()).toBe(school.place)
    await form.locator('[name="language"]').selectOption('ar')
    await send(form)
    const verify = await look(await linkTo(school.email, 'conferma'))
    await send(verify)
    const status = new URL(verify.url()).pathname
    expect(await stateOf(school.email)).toBe('sent')

    const { id, body_id } = await callOf(school.email)
    const at = { call: id }
    const page = await office(mediation.call.href(at))
    await send(page, `form[action$="/validazione"]`)
    const [first] = await asked(id, 1)
    expect(await asked(id, 1)).toHaveLength(1)
    await town.moveClock('13 hours')
    await town.inCtx(watch)
    const second = await asked(id, 2)
    expect(second).toHaveLength(2)
    expect(await (await look(await linkTo(first?.email as string, 'proposta'))).locator('main form').count()).toBe(0)

    const she = second[1]?.email as string
    const offer = await look(await linkTo(she, 'proposta'))
    expect(await axeOn(offer)).toEqual([])
    await send(offer)
    expect(await offer.content()).not.toContain(school.phone)
    const job = await linkTo(she, 'incarico')
    const hers = await look(job)
    await expect.poll(() => hers.locator('main').textContent()).toContain(school.phone)
    expect(await (await look(status)).locator('main').textContent()).not.toContain('320 000 0000')

    await town.moveClock(`${daysUntil(on) + 1} days`)
    await town.inCtx(watch)
    const report = await look(`${job}/relazione`)
    await fill(report, { to: '11:10' })
    await send(report)
    expect(await stateOf(school.email)).toBe('reported')

    // Ten hours for this school; then both sign on her telephone, with a finger.
    const ceiling = await office(mediation.body.href({ body: body_id }))
    await ceiling.locator('details:has([name="hours"]) > summary').click()
    const year = Number(on.slice(0, 4))
    await fill(ceiling, { from_day: `${year}-01-01`, to_day: `${year + 1}-12-31`, hours: '10' })
    await send(ceiling)
    const sign = await look(`${job}/firma`)
    expect(await axeOn(sign)).toEqual([])
    await fill(sign, { signer: 'Rosa Prova' })
    for (const pen of await sign.locator('canvas').all()) {
      await pen.scrollIntoViewIfNeeded()
      const box = (await pen.boundingBox()) as { x: number; y: number; width: number; height: number }
      await sign.mouse.move(box.x + 30, box.y + 20)
      await sign.mouse.down()
      for (const step of [1, 2, 3, 4, 5, 6]) await sign.mouse.move(box.x + 30 + step * 35, box.y + 20 + (step % 2) * 50)
      await sign.mouse.up()
    }
    await send(sign)
    expect(await stateOf(school.email)).toBe('confirmed')

    const month = await office(mediation.hours.href({}, { mese: on.slice(0, 7) }))
    await month.locator('details.sure summary').click()
    await send(month, `form[action$="/chiusura"]`)
    expect(await stateOf(school.email)).toBe('locked')
    // 70 minutes, by quarters of an hour, are 75: of ten hours 8 h 45 min are left.
    const left = await office(mediation.body.href({ body: body_id }))
    await expect.poll(() => left.locator('main').textContent()).toContain('8 h 45 min')
    const announced = await sql<{ name: string }>(
      `select name from kernel.event where payload->>'call_id' = $1 order by recorded_at, name`,
      [id],
    )
    expect(announced.map(({ name }) => name)).toEqual([
      'mediation.call_requested',
      'mediation.call_done',
      'mediation.hours_confirmed',
      'mediation.hours_locked',
    ])
  })
})

describe('an urgent call by telephone', () => {
  const email = 'pronto@ospedale.example'
  test("goes to all at once and is covered in the test's minute", async () => {
    const form = await look(open.request.href({ l: 'it' }))
    const { place: _, ...call } = school
    const more = { email, body: 'Pronto soccorso di prova', mode: 'TEL', urgent: '1', minutes: '30', on: tuesday(3) }
    await fill(form, { ...call, ...more, field: 'SAN_CONS', purpose: 'VISITA' })
    await send(form)
    await send(await look(await linkTo(email, 'conferma')))
    const { id } = await callOf(email)
    await send(await office(mediation.call.href({ call: id })), `form[action$="/validazione"]`)
    const [one, ...others] = await asked(id, 1)
    expect(others).toHaveLength(2)
    await send(await look(await linkTo(one?.email as string, 'proposta')))
    expect(await stateOf(email)).toBe('assigned')
  })
})

describe('a call nobody can cover', () => {
  test('stands on the list for the tavolo', async () => {
    const form = await look(open.request.href({ l: 'it' }))
    const email = 'anagrafe@comune.example'
    await fill(form, { ...school, language: 'si', email, body: 'Anagrafe di prova', field: 'COM_ANA', on: tuesday(10) })
    await send(form)
    await send(await look(await linkTo(email, 'conferma')))
    const { id, number } = await callOf(email)
    await send(await office(mediation.call.href({ call: id })), `form[action$="/validazione"]`)
    await town.settle()
    const list = await office(mediation.calls.href({}, { fase: 'uncovered' }))
    await expect.poll(() => list.locator('main').textContent()).toContain(`M-${number}`)
    expect(
      await sql(`select 1 from kernel.event where name = 'mediation.not_covered' and payload->>'call_id' = $1`, [id]),
    ).toHaveLength(1)
    expect(post.taken.some(({ to, mail }) => to.includes(email) && mail.subject?.includes('nessun mediatore'))).toBe(
      true,
    )
  })
})
