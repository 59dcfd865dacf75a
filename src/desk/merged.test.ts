import { expect, test } from 'vitest'
import { openDesk } from '../../test/kit/desk.ts'
import { openTestHouse } from '../../test/kit/house.ts'
import { createPerson, mergePersons } from '../people/actions.ts'
import { desk } from './urls.ts'

test('two files that were one person: the desk shows what happened in both', async () => {
  const town = await openTestHouse()
  const operator = await town.as('operatore@demo.example')
  const opening = await openDesk(operator)
  const [one, other] = await town.inCtx(async (ctx) => [
    await createPerson(ctx, { given_names: 'Doppia', born: '1980' }, { demo: true }),
    await createPerson(ctx, { given_names: 'Doppia', born: '1980' }, { demo: true }),
  ])
  const at = (persona: string) => desk.work.href({ opening }, { persona })
  const visit = { needs: ['DOC.SLP'], outcome: 'solved' }
  expect((await operator.submit(desk.work.href({ opening }), visit, { on: at(other) })).status).toBe(303)
  const history = async () => (await operator.page(at(one))).match(/\/staff\/accessi\/[0-9a-f-]{36}/g)?.length ?? 0
  expect(await history()).toBe(0)
  await town.inCtx((ctx) => mergePersons(ctx, one, other))
  expect(await history()).toBeGreaterThan(0)
})
