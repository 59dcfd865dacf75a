/** A person of one Ambito is never seen from another: every id of the neighbour, at every address and in every field of ours. */
import { beforeAll, describe, expect, test } from 'vitest'
import { desk } from '../src/desk/urls.ts'
import { modules } from '../src/modules.ts'
import { participation } from '../src/participation/urls.ts'
import { people } from '../src/people/urls.ts'
import {
  accountOf,
  apiRoutes,
  everybody,
  fewest,
  fill,
  namesIn,
  patternOf,
  type Seen,
  staffRoutes,
  walk,
} from './kit/addresses.ts'
import { fewAtATime } from './kit/few-at-a-time.ts'
import { fieldsOf, plausible } from './kit/fields.ts'
import { openTestHouse } from './kit/house.ts'
import { programOf } from './kit/program.ts'
import { changedTables, rowPrints } from './kit/rows.ts'
import { inTurn } from './kit/share.ts'

const town = await openTestHouse()
const { owner_pool } = town.house
const nobody = '0198c0de-0000-7000-8000-000000000000'
const canary = 'Xyloquartz'
const browsers = new Map<string, Awaited<ReturnType<typeof town.as>>>()
type Id = { table: string; id: string }
let theirs: Id[]
/** In which table an id of ours stands that an address carries. */
let table_of: Map<string, string>
let neighbour_id: string
let examples: Map<string, Set<string>>
let seen: Seen[]
let untouched: Awaited<ReturnType<typeof rowPrints>>

beforeAll(async () => {
  await fillNeighbour()
  await town.settle()
  neighbour_id = (await owner_pool.query(`select id from territory.ambito where slug = 'vicino'`)).rows[0].id
  theirs = [
    ...(await idsOf(neighbour_id)),
    { table: 'territory.ambito', id: neighbour_id },
    {
      table: 'accounts.account',
      id: (await owner_pool.query(`select id from accounts.account where email = 'operatore@vicino.example'`)).rows[0]
        .id,
    },
  ]
  for (const email of everybody) browsers.set(email, await town.as(email))
  untouched = await rowPrints(owner_pool, neighbour_id)
  ;({ examples, seen } = await walk(town, fewest, { of_each: 1 }))
  table_of = await tablesOf(
    [...examples.values()].flatMap(([path = '']) => path.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []),
  )
})

/** Somebody served there, through the front door: a person with a name that stands nowhere else, an opening, a visit. */
async function fillNeighbour() {
  const operator = await town.as('operatore@vicino.example')
  const created = await operator.submit(people.create.href(), {
    surname: canary,
    given_names: `${canary}a`,
    born: '1990',
    phone: '+39 333 7654321',
  })
  const person = /persone\/([0-9a-f-]{36})/.exec(created.headers.get('location') ?? '')?.[1] as string
  const opened = await operator.submit(desk.openings.href(), {
    kind: 'foreigners',
    starts_at: '09:00',
    ends_at: '12:00',
    place: canary,
  })
  const opening = /sportello\/([0-9a-f-]{36})/.exec(opened.headers.get('location') ?? '')?.[1] as string
  await operator.submit(desk.arrivals.href({ opening }), { called_as: canary }, { on: desk.work.href({ opening }) })
  const served = await operator.submit(
    desk.work.href({ opening }),
    { person_id: person, needs: ['DOC'], outcome: 'sent', sent_to: canary, minutes: '10', note: canary },
    { on: desk.work.href({ opening }, { persona: person }) },
  )
  const titled = await operator.submit(people.titles.href({ id: person }), {
    kind: 'LAV_SUB',
    status: 'VALIDO',
    number: 'XY123',
    seen: 'on',
  })
  const planned = await (await town.as('operatore@vicino.example')).submit(desk.series.href(), {
    kind: 'foreigners',
    weekday: '2',
    starts_at: '09:00',
    ends_at: '12:00',
    since: '2026-11-24',
    place: canary,
  })
  const heard = await operator.submit(participation.hear.href(), {
    channel: 'desk',
    language: 'it',
    topic: 'DOC',
    text: canary,
    email: 'voce@vicino.example',
    answer_in: 'it',
  })
  await owner_pool.query(
    `with near as (select id from territory.ambito where slug = 'vicino'),
       theme as (insert into participation.theme (ambito_id, title, topic) select id, $1, 'DOC' from near returning ambito_id, id),
       placed as (insert into participation.theme_status (ambito_id, theme_id, status) select ambito_id, id, 'open' from theme),
       place as (insert into territory.place (ambito_id, name, address) select id, $1, $1 from near)
     insert into territory.closure (ambito_id, from_day, to_day, name, kind) select id, '2026-12-24', '2026-12-26', $1, 'local' from near`,
    [canary],
  )
  expect([created, opened, served, titled, planned, heard].map(({ status }) => status)).toEqual(Array(6).fill(303))
}

