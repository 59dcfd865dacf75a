import { beforeAll, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { dueToday } from './actions/calendar.ts'
import { logosOfFrame } from './actions/logos.ts'
import {
  attachReference,
  certificateThreshold,
  projectOf,
  referencesOf,
  rowsOf,
  settingOf,
  settingWithMark,
  targets,
} from './actions.ts'

const house = await openTestHouse()
let office: Awaited<ReturnType<typeof house.as>>
let operator: typeof office
let admin: typeof office
beforeAll(async () => {
  await house.moveClock(`${Date.parse('2026-11-23T09:00:00Z') - Date.now()} milliseconds`)
  office = await house.as('progetto@demo.example')
  operator = await house.as('operatore@demo.example')
  admin = await house.as('admin@demo.example')
})
const project = () => house.inCtx(projectOf)
const euro = (text: string) => text.replaceAll('\u00a0', ' ')

test('the project is the one of the text, to the cent and to the day', async () => {
  expect(await project()).toMatchObject({
    starts_on: '2025-09-25',
    ends_on: '2028-09-24',
    total_cents: 23_717_000,
    contribution_cents: 23_717_000,
    lead: 'Regione Lombardia',
    contact: 'progetti.fami@ufficiodipiano.lodi.it',
    cup: '',
  })
  const page = euro(await operator.page('/staff/progetto'))
  expect(page).toContain('237.170,00 €')
  expect(page).toContain('da avere dalla Regione')
  expect(page).toContain('Mese')
  expect(page).not.toContain('/staff/progetto/dati')
  expect((await operator.get('/staff/progetto/dati')).status).toBe(403)
})

test('targets: known from the text, assumed where we guessed, unknown where nobody said', async () => {
  const all = new Map(
    (await house.inCtx((ctx) => targets(ctx, '2028-09-24'))).map((target) => [target.indicator, target]),
  )
  const value = (indicator: string) => all.get(indicator)?.value
  expect([value('P.A1.01'), value('P.A1.03'), value('P.A1.05'), value('P.A2.01'), value('P.A2.02')]).toEqual([
    36, 2, 2, 2, 1,
  ])
  expect(all.get('P.A3.01')).toMatchObject({ value: 135, assumed: true, expected: 135 })
  expect(all.get('O.2.3')).toMatchObject({ value: null, expected: null })
  expect(await operator.page('/staff/progetto')).toContain('da definire con la Regione')
  expect((await house.inCtx(rowsOf)).map(({ code }) => code)).toEqual([
    'M0',
    'M1.1',
    'M1.2',
    'M1.3',
    'M2.1',
    'M2.2',
    'M2.3',
    'M2.4',
    'M2.5',
    'M3.1',
    'M3.2',
    'M4.1',
    'M4.2',
    'M5',
  ])
})

test('a target is a new dated row; what held before is still known', async () => {
  const path = '/staff/progetto/obiettivi/O.2.3'
  expect(
    (await office.submit(path, { value: '300', valid_from: '2026-07-01', spread: 'linear', note: 'piano firmato' }))
      .status,
  ).toBe(303)
  expect(
    (
      await office.submit(path, {
        value: '400',
        valid_from: '2027-01-01',
        spread: 'steps',
        steps: '30/06/2027 150\n24/09/2028 400',
        note: 'rimodulazione 1',
      })
    ).status,
  ).toBe(303)
  const on = async (day: string) =>
    (await house.inCtx((ctx) => targets(ctx, day))).find(({ indicator }) => indicator === 'O.2.3')
  expect(await on('2026-06-30')).toMatchObject({ value: null, expected: null })
  expect(await on('2026-12-31')).toMatchObject({ value: 300, spread: 'linear' })
  expect(await on('2027-07-01')).toMatchObject({ value: 400, expected: 150 })
  const page = await office.page(path)
  expect(page).toMatch(/rimodulazione 1[\s\S]*piano firmato/)

  const bad = await office.submit(path, {
    value: '400',
    valid_from: '2027-01-01',
    spread: 'steps',
    steps: 'giugno 150',
  })
  expect(bad.status).toBe(422)
  const redrawn = await bad.text()
  expect(redrawn).toContain('Scrivi una riga per data')
  expect(redrawn).toContain('giugno 150')
  await expect(
    house.inCtx((ctx) => ctx.db.updateTable('programme.target').set({ value: 1 }).execute()),
  ).rejects.toThrow(/permission denied/)
})

test('an extension and a CUP are written with their reason, and the dates before stay', async () => {
  const page = await office.page('/staff/progetto/dati')
  expect(page).toContain('value="237170,00"')
  const now = {
    name: "FAMI Lab'Impact, 2a edizione",
    fund: 'FAMI',
    starts_on: '2025-09-25',
    lead: 'Regione Lombardia',
    partner: 'Azienda',
    contact: 'progetti.fami@ufficiodipiano.lodi.it',
  }
  const bad = await office.submit('/staff/progetto/dati', {
    ...now,
    ends_on: '2025-01-01',
    total: 'mille',
    contribution: '1',
    cup: 'breve',
  })
  expect(bad.status).toBe(422)
  expect(await bad.text()).toMatch(/La fine deve venire dopo[\s\S]*237\.170,00[\s\S]*15 caratteri/)
  const good = await office.submit('/staff/progetto/dati', {
    ...now,
    ends_on: '2029-03-24',
    total: '237.170,00',
    contribution: '237170',
    cup: 'e81j25000123456',
    note: 'proroga di sei mesi',
  })
  expect(good.status).toBe(303)
  const after = await office.page('/staff/progetto')
  expect(after).toMatch(/E81J25000123456/)
  expect(after).toMatch(/2028-09-24[\s\S]*?2029-03-24[\s\S]*?proroga di sei mesi/)
})

test('the calendar shows what is late and what comes, and forgets what is done', async () => {
  const late = { title: 'Rendiconto chiesto dalla Regione', due_on: '2026-01-15', kind: 'report', remind_days: '14' }
  expect((await office.submit('/staff/progetto/calendario/nuova', late)).status).toBe(303)
  const before = await house.inCtx(dueToday)
  expect(before).toMatchObject([
    { text: 'Una scadenza del progetto in ritardo', href: '/staff/progetto/calendario', count: 1 },
  ])
  const page = await office.page('/staff/progetto/calendario')
  expect(page).toContain('Fine della protezione temporanea')
  expect(page).toContain('Scheda di monitoraggio, 4° trimestre 2025')
  const [first] = [...page.matchAll(/action="(\/staff\/progetto\/calendario\/[0-9a-f-]{36}\/fatto)"/g)].map(
    ([, action]) => action as string,
  )
  expect((await office.submit(first as string, {}, { on: '/staff/progetto/calendario' })).status).toBe(303)
  expect(await house.inCtx(dueToday)).toEqual([])

  expect(
    (
      await office.submit('/staff/progetto/calendario/nuova', {
        title: 'Domanda intermedia',
        due_on: '2027-01-15',
        kind: 'claim',
        remind_days: '30',
      })
    ).status,
  ).toBe(303)
  const added = /calendario\/([0-9a-f-]{36})" aria-label="Cambia: Domanda intermedia"/.exec(
    await office.page('/staff/progetto/calendario'),
  )?.[1]
  const path = `/staff/progetto/calendario/${added}`
  expect(
    (await office.submit(path, { title: 'Domanda intermedia', due_on: '2027-01-20', kind: 'claim', remind_days: '30' }))
      .status,
  ).toBe(303)
  expect((await office.submit(`${path}/annullo`, {}, { on: path })).status).toBe(303)
  expect(await office.page('/staff/progetto/calendario')).not.toContain('Domanda intermedia')
  expect((await operator.get('/staff/progetto/calendario/nuova')).status).toBe(403)
})

