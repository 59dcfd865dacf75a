/** Many book the last place of one hour in the same instant, over two processes on one database. The long run asks 200, a hundred times. */
import { beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { visitor } from '../kernel/actor.ts'
import { type Ctx, openCtx } from '../kernel/ctx.ts'
import { Refused } from '../kernel/errors.ts'
import { bookOpenly } from './actions/appointments.ts'
import { freeSlots, slotAsked } from './actions/slots.ts'

const long = process.env.LONG_TESTS === '1'
const [rounds, people] = long ? [100, 200] : [2, 20]
let town: TestHouse
let other: TestHouse
let lodi: Ctx['ambito']
beforeAll(async () => {
  town = await openTestHouse({ demo: false })
  other = await openTestHouse({ demo: false, beside: town.database })
  lodi = await town.inCtx(async (ctx) => ctx.ambito)
})

const inLodi = <Result>(side: TestHouse, work: (ctx: Ctx) => Promise<Result>) =>
  openCtx(side.house, { ambito: lodi, actor: visitor, lang: 'it' }, work)

/** A few of each process at work, the others at the door, as behind any server. */
const at_once = 6
async function crowd(slot: string) {
  const waiting = Array.from({ length: people }, (_, at) => at)
  const told: number[] = []
  const offered: number[] = []
  let won = 0
  const come = async (side: TestHouse) => {
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      const began = performance.now()
      try {
        await inLodi(side, (ctx) => bookOpenly(ctx, 'foreigners', slot, { called_as: `Persona ${at}`, privacy: '1' }))
        won++
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        // What the page that comes again shows: that it is gone, and what is free near it.
        const asked = await inLodi(side, (ctx) => slotAsked(ctx, 'foreigners', slot, { open: true }))
        told.push(performance.now() - began)
        offered.push('near' in asked && asked.error === 'taken' ? asked.near.length : 0)
      }
    }
  }
  await Promise.all(Array.from({ length: at_once * 2 }, (_, at) => come(at % 2 ? town : other)))
  return { won, told, offered }
}

test(`${people} want one hour: one has it, the others are told, ${rounds} times over`, {
  timeout: long ? 1_800_000 : 300_000,
}, async () => {
  const told: number[] = []
  for (let round = 0; round < rounds; round++) {
    const [slot] = await inLodi(town, (ctx) => freeSlots(ctx, 'foreigners', { open: true }))
    const contest = await crowd(slot?.key as string)
    expect(contest.won).toBe(1)
    expect(contest.told).toHaveLength(people - 1)
    expect(Math.min(...contest.offered)).toBeGreaterThan(0)
    told.push(...contest.told)
    const { rows } = await town.house.owner_pool.query(
      `select count(*)::int as n from desk.appointment where on_day = $1 and starts_at = $2 and cancelled_at is null`,
      [slot?.on_day, slot?.starts_at],
    )
    expect(rows).toEqual([{ n: 1 }])
    // The hour is free again for the next round, and the row stays.
    await town.house.owner_pool.query(`update desk.appointment set cancelled_at = now(), cancelled_by = 'person'`)
  }
  const [p50, p99] = percentiles(told)
  if (long)
    console.log(
      `told they were late, with the nearest hours: p50 ${p50} ms, p99 ${p99} ms of ${told.length} (limit of p99: 100 ms)`,
    )
})

function percentiles(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b)
  return [0.5, 0.99].map((part) => sorted[Math.floor(sorted.length * part)]?.toFixed(0))
}
