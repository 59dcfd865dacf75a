/** Another register, with other names and habits than the sample: it must come in as well, so that nothing is fitted to the sample. */
import { beforeAll, describe, expect, test } from 'vitest'
import { decidePair, duplicatesToday } from '../src/people/actions.ts'
import { command } from './kit/command.ts'
import { fileOf } from './kit/feed.ts'
import { openTestHouse, type TestHouse } from './kit/house.ts'
import { otherRegister } from './kit/other-register.ts'
import { joinedWrongly, rowsTaken, truthOf } from './kit/register.ts'

const register = otherRegister(Number(process.env.SEED) || 3)
const file = fileOf(register.bytes, 'register.csv')

let town: TestHouse
let first: Awaited<ReturnType<typeof command>>
beforeAll(async () => {
  town = await openTestHouse({ demo: false })
  first = await command(town, 'import', 'visits', file, '--format', 'json')
})

describe('English headers, commas, Windows-1252, d/m/yy, swapped names', () => {
  test('rows in, rows out, few people made twice', () => {
    expect(first.status, first.err).toBe(0)
    expect(first.json).toMatchObject({
      rows: register.rows,
      rejected: register.refused,
      accepted: register.rows - register.refused,
    })
    expect(first.json.people_created).toBeGreaterThanOrEqual(register.persons)
    expect(first.json.people_created).toBeLessThanOrEqual(1.25 * register.persons)
  })

  test('nobody is joined to somebody else', async () => {
    const taken = await town.inCtx((ctx) => rowsTaken(ctx))
    expect(taken.length).toBe(register.truth.length)
    expect(joinedWrongly(taken, register.truth)).toEqual([])
  })

  test('fed again it adds nothing', async () => {
    const again = await command(town, 'import', 'visits', file, '--format', 'json')
    expect(again.json).toMatchObject({ people_created: 0, facts: 0, accepted: first.json.accepted })
  })

  test('once the pairs are decided as the truth says, the figure is the truth', async () => {
    const whose = await town.inCtx(async (ctx) => truthOf(await rowsTaken(ctx), register.truth))
    const next = () => town.inCtx(async (ctx) => (await duplicatesToday(ctx, true)).pairs[0])
    for (let pair = await next(); pair; pair = await next()) {
      const { one, other } = pair
      await town.inCtx((ctx) => decidePair(ctx, one, other, whose.get(one) === whose.get(other) ? 'same' : 'different'))
    }
    const { json } = await command(town, 'report', '--from', '2025-09-25', '--to', '2026-11-22', '--format', 'json')
    expect(json.indicators.find(({ code }: { code: string }) => code === 'O.2.3').value).toBe(register.countable)
  })
})