const keyColumns = async () =>
  (
    await owner_pool.query<{ table: string; column: string }>(`
    select format('%I.%I', n.nspname, c.relname) as table, a.attname as column
    from pg_index x join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum = any (x.indkey) and a.atttypid = 'uuid'::regtype
    where x.indisprimary and a.attname <> 'ambito_id' and n.nspname !~ '^pg_'
      and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'ambito_id')`)
  ).rows

async function tablesOf(ids: readonly string[]) {
  const found = new Map<string, string>()
  for (const { table, column } of await keyColumns()) {
    const { rows } = await owner_pool.query<{ id: string }>(
      `select distinct ${column} as id from ${table} where ${column} = any ($1::uuid[])`,
      [ids],
    )
    for (const { id } of rows) if (!found.has(id)) found.set(id, table)
  }
  return found
}

/** Every kind of uuid of an Ambito: the newest of each table. */
async function idsOf(ambito_id: string) {
  const found: Id[] = []
  for (const { table, column } of await keyColumns()) {
    const { rows } = await owner_pool.query<{ id: string }>(
      `select distinct ${column} as id from ${table} where ambito_id = $1 order by 1 desc limit 1`,
      [ambito_id],
    )
    found.push(...rows.map(({ id }) => ({ table, id })))
  }
  return found
}

const actorFor = (route: (typeof staffRoutes)[number]) =>
  (typeof route.may === 'string' ? accountOf.admin : accountOf[route.may.roles[0] ?? 'admin']) as string
const browserFor = (route: (typeof staffRoutes)[number]) =>
  browsers.get(actorFor(route)) as NonNullable<ReturnType<typeof browsers.get>>
/** Ids of the table such an id of ours comes from, of persons and of accounts, in turn of the module's other tables … */
function nearTo(route: (typeof staffRoutes)[number], like?: string) {
  const owner = modules.find(({ routes }) => routes?.includes(route))?.name
  const table = like && table_of.get(like)
  const always = (one: Id) => one.table === table || one.table === 'people.person' || one.table === 'accounts.account'
  const own = theirs.filter((one) => one.table.startsWith(`${owner}.`) && !always(one))
  return [...theirs.filter(always), ...(table ? inTurn(own, turn++, 9) : own)]
}
let turn = 0
/** … and each time a few of all the others, so that in the end each has been everywhere near. */
const someOthers = () => Array.from({ length: 3 }, () => theirs[turn++ % theirs.length] as (typeof theirs)[number])

/** What differs from one drawing to the next, or only repeats what was asked. */
const plain = (text: string, id: string) =>
  text
    .replaceAll(id, 'ID')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\b([0-9a-f]{8}|\d{13})\b/g, 'NUMBER')

