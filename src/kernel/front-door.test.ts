import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser, openTestHouse } from '../../test/kit/house.ts'
import workshopModule, { prepareWorkshop, workshop } from '../../test/kit/workshop.tsx'
import { buildHttp } from './http.ts'
import { languages } from './i18n.ts'
import { root } from './root.ts'
import { patience } from './serve.ts'

const town = await openTestHouse({ also: [workshopModule], env: { METRICS_TOKEN: 'solo-per-il-monitoraggio' } })
const operator = await town.as('operatore@demo.example')
const visitor = town.visitor()
beforeAll(() => prepareWorkshop(town.house.owner_pool))

const asset = () => {
  const name = readdirSync(join(root, 'dist/assets')).find((one) => one.endsWith('.css')) as string
  return `/assets/${name}`
}

/** Every kind of answer there is, and how to get it. */
const answers: Record<string, () => Promise<Response>> = {
  '200 of a staff page': () => operator.get(workshop.list.href()),
  '200 of a public page': () => visitor.get(workshop.open.href({ l: 'it' })),
  '303 of a form': () => operator.submit(workshop.list.href(), { what: 'pane' }),
  '303 to sign in': () => visitor.get(workshop.list.href()),
  '304 of a public page': async () =>
    visitor.get(workshop.open.href({ l: 'it' }), {
      'if-none-match': (await visitor.get(workshop.open.href({ l: 'it' }))).headers.get('etag') ?? '',
    }),
  '403 of a role': async () => (await town.as('docente@demo.example')).get(workshop.list.href()),
  '403 of another site': () => operator.post(workshop.list.href(), { what: 'x' }, { 'sec-fetch-site': 'cross-site' }),
  '404 of nothing': () => visitor.get('/it/niente/di/niente'),
  '405 of a method': async () =>
    town.http.request(`http://localhost${workshop.list.href()}`, { method: 'PUT', headers: { host: 'localhost' } }),
  '413 of too much': () => operator.post(workshop.list.href(), { what: 'x'.repeat(300_000) }),
  '421 of a host': async () => town.http.request('http://evil.example/it', { headers: { host: 'evil.example' } }),
  '422 of a form': () => operator.submit(workshop.list.href(), { what: 'rotto' }),
  '500 of a crash': () => operator.get(workshop.crash.href()),
  '200 of the health': () => visitor.get('/healthz'),
  '200 of the metrics': () => visitor.get('/metrics'),
  '200 of an asset': () => visitor.get(asset()),
  '404 of an asset': () => visitor.get('/assets/niente.css'),
  '302 of the root': () => visitor.get('/'),
}

