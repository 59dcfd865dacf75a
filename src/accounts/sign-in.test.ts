import { createHash } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { passwordsHashed } from '../kernel/metrics.ts'
import { settlePassword } from './actions/demonstration.ts'

const { house, http, visitor, as, moveClock } = await openTestHouse()
const password = 'prova-di-notte-2026'
const sara = { email: 'operatore@demo.example', password }

beforeEach(async () => {
  await moveClock('0')
  await house.owner_pool.query('truncate kernel.rate_limit, accounts.usual_address, kernel.security_event')
})

const events = async () =>
  (await house.owner_pool.query('select kind from kernel.security_event order by recorded_at, id')).rows.map(
    ({ kind }) => kind,
  )
/** A try from an address of its own, as the network would show it. */
const from = (address: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  http.request(
    'http://localhost/staff/accesso',
    { method: 'POST', body: new URLSearchParams(fields), headers: { host: 'localhost', ...headers } },
    { incoming: { socket: { remoteAddress: address } } },
  )

test('the right password opens, and leads back to where one was going', async () => {
  const browser = visitor()
  const away = await browser.get('/staff/io')
  expect([away.status, away.headers.get('location')]).toEqual([303, '/staff/accesso?verso=%2Fstaff%2Fio'])
  const answer = await browser.post('/staff/accesso?verso=%2Fstaff%2Fio', sara)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/staff/io'])
  expect(answer.headers.get('set-cookie')).toMatch(
    /^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
  )
  expect(await browser.page('/staff/io')).toContain('Sara Bellini')
  expect(await events()).toEqual(['accounts.signed_in'])
})

test('only the SHA-256 of the token is stored', async () => {
  const browser = visitor()
  await browser.post('/staff/accesso', sara)
  const token = browser.cookie().split('=')[1] as string
  const { rows } = await house.owner_pool.query(
    'select count(*)::int as found from kernel.session where token_hash = $1 and ended_at is null',
    [createHash('sha256').update(token).digest()],
  )
  expect(rows[0].found).toBe(1)
})

test('every demonstration account opens with the one password, in its own Ambito and with its own roles', async () => {
  const { rows } = await house.owner_pool.query<{ email: string }>(
    'select email from accounts.account where demo order by email',
  )
  expect(rows).toHaveLength(13)
  for (const { email } of rows) {
    const browser = visitor()
    expect((await browser.post('/staff/accesso', { email, password })).status, email).toBe(303)
    expect(await browser.page('/staff/io'), email).toContain(email)
  }
  const neighbour = visitor()
  await neighbour.post('/staff/accesso', { email: 'operatore@vicino.example', password })
  expect(await neighbour.page('/staff/io')).toContain('Ambito dimostrativo vicino')
})

test('a command beside the server that was not told the password leaves it as it is', async () => {
  await settlePassword(house)
  const { demo_password: _, ...config } = house.config
  await settlePassword({ ...house, config })
  expect((await visitor().post('/staff/accesso', sara)).status).toBe(303)
})

test('a wrong password and an unknown address get the same answer', async () => {
  const same = async (fields: Record<string, string>) => {
    const answer = await visitor().post('/staff/accesso', fields)
    const { date, ...headers } = Object.fromEntries(answer.headers)
    const body = (await answer.text())
      .replace(`value="${fields.email}"`, 'value="E"')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    return { status: answer.status, headers: { ...headers, 'content-length': '' }, body }
  }
  const known = await same({ email: sara.email, password: 'sbagliata-del-tutto' })
  expect(known.status).toBe(422)
  expect(known.body).toContain('E-mail o password non corrette')
  expect(known.body).not.toContain('sbagliata')
  expect(await same({ email: 'nessuno@demo.example', password: 'sbagliata-del-tutto' })).toEqual(known)
  await house.owner_pool.query(
    `insert into accounts.account (email, name) values ('invitata@demo.example', 'Invitata') on conflict do nothing`,
  )
  expect(await same({ email: 'invitata@demo.example', password: 'sbagliata-del-tutto' })).toEqual(known)
  expect(await events()).toEqual(Array(3).fill('accounts.sign_in_wrong'))
})

test('whether an address is known does not show in the time taken: its password is compared all the same', async () => {
  const hashed = async () => (await passwordsHashed.get()).values[0]?.value ?? 0
  for (const email of ['legale@demo.example', 'nessuno@demo.example', 'senza-password@demo.example']) {
    const before = await hashed()
    expect((await from('10.0.0.1', { email, password: 'sbagliata' })).status).toBe(422)
    expect([email, (await hashed()) - before]).toEqual([email, 1])
  }
})

test('a token somebody planted before is worth nothing after signing in', async () => {
  const planted = `__Host-session=${'A'.repeat(43)}`
  const answer = await from('10.0.0.1', sara, { cookie: planted })
  const fresh = answer.headers.get('set-cookie') ?? ''
  expect(fresh).not.toContain('AAAA')
  expect(
    (await http.request('http://localhost/staff/io', { headers: { host: 'localhost', cookie: planted } })).status,
  ).toBe(303)
})

test('signing in again ends the session the browser had', async () => {
  const browser = visitor()
  await browser.post('/staff/accesso', sara)
  const before = browser.cookie()
  await browser.post('/staff/accesso', sara)
  expect(browser.cookie()).not.toBe(before)
  expect(
    (await http.request('http://localhost/staff/io', { headers: { host: 'localhost', cookie: before } })).status,
  ).toBe(303)
  expect((await browser.get('/staff/io')).status).toBe(200)
})

test('ten wrong tries close an account to elsewhere, not to the place where its owner usually signs in', async () => {
  expect((await from('192.0.2.1', sara)).status).toBe(303)
  for (let at = 0; at < 10; at++)
    expect((await from(`10.0.1.${at}`, { ...sara, password: 'sbagliata' })).status).toBe(422)
  const eleventh = await from('10.0.1.99', sara)
  expect([eleventh.status, await eleventh.text()]).toEqual([422, expect.stringContaining('Troppi tentativi')])
  expect((await from('192.0.2.1', sara)).status).toBe(303)
  expect(await events()).toContain('accounts.sign_in_limited')
})

test('an address that tries many accounts is stopped, whether they exist or not', async () => {
  const limited = async (email: string) =>
    (await (await from('10.0.2.1', { email, password: 'sbagliata' })).text()).includes('Troppi tentativi')
  expect(await limited('nessuno1@demo.example')).toBe(false)
  // Counted in the database: another process, or this one started anew, goes on from there.
  const { rows } = await house.owner_pool.query(
    `update kernel.rate_limit set points = 39 where key like 'sign_in_address:%' returning points`,
  )
  expect(rows).toHaveLength(1)
  expect([
    await limited('nessuno2@demo.example'),
    await limited('nessuno3@demo.example'),
    await limited(sara.email),
  ]).toEqual([false, true, true])
})

test('right passwords use up nothing: a whole office signs in from one address', async () => {
  for (let at = 0; at < 3; at++) {
    expect((await from('10.0.3.1', sara)).status).toBe(303)
    await house.owner_pool.query('truncate accounts.usual_address')
  }
  const { rows } = await house.owner_pool.query('select points from kernel.rate_limit')
  expect(rows).toEqual([{ points: 0 }, { points: 0 }])
})

test('a hash made with less is made anew at the next sign-in', async () => {
  const old = (
    await house.owner_pool.query(`select password_hash from accounts.account where email = $1`, [sara.email])
  ).rows[0].password_hash as string
  const { argon2Sync, randomBytes } = await import('node:crypto')
  const nonce = randomBytes(16)
  const tag = argon2Sync('argon2id', {
    message: password,
    nonce,
    memory: 19_456,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  })
  const weak = `$argon2id$v=19$m=19456,t=2,p=1$${nonce.toString('base64').replaceAll('=', '')}$${tag.toString('base64').replaceAll('=', '')}`
  await house.owner_pool.query('update accounts.account set password_hash = $1 where email = $2', [weak, sara.email])
  expect((await visitor().post('/staff/accesso', sara)).status).toBe(303)
  const { rows } = await house.owner_pool.query('select password_hash from accounts.account where email = $1', [
    sara.email,
  ])
  expect(rows[0].password_hash).toContain('$m=47104,t=1,')
  expect(rows[0].password_hash).not.toBe(old)
  expect((await visitor().post('/staff/accesso', sara)).status).toBe(303)
})

test('after half an hour without a click the session is over; after twelve hours in any case', async () => {
  const browser = visitor()
  await browser.post('/staff/accesso', sara)
  await moveClock('29 minutes')
  expect((await browser.get('/staff/io')).status).toBe(200)
  await moveClock('58 minutes')
  expect((await browser.get('/staff/io')).status).toBe(200)
  await moveClock('89 minutes')
  expect((await browser.get('/staff/io')).status).toBe(303)
  await moveClock('0')
  await browser.post('/staff/accesso', sara)
  for (let hour = 0; hour < 12; hour += 0.45) {
    await moveClock(`${Math.round(hour * 60)} minutes`)
    expect((await browser.get('/staff/io')).status, `${hour} h`).toBe(200)
  }
  await moveClock('721 minutes')
  expect((await browser.get('/staff/io')).status).toBe(303)
})

test('what was typed when the session had expired is back in the form after signing in, for the same account only', async () => {
  const admin = { email: 'admin@demo.example', password }
  const browser = visitor()
  await browser.post('/staff/accesso', admin)
  const fields = await browser.hidden('/staff/utenze/nuova')
  await moveClock('31 minutes')
  const answer = await browser.post('/staff/utenze/nuova', {
    ...fields,
    name: 'Tommaso Riva',
    email: 'riva@esempio.it',
    lang: 'en',
    roles: ['trainer', 'editor'],
  })
  const location = answer.headers.get('location') as string
  expect(answer.status).toBe(303)
  expect(location).toMatch(/^\/staff\/accesso\?verso=%2Fstaff%2Futenze%2Fnuova&bozza=/)
  expect(await browser.page(location)).toContain('Quello che era stato scritto è al sicuro')
  const back = (await browser.post(location, admin)).headers.get('location') as string
  const page = await browser.page(back)
  for (const kept of [
    'value="Tommaso Riva"',
    'value="riva@esempio.it"',
    /value="trainer"[^>]*checked/,
    /value="editor"[^>]*checked/,
    /value="en"[^>]*checked/,
  ])
    expect(page).toMatch(kept)
  expect(
    (
      await browser.submit(
        '/staff/utenze/nuova',
        { name: 'Tommaso Riva', email: 'riva@esempio.it', lang: 'en', roles: ['trainer', 'editor'] },
        { on: back },
      )
    ).status,
  ).toBe(200)
  await house.owner_pool.query(
    `insert into accounts.role (ambito_id, account_id, role) select ambito_id, (select id from accounts.account where email = $1), 'admin' from accounts.role where role = 'admin' limit 1`,
    [sara.email],
  )
  expect(await (await as(sara.email)).page(back)).not.toContain('Tommaso Riva')
})

test('passwords never wait in a draft', async () => {
  const browser = visitor()
  await browser.post('/staff/accesso', sara)
  await moveClock('31 minutes')
  await browser.post('/staff/io/password', {
    current: password,
    password: 'segretissima-nuova',
    again: 'segretissima-nuova',
  })
  const { rows } = await house.owner_pool.query(`select typed from kernel.draft where path = '/staff/io/password'`)
  expect(rows).toEqual([{ typed: {} }])
})

test('signing out ends the session, clears the cache and the cookie, even when it had expired', async () => {
  const browser = visitor()
  await browser.post('/staff/accesso', sara)
  const before = browser.cookie()
  const answer = await browser.submit('/staff/uscita', {}, { on: '/staff/io' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/staff/accesso'])
  expect(answer.headers.get('clear-site-data')).toBe('"cache"')
  expect(answer.headers.get('set-cookie')).toContain('Max-Age=0')
  expect(
    (await http.request('http://localhost/staff/io', { headers: { host: 'localhost', cookie: before } })).status,
  ).toBe(303)
  const neighbour = visitor()
  await neighbour.post('/staff/accesso', { email: 'operatore@vicino.example', password })
  const fields = await neighbour.hidden('/staff/io')
  await moveClock('2 hours')
  expect((await neighbour.post('/staff/uscita', fields)).status).toBe(303)
})

test('the page speaks the language of the browser, and its form cannot be sent from another site', async () => {
  expect(await (await visitor().get('/staff/accesso', { 'accept-language': 'en-GB,en;q=0.9' })).text()).toContain(
    'Sign in',
  )
  expect(await (await visitor().get('/staff/accesso', { 'accept-language': 'it' })).text()).toContain('Entra')
  expect((await visitor().post('/staff/accesso', sara, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await visitor().post('/staff/accesso', sara, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})

test('no open redirect through the sign-in', async () => {
  for (const verso of ['//evil.example', 'https://evil.example/staff', '/\\evil.example', '/staff//evil.example'])
    expect(
      (await visitor().post(`/staff/accesso?verso=${encodeURIComponent(verso)}`, sara)).headers.get('location'),
    ).toBe('/staff')
})