test('there is enough to find', () => {
  const tables = new Set(theirs.map(({ table }) => table))
  for (const table of [
    'people.person',
    'people.title',
    'desk.opening',
    'desk.arrival',
    'desk.visit',
    'desk.referral',
    'desk.note',
    'desk.opening_series',
    'territory.place',
    'territory.closure',
    'participation.voice',
    'participation.theme',
    'territory.organisation',
    'kernel.event',
    'monitoring.fact',
  ])
    expect([...tables]).toContain(table)
})

const withParameters = staffRoutes.filter(({ pattern, may }) => namesIn(pattern).length > 0 && may !== 'anybody')

describe.each(withParameters.map((route) => [route.pattern, route] as const))('%s', (pattern, route) => {
  const known = () => {
    const path = [...(examples.get(pattern) ?? [])][0]
    const parts = path?.split('/') ?? []
    return Object.fromEntries(
      pattern.split('/').flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), parts[at] ?? nobody]] : [])),
    )
  }

  test('with an id of theirs is answered as with an id of nobody, and shows nothing of theirs', async () => {
    const browser = browserFor(route)
    for (const name of namesIn(pattern)) {
      const ask = async (id: string) => {
        const answer = await browser.get(fill(pattern, { ...known(), [name]: id }))
        return { status: answer.status, text: await answer.text() }
      }
      // The first page also says what the form before it has done.
      await browser.get('/staff')
      const missing = await ask(nobody)
      const answers = await fewAtATime([...nearTo(route, known()[name]), ...someOthers()], async ({ table, id }) => ({
        table,
        id,
        ...(await ask(id)),
      }))
      for (const { table, id, status, text } of answers) {
        const about = `${pattern} :${name} = ${table}`
        expect([about, status]).toEqual([about, missing.status])
        // 404, or the page around a deed that would be refused: the same, to the letter, as for an id of nobody.
        expect([200, 403, 404], about).toContain(status)
        expect(text, about).not.toMatch(new RegExp(`${canary}|vicino`, 'i'))
        expect(plain(text, id), about).toBe(plain(missing.text, nobody))
      }
    }
  })

  test('and a form sent there is answered the same', async () => {
    if (!route.form) return
    const browser = browserFor(route)
    const fields = Object.fromEntries(
      fieldsOf(route.form.schema)
        .filter(({ required, list }) => required || list)
        .map((field) => [field.name, plausible(field, () => nobody)]),
    )
    for (const name of namesIn(pattern)) {
      const send = async (id: string) => (await browser.post(fill(pattern, { ...known(), [name]: id }), fields)).status
      const missing = await send(nobody)
      const near = nearTo(route, known()[name])
      const answers = await fewAtATime(near, async ({ table, id }) => [table, await send(id)])
      expect(answers).toEqual(near.map(({ table }) => [table, missing]))
    }
  })
})

test('an id of theirs in a field of any form is refused, and joins nothing of ours to theirs', async () => {
  const tries = staffRoutes.flatMap((route) => {
    const path =
      [...(examples.get(route.pattern) ?? [])][0] ?? (namesIn(route.pattern).length === 0 ? route.pattern : undefined)
    if (!route.form || route.may === 'anybody' || !path) return []
    const fields = fieldsOf(route.form.schema)
    const right = Object.fromEntries(
      fields
        .filter(({ required, list }) => required || list)
        .map((field) => [field.name, plausible(field, () => nobody)]),
    )
    return fields
      .filter(({ kind }) => kind === 'id')
      .flatMap(({ name }) =>
        [...nearTo(route), ...someOthers()].map(({ table, id }) => ({
          route,
          path,
          given: { ...right, [name]: id },
          about: `${route.pattern} ${name} = ${table}`,
        })),
      )
  })
  expect(tries.length).toBeGreaterThan(50)
  const answers = await fewAtATime(tries, async ({ route, path, given, about }) => {
    const answer = await browserFor(route).post(path, given)
    return { about, status: answer.status, text: await answer.text() }
  })
  for (const { about, status, text } of answers) {
    expect(text, about).not.toContain(canary)
    // A search carries an id along and writes nothing: its answer is a page.
    expect([about, status === 303 || status >= 500]).toEqual([about, false])
  }
})

