import { beforeAll, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { feastsIn, isClosed, organisations, places } from './actions.ts'

const house = await openTestHouse()
let office: Awaited<ReturnType<typeof house.as>>
let operator: typeof office
beforeAll(async () => {
  await house.moveClock(`${Date.parse('2026-11-23T09:00:00Z') - Date.now()} milliseconds`)
  office = await house.as('progetto@demo.example')
  operator = await house.as('operatore@demo.example')
})
const idOf = async (name: string) =>
  (await house.inCtx((ctx) => organisations(ctx, { ended: true }))).find((one) => one.name === name)?.id as string

test('the operator reads where the residents of San Colombano go, and changes nothing', async () => {
  const page = await operator.page('/staff/territorio')
  expect(page).toContain('61 Comuni')
  expect(page).toMatch(/San Colombano al Lambro[\s\S]*?Questura di Milano/)
  expect(page).not.toContain('/uffici')
  expect((await operator.get('/staff/territorio/comuni/015191/uffici')).status).toBe(403)
  expect((await operator.post('/staff/territorio/enti/nuovo', { name: 'x', kind: 'other' })).status).toBe(403)
})

test('the office names one more body for a Comune', async () => {
  const path = '/staff/territorio/comuni/098019/uffici'
  const now = [...(await office.page(path)).matchAll(/value="([0-9a-f-]{36})" checked/g)].map(([, id]) => id as string)
  expect(now).toHaveLength(2)
  const answer = await office.submit(path, { offices: [...now, await idOf('CPIA Lodi')] })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/staff/territorio'])
  const page = await office.page('/staff/territorio')
  expect(page).toMatch(/Codogno[\s\S]{0,400}?CPIA Lodi/)
  expect(page).toContain('Uffici salvati')
  expect((await office.get('/staff/territorio/comuni/999001/uffici')).status).toBe(404)
})

test('an organisation is added, found, given an agreement, taken out and put back', async () => {
  const added = await office.submit('/staff/territorio/enti/nuovo', {
    name: 'Scuola <b>Prova</b>',
    kind: 'school',
    comune: '098019',
    phone: '0371 12345',
    website: 'javascript:alert(1)',
  })
  expect(added.status).toBe(303)
  const path = added.headers.get('location') as string
  const page = await office.page(path)
  expect(page).toContain('Scuola &lt;b&gt;Prova&lt;/b&gt;')
  expect(page).not.toContain('href="javascript:')

  const again = await office.submit('/staff/territorio/enti/nuovo', { name: 'scuola <b>prova</b>', kind: 'school' })
  expect(again.status).toBe(422)
  expect(await again.text()).toContain('In rubrica c’è già questo nome'.replace('’', '&#39;'))

  expect(await office.page('/staff/territorio/enti?nome=prova&tipo=school')).toContain('1 ente')
  expect(
    (
      await office.submit(`${path}/accordi/nuovo`, {
        subject: 'Mediazione',
        starts_on: '2026-09-01',
        ends_on: '2026-08-01',
      })
    ).status,
  ).toBe(422)
  expect(
    (
      await office.submit(`${path}/accordi/nuovo`, {
        subject: 'Mediazione',
        starts_on: '2026-09-01',
        act: 'det. 12/2026',
      })
    ).status,
  ).toBe(303)
  expect(await office.page(path)).toMatch(/Mediazione[\s\S]*?senza scadenza[\s\S]*?det\. 12\/2026/)

  expect((await office.submit(`${path}/uscita`, {}, { on: path })).status).toBe(303)
  expect(await office.page('/staff/territorio/enti?nome=prova')).toContain('0 enti')
  expect(await office.page('/staff/territorio/enti?nome=prova&usciti=1')).toContain('1 ente')
  expect((await office.submit(`${path}/rientro`, {}, { on: path })).status).toBe(303)
  expect(await office.page('/staff/territorio/enti?nome=prova')).toContain('1 ente')
})

test('a place is added, changed and closed', async () => {
  expect(
    (
      await office.submit('/staff/territorio/luoghi/nuovo', {
        name: 'Sala prova',
        address: 'Via Roma 1',
        accessible: 'yes',
      })
    ).status,
  ).toBe(303)
  const place = (await house.inCtx(places)).find(({ name }) => name === 'Sala prova')
  const path = `/staff/territorio/luoghi/${place?.id}`
  expect(
    (await office.submit(path, { name: 'Sala prova', address: 'Via Roma 2', comune: '098019', accessible: 'partly' }))
      .status,
  ).toBe(303)
  expect(await office.page('/staff/territorio/luoghi')).toMatch(/Via Roma 2[\s\S]*?Codogno[\s\S]*?in parte/)
  expect((await office.submit(`${path}/fine`, {}, { on: path })).status).toBe(303)
  expect(await office.page('/staff/territorio/luoghi')).not.toContain('Sala prova')
})

test('closures: holidays are there, the office adds its own, a year at a time', async () => {
  expect(await operator.page('/staff/territorio/chiusure?anno=2027')).toMatch(/San Bassiano[\s\S]*?Lunedì dell/)
  expect(
    (
      await operator.submit(
        '/staff/territorio/chiusure',
        { from_day: '2027-08-09', name: 'Ferie', kind: 'summer' },
        { on: '/staff/territorio/chiusure?anno=2027' },
      )
    ).status,
  ).toBe(403)
  const added = await office.submit('/staff/territorio/chiusure', {
    from_day: '2027-08-09',
    to_day: '2027-08-21',
    name: 'Ferie',
    kind: 'summer',
  })
  expect(added.headers.get('location')).toBe('/staff/territorio/chiusure?anno=2027')
  const page = await office.page('/staff/territorio/chiusure?anno=2027')
  expect(page).toContain('Ferie')
  expect(await office.page('/staff/territorio/chiusure?anno=2028')).not.toContain('Ferie')
  expect(
    (
      await office.submit('/staff/territorio/chiusure', {
        from_day: '2027-08-09',
        to_day: '2027-08-01',
        name: 'Ferie',
        kind: 'summer',
      })
    ).status,
  ).toBe(422)
  const removal = /action="(\/staff\/territorio\/chiusure\/[0-9a-f-]{36}\/ritiro)"[\s\S]{0,600}?Ferie/.exec(page)
  const ids = [...page.matchAll(/action="(\/staff\/territorio\/chiusure\/[0-9a-f-]{36}\/ritiro)"/g)].map(
    ([, action]) => action as string,
  )
  expect(removal && ids.length).toBe(2)
  expect((await office.submit(ids[1] as string, {}, { on: '/staff/territorio/chiusure?anno=2027' })).status).toBe(303)
  expect(await office.page('/staff/territorio/chiusure?anno=2027')).not.toContain('Ferie')
})

test('school holidays are the Region’s until somebody writes those of here, and close nothing', async () => {
  const path = '/staff/territorio/chiusure?anno=2027'
  const coordinator = await house.as('coordinatrice@demo.example')
  const names = /Vacanze di carnevale|Carnevale a scuola|Vacanze scolastiche d’estate/g
  const shown = async () => [...new Set((await coordinator.page(path)).match(names))]
  expect(await coordinator.page(path)).toContain('IX/3318')
  expect(await shown()).toEqual(['Carnevale a scuola', 'Vacanze scolastiche d’estate'])
  const own = { from_day: '2027-02-11', to_day: '2027-02-13', name: 'Vacanze di carnevale', kind: 'school' }
  expect((await coordinator.submit('/staff/territorio/chiusure', own)).status).toBe(303)
  expect(await shown()).toEqual(['Vacanze di carnevale', 'Vacanze scolastiche d’estate'])
  const [closed, feasts] = await house.inCtx(async (ctx) => [
    await isClosed(ctx, '2027-02-12'),
    (await feastsIn(ctx, '2027-02-01', '2027-02-28')).map(({ name }) => name),
  ])
  expect(closed).toBe(false)
  expect(feasts).toContain('Vacanze di carnevale')
  expect(feasts).not.toContain('Carnevale a scuola')
})

test('the neighbour has its own territory', async () => {
  const there = await house.as('operatore@vicino.example')
  const page = await there.page('/staff/territorio')
  expect(page).toContain('5 Comuni')
  expect(page).not.toContain('Codogno')
  expect((await there.get(`/staff/territorio/enti/${await idOf('CPIA Lodi')}`)).status).toBe(404)
})
