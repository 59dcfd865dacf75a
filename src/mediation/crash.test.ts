/** Killed between the acceptance and the letters: the winner stays the winner, each letter goes out once, none is lost. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { crowd, inDays, inRome, offeredCall } from '../../test/kit/mediation.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { root } from '../kernel/root.ts'

let town: TestHouse
let other: TestHouse
let post: Awaited<ReturnType<typeof openPostOffice>>
beforeAll(async () => {
  post = await openPostOffice()
  // Patient: a busy machine makes no letter doubtful.
  const env = { SMTP_URL: post.url }
  town = await openTestHouse({ env })
  other = await openTestHouse({ env, beside: town.database })
})
afterAll(() => post.close())
const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]

/** Accepts in a process of its own, which dies by SIGKILL in the moment the transaction has been acknowledged. */
async function acceptAndDie(offer: string) {
  const program = join(root, 'test/kit/accepting-process.ts')
  const child = spawn(process.execPath, ['--no-warnings', program, town.database.app_url, offer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const [line] = (await Promise.race([once(child.stdout, 'data'), gone.then(() => ['gone'])])) as [Buffer | string]
  child.kill('SIGKILL')
  await gone
  return String(line).trim()
}

test('the letters of an acceptance survive the death of its process', async () => {
  const mediators = await town.inCtx((ctx) => crowd(ctx, 6, 'zz'))
  const { call_id, offers } = await town.inCtx((ctx) =>
    offeredCall(ctx, mediators, { starts_at: inRome(inDays(60), '09:00'), minutes: 60 }, { language: 'zz' }),
  )
  expect(await acceptAndDie(offers[2] as string)).toBe('won')
  // What the dead one left: a winner, no letter, and the job that writes them.
  expect(
    await sql('select mediator_id from mediation.assignment where call_id = $1 and ended_at is null', [call_id]),
  ).toEqual([{ mediator_id: mediators[2] }])
  const letters = `select to_address, sent_at is not null as sent from kernel.mail where to_address like '%@zz.example' or to_address = 'prova@ente.example' order by 1`
  expect(await sql(letters)).toEqual([])
  const job = `from graphile_worker.jobs where task_identifier = 'mediation.tell_everybody'`
  expect(await sql(`select 1 ${job}`)).toHaveLength(1)

  // Two processes work at what waits, and what had to be tried again is tried at once.
  const waiting = `from graphile_worker.jobs where task_identifier in ('mediation.tell_everybody', 'kernel.send_mail')`
  do {
    await sql('update graphile_worker._private_jobs set run_at = now() where run_at > now() and attempts > 0')
    await Promise.all([town.settle(), other.settle()])
  } while ((await sql(`select 1 ${waiting}`)).length > 0)
  // Five losers, the winner and the body: one each.
  const everybody = [...mediators.map((_, at) => `persona${at}@zz.example`), 'prova@ente.example'].toSorted()
  expect(await sql(letters)).toEqual(everybody.map((to_address) => ({ to_address, sent: true })))
  const taken = post.taken.flatMap(({ to }) => to).filter((to) => everybody.includes(to))
  expect(taken.toSorted()).toEqual(everybody)
})