test('a budget is a whole version; too much is refused, a wrong line is named', async () => {
  // Where nobody has written one yet.
  const neighbour = await house.as('operatore@vicino.example')
  expect(euro(await neighbour.page('/staff/progetto/bilancio'))).toContain('Il totale del progetto è 40.000,00 €')
  const lines = 'A1; Mediazione a chiamata; WP2; servizi esterni; 90.000,00\nA2; Operatori; WP2; personale; 100.000'
  const path = '/staff/progetto/bilancio/nuova-versione'
  expect(
    (
      await office.submit(path, {
        reason: 'prova',
        valid_from: '2026-01-01',
        lines: `${lines}\nA3; Troppo; WP1; viaggi; 50.000`,
      })
    ).status,
  ).toBe(422)
  expect(
    await (
      await office.submit(path, { reason: 'prova', valid_from: '2026-01-01', lines: `${lines}\nA3; ; WP1; viaggi; 1` })
    ).text(),
  ).toContain('La riga 3 non si legge')
  expect((await office.submit(path, { reason: 'Piano approvato', valid_from: '2026-01-01', lines })).status).toBe(303)
  const page = euro(await operator.page('/staff/progetto/bilancio'))
  expect(page).toMatch(/Mediazione a chiamata[\s\S]*190\.000,00 €[\s\S]*47\.170,00 €/)
  expect(await office.page(path)).toContain('A1; Mediazione a chiamata; WP2; servizi esterni; 90000,00')
})

test('a setting has a default marked as assumed until the administrator sets it', async () => {
  expect(await house.inCtx((ctx) => settingWithMark(ctx, certificateThreshold))).toEqual({
    value: 70,
    since: null,
    assumed: true,
  })
  const path = '/staff/progetto/impostazioni/programme.certificate_threshold'
  expect((await office.get(path)).status).toBe(403)
  expect(await office.page('/staff/progetto/impostazioni')).toContain('ipotesi')
  expect(await (await admin.submit(path, { value: '130', valid_from: '2026-09-01' })).text()).toContain('da 1 a 100')
  expect((await admin.submit(path, { value: '75', valid_from: '2026-09-01', note: 'linee guida' })).status).toBe(303)
  const on = (day: string) => house.inCtx((ctx) => settingOf(ctx, certificateThreshold, day))
  expect([await on('2026-08-31'), await on('2026-09-01')]).toEqual([70, 75])
  expect(await house.inCtx((ctx) => settingOf(ctx, certificateThreshold), 'vicino')).toBe(70)
  expect(await admin.page(path)).toContain('linee guida')
  expect((await admin.get('/staff/progetto/impostazioni/nessuna')).status).toBe(404)
  for (const [name, value] of [
    ['report_period', 'month'],
    ['screen_signature', 'yes'],
    ['last_payment_on', '2029-05-01'],
  ] as const)
    expect(
      (await admin.submit(`/staff/progetto/impostazioni/programme.${name}`, { value, valid_from: '2026-01-01' }))
        .status,
      name,
    ).toBe(303)
  expect(await office.page('/staff/progetto/impostazioni')).toContain('mese')
})

