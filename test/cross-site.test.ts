/** Nobody else's page makes us do something, and looking changes nothing. */
import { beforeAll, describe, expect, test } from 'vitest'
import { accountOf, apiRoutes, everybody, fewest, fill, postRoutes, walk } from './kit/addresses.ts'
import { fieldsOf, filledIn } from './kit/fields.ts'
import { openTestHouse } from './kit/house.ts'
import { changedTables, rowPrints, traces_of_looking } from './kit/rows.ts'
import { inTurn } from './kit/share.ts'

const town = await openTestHouse()
const { owner_pool } = town.house
const nowhere = '0198c0de-0000-7000-8000-000000000000'
const browsers = new Map<string, Awaited<ReturnType<typeof town.as>>>()
let examples: Map<string, Set<string>>

beforeAll(async () => {
  await town.settle()
  // The first look of the day brings the day's weekly openings into being; every later one changes nothing.
  for (const email of everybody) browsers.set(email, await town.as(email))
  ;({ examples } = await walk(town, fewest, { of_each: 1 }))
})

test('following every link as everybody changes no row, but for who looked and when', async () => {
  const before = await rowPrints(owner_pool)
  const { seen } = await walk(town, everybody, { of_each: 1 })
  expect(seen.filter(({ status }) => status >= 500)).toEqual([])
  expect(new Set(seen.map(({ path }) => path)).size).toBeGreaterThan(40)
  expect(changedTables(before, await rowPrints(owner_pool), traces_of_looking)).toEqual([])
})

describe('every form, sent from elsewhere, is refused with 403 and changes no row', () => {
  const strangers: [string, Record<string, string>][] = [
    ['another origin', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://localhost:8080' }],
    ['a subdomain', { origin: 'http://evil.localhost' }],
    ['no origin at all', { origin: 'null' }],
    ['nonsense for an origin', { origin: 'javascript:alert(1)' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on the same site', { 'sec-fetch-site': 'same-site', origin: 'http://localhost' }],
    ['the right origin and the wrong site', { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }],
    ['text/plain', { 'content-type': 'text/plain' }],
    ['JSON', { 'content-type': 'application/json' }],
    ['no type', { 'content-type': '' }],
  ]
  const admin = 'admin@demo.example'

  let before: Awaited<ReturnType<typeof rowPrints>>
  beforeAll(async () => {
    before = await rowPrints(owner_pool)
  })

  test.each(strangers.map(([who, headers], at) => [who, headers, at] as const))('%s', async (_, headers, at) => {
    for (const route of inTurn(postRoutes, at, 3)) {
      const path =
        [...(examples.get(route.pattern) ?? [])][0] ?? fill(route.pattern, (name) => (name === 'l' ? 'it' : nowhere))
      // Whoever may do it is the one to be tricked into it.
      const email = typeof route.may === 'string' ? admin : (accountOf[route.may.roles[0] ?? ''] as string)
      const body = new URLSearchParams(Object.entries(filledIn(route.form?.schema as never, () => nowhere)))
      const answer = await town.http.request(`http://localhost${path}`, {
        method: 'POST',
        body: body.toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
          host: 'localhost',
          cookie: browsers.get(email)?.cookie() ?? '',
        },
      })
      expect([answer.status, answer.headers.get('set-cookie')], `${route.pattern} as ${email}`).toEqual([403, null])
    }
  })

  test('what is for programs takes no session for a key, wherever it comes from', async () => {
    for (const { pattern } of apiRoutes)
      for (const email of everybody)
        for (const [headers, status] of [
          [{}, 401],
          [{ origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }, 401],
          [{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
          [{ 'content-type': 'application/x-www-form-urlencoded' }, 401],
        ] as const) {
          const answer = await town.http.request(`http://localhost${fill(pattern, () => nowhere)}`, {
            method: 'POST',
            body: '{}',
            headers: {
              'content-type': 'application/json',
              'idempotency-key': 'da-un-altro-sito',
              ...headers,
              host: 'localhost',
              cookie: browsers.get(email)?.cookie() ?? '',
            },
          })
          // Where nothing can be posted it makes no difference who asks.
          const expected = answer.status === 405 ? 405 : status
          expect(
            [answer.status, answer.headers.get('set-cookie'), answer.headers.get('access-control-allow-origin')],
            pattern,
          ).toEqual([expected, null, null])
        }
  })

  test('no row is another', async () => {
    expect(changedTables(before, await rowPrints(owner_pool))).toEqual([])
  })
})

test('the schemas of all forms could be read, so that the attacks above mean something', () => {
  expect(postRoutes.length).toBeGreaterThan(25)
  const unknown = postRoutes
    .flatMap(({ pattern, form }) =>
      form ? fieldsOf(form.schema).map(({ name, kind, choices }) => ({ pattern, name, kind, choices })) : [],
    )
    .filter(({ kind, choices }) => kind === 'choice' && choices.length === 0)
  expect(unknown).toEqual([])
})
