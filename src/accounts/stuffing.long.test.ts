import { beforeEach, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { hashPassword } from './actions/hashing.ts'

const { house, http } = await openTestHouse()
const password = 'zattera ombra violino neve'
const empty = () => house.owner_pool.query('truncate kernel.rate_limit, accounts.usual_address')
beforeEach(empty)

const from = (address: string, fields: Record<string, string>) =>
  http.request(
    'http://localhost/staff/accesso',
    { method: 'POST', body: new URLSearchParams(fields), headers: { host: 'localhost' } },
    { incoming: { socket: { remoteAddress: address } } },
  )

test('a thousand guesses over 200 accounts from 20 addresses: both limits hold, and the owner still gets in', async () => {
  const hash = await hashPassword(password)
  await house.owner_pool.query(
    `with made as (insert into accounts.account (email, name, password_hash, demo)
       select 'bersaglio' || n || '@esempio.it', 'Bersaglio', $1, true from generate_series(1, 200) n returning id)
     insert into accounts.role (ambito_id, account_id, role)
     select (select id from territory.ambito where slug = 'lodi'), id, 'operator' from made`,
    [hash],
  )
  const owner = { email: 'bersaglio1@esempio.it', password }
  expect((await from('192.0.2.1', owner)).status).toBe(303)
  let judged = 0
  for (let round = 0; round < 500; round++) {
    const guess = (at: number, target: number) =>
      from(`198.51.100.${at % 20}`, { email: `bersaglio${target}@esempio.it`, password: `tentativo ${at}` })
    // Every other guess is for the same account: it is closed long before its addresses are.
    const answers = await Promise.all([guess(round, 1), guess(round + 7, 2 + (round % 199))])
    for (const answer of answers) {
      expect(answer.status).toBe(422)
      if (!(await answer.text()).includes('Troppi tentativi')) judged += 1
    }
  }
  const { rows } = await house.owner_pool.query<{ kind: string; account: boolean; count: number }>(
    `select kind, count(*)::int from kernel.security_event where kind <> 'accounts.signed_in' group by kind order by kind`,
  )
  expect(rows.map(({ kind }) => kind)).toEqual(['accounts.sign_in_limited', 'accounts.sign_in_wrong'])
  const wrong = rows[1]?.count as number
  expect(wrong).toBe(judged)
  expect(wrong).toBeLessThanOrEqual(10 + 20 * 40)
  const owners = await house.owner_pool.query(
    `select count(*)::int from kernel.security_event e join accounts.account a on a.id = e.account_id
     where a.email = $1 and kind = 'accounts.sign_in_wrong'`,
    [owner.email],
  )
  expect(owners.rows[0].count).toBe(10)
  expect((await from('192.0.2.1', owner)).status).toBe(303)
})

test('500 known and 500 unknown addresses take the same time: medians within 5 %, Kolmogorov and Smirnov agree', async () => {
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < 500; round++) {
    const kinds = round % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
    for (const kind of kinds) {
      const email = kind === 'known' ? 'legale@demo.example' : 'nessun@demo.example'
      const began = performance.now()
      await from('10.0.0.1', { email, password: 'sbagliata' })
      times[kind].push(performance.now() - began)
    }
    await empty()
  }
  const sorted = { known: times.known.toSorted((a, b) => a - b), unknown: times.unknown.toSorted((a, b) => a - b) }
  const median = (of: number[]) => of[Math.floor(of.length / 2)] as number
  const apart = Math.abs(median(sorted.known) / median(sorted.unknown) - 1)
  const share = (of: number[], below: number) => of.filter((time) => time <= below).length / of.length
  const distance = Math.max(
    ...[...sorted.known, ...sorted.unknown].map((x) => Math.abs(share(sorted.known, x) - share(sorted.unknown, x))),
  )
  console.log({ known: median(sorted.known), unknown: median(sorted.unknown), apart, distance })
  expect(apart).toBeLessThan(0.05)
  // p > 0.01 for two samples of 500.
  expect(distance).toBeLessThan(1.628 * Math.sqrt(2 / 500))
})
