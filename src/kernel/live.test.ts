import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { address } from './address.ts'
import { NotFound } from './errors.ts'
import { openLive } from './live.ts'
import { module } from './module.ts'
import { router } from './routes.ts'

const text = new TextDecoder()
const reading = (stream: ReadableStream<Uint8Array>) => {
  const reader = stream.getReader()
  return { next: async () => text.decode((await reader.read()).value), leave: () => reader.cancel() }
}

describe('a stream', () => {
  test('says only that its own topic changed', async () => {
    const live = openLive()
    const page = reading(live.follow('ambito queue 1', Date.now() + 1))
    expect(await page.next()).toBe('retry: 3000\n\n')
    live.heard('ambito queue 2')
    live.heard('ambito queue 1')
    expect(await page.next()).toBe('event: changed\ndata: 1\n\n')
    await page.leave()
    live.heard('ambito queue 1')
  })

  test('tells at its beginning what changed after the page was made', async () => {
    const live = openLive()
    const made = Date.now()
    live.heard('ambito queue 1')
    const page = reading(live.follow('ambito queue 1', made))
    await page.next()
    expect(await page.next()).toContain('changed')
  })

  test('tells everybody when the connection to the database had been lost', async () => {
    const live = openLive()
    const page = reading(live.follow('ambito queue 1', Date.now() + 1))
    await page.next()
    live.missed()
    expect(await page.next()).toContain('changed')
  })

  test('ends when the process stops, and begins no more', async () => {
    const live = openLive()
    const page = reading(live.follow('ambito queue 1', Date.now() + 1))
    await page.next()
    live.close()
    expect(await page.next()).toBe('')
    const late = reading(live.follow('ambito queue 1', Date.now() + 1))
    await late.next()
    expect(await late.next()).toBe('')
  })
})

describe('its address', () => {
  let town: TestHouse
  const follow = address('/staff/prova/:list/cambiamenti')
  beforeAll(async () => {
    const routes = router()
    routes.changes(follow, 'signed_in', async (_ctx, { list }) => {
      if (list !== 'mine') throw new NotFound()
      return list
    })
    town = await openTestHouse({ also: [module({ name: 'prova', level: 3, needs: [], routes: routes.all })] })
  })
  const stream = { accept: 'text/event-stream' }

  test('asks who is there and what they may see', async () => {
    expect((await town.visitor().get(follow.href({ list: 'mine' }), stream)).status).toBe(303)
    const operator = await town.as('operatore@demo.example')
    expect((await operator.get(follow.href({ list: 'other' }), stream)).status).toBe(404)
    const answer = await operator.get(follow.href({ list: 'mine' }), stream)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    expect(answer.headers.get('content-encoding')).toBeNull()
    await answer.body?.cancel()
  })

  test('answers and ends for whoever does not ask for a stream', async () => {
    const operator = await town.as('operatore@demo.example')
    expect(await (await operator.get(follow.href({ list: 'mine' }))).text()).toBe('')
  })

  test('keeps nobody signed in: a page left alone does not renew the session', async () => {
    const operator = await town.as('operatore@demo.example')
    await town.moveClock('20 minutes')
    await (await operator.get(follow.href({ list: 'mine' }))).text()
    await operator.get('/staff/sportello', { 'x-live': '1' })
    await town.moveClock('31 minutes')
    expect((await operator.get('/staff/sportello')).status).toBe(303)
    await town.moveClock('0')
  })
})
