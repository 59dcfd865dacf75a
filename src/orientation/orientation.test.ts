/** Equipe SELF at its front door: what may be, what may not, and what each thing moves. */
import { beforeAll, describe, expect, test } from 'vitest'
import { somebodyWhoCounts } from '../../test/kit/courses.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { orientation } from './urls.ts'

let town: TestHouse
let self: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  town = await openTestHouse()
  self = await town.as('self@demo.example')
})

test('smoke', async () => {
  const person = await town.inCtx((ctx) => somebodyWhoCounts(ctx))
  const opened = await self.submit(orientation.open.href({ person }), { goal: 'Lavorare in cucina', minutes: '60' })
  expect([opened.status, await opened.text()]).toEqual([303, ''])
  expect(await self.page(opened.headers.get('location') as string)).toContain('Lavorare in cucina')

  console.log(
    (await self.page(orientation.list.href())).length,
    await sql('select kind from monitoring.fact order by id desc limit 1'),
  )
})
