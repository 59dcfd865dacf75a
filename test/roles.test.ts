/** Who may what, at the door: every staff address for every demonstration account, as its route declares it. */
import { beforeAll, describe, expect, test } from 'vitest'
import { roles } from '../src/accounts/rules/roles.ts'
import { modules } from '../src/modules.ts'
import { accountOf, everybody, fewest, fill, staffRoutes, walk } from './kit/addresses.ts'
import { openTestHouse } from './kit/house.ts'

const town = await openTestHouse()
const nowhere = '0198c0de-0000-7000-8000-000000000000'
const browsers = new Map<string, Awaited<ReturnType<typeof town.as>>>()
let examples = new Map<string, Set<string>>()
beforeAll(async () => {
  for (const email of everybody) browsers.set(email, await town.as(email))
  ;({ examples } = await walk(town, fewest, { of_each: 1 }))
})

const rolesOf = (email: string) =>
  Object.entries(accountOf)
    .filter(([, of]) => of === email)
    .map(([role]) => role)
const permitted = (route: (typeof staffRoutes)[number], email: string) =>
  typeof route.may === 'string' || route.may.roles.some((role) => rolesOf(email).includes(role))

test('the twelve demonstration accounts have every role there is', () => {
  expect(everybody).toHaveLength(12)
  expect([...roles, 'region'].filter((role) => !accountOf[role])).toEqual([])
})

test('every permission a route asks for is declared by its module', () => {
  const undeclared = modules.flatMap((module) =>
    (module.routes ?? []).flatMap(({ may, pattern }) =>
      typeof may === 'string' || Object.values(module.permissions ?? {}).includes(may)
        ? []
        : [`${pattern}: ${may.name}`],
    ),
  )
  expect(undeclared).toEqual([])
})

test('every permission declared is asked for somewhere, or named for its module alone', () => {
  const names = modules.flatMap((module) =>
    Object.values(module.permissions ?? {}).map(({ name }) => [module.name, name] as const),
  )
  expect(names.filter(([module, name]) => !name.startsWith(`${module}.`))).toEqual([])
  expect(new Set(names.map(([, name]) => name)).size).toBe(names.length)
})

test('only signing in and out is open to whoever has no account', () => {
  expect(
    staffRoutes
      .filter(({ may }) => may === 'anybody')
      .map(({ pattern }) => pattern)
      .sort(),
  ).toEqual([
    '/staff/accesso',
    '/staff/accesso/app',
    '/staff/accesso/codice',
    '/staff/attivazione/:token',
    '/staff/uscita',
  ])
})

test('no two routes answer to the same address', () => {
  const keys = modules.flatMap((module) => (module.routes ?? []).map(({ pattern }) => pattern.replaceAll(/:\w+/g, ':')))
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})

describe.each(staffRoutes.map((route) => [route.pattern, route] as const))('%s', (pattern, route) => {
  const anywhere = fill(pattern, () => nowhere)
  const example = () => [...(examples.get(pattern) ?? [])][0] ?? anywhere

  test('a visitor is sent to sign in, and nothing is done', async () => {
    if (route.may === 'anybody') return
    const visitor = town.visitor()
    const answers = [await visitor.get(anywhere), ...(route.form ? [await visitor.post(anywhere, {})] : [])]
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('location')?.split('?')[0]]).toEqual([303, '/staff/accesso'])
      expect(answer.headers.get('location')).toContain(`verso=${encodeURIComponent(anywhere)}`)
    }
  })

  test('each role gets what its line says, and never a crash', async () => {
    const answers = await Promise.all(
      everybody.map(async (email) => {
        const browser = browsers.get(email) as NonNullable<ReturnType<typeof browsers.get>>
        if (!permitted(route, email))
          return {
            email,
            statuses: [
              (await browser.get(anywhere)).status,
              ...(route.form ? [(await browser.post(anywhere, {})).status] : []),
            ],
          }
        return { email, statuses: [(await browser.get(anywhere)).status, (await browser.get(example())).status] }
      }),
    )
    for (const { email, statuses } of answers)
      if (permitted(route, email))
        for (const status of statuses)
          expect([email, status < 500, status === 303], `${status}`).toEqual([email, true, false])
      else expect([email, ...new Set(statuses)]).toEqual([email, 403])
  })
})
