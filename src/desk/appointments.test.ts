/** Appointments: booked in Arabic without an account and kept; moved, cancelled, reminded of; and what must never happen. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import ICAL from 'ical.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { axeOn, openChromium, overhang } from '../../test/kit/chromium.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { infoOf, lettersOf } from '../../test/kit/paper.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { addDays } from '../kernel/clock.ts'
import { createPerson, mergePersons } from '../people/actions.ts'
import { give, remindOfAppointments } from './actions/appointments.ts'
import { freeSlots } from './actions/slots.ts'
import { eraseDesk } from './personal-data.ts'
import { nearest, slotsOf } from './rules/slots.ts'
import type { OpenOn } from './rules.ts'
import { booking, desk } from './urls.ts'

const screenshots = process.env.SCREENSHOTS
let town: TestHouse
let post: Awaited<ReturnType<typeof openPostOffice>>
beforeAll(async () => {
  post = await openPostOffice()
  town = await openTestHouse({ env: { SMTP_URL: post.url } })
  await town.settle()
  if (screenshots) mkdirSync(screenshots, { recursive: true })
  return () => post.close()
})

const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]
const free = (kind = 'foreigners') => town.inCtx((ctx) => freeSlots(ctx, kind, { open: true }))
/** Somebody at another door each time: the limit is about one address. */
const forgetLimits = () => sql('delete from kernel.rate_limit')
async function book(slot: string, fields: Record<string, string> = {}, l = 'it', kind = 'foreigners') {
  const path = booking.book.href({ l, kind, slot })
  return town.visitor().submit(path, { called_as: 'Prova', privacy: '1', ...fields })
}
const codeIn = (answer: Response) => (answer.headers.get('location') ?? '').split('/').at(-1) as string
const lettersTo = async (to: string) => {
  await town.settle()
  return post.taken.filter((one) => one.to.includes(to)).map((one) => one.mail)
}

test('booked in Arabic on a phone without an account, and kept: one queue, and a visit by appointment', async () => {
  const browser = await openChromium(town.http)
  const { page, complaints, close } = await browser.open(booking.kinds.href({ l: 'ar' }), {
    viewport: { width: 360, height: 780 },
    javaScriptEnabled: false,
  })
  const look = async (name: string) => {
    if (screenshots) await page.screenshot({ path: `${screenshots}/ar-${name}.png`, fullPage: true })
    expect(
      [await overhang(page).catch(() => 0)].filter((over) => over > 0),
      name,
    ).toEqual([])
    const answer = await town.visitor().get(new URL(page.url()).pathname)
    expect(gzipSync(await answer.text()).length).toBeLessThan(13_000)
  }
  await look('kinds')
  await page.locator('.card-title').first().click()
  await look('slots')
  const [slot] = await free()
  await page.locator('.hours a').first().click()
  await page.locator('[name=called_as]').fill('هدى')
  await page.locator('[name=privacy]').check({ force: true })
  await look('form')
  await page.locator('main form [type=submit]').click()
  await page.locator('.booking-code').waitFor()
  await look('mine')
  const code = (await page.locator('.booking-code').textContent())?.trim() as string
  expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
  expect(complaints).toEqual([])
  await close()
  const seen = await browser.open(booking.mine.href({ l: 'ar', code }), { viewport: { width: 360, height: 780 } })
  expect(await axeOn(seen.page)).toEqual([])
  await seen.close()

  // The paper with the code is enough to find it again, however it is typed.
  const typed = await town
    .visitor()
    .submit(booking.byCode.href({ l: 'ar' }), { code: code.toLowerCase().replaceAll('-', ' ') })
  expect(codeIn(typed)).toBe(code)

  // On the day: she comes a quarter of an hour early, after somebody without an appointment.
  const [row] = await sql<{ id: string; opening_id: string; at: string; late: string }>(
    `select id, opening_id, ((on_day + starts_at) at time zone 'Europe/Rome' - now() - interval '15 minutes')::text as at,
       ((on_day + starts_at) at time zone 'Europe/Rome' - now() + interval '5 minutes')::text as late from desk.appointment where called_as = 'هدى'`,
  )
  await town.moveClock(row?.at as string)
  const operator = await town.as('operatore@demo.example')
  const opening = row?.opening_id as string
  const work = desk.work.href({ opening })
  await operator.submit(desk.arrivals.href({ opening }), { called_as: 'Senza' }, { on: work })
  const here = desk.arrived.href({ opening, appointment: row?.id as string })
  expect(await operator.page(work)).toContain(here)
  expect((await operator.submit(here, {}, { on: work })).status).toBe(303)
  expect((await operator.submit(here, {}, { on: work })).status).toBe(422)
  await town.moveClock(row?.late as string)
  // Her hour has come: she is called before whoever came first.
  const persona = await town.inCtx((ctx) => createPerson(ctx, { given_names: 'Huda', born: '1991' }))
  const [senza] = await sql<{ id: string }>(`select id from desk.arrival where called_as = 'Senza'`)
  await operator.submit(
    work,
    { person_id: persona, needs: ['DOC.SLP'], outcome: 'solved', arrival_id: senza?.id as string },
    { on: desk.work.href({ opening }, { persona, arrivo: senza?.id }) },
  )
  const [called] = await sql<{ id: string; called_as: string }>(
    `select id, called_as from desk.arrival where opening_id = $1 and called_at is not null and served_at is null`,
    [opening],
  )
  expect(called?.called_as).toBe('هدى')
  await operator.submit(
    work,
    { person_id: persona, needs: ['DOC.SLP'], outcome: 'solved', arrival_id: called?.id as string, after: 'stay' },
    { on: desk.work.href({ opening }, { persona, arrivo: called?.id }) },
  )
  const channels = await sql<{ channel: string }>(
    `select channel from desk.visit where opening_id = $1 order by recorded_at`,
    [opening],
  )
  expect(channels.map(({ channel }) => channel)).toEqual(['walk_in', 'appointment'])
  expect((await free()).some(({ key }) => key === slot?.key)).toBe(false)
  await town.moveClock('0')
})

