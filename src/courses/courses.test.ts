/** Courses through the front door: from the notice to the certificate. */
import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'

type Browser = Awaited<ReturnType<TestHouse['as']>>

let house: TestHouse
let office: Browser
let operator: Browser
let teacher: Browser

beforeAll(async () => {
  house = await openTestHouse()
  ;[office, operator, teacher] = [
    await house.as('progetto@demo.example'),
    await house.as('operatore@demo.example'),
    await house.as('docente@demo.example'),
  ]
})

const idIn = (location: string | null) => /[0-9a-f-]{36}/.exec(location ?? '')?.[0] as string

test('the house stands', async () => {
  for (const path of [
    '/it/corsi',
    '/ar/corsi',
    '/it/corsi/italiano-per-il-lavoro',
    '/it/corsi/cucina-e-igiene-degli-alimenti/iscrizione',
  ])
    expect(await house.visitor().page(path)).toContain('<h1')
  expect(await office.page('/staff/corsi')).toContain('Italiano per il lavoro')
  expect(idIn('/staff')).toBeUndefined()
  expect([operator, teacher]).toHaveLength(2)
})
