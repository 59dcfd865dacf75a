/** Killed between the acceptance and the letters: the winner stays the winner, each letter goes out once, none is lost. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { crowd, inRome, offeredCall } from '../../test/kit/mediation.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { root } from '../kernel/root.ts'

let town: TestHouse
let post: Awaited<ReturnType<typeof openPostOffice>>
beforeAll(async () => {
  post = await openPostOffice()
  town = await openTestHouse({ env: { SMTP_URL: post.url } })
})
afterAll(() => post.close())

/** Accepts in a process of its own, which dies by SIGKILL in the moment the transaction has been acknowledged. */
async function acceptAndDie(offer: string) {
  const program = join(root, 'test/kit/accepting-process.ts')
  const child = spawn(process.execPath, ['--no-warnings', program, town.database.app_url, offer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => ['gone'])])) as [
    Buffer | string,
  ]
  child.kill('SIGKILL')
  return String(line).trim()
}

const unsent = async () =>
  (await town.house.owner_pool.query('select from kernel.mail where sent_at is null and failed_at is null')).rowCount ??
  0

test('the letters of an acceptance survive the death of its process', async () => {
  const mediators = await town.inCtx((ctx) => crowd(ctx, 6, 'zz'))
  for (let round = 0; round < 2; round++) {
    const starts_at = inRome('2027-05-03', '09:00').add({ hours: 24 * round })
    const { call_id, offers } = await town.inCtx((ctx) =>
      offeredCall(ctx, mediators, { starts_at, minutes: 60 }, { language: 'zz' }),
    )
    const before = post.taken.length
    expect(await acceptAndDie(offers[round] as string)).toBe('won')
    const { rows } = await town.house.owner_pool.query(
      'select mediator_id from mediation.assignment where call_id = $1 and ended_at is null',
      [call_id],
    )
    expect(rows).toEqual([{ mediator_id: mediators[round] }])
    await Promise.all([town.settle(), town.settle()])
    // A letter a busy machine could not hand over at once is tried again by its job.
    for (let tries = 0; tries < 20 && (await unsent()) > 0; tries++) {
      await sleep(500)
      await town.settle()
    }
    const letters = post.taken.slice(before).map(({ to }) => to[0])
    // Five losers, the winner and the body: one each.
    expect(letters.toSorted()).toEqual(
      [...mediators.map((_, at) => `persona${at}@zz.example`), 'prova@ente.example'].toSorted(),
    )
  }
}, 60_000)