describe('what cannot be booked', () => {
  test('the past, a closed hour, a day that does not exist, another kind: a sentence, what was typed, and free hours near', async () => {
    await forgetLimits()
    const first = (await free()).at(-1)
    const before = await sql('select id from desk.appointment')
    for (const [slot, words] of [
      ['2026-01-05T1500', 'già passata'],
      [`${first?.on_day}T0415`, 'non si può prenotare'],
      ['9999-12-31T1500', 'non si può prenotare'],
    ] as const) {
      const page = await town.visitor().page(booking.book.href({ l: 'it', kind: 'foreigners', slot }))
      expect(page).toContain(words)
      expect(page).toContain('name="slot"')
      const marks = await town.visitor().hidden(booking.book.href({ l: 'it', kind: 'foreigners', slot }))
      const sent = await town
        .visitor()
        .post(booking.book.href({ l: 'it', kind: 'foreigners', slot }), { ...marks, called_as: 'Rosa', privacy: '1' })
      const text = await sent.text()
      expect([sent.status, text.includes(words), text.includes('value="Rosa"')]).toEqual([422, true, true])
    }
    for (const slot of ['2026-02-30T1500', 'domani', '2026-11-30T2561'])
      expect((await town.visitor().get(booking.book.href({ l: 'it', kind: 'foreigners', slot }))).status).toBe(404)
    expect((await town.visitor().get(booking.slots.href({ l: 'it', kind: 'questura' }))).status).toBe(404)
    expect(await free('refugees')).toEqual([])
    expect(await sql('select id from desk.appointment')).toHaveLength(before.length)
  })

  test('a slot is given once: two come at once, the second is told and offered the nearest', async () => {
    await forgetLimits()
    const [, slot, after] = await free()
    const key = slot?.key as string
    const answers = await Promise.all(Array.from({ length: 6 }, () => book(key)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422, 422, 422])
    const lost = await answers.find(({ status }) => status === 422)?.text()
    expect(lost).toContain(`value="${after?.key}"`)
    expect(
      await sql(
        `select id from desk.appointment where cancelled_at is null and to_char(on_day, 'YYYY-MM-DD') || 'T' || to_char(starts_at, 'HH24MI') = $1`,
        [key],
      ),
    ).toHaveLength(1)
  })

  test('a thousand bookings from one address: the first few are taken', async () => {
    await forgetLimits()
    const slots = await free()
    const marks = await town
      .visitor()
      .hidden(booking.book.href({ l: 'it', kind: 'foreigners', slot: slots[0]?.key as string }))
    const statuses: number[] = []
    for (let at = 0; at < 1000; at++) {
      const path = booking.book.href({ l: 'it', kind: 'foreigners', slot: slots[at % slots.length]?.key as string })
      const { status } = await town
        .visitor()
        .post(path, { ...marks, _once: crypto.randomUUID(), called_as: 'Molti', privacy: '1' })
      statuses.push(status)
      // Whoever is refused once is refused to the end of the hour: the rest is asked by few.
      if (statuses.filter((one) => one === 422).length === 30) break
    }
    expect(statuses.filter((one) => one === 303).length).toBeLessThanOrEqual(10)
    expect(statuses.at(-1)).toBe(422)
    await sql(`delete from desk.link; delete from desk.appointment where called_as = 'Molti'`)
    await forgetLimits()
    // And no more than two to come for one e-mail.
    const [one, two, three] = (await free()).map(({ key }) => key) as [string, string, string]
    const email = 'tante@prova.example'
    expect([(await book(one, { email })).status, (await book(two, { email })).status]).toEqual([303, 303])
    expect((await book(three, { email: email.toUpperCase() })).status).toBe(422)
  })

  test('over both changes of the clock an hour that is not is not given, and one that is twice is given once', () => {
    const night = (on_day: string): OpenOn => ({
      kind: 'foreigners',
      on_day,
      starts_at: '01:00',
      ends_at: '04:00',
      place: '',
      slot_minutes: 30,
      slot_places: 1,
      open_booking: true,
      opening_id: null,
      series_id: 's',
    })
    const hours = (day: string) =>
      slotsOf([night(day)], new Map(), Temporal.Instant.from('2026-01-01T00:00:00Z')).map(({ starts_at }) => starts_at)
    expect(hours('2027-03-28')).toEqual(['01:00', '01:30', '03:00', '03:30'])
    expect(hours('2026-10-25')).toEqual(['01:00', '01:30', '02:00', '02:30', '03:00', '03:30'])
    const slots = slotsOf(
      [night('2026-10-25')],
      new Map([['null 02:00', 1]]),
      Temporal.Instant.from('2026-01-01T00:00:00Z'),
    )
    expect(nearest(slots, '2026-10-25T0200').map(({ starts_at }) => starts_at)).toContain('02:30')
  })
})

