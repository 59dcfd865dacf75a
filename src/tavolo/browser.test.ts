/** A year of the tavolo in a real browser, the clock moved: what was taken on, decided and asked is not forgotten. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeOn, openChromium, overhang } from '../../test/kit/chromium.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { infoOf, textOf } from '../../test/kit/paper.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { report } from '../monitoring/actions.ts'
import { participation } from '../participation/urls.ts'
import { remind } from './actions/care.ts'
import { daysOf } from './rules/series.ts'
import { open, tavolo } from './urls.ts'

let town: TestHouse
let post: Awaited<ReturnType<typeof openPostOffice>>
let chromium: Awaited<ReturnType<typeof openChromium>>
let year: number
beforeAll(async () => {
  post = await openPostOffice()
  town = await openTestHouse({ env: { SMTP_URL: post.url } })
  chromium = await openChromium(town.http)
  year = Number((await town.inCtx(async (ctx) => ctx.today)).slice(0, 4)) + 1
})
afterAll(() => post.close())

const sql = async <Row>(text: string, ...values: unknown[]) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]
/** It is nine in the morning of that day. */
const goTo = async (day: string) => {
  const there = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Europe/Rome', plainTime: '09:00' })
  const [{ now } = { now: 0 }] = await sql<{ now: number }>('select extract(epoch from now())::float as now')
  await town.moveClock(`${Math.round(there.epochMilliseconds / 1000 - now)} seconds`)
  office = await town.as('progetto@demo.example')
}
let office: Awaited<ReturnType<TestHouse['as']>>

type Opened = Awaited<ReturnType<typeof chromium.open>>
const windows = new Map<string, Opened>()
/** Opens a page, and is hard on it. One desk and one telephone for all; who sits beside them has a `window` of their own. */
async function look(path: string, { width = 1280, cookie = office.cookie(), axe = false, window = '' } = {}) {
  const name = window || String(width)
  const there = windows.get(name) ?? (await chromium.open(path, { viewport: { width, height: 800 }, cookie }))
  windows.set(name, there)
  const { page, complaints } = there
  await page.context().setExtraHTTPHeaders(cookie ? { cookie } : {})
  complaints.splice(0)
  const answer = await page.goto(chromium.address + path)
  expect([path, answer?.status(), complaints, await overhang(page)]).toEqual([path, 200, [], 0])
  if (axe) expect([path, await axeOn(page)]).toEqual([path, []])
  return page
}
const press = (page: Page, button: string) =>
  Promise.all([page.waitForNavigation(), page.getByRole('button', { name: button, exact: true }).first().click()])
const done = async (answer: Response) =>
  expect([
    answer.status,
    answer.status === 303 ? '' : (await answer.text()).match(/alert note[\s\S]{0,400}/)?.[0],
  ]).toEqual([303, ''])
const linkTo = async (to: string, word: string) => {
  await town.settle()
  const letter = post.taken.findLast((one) => one.to.includes(to) && one.mail.text?.includes(`/tavolo/${word}/`))
  return new RegExp(`https?://[^/\\s]+(/it/tavolo/${word}/\\S+)`).exec(letter?.mail.text ?? '')?.[1] ?? `no ${word}`
}
const meetingOf = async (day: string) =>
  (await sql<{ id: string }>('select id from tavolo.meeting where on_day = $1', day))[0]?.id as string

