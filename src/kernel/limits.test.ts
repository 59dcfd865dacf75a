import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import type { Limit } from './limits.ts'

const town = await openTestHouse()
const twin = await openTestHouse({ beside: town.database })
const limit: Limit = { name: 'prova', points: 5, seconds: 60 }

test('a limit holds across two processes, whichever is asked', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => (at % 2 ? town : twin).house.limits.take(limit, 'a')),
  )
  expect(answers.filter(Boolean)).toHaveLength(5)
  expect(await town.house.limits.take(limit, 'b')).toBe(true)
})

test('and survives a restart', async () => {
  const later = await openTestHouse({ beside: town.database })
  expect(await later.house.limits.take(limit, 'a')).toBe(false)
  await later.house.limits.forget(limit, 'a')
  expect(await later.house.limits.take(limit, 'a')).toBe(true)
})

test('what is given back can be taken again, also by a process that has never counted', async () => {
  for (let time = 0; time < 5; time++) await town.house.limits.take(limit, 'c')
  const fresh = await openTestHouse({ beside: town.database })
  await fresh.house.limits.giveBack(limit, 'c')
  expect([await fresh.house.limits.take(limit, 'c'), await fresh.house.limits.take(limit, 'c')]).toEqual([true, false])
})

test('it stays when the transaction in which it was taken is rolled back', async () => {
  for (let time = 0; time < 6; time++)
    await town
      .inCtx(async ({ limits }) => {
        await limits.take(limit, 'd')
        throw new Error('rolled back')
      })
      .catch(() => {})
  expect(await twin.house.limits.take(limit, 'd')).toBe(false)
})