test('a program with a key of ours is answered the same for an id of theirs as for an id of nobody', async () => {
  for (const { pattern, api } of apiRoutes.filter(({ pattern }) => namesIn(pattern).length > 0)) {
    // A key of its own for each address: one may not ask so often.
    const program = await programOf(town, browsers.get(accountOf.coordinator as string) as never)
    const right = api?.post?.schema
      ? Object.fromEntries(
          fieldsOf(api.post.schema)
            .filter(({ required }) => required)
            .map((field) => [field.name, plausible(field, () => nobody)]),
        )
      : {}
    const ask = async (id: string) => {
      const path = fill(pattern, () => id)
      const answers = [await program.read(path), await program.send(path, right)]
      const texts = await Promise.all(answers.map((answer) => answer.text()))
      return { statuses: answers.map(({ status }) => status), texts: texts.map((text) => plain(text, id)) }
    }
    const missing = await ask(nobody)
    expect([404, 405]).toEqual(expect.arrayContaining(missing.statuses))
    for (const { table, id } of theirs) expect([table, await ask(id)]).toEqual([table, missing])
  }
})

test('none of all this has changed a row of theirs', async () => {
  expect(changedTables(untouched, await rowPrints(owner_pool, neighbour_id))).toEqual([])
})

test('an id of theirs in a query shows nothing of theirs', async () => {
  const queries = [
    'persona',
    'arrivo',
    'id',
    'poi',
    'opening',
    'person',
    'visita',
    'ambito',
    'bozza',
    'organisation',
    'ente',
  ]
  for (const [at, route] of staffRoutes.entries()) {
    if (route.may === 'anybody') continue
    const path = [...(examples.get(route.pattern) ?? [])][0]
    if (!path) continue
    const asked = theirs.filter(({ table }) => /\.(person|arrival|visit|opening|organisation)$/.test(table))
    const answers = await fewAtATime(inTurn(asked, at, 5), ({ id }) =>
      browserFor(route).get(`${path}?${queries.map((name) => `${name}=${id}`).join('&')}`),
    )
    for (const answer of answers) {
      expect([path, answer.status < 500]).toEqual([path, true])
      expect(await answer.text(), path).not.toContain(canary)
    }
  }
})

test('walking everywhere, nobody of ours meets a word of theirs; searching finds nobody of theirs', async () => {
  for (const { path, html, email } of seen) expect(html.includes(canary), `${path} as ${email}`).toBe(false)
  expect(seen.map(({ path }) => patternOf(path.split('?')[0] as string)).length).toBeGreaterThan(30)
  const operator = browsers.get('operatore@demo.example') as NonNullable<ReturnType<typeof browsers.get>>
  for (const who of [`${canary} 1990`, `${canary} 3337654321`, '3337654321', 'XY123', canary]) {
    const found = await (await operator.submit(people.search.href(), { who })).text()
    expect(found.replaceAll(`value="${who}"`, '').match(new RegExp(`${canary}[^ ]* [A-Z]`)), who).toBeNull()
    expect(found).not.toContain(theirs.find(({ table }) => table === 'people.person')?.id)
  }
})

test('the neighbour sees the same of its own: the walls have two sides', async () => {
  const neighbour = await town.as('operatore@vicino.example')
  const person = (
    await owner_pool.query<{ id: string }>('select person_id as id from people.name where surname = $1', [canary])
  ).rows[0]?.id as string
  expect(await neighbour.page(people.file.href({ id: person }))).toMatch(new RegExp(canary, 'i'))
  const ours = (await owner_pool.query(`select id from people.person where ambito_id <> $1`, [neighbour_id])).rows
  for (const { id } of ours) expect((await neighbour.get(people.file.href({ id }))).status).toBe(404)
})