const svg = (inside = '') =>
  new File(
    [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><rect width="3" height="1"/>${inside}</svg>`],
    'logo.svg',
    { type: 'image/svg+xml' },
  )

test('logos: uploaded, in order, on every page; what runs is refused', async () => {
  const send = async (alt: string, file?: File) => {
    const data = new FormData()
    for (const [name, value] of Object.entries(await office.hidden('/staff/progetto/loghi'))) data.append(name, value)
    data.append('alt', alt)
    if (file) data.append('light', file)
    return office.post('/staff/progetto/loghi', data)
  }
  expect((await send('Senza file')).status).toBe(422)
  expect((await send('Cattivo', svg('<script>alert(1)</script>'))).status).toBe(422)
  expect((await send('Regione Lombardia', svg())).status).toBe(303)
  expect((await send("Ministero dell'Interno", svg())).status).toBe(303)
  const strip = await house.inCtx(logosOfFrame)
  expect(strip.map(({ alt, width, height }) => [alt, width, height])).toEqual([
    ['Regione Lombardia', 300, 100],
    ["Ministero dell'Interno", 300, 100],
  ])

  const id = /loghi\/([0-9a-f-]{36})/.exec(strip[1]?.src ?? '')?.[1] as string
  const file = await house.visitor().get(`/loghi/${id}/bw`)
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
  expect(await file.text()).toContain('<rect')
  expect((await house.visitor().get(`/loghi/${id}/altro`)).status).toBe(404)
  expect((await house.visitor().get('/loghi/nulla/light')).status).toBe(404)

  expect((await office.submit(`/staff/progetto/loghi/${id}/prima`, {}, { on: '/staff/progetto/loghi' })).status).toBe(
    303,
  )
  expect((await house.inCtx(logosOfFrame))[0]?.alt).toBe("Ministero dell'Interno")
  expect((await office.submit(`/staff/progetto/loghi/${id}`, { alt: 'Ministero' })).status).toBe(303)
  expect((await office.submit(`/staff/progetto/loghi/${id}/fine`, {}, { on: '/staff/progetto/loghi' })).status).toBe(
    303,
  )
  expect((await house.inCtx(logosOfFrame)).map(({ alt }) => alt)).toEqual(['Regione Lombardia'])
})

test('references hang on a thing, are checked, and can be withdrawn', async () => {
  const { id } = await project()
  const path = `/staff/riferimenti/programme.project/${id}`
  expect(await (await office.submit(path, { what: 'cig', number: '12', back: '/staff/progetto' })).text()).toContain(
    'Il CIG ha 10 caratteri',
  )
  const added = await office.submit(path, {
    what: 'act',
    number: '45/2026',
    dated: '2026-03-02',
    note: 'nomina',
    back: '/staff/progetto',
  })
  expect([added.status, added.headers.get('location')]).toEqual([303, '/staff/progetto'])
  expect(await office.page('/staff/progetto')).toMatch(/45\/2026[\s\S]{0,40}del 02\/03\/2026/)
  const away = await office.submit(path, { what: 'protocol', number: '1', back: 'https://evil.example/' })
  expect(away.headers.get('location')).toBe('/staff/progetto')
  await house.inCtx((ctx) =>
    attachReference(ctx, { kind: 'tavolo.meeting', thing_id: id, what: 'cig', number: 'a0b1-c2d3e4' }),
  )
  const [reference] = await house.inCtx((ctx) => referencesOf(ctx, 'tavolo.meeting', id))
  expect(reference?.number).toBe('A0B1C2D3E4')
  const here = `/staff/riferimenti/tavolo.meeting/${id}`
  expect((await office.submit(`${here}/${reference?.id}/ritiro`, {}, { on: here })).status).toBe(303)
  expect(await house.inCtx((ctx) => referencesOf(ctx, 'tavolo.meeting', id))).toEqual([])
  expect((await (await house.as('docente@demo.example')).get(here)).status).toBe(403)
})

test('the neighbour has a project of its own, and sees nothing of this one', async () => {
  const there = await house.as('operatore@vicino.example')
  const page = euro(await there.page('/staff/progetto'))
  expect(page).toContain('Progetto dimostrativo vicino')
  expect(page).toContain('40.000,00 €')
  expect(page).not.toContain('237.170')
  expect(page).not.toContain('45/2026')
})