describe('every answer carries the headers that protect', () => {
  test.each(Object.keys(answers))('%s', async (kind) => {
    const answer = await (answers[kind] as () => Promise<Response>)()
    expect(answer.status).toBe(Number(kind.slice(0, 3)))
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    for (const word of [
      "script-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ])
      expect(policy).toContain(word)
    expect(policy).not.toMatch(/unsafe-|\*|data:|http:/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('referrer-policy')).toBeTruthy()
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(answer.headers.get('strict-transport-security')).toMatch(
      /max-age=(3[1-9]\d{6}|[4-9]\d{7}); includeSubDomains/,
    )
    expect(answer.headers.has('x-powered-by')).toBe(false)
    expect(answer.headers.has('server')).toBe(false)
    const cookie = answer.headers.get('set-cookie')
    if (cookie) expect(cookie).toMatch(/^__Host-/)
    if (kind.includes('public') || kind.includes('asset')) expect(cookie).toBeNull()
    if (kind.includes('staff') || kind.includes('form')) expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

test('the one cookie is __Host-, Secure, HttpOnly, SameSite and has no Domain', async () => {
  const answer = await town.visitor().post('/staff/accesso', {
    email: 'operatore@demo.example',
    password: 'prova-di-notte-2026',
  })
  expect(answer.status).toBe(303)
  expect(answer.headers.getSetCookie()).toHaveLength(1)
  expect(answer.headers.get('set-cookie')).toMatch(
    /^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=(Lax|Strict)$/,
  )
})

test('a crash says nothing of itself: a page with a number, and the change is undone', async () => {
  const answer = await operator.get(workshop.crash.href(), { 'accept-language': 'it' })
  const page = await answer.text()
  expect(page).not.toMatch(/motore|rotto|\.tsx?|at .*:\d+|node_modules|Error/)
  expect(page).toMatch(/[0-9a-f]{8}/)
  const { rows } = await town.house.owner_pool.query(`select what from workshop.line where what = 'mai'`)
  expect(rows).toEqual([])
})

test('a refusal speaks the language of the reader', async () => {
  const english = { 'accept-language': 'en-GB,en;q=0.9' }
  const inLanguage = async (answer: Promise<Response>) => /<html lang="(\w+)"/.exec(await (await answer).text())?.[1]
  // The account's where somebody is signed in, whatever the browser of a shared computer says.
  for (const path of ['/staff/niente', '/staff/lingue', workshop.crash.href()])
    expect([path, await inLanguage(operator.get(path, english))]).toEqual([path, 'it'])
  expect(await inLanguage(visitor.get('/staff/niente', english))).toBe('en')
  const arabic = await (await visitor.get('/ar/niente')).text()
  expect(arabic).toMatch(/<html lang="ar" dir="rtl"/)
})

test('a script or a style travels squeezed, and is kept for ever', async () => {
  const answer = await visitor.get(asset(), { 'accept-encoding': 'gzip, br' })
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  expect(answer.headers.get('cache-control')).toContain('immutable')
})

test('a language is only what stands first in an address, whole', async () => {
  for (const lang of languages) {
    const page = workshop.open.href({ l: lang })
    expect([page, (await visitor.get(page)).status]).toEqual([page, 200])
    for (const path of [`/staff${page}`, `/x${page.slice(1)}`, page.replace(lang, `${lang}x`), `/staff/utenze/${lang}`])
      expect([path, (await operator.get(path)).status]).toEqual([path, path.startsWith('/staff/utenze') ? 403 : 404])
  }
})

describe('what a host, a path or a query may hold', () => {
  test.each([
    'evil.example',
    'localhost.evil.example',
    'localhost@evil.example',
    '127.0.0.1.evil.example',
    '',
    'evil.example:80',
    'localhost:80:80',
  ])('host %j is not answered', async (host) => {
    const answer = await town.http.request('http://localhost/it', {
      headers: { host, 'x-forwarded-host': 'localhost' },
    })
    expect(answer.status).toBe(421)
  })

  const hostile = [
    "'",
    '"',
    '%00',
    '%',
    '%zz',
    '%E0%A4%A',
    '..%2f..%2fetc%2fpasswd',
    '%3Cscript%3E',
    'x'.repeat(5000),
    '__proto__',
    'constructor',
    '%F0%9F%98%80',
    '%E2%80%AE',
    '0198c0de-0000-7000-8000-000000000000',
    '-1',
    '%0d%0aSet-Cookie:x=1',
    '1e999',
    'null',
    '%22%7D',
  ]
  test.each(hostile)('%j in a path or a query never breaks anything', async (text) => {
    for (const path of [
      workshop.item.href({ id: 'X' }).replace('X', text),
      `${workshop.list.href()}?bozza=${text}&${text}=1`,
      `/it/${text}`,
      `/assets/${text}`,
      `/it/officina?${text}`,
      `/staff/accesso?verso=${text}&bozza=${text}`,
    ]) {
      for (const browser of [operator, visitor]) {
        const answer = await browser.get(path)
        expect([answer.status < 500, path], `${answer.status} ${path}`).toEqual([true, path])
        expect(answer.headers.get('set-cookie')).toBeNull()
      }
    }
  })

  test('no file of the folder is given', async () => {
    for (const path of [
      '/assets/../package.json',
      '/assets/..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/assets/manifest.json',
      '/.git/config',
      '/src/main.ts',
      '/assets/',
      '/assets/%00.css',
    ])
      expect((await visitor.get(path)).status, path).toBe(404)
  })

  test('the style of the pages is that of the start, whatever is built beside', async () => {
    const look = { ...town.house.look, assets: new Map([['staff.of-then.css', Buffer.from('body{color:red}')]]) }
    const answer = await browser(buildHttp({ ...town.house, look })).get('/assets/staff.of-then.css')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
    expect(await answer.text()).toBe('body{color:red}')
  })

  test('TRACE, PUT, PATCH, DELETE are not answered', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'PROPFIND'])
      expect(
        (
          await town.http.request(`http://localhost${workshop.list.href()}`, {
            method,
            headers: { host: 'localhost', cookie: operator.cookie() },
          })
        ).status,
      ).toBe(405)
  })
})

describe('for machines', () => {
  let port: number
  // A hundredth of the house's patience, for the test of those who have more.
  const serverOptions = Object.fromEntries(Object.entries(patience).map(([what, ms]) => [what, ms / 100]))
  const server = serve({ fetch: town.http.fetch, port: 0, hostname: '0.0.0.0', serverOptions }, (info) => {
    port = info.port
  })
  afterAll(() => void server.close())
  /** Over a real connection, whose other end the server sees. */
  const ask = (path: string, headers: Record<string, string> = {}, host = '127.0.0.1') =>
    new Promise<number>((done, fail) => {
      request({ host, port, path, headers: { host: 'localhost', ...headers } }, (answer) => {
        answer.resume()
        done(answer.statusCode ?? 0)
      })
        .on('error', fail)
        .end()
    })

  test('health and readiness', async () => {
    expect([await ask('/healthz'), await ask('/readyz')]).toEqual([200, 200])
  })

  test('the metrics are for this machine, or for whoever has the token', async () => {
    expect(await ask('/metrics')).toBe(200)
    expect(await ask('/metrics', { 'x-forwarded-for': '203.0.113.9' })).toBe(403)
    expect(await ask('/metrics', { forwarded: 'for=203.0.113.9' })).toBe(403)
    expect(
      await ask('/metrics', { 'x-forwarded-for': '203.0.113.9', authorization: 'Bearer solo-per-il-monitoraggio' }),
    ).toBe(200)
    expect(await ask('/metrics', { 'x-forwarded-for': '203.0.113.9', authorization: 'Bearer altro' })).toBe(403)
    const elsewhere = { incoming: { socket: { remoteAddress: '203.0.113.9' } } }
    expect(
      (
        await town.http.request(
          'http://localhost/metrics',
          { headers: { host: 'localhost', 'x-forwarded-for': '127.0.0.1' } },
          elsewhere,
        )
      ).status,
    ).toBe(403)
    expect(
      (
        await town.http.request(
          'http://localhost/metrics',
          { headers: { host: 'localhost', authorization: 'Bearer solo-per-il-monitoraggio' } },
          elsewhere,
        )
      ).status,
    ).toBe(200)
  })

  test('whoever says nothing, or sends a request drop by drop, is sent away and keeps nobody waiting', async () => {
    const beginnings = [
      '',
      'GET /it/officina HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
      'POST /staff/accesso HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nemail=',
    ]
    const slow = beginnings.flatMap((said) =>
      Array.from({ length: 100 }, () => {
        const socket = connect(port, '127.0.0.1')
        socket.write(said)
        const drops = said && setInterval(() => socket.write('a'), 20)
        const sentAway = new Promise<void>((away) => socket.once('close', () => away()))
        socket
          .on('error', () => {})
          .on('close', () => clearInterval(drops || undefined))
          .resume()
        return { arrived: once(socket, 'connect'), sentAway }
      }),
    )
    await Promise.all(slow.map(({ arrived }) => arrived))
    const { app_pool } = town.house
    expect(await ask(workshop.open.href({ l: 'it' }))).toBe(200)
    expect(await ask(workshop.list.href(), { cookie: operator.cookie() })).toBe(200)
    expect(app_pool.totalCount - app_pool.idleCount).toBe(0)
    await Promise.all(slow.map(({ sentAway }) => sentAway))
  })

  test('the metrics name routes by their pattern, never by what stands in an address', async () => {
    await operator.get(workshop.item.href({ id: '0198c0de-0000-7000-8000-00000000beef' }))
    await visitor.get('/it/nome-cognome-segreto')
    const text = await (await visitor.get('/metrics')).text()
    expect(text).toContain('route="/staff/officina/voci/:id"')
    expect(text).not.toMatch(/beef|nome-cognome/)
  })
})

test('a public address that leads nowhere offers to search; one of the staff does not', async () => {
  const lost = await (await visitor.get('/ar/niente')).text()
  expect(lost).toMatch(/<html lang="ar"[\s\S]*<form method="get" action="\/ar\/cerca"[\s\S]*name="q"/)
  expect(await (await operator.get('/staff/niente')).text()).not.toContain('name="q"')
})