test('a year', async () => {
  await goTo(`${year}-01-02`)
  const days = daysOf(`${year}-01-01`, 12, { weekday: 4, week: 2, every_months: 1 })
  const [january = '', february = '', march = '', april = '', may = ''] = days
  const november = days[10] as string

  // --- convened by its rhythm, answered with one tap ---
  const [{ id: comune } = { id: '' }] = await sql<{ id: string }>(
    `select o.id from territory.organisation o join territory.ambito a on a.id = o.ambito_id and a.slug = 'lodi' where o.name = 'Comune di Lodi'`,
  )
  await done(
    await office.submit(tavolo.members.href(), {
      name: 'Lea Conti',
      email: 'lea@ente.example',
      organisation_id: comune,
      kind: 'member',
    }),
  )
  const [{ id: lea } = { id: '' }] = await sql<{ id: string }>(
    `select s.id from tavolo.seat s join tavolo.member m on m.id = s.member_id where m.name = 'Lea Conti'`,
  )
  await press(await look(tavolo.series.href()), 'Crea gli incontri scelti')
  const first = await meetingOf(january)
  const here = tavolo.meeting.href({ meeting: first })
  await press(await look(here, { axe: true }), 'Invita tutti i componenti')
  const invitation = await linkTo('lea@ente.example', 'invito')
  const telephone = await look(invitation, { width: 360, cookie: '', axe: true })
  await press(telephone, 'Ci sarò')
  expect(await telephone.textContent('main')).toContain('Risposta data')

  // --- three days before: one file with agenda and papers ---
  const form = new FormData()
  for (const [name, value] of Object.entries(await office.hidden(here))) form.append(name, value)
  form.set('_once', crypto.randomUUID())
  form.append('title', 'Dati dello sportello')
  form.append(
    'file',
    new File(
      [new Uint8Array(await (await office.get(tavolo.agendaPaper.href({ meeting: first }))).arrayBuffer())],
      'dati.pdf',
    ),
  )
  await done(await office.post(tavolo.papers.href({ meeting: first }), form))
  await goTo(Temporal.PlainDate.from(january).subtract({ days: 3 }).toString())
  await town.inCtx(remind)
  await town.inCtx(remind)
  const papers = post.taken.filter(
    ({ to, mail }) => to.includes('lea@ente.example') && mail.subject?.startsWith('Ordine del giorno'),
  )
  expect(papers).toHaveLength(1)
  const agenda = new Uint8Array(
    papers[0]?.mail.attachments.find(({ filename }) => filename?.endsWith('.pdf'))?.content ?? [],
  )
  expect(infoOf(agenda).Tagged).toBe('yes')
  expect(Number(infoOf(agenda).Pages)).toBeGreaterThan(1)
  expect(textOf(agenda)).toContain('Dati dello sportello, pagina 1')

  // --- January: two write, one is there by a tap, something is taken on ---
  await goTo(january)
  await done(
    await office.submit(
      tavolo.addItem.href({ meeting: first }),
      { title: 'Recapiti comuni', minutes: '20' },
      { on: here },
    ),
  )
  const [{ id: item } = { id: '' }] = await sql<{ id: string }>(
    `select id from tavolo.item where meeting_id = $1 and title = 'Recapiti comuni'`,
    first,
  )
  const write = tavolo.said.href({ item })
  const one = await look(write)
  const other = await look(write, {
    window: 'other',
    cookie: (await town.as('coordinatrice@demo.example')).cookie(),
  })
  await one.getByLabel('Verbale di questo punto').fill('Serve un **elenco** unico.')
  await press(one, 'Salva')
  await other.getByLabel('Verbale di questo punto').fill('Anche per le scuole.')
  await press(other, 'Salva')
  expect(await other.textContent('main')).toContain('Serve un **elenco** unico.')
  await expect.poll(() => other.getByLabel('Verbale di questo punto').inputValue()).toBe('Anche per le scuole.')
  // What is to be done is saved with what is being written.
  await other.getByLabel('Verbale di questo punto').fill('Serve un **elenco** unico.\n\n- Anche per le scuole.')
  await other.getByLabel('Una cosa da fare in più').fill('Raccogliere i recapiti')
  await other.getByLabel('In carico a').selectOption(lea)
  await other.getByLabel('Entro').fill(april)
  await press(other, 'Salva')
  const again = await look(write)
  await expect.poll(() => again.getByLabel('Verbale di questo punto').inputValue()).toContain('Anche per le scuole')
  const presence = await look(tavolo.attendance.href({ meeting: first }))
  await presence
    .getByRole('row', { name: /Lea Conti/ })
    .getByRole('button', { name: 'Presente' })
    .click()
  await presence.getByText('1 persona presente').waitFor()
  await done(await office.submit(tavolo.holding.href({ meeting: first }), {}, { on: here }))
  await done(await office.submit(tavolo.draft.href({ meeting: first }), {}, { on: here }))

  // --- February approves; from then on nothing changes, and everybody may read the gist ---
  await goTo(february)
  const mine = await linkTo('lea@ente.example', 'mio')
  await look(mine, { width: 360, cookie: '', axe: true })
  const second = await meetingOf(february)
  expect(await (await look(tavolo.meeting.href({ meeting: second }))).textContent('main')).toMatch(
    /Approvazione del verbale n. \d+/,
  )
  await done(
    await office.submit(tavolo.approval.href({ meeting: first }), { on_day: february, approved_in: '' }, { on: here }),
  )
  const texts = { title: 'Un elenco comune', body: 'Gli enti fanno un **elenco** dei recapiti.', origin: 'person' }
  await done(await office.submit(tavolo.extract.href({ meeting: first, language: 'it' }), texts))
  await done(await office.submit(tavolo.publication.href({ meeting: first }), {}, { on: here }))
  const [{ number } = { number: 0 }] = await sql<{ number: number }>(
    'select number from tavolo.meeting where id = $1',
    first,
  )
  for (const l of ['it', 'ar']) {
    const page = await look(open.extract.href({ l, number: String(number) }), {
      width: 360,
      cookie: '',
      axe: l === 'ar',
    })
    await expect.poll(() => page.textContent('main')).toContain('Gli enti fanno un elenco dei recapiti.')
    await expect.poll(() => page.textContent('main')).not.toContain('Lea')
  }

  // --- the papers of it, opened ---
  const pdf = new Uint8Array(await (await office.get(tavolo.minutesPaper.href({ meeting: first }))).arrayBuffer())
  expect(infoOf(pdf).Tagged).toBe('yes')
  for (const words of ['Lea Conti', 'Recapiti comuni', 'Anche per le scuole', 'Raccogliere i recapiti'])
    expect(textOf(pdf)).toContain(words)
  const word = Buffer.from(await (await office.get(tavolo.minutesWord.href({ meeting: first }))).arrayBuffer())
  const folder = mkdtempSync(join(tmpdir(), 'verbale-'))
  writeFileSync(join(folder, 'verbale.docx'), word)
  const part = (name: string) => spawnSync('unzip', ['-p', join(folder, 'verbale.docx'), name]).stdout.toString()
  expect(part('word/document.xml')).toContain('Recapiti comuni')
  expect(part('word/document.xml')).toContain('Lea Conti')
  // The strip of logos came along.
  expect(spawnSync('unzip', ['-l', join(folder, 'verbale.docx')]).stdout.toString()).toMatch(/word\/media\/\S+\.svg/)
  expect(part('word/header1.xml')).toContain('Cofinanziato')
  rmSync(folder, { recursive: true })

  // --- March still has it; in April it is closed by the link of the reminder, and May has forgotten it ---
  await goTo(march)
  const on = async (day: string) =>
    (await look(tavolo.meeting.href({ meeting: await meetingOf(day) }))).textContent('#odg')
  expect(await on(march)).toContain('Raccogliere i recapiti')
  await goTo(Temporal.PlainDate.from(april).subtract({ days: 2 }).toString())
  await town.inCtx(remind)
  await town.inCtx(remind)
  const letters = post.taken.filter(
    ({ to, mail }) => to.includes('lea@ente.example') && mail.subject?.includes('una cosa da fare'),
  )
  expect(letters).toHaveLength(1)
  await goTo(april)
  const task = await look(await linkTo('lea@ente.example', 'da-fare'), { width: 360, cookie: '' })
  await task.getByLabel('Fatto').check({ force: true })
  await press(task, 'Salva')
  expect(await task.textContent('main')).toContain('È segnato come fatto')
  expect(await on(april)).toMatch(/Raccogliere i recapiti[\s\S]*fatto il/)
  expect(await on(may)).not.toContain('Raccogliere i recapiti')

  // --- a voice becomes a point, a decision and an answer ---
  const editor = async () => town.as('redazione@demo.example')
  await done(
    await town.visitor().submit('/it/voce', { topic: 'SCU', text: 'A scuola nessuno traduce le comunicazioni' }),
  )
  const [{ id: voice } = { id: '' }] = await sql<{ id: string }>(
    `select id from participation.voice where text like 'A scuola nessuno%'`,
  )
  const reader = await editor()
  await done(
    await reader.submit(participation.voice.href({ voice }), {
      text: 'A scuola nessuno traduce le comunicazioni',
      topic: 'SCU',
      verdict: 'heard',
    }),
  )
  await done(
    await reader.submit(
      participation.place.href({ voice }),
      { title: 'Comunicazioni della scuola' },
      { on: participation.voice.href({ voice }) },
    ),
  )
  const [{ id: theme } = { id: '' }] = await sql<{ id: string }>(
    `select id from participation.theme where title = 'Comunicazioni della scuola'`,
  )
  await done(
    await reader.submit(participation.propose.href({ theme }), {}, { on: participation.theme.href({ theme }) }),
  )
  await town.settle()
  // The meeting of the day itself is the next one.
  const spoken = await meetingOf(april)
  const [{ id: point } = { id: '' }] = await sql<{ id: string }>(
    'select id from tavolo.item where source_id = $1 and meeting_id = $2',
    theme,
    spoken,
  )
  await done(
    await office.submit(tavolo.postponement.href({ item: point }), {}, { on: tavolo.said.href({ item: point }) }),
  )
  await goTo(may)
  const fifth = await meetingOf(may)
  expect(await on(may)).toContain('Comunicazioni della scuola')
  const sentence = 'Le scuole usano un modulo unico tradotto in dodici lingue.'
  await done(await office.submit(tavolo.said.href({ item: point }), { decision: sentence }))
  await done(await office.submit(tavolo.attendance.href({ meeting: fifth }), { seats: lea }))
  await done(
    await office.submit(tavolo.holding.href({ meeting: fifth }), {}, { on: tavolo.meeting.href({ meeting: fifth }) }),
  )
  await town.settle()
  const answering = await editor()
  expect(await answering.page(participation.theme.href({ theme }))).toContain(`/${year} del tavolo`)
  await done(
    await answering.submit(participation.reply.href({ theme, language: 'it' }), {
      title: 'Comunicazioni',
      you_said: 'Nessuno traduce.',
      we_did: sentence,
      origin: 'person',
    }),
  )
  await done(
    await answering.submit(participation.publication.href({ theme }), {}, { on: participation.theme.href({ theme }) }),
  )
  await town.settle()
  expect(await town.visitor().page('/it/voce/risposte')).toContain(sentence)

  // --- found in November; and every attendance stands in the indicators ---
  await goTo(november)
  const found = await look(tavolo.decisions.href({}, { cerca: 'modulo TRADOTTO' }))
  expect(await found.textContent('main')).toContain(sentence)
  expect(await (await look(tavolo.meeting.href({ meeting: fifth }))).textContent('main')).toContain(
    'risposta pubblicata il',
  )
  const figures = await town.inCtx((ctx) => report(ctx, { from: `${year}-01-01`, to: november }))
  const of = (code: string) => figures.indicators.find((one) => one.code === code)?.new
  expect([of('P.A1.01'), of('P.A1.02.attendances')]).toEqual([2, 2])
  const served = await look(tavolo.network.href())
  await expect.poll(() => served.getByRole('row', { name: /Comune di Lodi/ }).textContent()).toMatch(/[1-9]/)
})
