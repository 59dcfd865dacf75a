import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'

const { as, visitor } = await openTestHouse()

test('smoke', async () => {
  for (const path of [
    '/it/servizi',
    '/it/bacheca',
    '/it/eventi',
    '/it/cerca?q=permeso',
    '/it/eventi.ics',
    '/it/bacheca.atom',
    '/api/hsds',
    '/api/hsds/services',
    '/api/openapi.json',
  ]) {
    const answer = await visitor().get(path)
    if (answer.status !== 200)
      console.log(path, (await answer.text()).replace(/<style>[\s\S]*?<\/style>/, '').slice(0, 600))
    expect([path, answer.status]).toEqual([path, 200])
  }
  const editor = await as('redazione@demo.example')
  for (const path of [
    '/staff/bacheca',
    '/staff/bacheca/nuova/service',
    '/staff/bacheca/traduzioni',
    '/staff/bacheca/traduzioni/ar',
  ]) {
    const answer = await editor.get(path)
    expect([path, answer.status]).toEqual([path, 200])
  }
})
