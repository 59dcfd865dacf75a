import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { command } from '../../test/kit/command.ts'
import { openTestHouse } from '../../test/kit/house.ts'
import { changedTables, rowPrints } from '../../test/kit/rows.ts'
import workshopModule, { prepareWorkshop, spy, workshop } from '../../test/kit/workshop.tsx'

const town = await openTestHouse({ also: [workshopModule] })
const operator = await town.as('operatore@demo.example')
const list = workshop.list.href()
beforeAll(() => prepareWorkshop(town.house.owner_pool))
beforeEach(async () => {
  spy.inside = async () => {}
  await town.house.owner_pool.query('delete from workshop.line')
})

const written = async () =>
  (await town.house.owner_pool.query<{ what: string }>('select what from workshop.line order by id')).rows.map(
    ({ what }) => what,
  )
const prints = () => rowPrints(town.house.owner_pool)

describe('a form', () => {
  test('that is right does its thing and leads on with 303', async () => {
    const answer = await operator.submit(list, { what: 'pane' })
    expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([
      303,
      list,
      'no-store',
    ])
    expect(await written()).toEqual(['pane'])
  })

  test('that is wrong comes back with 422, what was typed, and a summary that leads to each field', async () => {
    const before = await prints()
    const answer = await operator.submit(list, { what: 'rotto', many: '11', on: '2026-02-30' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    for (const kept of ['value="rotto"', 'value="11"', 'value="2026-02-30"']) expect(page).toContain(kept)
    const summary = /<div[^>]*data-summary[\s\S]*?<\/ul>/.exec(page)?.[0] ?? ''
    const targets = [...summary.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(targets).toHaveLength(2)
    for (const id of targets) expect(page).toContain(`id="${id}"`)
    expect(page).toMatch(/aria-invalid="true"/)
    expect(changedTables(before, await prints(), ['kernel.session', 'kernel.audit', 'kernel.audit_head'])).toEqual([])
  })

  test('refused by a rule comes back the same way, with nothing written and its marks still good', async () => {
    const marks = await operator.hidden(list)
    const refused = await operator.post(list, { ...marks, what: 'rotto' })
    expect([refused.status, await written()]).toEqual([422, []])
    expect(await refused.text()).toContain('value="rotto"')
    expect((await operator.post(list, { ...marks, what: 'intero' })).status).toBe(303)
    expect(await written()).toEqual(['intero'])
  })

  test('finds the disk nearly full: nothing is written and all is read, until there is room', async () => {
    const { config } = town.house
    const marks = await operator.hidden(list)
    const { room_mb } = config
    config.room_mb = Number.POSITIVE_INFINITY
    try {
      const refused = await operator.post(list, { ...marks, what: 'farina' })
      expect([refused.status, await written()]).toEqual([503, []])
      expect(await refused.text()).toMatch(/lo spazio è quasi finito[\s\S]*value="farina"/)
      expect((await operator.get(list)).status).toBe(200)
      const account = { email: 'operatore@demo.example', password: 'prova-di-notte-2026' }
      expect((await town.visitor().post('/staff/accesso', account)).status).toBe(303)
      const doctor = await command(town, 'doctor')
      expect([doctor.status, doctor.out]).toEqual([1, expect.stringMatching(/^bad +folder/m)])
    } finally {
      config.room_mb = room_mb
    }
    expect((await operator.post(list, { ...marks, what: 'farina' })).status).toBe(303)
    expect(await written()).toEqual(['farina'])
  })

  test('sent twice, one after the other, is done once and answered the same', async () => {
    const marks = await operator.hidden(list)
    const answers = [
      await operator.post(list, { ...marks, what: 'sale' }),
      await operator.post(list, { ...marks, what: 'sale' }),
    ]
    expect(answers.map((answer) => [answer.status, answer.headers.get('location')])).toEqual([
      [303, list],
      [303, list],
    ])
    expect(await written()).toEqual(['sale'])
  })

  test('sent ten times at once is done once and answered the same', async () => {
    for (let round = 0; round < 5; round++) {
      const marks = await operator.hidden(list)
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => operator.post(list, { ...marks, what: `riso ${round}` })),
      )
      expect(new Set(answers.map((answer) => `${answer.status} ${answer.headers.get('location')}`))).toEqual(
        new Set([`303 ${list}`]),
      )
    }
    expect(await written()).toEqual([0, 1, 2, 3, 4].map((round) => `riso ${round}`))
  })

  test('announces its fact once, however often it is sent', async () => {
    await town.settle()
    spy.heard.length = 0
    const marks = await operator.hidden(list)
    await Promise.all(Array.from({ length: 10 }, () => operator.post(list, { ...marks, what: 'olio' })))
    await town.settle()
    expect(spy.heard).toHaveLength(2)
  })

  test('that answers with a page answers with it again when the browser sends it again', async () => {
    const marks = await operator.hidden(workshop.search.href())
    for (const _ of [1, 2]) {
      const answer = await operator.post(workshop.search.href(), { ...marks, what: 'ago' })
      expect([answer.status, (await answer.text()).includes('>ago<')]).toEqual([200, true])
    }
  })

  test('of another Ambito is a conflict', async () => {
    const neighbour = await town.as('operatore@vicino.example')
    const theirs = await neighbour.hidden(list)
    const before = await prints()
    const answer = await operator.post(list, { ...theirs, what: 'altrui' })
    expect(answer.status).toBe(409)
    expect(changedTables(before, await prints(), ['kernel.session', 'kernel.audit', 'kernel.audit_head'])).toEqual([])
  })

  test('with the mark of somebody else, or with no mark of ours, is a conflict', async () => {
    const lawyer = await town.as('self@demo.example')
    const marks = await operator.hidden(list)
    expect((await operator.post(list, { ...marks, what: 'mio' })).status).toBe(303)
    expect((await lawyer.post('/staff/io/lingua', { ...marks, lang: 'it' })).status).toBe(409)
    expect((await operator.post(list, { ...marks, _once: "'; drop table x --", what: 'mio' })).status).toBe(409)
    expect((await operator.post(list, { ...marks, _once: '-'.repeat(36), what: 'mio' })).status).toBe(409)
    expect(await written()).toEqual(['mio'])
  })

  test('too large is refused with 413, whether it says its length or not', async () => {
    const marks = await operator.hidden(list)
    expect((await operator.post(list, { ...marks, what: 'x'.repeat(300_000) })).status).toBe(413)
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(`what=${'y'.repeat(100_000)}&`))
        if (++sent === 6) controller.close()
      },
    })
    let sent = 0
    const streamed = await town.http.request(`http://localhost${list}`, {
      method: 'POST',
      body,
      headers: { host: 'localhost', cookie: operator.cookie(), 'content-type': 'application/x-www-form-urlencoded' },
      duplex: 'half',
    } as RequestInit)
    expect(streamed.status).toBe(413)
    expect(await written()).toEqual([])
  })

  test('with a damaged body is refused, never a crash', async () => {
    const send = (type: string, body: string) =>
      town.http.request(`http://localhost${list}`, {
        method: 'POST',
        body,
        headers: { host: 'localhost', cookie: operator.cookie(), 'content-type': type },
      })
    expect((await send('multipart/form-data; boundary=x', '--y\r\nbroken')).status).toBe(422)
    expect((await send('multipart/form-data', 'no boundary')).status).toBe(422)
    expect((await send('application/x-www-form-urlencoded; charset=utf-16', '%E0%A4%A&what=%')).status).toBe(303)
    expect((await send('application/json', '{"what":"pane"}')).status).toBe(403)
  })
})
