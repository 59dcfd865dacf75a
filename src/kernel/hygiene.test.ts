import { beforeAll, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import workshopModule, { prepareWorkshop, spy, workshop } from '../../test/kit/workshop.tsx'

const town = await openTestHouse({ also: [workshopModule] })
const { app_pool, owner_pool, beside } = town.house
const beside_pool = town.pools.beside_pool
const people = await Promise.all(
  ['operatore@demo.example', 'docente@demo.example', 'operatore@vicino.example'].map((email) => town.as(email)),
)
const [operator, trainer, neighbour] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]]
beforeAll(() => prepareWorkshop(owner_pool))

/** What every connection of the pool would tell the next one who gets it. */
async function contexts() {
  const clients = await Promise.all(Array.from({ length: 20 }, () => app_pool.connect()))
  try {
    const found = []
    for (const client of clients) {
      const { rows } =
        await client.query(`select coalesce(current_setting('app.ambito', true), '') || coalesce(current_setting('app.account', true), '') || coalesce(current_setting('app.now', true), '') as context,
        (select count(*)::int from workshop.line) as seen, pg_current_xact_id_if_assigned() is null as outside`)
      found.push(rows[0])
    }
    return found
  } finally {
    for (const client of clients) client.release()
  }
}
const clean = { context: '', seen: 0, outside: true }

test('two hundred requests of every kind at once are all answered, and leave nothing of whose they were', async () => {
  const kinds: (() => Promise<Response>)[] = [
    () => operator.get(workshop.list.href()),
    () => operator.post(workshop.list.href(), { what: 'pane' }),
    () => operator.post(workshop.list.href(), { what: 'rotto' }),
    () => operator.post(workshop.refusal.href(), { what: 'no' }),
    () => operator.get(workshop.crash.href()),
    () => operator.get(workshop.item.href({ id: 'non-un-id' })),
    () => trainer.get(workshop.list.href()),
    () => neighbour.get(workshop.list.href()),
    () => neighbour.post(workshop.list.href(), { what: 'altrove' }),
    () => town.visitor().get(workshop.open.href({ l: 'ar' })),
    () => town.visitor().get(workshop.list.href()),
    () => operator.get('/staff/sportello'),
    () => town.visitor().get('/readyz'),
  ]
  const expected = [200, 303, 422, 422, 500, 404, 403, 200, 303, 200, 303, 200, 200]
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, at) => (kinds[at % kinds.length] as () => Promise<Response>)()),
  )
  const told = answers.map(({ status }) => status)
  expect(told).toEqual(told.map((_, at) => expected[at % kinds.length]))
  expect(await contexts()).toEqual(Array(20).fill(clean))
  const { rows } = await owner_pool.query(
    'select ambito_id, count(*)::int as n from workshop.line group by 1 order by 2',
  )
  const written = (kind: number) => told.filter((one, at) => at % kinds.length === kind && one === 303).length
  expect(rows.map(({ n }) => n)).toEqual([written(8), written(1)].filter(Boolean).sort())
})

test('a statement that takes too long, a cancelled one and a killed connection leave nothing behind', async () => {
  const slow = Promise.all([
    operator.get(workshop.slow.href({ end: 'mai' })),
    operator.get(workshop.slow.href({ end: 'mai' })),
    operator.get(workshop.slow.href({ end: 'presto' })),
  ])
  const sleeping = async () =>
    (
      await beside_pool.query(
        `select pid from pg_stat_activity where query = 'select pg_sleep(3000)' and state = 'active' and datname = current_database() order by pid`,
      )
    ).rows.map(({ pid }) => pid)
  await expect.poll(async () => (await sleeping()).length).toBe(2)
  const [one, two] = await sleeping()
  await beside_pool.query('select pg_cancel_backend($1), pg_terminate_backend($2)', [one, two])
  const answers = await slow
  // The third met the end of its time.
  expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(Array(3).fill([503, '5']))
  expect(await contexts()).toEqual(Array(20).fill(clean))
  expect((await operator.get(workshop.list.href())).status).toBe(200)
})

test('a page that throws after its context was opened gives its connection back', async () => {
  spy.inside = async () => {
    throw new Error('inside')
  }
  const answers = await Promise.all(Array.from({ length: 60 }, () => operator.get(workshop.list.href())))
  spy.inside = async () => {}
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([500]))
  expect(app_pool.totalCount - app_pool.idleCount).toBe(0)
  expect(app_pool.waitingCount).toBe(0)
  expect(await contexts()).toEqual(Array(20).fill(clean))
})

test('when every transaction must keep something at once, all of them can', async () => {
  const kept = async () =>
    (
      await beside
        .selectFrom('kernel.security_event')
        .select((of) => of.fn.countAll<number>().as('n'))
        .where('kind', '=', 'workshop.refused')
        .executeTakeFirstOrThrow()
    ).n
  const before = Number(await kept())
  // More than the pool of twenty holds.
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => operator.post(workshop.refusal.href(), { what: 'no' })),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]))
  expect(Number(await kept()) - before).toBe(30)
  const { rows } = await owner_pool.query(`select from workshop.line where what = 'no'`)
  expect(rows).toEqual([])
})
