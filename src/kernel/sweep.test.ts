import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { sweep } from './sweep.ts'

const town = await openTestHouse()
const { owner_pool } = town.house

test('drafts go after a day, marks of forms after two, sessions after thirty, and nothing before', async () => {
  const operator = await town.as('operatore@demo.example')
  await owner_pool.query(`
    insert into kernel.draft (account_id, path, typed) select id, '/staff', '{"name": "Amina"}' from accounts.account limit 1;
    insert into kernel.submission (token) values (gen_random_uuid());
    insert into kernel.rate_limit values ('over', 1, 1), ('running', 1, extract(epoch from now() + interval '40 days') * 1000)`)
  const left = async () =>
    (
      await owner_pool.query(`select (select count(*)::int from kernel.draft) as drafts, (select count(*)::int from kernel.submission) as marks,
        (select count(*)::int from kernel.session) as sessions, (select count(*)::int from kernel.rate_limit) as counters`)
    ).rows[0]
  await town.inCtx(sweep)
  expect(await left()).toEqual({ drafts: 1, marks: 1, sessions: 1, counters: 1 })
  expect((await operator.get('/staff')).status).toBe(200)
  await town.moveClock('25 hours')
  await town.inCtx(sweep)
  expect(await left()).toMatchObject({ drafts: 0, marks: 1, sessions: 1 })
  await town.moveClock('49 hours')
  await town.inCtx(sweep)
  expect(await left()).toMatchObject({ marks: 0, sessions: 1 })
  await town.moveClock('31 days')
  await town.inCtx(sweep)
  expect(await left()).toMatchObject({ sessions: 0, counters: 1 })
})
