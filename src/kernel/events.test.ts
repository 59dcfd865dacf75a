import { beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import workshopModule, { prepareWorkshop, spy, workshop } from '../../test/kit/workshop.tsx'
import { startWorker } from './jobs.ts'
import { showLife } from './worker-life.ts'

const town = await openTestHouse({ also: [workshopModule] })
const { owner_pool } = town.house
const operator = await town.as('operatore@demo.example')
beforeAll(async () => {
  await prepareWorkshop(owner_pool)
  await town.settle()
})
beforeEach(() => {
  spy.broken = false
  spy.heard.length = 0
  spy.done.length = 0
})

const add = async (what: string) => expect((await operator.submit(workshop.list.href(), { what })).status).toBe(303)
const waiting = async () =>
  (
    await owner_pool.query(
      `select task_identifier as task, attempts, last_error from graphile_worker.jobs where task_identifier like '%workshop%' order by id`,
    )
  ).rows
/** The pause before the next attempt, over. */
const pauseOver = () => owner_pool.query(`update graphile_worker._private_jobs set run_at = now() where attempts > 0`)

test('a fact is heard by each listener, and what was queued is done', async () => {
  await add('pane')
  await town.settle()
  const { rows } = await owner_pool.query(`select id from kernel.event where name = 'workshop.line_added'`)
  expect(spy.heard.sort()).toEqual([`first ${rows[0].id}`, `second ${rows[0].id}`])
  expect(spy.done).toEqual(['done'])
  expect(await waiting()).toEqual([])
})

test('a listener that throws harms no other, is tried again, and hears the fact once it is mended', async () => {
  spy.broken = true
  await add('sale')
  await town.settle()
  expect(spy.heard.map((line) => line.split(' ')[0])).toEqual(['second'])
  expect(spy.done).toEqual(['done'])
  expect(await waiting()).toEqual([
    { task: 'hear.workshop.first', attempts: 1, last_error: expect.stringContaining('orecchio rotto') },
  ])

  await pauseOver()
  await town.settle()
  expect(await waiting()).toMatchObject([{ attempts: 2 }])

  spy.broken = false
  await add('pepe')
  await pauseOver()
  await town.settle()
  expect(await waiting()).toEqual([])
  const { rows } = await owner_pool.query(
    `select 'first ' || id as heard from kernel.event where name = 'workshop.line_added' order by recorded_at offset 1`,
  )
  expect(spy.heard.filter((line) => line.startsWith('first')).sort()).toEqual(rows.map(({ heard }) => heard).sort())
})

test('what is refused announces nothing and queues nothing', async () => {
  const events = async () => (await owner_pool.query('select count(*)::int as n from kernel.event')).rows[0].n
  const before = await events()
  expect((await operator.submit(workshop.list.href(), { what: 'rotto' })).status).toBe(422)
  expect((await operator.get(workshop.crash.href())).status).toBe(500)
  expect([await events(), await waiting()]).toEqual([before, []])
})

test('a job of an Ambito that is gone fails by itself', async () => {
  await owner_pool.query(
    `select graphile_worker.add_job('workshop.count', json_build_object('ambito_id', gen_random_uuid(), 'payload', '{"what": "ghost"}'::json))`,
  )
  await add('olio')
  await town.settle()
  expect(spy.done).toEqual(['done'])
  expect(await waiting()).toMatchObject([
    { task: 'workshop.count', last_error: expect.stringContaining('no such ambito') },
  ])
  await owner_pool.query('delete from graphile_worker._private_jobs')
})

/** Workers that show their life in this database; others' tests have theirs. */
const lives = async () =>
  (
    await owner_pool.query(`select from pg_locks where locktype = 'advisory' and classid = 7020062
      and database = (select oid from pg_database where datname = current_database())`)
  ).rowCount

test('what a killed worker had in hand goes back to the queue, and its listener hears on; a living one keeps what it has', async () => {
  const work = await startWorker(town.house)
  spy.broken = true
  await add('aceto')
  await expect.poll(waiting).toMatchObject([{ attempts: 1, last_error: expect.stringContaining('orecchio') }])
  await work.stop()
  spy.broken = false

  const lockedBy = (worker: string) =>
    owner_pool.query(`with j as (update graphile_worker._private_jobs set locked_by = '${worker}', locked_at = now() - interval '1 minute', run_at = now() where attempts > 0)
      update graphile_worker._private_job_queues set locked_by = '${worker}', locked_at = now() - interval '1 minute' where queue_name like 'hear.workshop.first%'`)
  const goOn = showLife(owner_pool, 'a living worker')
  await expect.poll(lives).toBe(1)
  await lockedBy('a living worker')
  const next = await startWorker(town.house)
  await add('limone')
  // A worker looks every two seconds for what its queue held back.
  await expect.poll(() => spy.heard.filter((line) => line.startsWith('second'))).toHaveLength(2)
  expect(spy.heard.filter((line) => line.startsWith('first'))).toEqual([])
  await next.stop()

  goOn()
  await expect.poll(lives).toBe(0)
  const third = await startWorker(town.house)
  await expect.poll(() => spy.heard.filter((line) => line.startsWith('first'))).toHaveLength(2)
  await third.stop()
  expect(await waiting()).toEqual([])
})
