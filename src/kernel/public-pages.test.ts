import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import workshopModule, { prepareWorkshop, spy, workshop } from '../../test/kit/workshop.tsx'
import { openBytesCache } from './bytes-cache.ts'
import { publish } from './events.ts'
import { listenTo } from './listen.ts'

const town = await openTestHouse({ also: [workshopModule] })
await prepareWorkshop(town.house.owner_pool)
const twin = await openTestHouse({ also: [workshopModule], beside: town.database })
const visitor = town.visitor()
const path = workshop.open.href({ l: 'it' })
const ears = [town, twin].map(({ house, database }) =>
  listenTo(database.owner_url, { public_changed: (ambito_id) => house.cache.drop(ambito_id) }, () => {}),
)
beforeAll(() => Promise.all(ears.map(({ ready }) => ready)))
afterAll(() => Promise.all(ears.map((ear) => ear.close())))

const write = (what: string, slug = 'lodi') =>
  town.house.owner_pool.query(
    `insert into workshop.line (ambito_id, what) select id, $1 from territory.ambito where slug = $2`,
    [what, slug],
  )
const announce = (slug = 'lodi') => town.inCtx(async (ctx) => publish(ctx), slug)
const shows = async (house = town, host = 'localhost') =>
  /<h1[^>]*>[\s\S]*?<\/h1>([\s\S]*?)<\/main>/
    .exec(await (await house.http.request(`http://${host}${path}`, { headers: { host } })).text())?.[1]
    ?.replaceAll(/<[^>]*>|\s/g, '') ?? ''

/** Until this process has heard of what was published. */
async function heard(publishing: () => Promise<unknown>, slug = 'lodi') {
  const id = await town.inCtx(async (ctx) => ctx.ambito_id, slug)
  const before = town.house.cache.generation(id)
  await publishing()
  await expect.poll(() => town.house.cache.generation(id)).toBeGreaterThan(before)
}

let number = 0
beforeEach(async () => {
  spy.beforeOpenPage = async () => {}
  await town.house.owner_pool.query('delete from workshop.line')
  await write(`voce${++number}`)
  await announce()
  await expect.poll(() => shows()).toContain(`voce${number}`)
})

describe('a public page', () => {
  test('is made once, and kept until something is published', async () => {
    await write('nuova')
    expect(await shows()).not.toContain('nuova')
    await announce()
    await expect.poll(() => shows()).toContain('nuova')
  })

  test('is dropped by what another process publishes', async () => {
    await expect.poll(() => shows(twin)).toContain(`voce${number}`)
    await write('dal-gemello')
    expect(await shows(twin)).not.toContain('dal-gemello')
    await announce()
    await expect.poll(() => shows(twin)).toContain('dal-gemello')
  })

  test('that was being made while something was published is not kept', async () => {
    await heard(() => announce())
    let go = () => {}
    const waits = new Promise<void>((done) => {
      go = done
    })
    let reached = () => {}
    const inside = new Promise<void>((done) => {
      reached = done
    })
    spy.beforeOpenPage = () => {
      reached()
      return waits
    }
    const old = shows()
    await inside
    await write('in-mezzo')
    await heard(() => announce())
    spy.beforeOpenPage = async () => {}
    go()
    expect(await old).not.toContain('in-mezzo')
    expect(await shows()).toContain('in-mezzo')
  })

  test('of one Ambito stays when another publishes, and is another at another host', async () => {
    await write('nascosta')
    await heard(() => announce('vicino'), 'vicino')
    expect(await shows()).not.toContain('nascosta')
    expect(await shows(town, 'vicino.localhost')).not.toContain(`voce${number}`)
  })

  test('is answered with 304 to whoever has it', async () => {
    const first = await visitor.get(path)
    const etag = first.headers.get('etag') as string
    expect(etag).toMatch(/^"[\w-]{22}"$/)
    for (const sent of [etag, `"altro", ${etag}`, `W/${etag}`, '*']) {
      // As a program asks, and as a browser does.
      for (const encodings of ['identity', 'gzip, deflate, br']) {
        const again = await visitor.get(path, { 'if-none-match': sent, 'accept-encoding': encodings })
        expect([again.status, await again.text(), again.headers.get('etag')], sent).toEqual([304, '', etag])
      }
    }
    expect((await visitor.get(path, { 'if-none-match': '"altro"' })).status).toBe(200)
  })

  test('comes as Brotli, gzip or plain, the same in each', async () => {
    const plain = Buffer.from(await (await visitor.get(path, { 'accept-encoding': 'identity' })).arrayBuffer())
    const br = await visitor.get(path, { 'accept-encoding': 'gzip, deflate, br' })
    const gz = await visitor.get(path, { 'accept-encoding': 'gzip' })
    const refusing = await visitor.get(path, { 'accept-encoding': 'br;q=0, gzip;q=0' })
    expect([
      br.headers.get('content-encoding'),
      gz.headers.get('content-encoding'),
      refusing.headers.get('content-encoding'),
    ]).toEqual(['br', 'gzip', null])
    expect(brotliDecompressSync(Buffer.from(await br.arrayBuffer())).equals(plain)).toBe(true)
    expect(gunzipSync(Buffer.from(await gz.arrayBuffer())).equals(plain)).toBe(true)
    for (const answer of [br, gz]) expect(answer.headers.get('vary')).toContain('Accept-Encoding')
  })

  test('is the same bytes whoever asks: a session changes nothing', async () => {
    const operator = await town.as('operatore@demo.example')
    expect(await (await operator.get(path)).text()).toBe(await (await visitor.get(path)).text())
  })
})

describe('the shelf of pages', () => {
  const keep = (cache: ReturnType<typeof openBytesCache>, key: string, size: number) =>
    cache.keep(key, 'a', 0, new Uint8Array(size).fill(65), {})

  test('has an end: made-up queries push out the oldest pages, not the memory', async () => {
    const cache = openBytesCache({ most_bytes: 100_000 })
    for (let at = 0; at < 50; at++) await keep(cache, `page ${at}`, 10_000)
    expect(cache.find('page 49')).toBeDefined()
    expect(cache.find('page 0')).toBeUndefined()
    expect(cache.bytes()).toBeLessThanOrEqual(100_000)
    cache.drop('a')
    expect(cache.bytes()).toBe(0)
  })

  test('counts a page kept twice once', async () => {
    const cache = openBytesCache()
    await keep(cache, 'page', 1000)
    const once = cache.bytes()
    await keep(cache, 'page', 1000)
    expect(cache.bytes()).toBe(once)
  })
})
