import { beforeEach, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { runCommand } from '../kernel/command.ts'
import { addCommand } from './commands/account-add.ts'

const { house, http, visitor, as, moveClock } = await openTestHouse()
const password = 'prova-di-notte-2026'
const sql = <Row extends object = Record<string, never>>(text: string, values: unknown[] = []) =>
  house.owner_pool.query<Row>(text, values).then(({ rows }) => rows)
const idOf = async (email: string) =>
  (await sql<{ id: string }>('select id from accounts.account where email = $1', [email]))[0]?.id as string
const linkIn = (page: string) => /http:\/\/localhost:\d+(\/staff\/attivazione\/[\w-]{43})/.exec(page)?.[1] as string

beforeEach(() => moveClock('0'))

let people = 0
async function added(roles: string[] = ['operator']) {
  const email = `nuova${++people}@esempio.it`
  const admin = await as('admin@demo.example')
  const page = await (
    await admin.submit('/staff/utenze/nuova', { name: 'Nuova Persona', email: email.toUpperCase(), lang: 'it', roles })
  ).text()
  return { email, admin, link: linkIn(page), id: await idOf(email) }
}

test('an administrator adds somebody, hands the link over, and that person chooses the password', async () => {
  const { email, link, admin } = await added(['trainer', 'editor'])
  const newcomer = visitor()
  expect(await newcomer.page(link)).toContain(email)
  // A mail scanner that opens the link first does not use it up.
  await visitor().page(link)
  expect((await newcomer.submit(link, { password: 'password', again: 'password' })).status).toBe(422)
  expect(
    (await newcomer.submit(link, { password: 'zattera ombra violino', again: 'zattera ombra violini' })).status,
  ).toBe(422)
  const chosen = await newcomer.submit(link, { password: 'zattera ombra violino', again: 'zattera ombra violino' })
  expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/staff/accesso?attivata=1'])
  expect((await visitor().post(link, { password: 'un’altra frase lunga', again: 'un’altra frase lunga' })).status).toBe(
    422,
  )
  expect(await visitor().page(link)).toContain('scaduto o è già stato usato')
  expect(
    (await newcomer.post('/staff/accesso', { email, password: 'zattera ombra violino' })).headers.get('location'),
  ).toBe('/staff/accesso/app')
  expect(await admin.page('/staff/utenze')).toContain(email)
})

test('the link is good for 48 hours, has 256 bits, and a new one replaces it', async () => {
  const { link, admin, id } = await added()
  const page = await (await admin.submit(`/staff/utenze/${id}/collegamento`, {}, { on: `/staff/utenze/${id}` })).text()
  const second = linkIn(page)
  expect(await visitor().page(link)).toContain('scaduto o è già stato usato')
  await moveClock('47 hours')
  expect(await visitor().page(second)).not.toContain('scaduto')
  await moveClock('49 hours')
  expect(await visitor().page(second)).toContain('scaduto o è già stato usato')
  const stored = await sql<{ length: number }>('select length(token_hash) from accounts.activation')
  expect(stored.every(({ length }) => length === 32)).toBe(true)
})

test('only administrators see the accounts', async () => {
  const id = await idOf('legale@demo.example')
  for (const email of ['operatore@demo.example', 'progetto@demo.example', 'regione@demo.example']) {
    const browser = await as(email)
    for (const path of ['/staff/utenze', '/staff/utenze/nuova', `/staff/utenze/${id}`])
      expect((await browser.get(path)).status, `${email} ${path}`).toBe(403)
    expect((await browser.post(`/staff/utenze/${id}/disattivazione`, {})).status).toBe(403)
  }
  expect((await visitor().get('/staff/utenze')).status).toBe(303)
})

test('a disabled account is out at the next click, cannot sign in, and can be let in again', async () => {
  const admin = await as('admin@demo.example')
  const id = await idOf('tavolo@demo.example')
  const giorgio = await as('tavolo@demo.example')
  expect((await giorgio.get('/staff/io')).status).toBe(200)
  expect((await admin.submit(`/staff/utenze/${id}/disattivazione`, {}, { on: `/staff/utenze/${id}` })).status).toBe(303)
  const next = await giorgio.get('/staff/io')
  expect([next.status, next.headers.get('location')]).toEqual([303, '/staff/accesso?verso=%2Fstaff%2Fio'])
  expect((await giorgio.get('/staff/accesso')).status).toBe(200)
  // Even a session that was left open by mistake is not believed.
  expect((await (await as('tavolo@demo.example')).get('/staff/io')).status).toBe(303)
  expect((await visitor().post('/staff/accesso', { email: 'tavolo@demo.example', password })).status).toBe(422)
  expect((await admin.submit(`/staff/utenze/${id}/riattivazione`, {}, { on: `/staff/utenze/${id}` })).status).toBe(303)
  expect((await visitor().post('/staff/accesso', { email: 'tavolo@demo.example', password })).status).toBe(303)
  const rows = await sql<{ by: string; until: boolean }>(
    'select a.email as by, d.ended_at is not null as until from accounts.disabling d join accounts.account a on a.id = d.disabled_by where d.account_id = $1',
    [id],
  )
  expect(rows).toEqual([{ by: 'admin@demo.example', until: true }])
})

test('a role given or ended counts from the next click, and its history stays', async () => {
  const admin = await as('admin@demo.example')
  const id = await idOf('docente@demo.example')
  const paolo = await as('docente@demo.example')
  expect((await paolo.get('/staff/utenze')).status).toBe(403)
  expect(
    (await admin.submit(`/staff/utenze/${id}/ruoli`, { role: 'admin' }, { on: `/staff/utenze/${id}` })).status,
  ).toBe(303)
  expect((await paolo.get('/staff/utenze')).status).toBe(200)
  expect((await admin.submit(`/staff/utenze/${id}/ruoli/admin/fine`, {}, { on: `/staff/utenze/${id}` })).status).toBe(
    303,
  )
  expect((await paolo.get('/staff/utenze')).status).toBe(403)
  const page = await admin.page(`/staff/utenze/${id}`)
  expect(page).toContain('Roberta Galli')
  await admin.submit(`/staff/utenze/${id}/ruoli/trainer/fine`, {}, { on: `/staff/utenze/${id}` })
  expect((await paolo.get('/staff/io')).status).toBe(303)
  expect(await (await visitor().post('/staff/accesso', { email: 'docente@demo.example', password })).text()).toContain(
    'non ha ruoli attivi',
  )
  await admin.submit(`/staff/utenze/${id}/ruoli`, { role: 'trainer' }, { on: `/staff/utenze/${id}` })
  expect((await sql('select from accounts.role where account_id = $1', [id])).length).toBe(3)
})

test('nobody gives the Region from an Ambito, nor a role that does not exist', async () => {
  const admin = await as('admin@demo.example')
  const id = await idOf('docente@demo.example')
  for (const role of ['region', 'superuser'])
    expect((await admin.post(`/staff/utenze/${id}/ruoli`, { role })).status).toBe(422)
  expect(
    (await admin.post('/staff/utenze/nuova', { name: 'X', email: 'x@esempio.it', lang: 'it', roles: ['region'] }))
      .status,
  ).toBe(422)
  expect(await idOf('x@esempio.it')).toBeUndefined()
})

test('the last administrator cannot be taken away, nor can one disable oneself', async () => {
  const admin = await as('admin@demo.example')
  const id = await idOf('admin@demo.example')
  const answer = await admin.post(`/staff/utenze/${id}/ruoli/admin/fine`, {})
  expect([answer.status, await answer.text()]).toEqual([
    422,
    expect.stringContaining('È l’unica persona che amministra le utenze'),
  ])
  expect((await admin.post(`/staff/utenze/${id}/disattivazione`, {})).status).toBe(422)
  expect((await admin.get('/staff/utenze')).status).toBe(200)
})

test('fields that were not asked for change nothing', async () => {
  const admin = await as('admin@demo.example')
  await admin.submit('/staff/utenze/nuova', {
    name: 'Furba',
    email: 'furba@esempio.it',
    lang: 'it',
    roles: ['operator'],
    demo: 'true',
    password_hash: '$argon2id$x',
    id: '0190c8a0-0000-7000-8000-000000000000',
    ambito_id: '0190c8a0-0000-7000-8000-000000000001',
  })
  expect(
    await sql<Record<string, unknown>>(
      `select demo, password_hash, (select count(*)::int from accounts.role r where r.account_id = a.id) as roles from accounts.account a where email = 'furba@esempio.it'`,
    ),
  ).toEqual([{ demo: false, password_hash: null, roles: 1 }])
})

test('two Ambiti: each administrator sees only its own, may not touch the sign-in of somebody who works in both, and the switch needs a new token', async () => {
  const { email, id, admin } = await added()
  const neighbour = await idOf('operatore@vicino.example')
  await sql(
    `insert into accounts.role (ambito_id, account_id, role) select id, $1, 'admin' from territory.ambito where slug = 'vicino'`,
    [neighbour],
  )
  const luca = await as('operatore@vicino.example')
  expect(await luca.page('/staff/utenze')).not.toContain('demo.example')
  const missing = await luca.get('/staff/utenze/0190c8a0-0000-7000-8000-000000000000')
  const foreign = await luca.get(`/staff/utenze/${id}`)
  expect([foreign.status, missing.status]).toEqual([404, 404])
  expect((await luca.post(`/staff/utenze/${id}/disattivazione`, {})).status).toBe(404)

  const given = await luca.submit('/staff/utenze/nuova', { name: 'Altro Nome', email, lang: 'it', roles: ['operator'] })
  expect([given.status, given.headers.get('location')]).toEqual([303, `/staff/utenze/${id}`])
  for (const browser of [luca, admin])
    for (const deed of ['disattivazione', 'secondo-fattore', 'collegamento']) {
      const answer = await browser.post(`/staff/utenze/${id}/${deed}`, {})
      expect([answer.status, await answer.text()]).toEqual([
        422,
        expect.stringContaining('lavora anche in un altro Ambito'),
      ])
    }

  const both = await as(email, 'lodi')
  const before = both.cookie()
  const page = await both.page('/staff/io/ambito')
  expect(page).toContain('Ambito dimostrativo vicino')
  const [vicino] = await sql<{ id: string }>(`select id from territory.ambito where slug = 'vicino'`)
  const form = await both.hidden('/staff/io/lingua')
  expect((await both.submit('/staff/io/ambito', { ambito: vicino?.id as string })).status).toBe(303)
  expect(both.cookie()).not.toBe(before)
  expect(await both.page('/staff/io')).toContain('Ambito dimostrativo vicino')
  expect(
    (await http.request('http://localhost/staff/io', { headers: { host: 'localhost', cookie: before } })).status,
  ).toBe(303)
  // A form that was open in the other Ambito is not done in this one.
  expect((await both.post('/staff/io/lingua', { ...form, lang: 'en' })).status).toBe(409)
  const sara = await as('operatore@demo.example')
  expect((await sara.post('/staff/io/ambito', { ambito: vicino?.id as string })).status).toBe(404)
})

test('an account sees its own roles everywhere and changes none; without a context there is nothing', async () => {
  const [{ id: vicino } = { id: '' }] = await sql<{ id: string }>(
    `select id from territory.ambito where slug = 'vicino'`,
  )
  const luca = await idOf('operatore@vicino.example')
  const lodi = (await sql<{ id: string }>(`select id from territory.ambito where slug = 'lodi'`))[0]?.id as string
  const client = await house.app_pool.connect()
  try {
    const seen = async () =>
      (await client.query('select distinct ambito_id from accounts.role')).rows.map(({ ambito_id }) => ambito_id)
    expect(await seen()).toEqual([])
    await client.query('begin')
    await client.query(`select set_config('app.account', $1, true)`, [luca])
    expect(await seen()).toEqual([vicino])
    expect((await client.query('update accounts.role set ended_at = kernel.now()')).rowCount).toBe(0)
    await client.query(`select set_config('app.ambito', $1, true)`, [lodi])
    expect(
      (await client.query('update accounts.role set ended_at = ended_at where account_id = $1', [luca])).rowCount,
    ).toBe(0)
    await expect(
      client.query(`insert into accounts.role (ambito_id, account_id, role) values ($1, $2, 'admin')`, [vicino, luca]),
    ).rejects.toMatchObject({ code: '42501' })
  } finally {
    await client.query('rollback')
    client.release()
  }
})

test('changing the password ends every other session, and this one goes on under a new token', async () => {
  const { email, link } = await added()
  await visitor().post(link, { password: 'zattera ombra violino', again: 'zattera ombra violino' })
  const [here, there] = [await as(email), await as(email)]
  const before = here.cookie()
  expect(
    (
      await here.submit('/staff/io/password', {
        current: 'sbagliata',
        password: 'nuova frase molto lunga',
        again: 'nuova frase molto lunga',
      })
    ).status,
  ).toBe(422)
  expect(
    (
      await here.submit('/staff/io/password', {
        current: 'zattera ombra violino',
        password: 'lodi2026',
        again: 'lodi2026',
      })
    ).status,
  ).toBe(422)
  const changed = await here.submit('/staff/io/password', {
    current: 'zattera ombra violino',
    password: ' nuova frase molto lunga ',
    again: ' nuova frase molto lunga ',
  })
  expect([changed.status, changed.headers.get('location')]).toEqual([303, '/staff/io'])
  expect(here.cookie()).not.toBe(before)
  expect(await here.page('/staff/io')).toContain('Password cambiata')
  expect((await there.get('/staff/io')).status).toBe(303)
  expect((await visitor().post('/staff/accesso', { email, password: 'nuova frase molto lunga' })).status).toBe(422)
  expect((await visitor().post('/staff/accesso', { email, password: ' nuova frase molto lunga ' })).status).toBe(303)
})

test('“end all other sessions” leaves only this one, whose twelve hours run on', async () => {
  const [here, there] = [await as('self@demo.example'), await as('self@demo.example')]
  await moveClock('20 minutes')
  expect((await here.submit('/staff/io/sessioni', {}, { on: '/staff/io' })).status).toBe(303)
  expect((await there.get('/staff/io')).status).toBe(303)
  expect(await here.page('/staff/io')).toContain('Le altre sessioni sono state chiuse')
  const [session] = await sql<{ aged: boolean }>(
    `select created_at < kernel.now() - interval '19 minutes' as aged from kernel.session where account_id = $1 and ended_at is null`,
    [await idOf('self@demo.example')],
  )
  expect(session).toEqual({ aged: true })
})

test('the language of the screens is changed for oneself', async () => {
  const laura = await as('redazione@demo.example')
  expect((await laura.submit('/staff/io/lingua', { lang: 'en' })).status).toBe(303)
  expect(await laura.page('/staff/io')).toContain('My account')
  await laura.submit('/staff/io/lingua', { lang: 'it' })
})

test('the first administrator is made on the command line: one link, printed, that opens once', async () => {
  const printed: string[] = []
  const write = process.stdout.write
  process.stdout.write = ((text: string) => printed.push(text) > 0) as typeof process.stdout.write
  const run = (...argv: string[]) => runCommand(house, addCommand, ['account', 'add', ...argv])
  try {
    expect(await run('--email', 'prima@esempio.it', '--name', 'Prima Persona', '--roles', 'admin,office')).toBe(0)
    expect(await run('--email', 'regione@esempio.it', '--name', 'Regione', '--roles', 'region')).toBe(0)
    for (const wrong of [
      ['--email', 'prima', '--name', 'P', '--roles', 'admin'],
      ['--email', 'p@esempio.it', '--name', 'P', '--roles', 'king'],
      ['--email', 'p@esempio.it', '--roles', 'admin'],
      ['--nonsense'],
    ])
      expect(await run(...wrong)).toBe(2)
  } finally {
    process.stdout.write = write
  }
  expect(printed).toHaveLength(2)
  const link = linkIn(printed[0] as string)
  expect(
    (await visitor().post(link, { password: 'zattera ombra violino', again: 'zattera ombra violino' })).status,
  ).toBe(303)
  expect(
    await sql<{ role: string }>('select role from accounts.role where account_id = $1 order by role', [
      await idOf('prima@esempio.it'),
    ]),
  ).toEqual([{ role: 'admin' }, { role: 'office' }])
  expect(
    await sql('select from accounts.region_reader where account_id = $1 and ended_at is null', [
      await idOf('regione@esempio.it'),
    ]),
  ).toHaveLength(1)
})

test('an administrator resets a lost code app: the sessions end, and the next sign-in sets up a new one', async () => {
  const { id, admin, email } = await added()
  await sql(
    `insert into accounts.totp (account_id, secret, confirmed_at) values ($1, 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', kernel.now())`,
    [id],
  )
  const session = await as(email)
  expect((await admin.submit(`/staff/utenze/${id}/secondo-fattore`, {}, { on: `/staff/utenze/${id}` })).status).toBe(
    303,
  )
  expect((await session.get('/staff/io')).status).toBe(303)
  expect(await sql('select from accounts.totp where account_id = $1 and ended_at is null', [id])).toHaveLength(0)
})
