/** Who may what, at the door: every staff address for every demonstration account, as its route declares it. */
import { beforeAll, describe, expect, test } from 'vitest'
import { roles } from '../src/accounts/rules/roles.ts'
import { modules } from '../src/modules.ts'
import { accountOf, everybody, fill, staffRoutes, walk } from './kit/addresses.ts'
import { openTestHouse } from './kit/house.ts'

const town = await openTestHouse()
const nowhere = '0198c0de-0000-7000-8000-000000000000'
const browsers = new Map<string, Awaited<ReturnType<typeof town.as>>>()
let examples: Map<string, Set<string>>
beforeAll(async () => {
  for (const email of everybody) browsers.set(email, await town.as(email))
  ;({ examples } = await walk(town, everybody, { of_each: 1 }))
}, 120_000)

const rolesOf = (email: string) =>
  Object.entries(accountOf)
    .filter(([, of]) => of === email)
    .map(([role]) => role)
const addressesOf = (pattern: string) => [
  fill(pattern, () => nowhere),
  ...[...(examples.get(pattern) ?? [])].slice(0, 1),
]
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
  test('a visitor is sent to sign in, and nothing is done', async () => {
    if (route.may === 'anybody') return
    for (const path of addressesOf(pattern)) {
      const visitor = town.visitor()
      const answers = [await visitor.get(path), ...(route.form ? [await visitor.post(path, {})] : [])]
      for (const answer of answers) {
        expect([answer.status, answer.headers.get('location')?.split('?')[0]], path).toEqual([303, '/staff/accesso'])
        expect(answer.headers.get('location')).toContain(`verso=${encodeURIComponent(path)}`)
      }
    }
  })

  test('each role gets what its line says, and never a crash', async () => {
    for (const email of everybody) {
      const browser = browsers.get(email) as NonNullable<ReturnType<typeof browsers.get>>
      for (const path of addressesOf(pattern)) {
        const got = (await browser.get(path)).status
        if (permitted(route, email))
          expect([path, email, got < 500, got === 303], `${got}`).toEqual([path, email, true, false])
        else expect([path, email, got]).toEqual([path, email, 403])
        if (!route.form || permitted(route, email)) continue
        expect([path, email, (await browser.post(path, {})).status]).toEqual([path, email, 403])
      }
    }
  })
})
