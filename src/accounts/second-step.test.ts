import { beforeEach, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { hashPassword } from './actions/hashing.ts'
import { codeAt, stepOf } from './rules/codes.ts'

const { house, http, visitor, moveClock } = await openTestHouse()
const password = 'zattera ombra violino neve'
const hash = await hashPassword(password)
const sql = <Row extends object = Record<string, never>>(text: string, values: unknown[] = []) =>
  house.owner_pool.query<Row>(text, values).then(({ rows }) => rows)

let people = 0
/** Somebody who really works here: no demonstration, so a second factor is asked. */
async function somebody() {
  const email = `persona${++people}@esempio.it`
  const [account] = await sql<{ id: string }>(
    `insert into accounts.account (email, name, password_hash) values ($1, 'Persona', $2) returning id`,
    [email, hash],
  )
  const id = account?.id as string
  await sql(
    `insert into accounts.role (ambito_id, account_id, role) select id, $1, 'operator' from territory.ambito where slug = 'lodi'`,
    [id],
  )
  return { id, email }
}

let ahead = 0
/** Each test has its own half minutes, so that a code of one is never a used code of another. */
beforeEach(() => forward())
async function forward() {
  ahead += 90
  await moveClock(`${ahead} seconds`)
}
async function secretOf(account_id: string) {
  const [app] = await sql<{ secret: string }>(
    'select secret from accounts.totp where account_id = $1 and ended_at is null',
    [account_id],
  )
  return app?.secret as string
}
async function codeNow(account_id: string, back = 0) {
  const [{ now } = { now: 0 }] = await sql<{ now: number }>('select extract(epoch from kernel.now())::float as now')
  return codeAt(
    await secretOf(account_id),
    stepOf(Temporal.Instant.fromEpochMilliseconds(Math.floor(now * 1000))) - back,
  )
}
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

async function withApp() {
  const who = await somebody()
  const browser = visitor()
  await browser.post('/staff/accesso', { email: who.email, password })
  const page = await (await browser.post('/staff/accesso/app', { code: await codeNow(who.id) })).text()
  await forward()
  return { ...who, codes: [...page.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code as string) }
}
async function atSecondStep(email: string) {
  const browser = visitor()
  const answer = await browser.post('/staff/accesso?verso=/staff/io', { email, password })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/staff/accesso/codice?verso=%2Fstaff%2Fio'])
  return { browser, code: (typed: string) => browser.post('/staff/accesso/codice?verso=/staff/io', { code: typed }) }
}

test('at the first sign-in the app is set up: QR, key, a code, eight recovery codes, and in', async () => {
  const who = await somebody()
  const browser = visitor()
  const answer = await browser.post('/staff/accesso?verso=/staff/io', { email: who.email, password })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/staff/accesso/app?verso=%2Fstaff%2Fio'])
  const held = browser.cookie()
  expect((await browser.get('/staff/io')).status).toBe(303)
  const page = await browser.page('/staff/accesso/app?verso=/staff/io')
  expect(page).toMatch(/<svg[^>]*role="img"[^>]*aria-label="Quadrato QR/)
  expect(page).not.toMatch(/ style=/)
  expect(page.replaceAll(' ', '')).toContain(await secretOf(who.id))
  const done = await browser.post('/staff/accesso/app?verso=/staff/io', { code: await codeNow(who.id) })
  const codes = await done.text()
  expect(done.status).toBe(200)
  expect(new Set([...codes.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code)).size).toBe(8)
  expect(codes).toContain('href="/staff/io"')
  expect(browser.cookie()).not.toBe(held)
  expect(await browser.page('/staff/io')).toContain('8 codici di recupero')
  const stored = JSON.stringify(await sql('select * from accounts.recovery_code where account_id = $1', [who.id]))
  expect(stored).not.toContain((/<code>([^<]+)/.exec(codes)?.[1] ?? '').replaceAll(' ', ''))
})

test('without the code nothing of the house can be seen, and the token of the first step is no session', async () => {
  const { email } = await withApp()
  const { browser } = await atSecondStep(email)
  for (const path of ['/staff/io', '/staff/utenze', '/staff/io/password'])
    expect((await browser.get(path)).status, path).toBe(303)
})

test('afterwards each sign-in asks for a code; the right one opens under a new token', async () => {
  const who = await withApp()
  const { browser, code } = await atSecondStep(who.email)
  const held = browser.cookie()
  const answer = await code(await codeNow(who.id))
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/staff/io'])
  expect(browser.cookie()).not.toBe(held)
  expect((await browser.get('/staff/io')).status).toBe(200)
  const again = await http.request('http://localhost/staff/accesso/codice', {
    headers: { host: 'localhost', cookie: held },
  })
  expect(await again.text()).toContain('Questo passaggio è finito')
})

test('the code of the half minute before is good, the one before it is not', async () => {
  const who = await withApp()
  expect((await (await atSecondStep(who.email)).code(await codeNow(who.id, 2))).status).toBe(422)
  expect((await (await atSecondStep(who.email)).code(await codeNow(who.id, 1))).status).toBe(303)
})

test('a code is used once, even by two browsers at the same moment', async () => {
  const who = await withApp()
  const code = await codeNow(who.id)
  const [one, other] = [await atSecondStep(who.email), await atSecondStep(who.email)]
  const answers = await Promise.all([one.code(code), other.code(code)])
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  expect((await (await atSecondStep(who.email)).code(code)).status).toBe(422)
  await forward()
  expect((await (await atSecondStep(who.email)).code(await codeNow(who.id))).status).toBe(303)
})

test('five wrong codes end the step: the right one comes too late', async () => {
  const who = await withApp()
  const { code } = await atSecondStep(who.email)
  const right = await codeNow(who.id)
  for (let at = 0; at < 4; at++) expect(await (await code(wrong(right))).text()).toContain('Codice non giusto')
  await code(wrong(right))
  const late = await code(right)
  expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('Questo passaggio è finito')])
  expect((await (await atSecondStep(who.email)).code(right)).status).toBe(303)
})

