import { beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { firstBrokenReading, looked } from './audit.ts'

const town = await openTestHouse()
const { owner_pool, app_pool } = town.house
const lodi = await town.inCtx(async (ctx) => ctx.ambito_id)

const read = (what: string, times = 1) =>
  town.inCtx(async (ctx) => {
    for (let time = 0; time < times; time++)
      looked(ctx, { what, person_id: '0198c0de-0000-7000-8000-000000000001', detail: { rows: time } })
  })
const broken = () => town.inCtx((ctx) => firstBrokenReading(ctx))
const trail = async () =>
  (
    await owner_pool.query<{ position: string; what: string }>(
      'select position, what from kernel.audit where ambito_id = $1 order by position',
      [lodi],
    )
  ).rows.map(({ position, what }) => [Number(position), what])

beforeEach(async () => {
  await owner_pool.query('truncate kernel.audit, kernel.audit_head')
  await read('one')
  await read('two', 2)
  await read('three', 3)
})

test('each reading is appended, in order, in the transaction that made it', async () => {
  expect(await trail()).toEqual([
    [1, 'one'],
    [2, 'two'],
    [3, 'two'],
    [4, 'three'],
    [5, 'three'],
    [6, 'three'],
  ])
  await town
    .inCtx(async (ctx) => {
      looked(ctx, { what: 'never' })
      throw new Error('rolled back')
    })
    .catch(() => {})
  expect(await trail()).toHaveLength(6)
  expect(await broken()).toBeNull()
})

test('a hundred readers at once leave one chain', async () => {
  await Promise.all(Array.from({ length: 100 }, (_, at) => read(`reader ${at}`)))
  expect((await trail()).map(([position]) => position)).toEqual(Array.from({ length: 106 }, (_, at) => at + 1))
  expect(await broken()).toBeNull()
})

test('each Ambito has a trail of its own', async () => {
  await town.inCtx(async (ctx) => looked(ctx, { what: 'elsewhere' }), 'vicino')
  expect(await town.inCtx((ctx) => firstBrokenReading(ctx), 'vicino')).toBeNull()
  expect(await trail()).toHaveLength(6)
  expect(
    await town.inCtx(async ({ db }) => (await db.selectFrom('kernel.audit').select('what').execute()).length, 'vicino'),
  ).toBe(1)
})

describe('whoever owns the tables and tampers is found out at the first bad row', () => {
  const tampering: [string, string, number][] = [
    ['what was looked at', `update kernel.audit set what = 'else' where position = 3`, 3],
    ['who', `update kernel.audit set account_id = gen_random_uuid() where position = 4`, 4],
    ['when', `update kernel.audit set at = at - interval '1 microsecond' where position = 2`, 2],
    ['whose file', `update kernel.audit set person_id = null where position = 1`, 1],
    ['the detail', `update kernel.audit set detail = '{"rows": 9}' where position = 5`, 5],
    ['a hash', `update kernel.audit set hash = sha256('x') where position = 4`, 4],
    ['a row in the middle, gone', 'delete from kernel.audit where position = 3', 3],
    ['the first row, gone', 'delete from kernel.audit where position = 1', 1],
    ['the first three, gone', 'delete from kernel.audit where position <= 3', 1],
    ['the last row, gone', 'delete from kernel.audit where position = 6', 6],
    ['all rows, gone', 'delete from kernel.audit', 1],
    [
      'two rows, exchanged',
      `update kernel.audit a set what = b.what, detail = b.detail, at = b.at from kernel.audit b where (a.position, b.position) in ((1, 2), (2, 1))`,
      1,
    ],
    ['the order, moved on by ten', 'update kernel.audit set position = position + 10', 1],
    [
      'a row, put in',
      `insert into kernel.audit select ambito_id, 7, at, account_id, what, person_id, detail, hash from kernel.audit where position = 6`,
      7,
    ],
    ['the head, gone', 'delete from kernel.audit_head', 7],
    ['the head, turned back', 'update kernel.audit_head set position = 5', 7],
    [
      'the last row and the head, turned back',
      'with gone as (delete from kernel.audit where position = 6) update kernel.audit_head set position = 5',
      6,
    ],
  ]
  test.each(tampering)('%s', async (_, statement, first_bad) => {
    await owner_pool.query(statement)
    expect(await broken()).toBe(first_bad)
  })
})

test('the application may append, and neither write, change nor delete', async () => {
  const client = await app_pool.connect()
  try {
    const tries = [
      'insert into kernel.audit select * from kernel.audit',
      `update kernel.audit set what = 'x'`,
      'delete from kernel.audit',
      'truncate kernel.audit',
      'update kernel.audit_head set position = 0',
      'delete from kernel.audit_head',
      `insert into kernel.audit_head values (gen_random_uuid(), 0, '')`,
    ]
    for (const statement of tries) {
      await client.query('begin')
      await client.query(`select set_config('app.ambito', $1, true)`, [lodi])
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' })
      await client.query('rollback')
    }
    await expect(client.query(`select kernel.append_audit('[{"what": "nowhere"}]')`)).rejects.toThrow(
      'audit without an ambito',
    )
  } finally {
    client.release()
  }
})
