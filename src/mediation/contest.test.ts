/** Two hundred accept one call in the same instant, over two processes on one database. The rounds of the long run are a thousand, or CONTEST_ROUNDS. */
import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { crowd, inDays, inRome, offeredCall } from '../../test/kit/mediation.ts'
import { commandLine } from '../kernel/actor.ts'
import { type Ctx, openCtx } from '../kernel/ctx.ts'
import { answerOffer, tellEverybody } from './actions/assigning.ts'

const rounds = Number(process.env.CONTEST_ROUNDS) || (process.env.LONG_TESTS === '1' ? 1000 : 3)
let town: TestHouse
let other: TestHouse
let mediators: string[]
beforeAll(async () => {
  town = await openTestHouse()
  other = await openTestHouse({ beside: town.database })
  mediators = await town.inCtx((ctx) => crowd(ctx, 200))
  lodi = await town.inCtx(async (ctx) => ctx.ambito)
})
const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]
let lodi: Ctx['ambito']
/**
 * Six connections of each process at work, the others at the door: all who wait, wait for the same row one after the other, and
 * on a machine that does other things besides, the last of many would run into the time a statement may take.
 */
const doors = [6, 6]
const queues: (() => void)[][] = [[], []]
async function open<Result>(at: number, work: (ctx: Ctx) => Promise<Result>) {
  const side = at % 2
  if (doors[side] === 0) await new Promise<void>((come) => queues[side]?.push(come))
  else doors[side] = (doors[side] as number) - 1
  try {
    return await openCtx((side ? town : other).house, { ambito: lodi, actor: commandLine, lang: 'it' }, work)
  } finally {
    const next = queues[side]?.shift()
    if (next) next()
    else doors[side] = (doors[side] as number) + 1
  }
}

async function contest(day: number) {
  const starts_at = inRome(inDays(60 + day), '09:00')
  const { call_id, offers } = await open(0, (ctx) => offeredCall(ctx, mediators, { starts_at, minutes: 60 }))
  const answers = await Promise.all(
    offers.map((offer, at) => open(at, (ctx) => answerOffer(ctx, offer, { answer: 'accept' }))),
  )
  return { call_id, answers }
}

describe('two hundred mediators accept one call', () => {
  test(
    `exactly one wins, ${rounds} times over; every other is told that it is taken`,
    async () => {
      for (let round = 0; round < rounds; round++) {
        const { call_id, answers } = await contest(round)
        expect(answers.filter((answer) => answer === 'won')).toHaveLength(1)
        expect(answers.filter((answer) => answer === 'taken')).toHaveLength(199)
        const winners = await sql(`select 1 from mediation.assignment where call_id = $1 and ended_at is null`, [
          call_id,
        ])
        expect(winners).toHaveLength(1)
        // A job is delivered at least once: here twice.
        if (round === rounds - 1) for (const at of [0, 1]) await open(at, (ctx) => tellEverybody.run(ctx, { call_id }))
        const steps = await sql(`select 1 from mediation.step where call_id = $1 and state = 'assigned'`, [call_id])
        expect(steps).toHaveLength(1)
      }
      // Each loser of the last round has one letter, the winner another, although the job that writes them ran twice.
      const letters = await sql<{ kind: string; letters: string }>(
        `select kind, count(*) as letters from kernel.mail where kind in ('mediation.taken', 'mediation.job', 'mediation.asker_assigned') group by kind order by kind`,
      )
      expect(letters.map(({ kind, letters }) => [kind, Number(letters)])).toEqual([
        ['mediation.asker_assigned', 1],
        ['mediation.job', 1],
        ['mediation.taken', 199],
      ])
    },
    60_000 + rounds * 10_000,
  )

  test('one mediator accepts twenty overlapping calls at once: one of them is hers, and the travel between two Comuni counts', async () => {
    const one = mediators.slice(0, 1)
    const beyond = inDays(90 + rounds)
    const starts_at = inRome(beyond, '09:00')
    const calls: { call_id: string; offers: string[] }[] = []
    for (let at = 0; at < 20; at++)
      calls.push(
        await open(0, (ctx) =>
          offeredCall(
            ctx,
            one,
            { starts_at: starts_at.add({ minutes: at * 5 }), minutes: 60 },
            { comune: at % 2 ? '098031' : '098019' },
          ),
        ),
      )
    const answers = await Promise.all(
      calls.map(({ offers }, at) => open(at, (ctx) => answerOffer(ctx, offers[0] as string, { answer: 'accept' }))),
    )
    expect(answers.filter((answer) => answer === 'won').length).toBeGreaterThanOrEqual(1)
    const held = await sql<{ starts_at: Date; ends_at: Date; comune: string }>(
      `select starts_at, ends_at, comune from mediation.assignment where mediator_id = $1 and ended_at is null and starts_at >= $2 order by starts_at`,
      [one[0], beyond],
    )
    for (const [at, next] of held.entries()) {
      const before = held[at - 1]
      if (!before) continue
      const minutes =
        before.comune === next.comune
          ? 0
          : Number(
              (
                await sql<{ minutes: number }>(
                  `select minutes from mediation.travel where from_comune = $1 and to_comune = $2`,
                  [before.comune, next.comune],
                )
              )[0]?.minutes,
            )
      expect(next.starts_at.getTime() - before.ends_at.getTime()).toBeGreaterThanOrEqual(minutes * 60_000)
    }
  })

  test('even a bare insert cannot give a call two winners, nor a mediator two places', async () => {
    const starts_at = inRome('2028-03-06', '09:00')
    const insert = `insert into mediation.assignment (ambito_id, call_id, mediator_id, mediator_number, how, starts_at, ends_at)
      select m.ambito_id, $1, m.id, m.number, 'by_hand', $3::timestamptz, $3::timestamptz + interval '1 hour' from mediation.mediator m where m.id = $2`
    const [a, b] = [
      await open(0, (ctx) => offeredCall(ctx, [], { starts_at, minutes: 60 })),
      await open(0, (ctx) => offeredCall(ctx, [], { starts_at, minutes: 60 })),
    ]
    await sql(insert, [a.call_id, mediators[0], starts_at.toString()])
    await expect(sql(insert, [a.call_id, mediators[1], starts_at.add({ hours: 5 }).toString()])).rejects.toThrow(
      'one_winner',
    )
    await sql('alter table mediation.assignment disable trigger check_travel')
    await expect(sql(insert, [b.call_id, mediators[0], starts_at.add({ minutes: 30 }).toString()])).rejects.toThrow(
      'no_double_booking',
    )
    await sql('alter table mediation.assignment enable trigger check_travel')
    await sql(insert, [b.call_id, mediators[0], starts_at.add({ hours: 1 }).toString()])
  })
})