test('twenty codes an hour for an account, whoever holds its password', async () => {
  const who = await withApp()
  await sql('truncate kernel.rate_limit')
  const right = await codeNow(who.id)
  for (let step = 0; step < 4; step++) {
    const { code } = await atSecondStep(who.email)
    for (let at = 0; at < 5; at++) expect((await code(wrong(right))).status).toBe(422)
  }
  const answer = await (await atSecondStep(who.email)).code(right)
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('Troppi tentativi')])
})

test('ten minutes later the step is over', async () => {
  const who = await withApp()
  const { code } = await atSecondStep(who.email)
  ahead += 601
  await moveClock(`${ahead} seconds`)
  expect((await code(await codeNow(who.id))).status).toBe(422)
})

test('the step belongs to the browser that gave the password', async () => {
  const who = await withApp()
  await atSecondStep(who.email)
  const answer = await visitor().post('/staff/accesso/codice', { code: await codeNow(who.id) })
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('Questo passaggio è finito')])
})

test('each recovery code opens once, however it is typed', async () => {
  const who = await withApp()
  const [first = '', second = ''] = who.codes
  expect((await (await atSecondStep(who.email)).code(first.toLowerCase().replaceAll(' ', '-'))).status).toBe(303)
  expect((await (await atSecondStep(who.email)).code(first)).status).toBe(422)
  expect((await (await atSecondStep(who.email)).code(second)).status).toBe(303)
})

test('whoever has an app cannot set up another one with the password alone', async () => {
  const who = await withApp()
  const { browser } = await atSecondStep(who.email)
  const before = await secretOf(who.id)
  expect(await browser.page('/staff/accesso/app')).toContain('Questo passaggio è finito')
  expect((await browser.post('/staff/accesso/app', { code: await codeNow(who.id) })).status).toBe(422)
  expect(await secretOf(who.id)).toBe(before)
})

test('new recovery codes need the password, and the earlier ones stop working', async () => {
  const who = await withApp()
  const { browser, code } = await atSecondStep(who.email)
  await code(await codeNow(who.id))
  expect((await browser.submit('/staff/io/codici', { current: 'non questa' })).status).toBe(422)
  const page = await (await browser.submit('/staff/io/codici', { current: password })).text()
  const fresh = /<code>([^<]+)/.exec(page)?.[1] ?? ''
  expect((await (await atSecondStep(who.email)).code(who.codes[0] as string)).status).toBe(422)
  expect((await (await atSecondStep(who.email)).code(fresh)).status).toBe(303)
})