describe('its life', () => {
  test('moved and cancelled by code: the old hour is free again, the same code opens the new one, calendars follow', async () => {
    await forgetLimits()
    const slots = await free()
    const [one, two] = [slots[3]?.key as string, slots[6]?.key as string]
    const code = codeIn(await book(one, { email: 'muove@prova.example' }, 'zh'))
    const visitor = town.visitor()
    const moved = await visitor.submit(booking.move.href({ l: 'zh', code }), { slot: two })
    expect([moved.status, codeIn(moved)]).toEqual([303, code])
    const now = (await free()).map(({ key }) => key)
    expect([now.includes(one), now.includes(two)]).toEqual([true, false])
    const taken = await visitor.submit(booking.move.href({ l: 'zh', code }), { slot: two })
    expect(taken.status).toBe(422)
    const mails = await lettersTo('muove@prova.example')
    expect(mails.map(({ subject }) => subject)).toEqual(['预约已确认', '预约已更改'])
    // Nothing says for what, or at which desk.
    expect(mails.map(({ text }) => text).join()).not.toMatch(/stranier|immigra|外国|服务台台/)
    const file = await (await visitor.get(booking.calendar.href({ l: 'zh', code }))).text()
    const event = new ICAL.Event(new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent('vevent') as ICAL.Component)
    expect(event.summary).toBe('服务台预约')
    expect([event.sequence, event.startDate.toString().slice(0, 16).replaceAll(':', '')]).toEqual([
      1,
      two.replace('T', 'T'),
    ])
    const operator = await town.as('operatore@demo.example')
    const shown = await operator.submit(desk.calendar.href(), {})
    const address = /(\/calendario\/sportello\/[\w-]+)/.exec(await shown.text())?.[1] as string
    const shared = await (await town.visitor().get(address)).text()
    expect(shared.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThan(2)
    expect(shared).not.toMatch(/Prova|هدى|muove/)
    expect((await town.visitor().get(`${address}x`)).status).toBe(404)
    expect(
      (await visitor.submit(booking.cancel.href({ l: 'zh', code }), {}, { on: booking.mine.href({ l: 'zh', code }) }))
        .status,
    ).toBe(303)
    expect((await free()).map(({ key }) => key)).toContain(two)
    expect((await visitor.submit(booking.move.href({ l: 'zh', code }), { slot: one })).status).toBe(422)
  })

  test('a day that is closed after all: whoever had an appointment is told, nobody can book it any more', async () => {
    await forgetLimits()
    const slot = (await free()).at(-1)
    await book(slot?.key as string, { email: 'chiuso@prova.example' }, 'ar')
    const operator = await town.as('operatore@demo.example')
    const [series] = await sql<{ series_id: string }>(
      `select o.series_id from desk.appointment p join desk.opening o on o.id = p.opening_id where p.email = 'chiuso@prova.example'`,
    )
    const at = { series: series?.series_id as string }
    const change = (fields: Record<string, string>) =>
      operator.submit(desk.seriesDay.href(at), fields, { on: desk.oneSeries.href(at) })
    expect((await change({ on_day: '2020-01-06', what: 'closed' })).status).toBe(422)
    expect((await change({ on_day: slot?.on_day as string, what: 'hours' })).status).toBe(422)
    expect((await change({ on_day: slot?.on_day as string, what: 'closed' })).status).toBe(303)
    const mails = await lettersTo('chiuso@prova.example')
    expect(mails.map(({ subject }) => subject)).toEqual(['تم تأكيد الموعد', 'تم إلغاء الموعد'])
    expect((await free()).some(({ on_day }) => on_day === slot?.on_day)).toBe(false)
  })

  test('an opening besides the weekly ones has its slots too; SELF is booked from the site; what falls is told or called', async () => {
    await forgetLimits()
    expect(await town.visitor().page(booking.kinds.href({ l: 'it' }))).toContain('Aiuto per trovare lavoro')
    const operator = await town.as('operatore@demo.example')
    const on_day = await town.inCtx(async (ctx) => addDays(ctx.today, 12))
    const extra = { kind: 'self', starts_at: '19:00', ends_at: '20:00', slot_minutes: '30', open_booking: '1' }
    const open = (day: string) => operator.submit(desk.openings.href(), { ...extra, on_day: day })
    expect((await open('2020-01-06')).status).toBe(422)
    expect((await open(on_day)).status).toBe(303)
    const own = (await free('self')).filter((slot) => slot.on_day === on_day && slot.starts_at >= '19:00')
    expect(own.map(({ starts_at }) => starts_at)).toEqual(['19:00', '19:30'])
    const [one, two] = own.map(({ key }) => key) as [string, string]
    expect((await book(one, { email: 'cade@prova.example' }, 'zh', 'self')).status).toBe(303)
    const only_phone = await town.inCtx((ctx) =>
      createPerson(ctx, { given_names: 'Telefono', born: '1990', phone: '+39 333 555 0999', speaks: 'uk' }),
    )
    await town.inCtx((ctx) => give(ctx, 'self', { slot: two, person_id: only_phone }))
    const [falls = ''] =
      /\/staff\/sportello\/aperture\/[0-9a-f-]+\/annullamento/.exec(await operator.page(desk.series.href())) ?? []
    expect((await operator.submit(falls, {}, { on: desk.series.href() })).status).toBe(303)
    expect((await lettersTo('cade@prova.example')).map(({ subject }) => subject)).toEqual(['预约已确认', '预约已取消'])
    expect(await operator.page('/staff')).toContain('Una persona da chiamare')
    const calls = await operator.page(desk.calls.href())
    for (const words of ['+393335550999', 'lang="uk"', 'Annullato quello di:']) expect(calls).toContain(words)
    const called = async (how: string) => {
      const [at = ''] =
        /\/staff\/sportello\/appuntamenti\/[0-9a-f-]+\/telefonata/.exec(await operator.page(desk.calls.href())) ?? []
      await operator.submit(at, { what: 'cancelled', how }, { on: desk.calls.href() })
      return operator.page(desk.calls.href())
    }
    expect(await called('no_answer')).toContain('ultima volta:')
    expect(await called('reached')).toContain('Nessuno da chiamare')
  })

  test('a reminder goes out once, without the reason; never to who was erased, nor where a contact is not safe, whichever file says so', async () => {
    await forgetLimits()
    const person = (name: string, email: string) =>
      town.inCtx((ctx) => createPerson(ctx, { given_names: name, born: '1990', email, speaks: 'uk' }))
    const safe = await person('Sicura', 'sicura@prova.example')
    const unsafe = await person('Nonsicura', 'nonsicura@prova.example')
    const merged = await person('Unita', 'unita@prova.example')
    const erased = await person('Cancellata', 'cancellata@prova.example')
    await sql('update people.person set contact_safe = false where id = $1', [unsafe])
    const slots = (await free()).slice(8)
    const ids = [safe, unsafe, merged, erased]
    const by_phone = await town.inCtx((ctx) =>
      createPerson(ctx, { given_names: 'Solotelefono', born: '1990', phone: '+39 333 555 0998' }),
    )
    await town.inCtx((ctx) => give(ctx, 'foreigners', { slot: slots[6]?.key as string, person_id: by_phone }))
    for (const [at, person_id] of ids.entries())
      await town.inCtx((ctx) =>
        give(ctx, 'foreigners', { slot: slots[at]?.key as string, person_id, email: `scritta${at}@prova.example` }),
      )
    await book(slots[4]?.key as string, { email: 'senza@prova.example' }, 'ar')
    await town.inCtx(async (ctx) => {
      await mergePersons(ctx, merged, unsafe)
      await eraseDesk(ctx, [erased])
    })
    await sql('update people.person set erased_at = now() where id = $1', [erased])
    const count = async () => {
      await town.settle()
      return post.taken
        .filter(({ mail }) => /Нагадування|تذكير|Promemoria|提醒/.test(mail.subject ?? ''))
        .map(({ to, mail }) => [to[0], mail.text])
    }
    for (const { at } of await sql<{ at: string }>(
      `select distinct ((on_day + starts_at) at time zone 'Europe/Rome' - now() - interval '20 hours')::text as at from desk.appointment where cancelled_at is null and reminded_at is null and on_day > current_date order by 1`,
    )) {
      await town.moveClock(at)
      await town.inCtx(remindOfAppointments)
      await town.inCtx(remindOfAppointments)
    }
    const reminded = await count()
    const to = reminded.map(([address]) => address).filter((address) => !/tante|muove|chiuso/.test(address ?? ''))
    expect(to.sort()).toEqual(['senza@prova.example', 'sicura@prova.example'])
    expect(reminded.map(([, text]) => text).join()).not.toMatch(/stranier|immigra|DOC\./)
    // Who has only a telephone is work to do; who is not safe is nobody's to call.
    const calls = await sql<{ person_id: string; what: string }>(
      `select p.person_id, c.what from desk.call c join desk.appointment p on p.id = c.appointment_id where c.what = 'reminder'`,
    )
    expect(calls).toContainEqual({ person_id: by_phone, what: 'reminder' })
    expect(await (await town.as('operatore@demo.example')).page(desk.calls.href())).not.toContain('Nonsicura')
    await town.moveClock('0')
  })

  test('given on paper in Italian, Arabic and Chinese; who did not come is written down with a code', async () => {
    const operator = await town.as('operatore@demo.example')
    const slots = (await free('digital')).map(({ key }) => key)
    for (const [at, [lang, words]] of (
      [
        ['it', 'Iltuocodice'],
        ['ar', 'رمزك'],
        ['zh', '您的代码'],
      ] as const
    ).entries()) {
      const given = await operator.submit(desk.give.href({}, { tipo: 'digital' }), {
        slot: slots[at] as string,
        called_as: 'Carta',
        lang,
      })
      const appointment = (given.headers.get('location') ?? '').split('/').at(-1) as string
      const answer = await operator.submit(
        desk.slip.href({ appointment }),
        {},
        { on: desk.appointment.href({ appointment }) },
      )
      const bytes = new Uint8Array(await answer.arrayBuffer())
      if (screenshots) writeFileSync(`${screenshots}/slip-${lang}.pdf`, bytes)
      expect([infoOf(bytes).Tagged, lettersOf(bytes).normalize('NFKC').includes(words)]).toEqual(['yes', true])
      const code = /[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(lettersOf(bytes))?.[0] as string
      expect((await town.visitor().get(booking.mine.href({ l: lang, code }))).status).toBe(200)
    }
    expect(
      (
        await operator.submit(desk.give.href({}, { tipo: 'digital' }), {
          slot: slots[0] as string,
          called_as: 'Secondo',
        })
      ).status,
    ).toBe(422)
    const [row] = await sql<{ id: string; opening_id: string; at: string }>(
      `select id, opening_id, ((on_day + starts_at) at time zone 'Europe/Rome' - now() + interval '10 minutes')::text as at from desk.appointment where called_as = 'Carta' order by on_day, starts_at limit 1`,
    )
    const at = { opening: row?.opening_id as string, appointment: row?.id as string }
    const missed = (who: typeof operator) =>
      who.submit(desk.missed.href(at), { why: 'told_late' }, { on: desk.work.href({ opening: at.opening }) })
    expect((await missed(operator)).status).toBe(422)
    await town.moveClock(row?.at as string)
    expect((await missed(await town.as('operatore@demo.example'))).status).toBe(303)
    expect(await sql('select missed_why from desk.appointment where id = $1', [row?.id])).toEqual([
      { missed_why: 'told_late' },
    ])
    await town.moveClock('0')
  })
})
