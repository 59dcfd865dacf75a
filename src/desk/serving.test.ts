import { beforeAll, describe, expect, test } from 'vitest'
import { openDesk } from '../../test/kit/desk.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { desk } from './urls.ts'

let town: TestHouse
let opening: string
beforeAll(async () => {
  town = await openTestHouse()
  const operator = await town.as('operatore@demo.example')
  opening = await openDesk(operator)
})

describe('an operator serves a person', () => {
  test('found by two clues in another script, needs, outcome, done', async () => {
    const operator = await town.as('operatore@demo.example')
    const found = await (
      await operator.submit(desk.search.href({ opening }), { who: 'محمد 1990' }, { on: desk.work.href({ opening }) })
    ).text()
    expect(found).toContain('EL SAYED')
    const persona = /persona=([0-9a-f-]{36})/.exec(found)?.[1] as string
    const work = desk.work.href({ opening }, { persona })
    const answer = await operator.submit(
      desk.work.href({ opening }),
      { needs: ['DOC.SLP', 'FAM.RICONG'], outcome: 'solved', minutes: '10' },
      { on: work },
    )
    expect(answer.status).toBe(303)
    await town.settle()
    expect(await operator.page(desk.list.href({ opening }))).toContain('Ricongiungimento familiare')
  })
})
