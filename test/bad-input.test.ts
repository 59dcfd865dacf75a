/** Whatever is typed into whatever form: refused with 422, or kept as it is and shown as text. Never a crash. */
import { beforeAll, describe, expect, test } from 'vitest'
import { people } from '../src/people/urls.ts'
import { accountOf, apiRoutes, everybody, fewest, fill, namesIn, routes, walk } from './kit/addresses.ts'
import { fewAtATime } from './kit/few-at-a-time.ts'
import { type FieldAsked, fieldsOf, filledIn } from './kit/fields.ts'
import { openTestHouse } from './kit/house.ts'
import { programOf } from './kit/program.ts'
import { inTurn } from './kit/share.ts'

const town = await openTestHouse()
const { owner_pool } = town.house
const nobody = '0198c0de-0000-7000-8000-000000000000'
const browsers = new Map<string, Awaited<ReturnType<typeof town.as>>>()
const forms = routes.filter((route) => route.form && (route.surface === 'public' || route.may !== 'anybody'))
let examples: Map<string, Set<string>>
let person: string

beforeAll(async () => {
  for (const email of everybody) browsers.set(email, await town.as(email))
  ;({ examples } = await walk(town, fewest))
  person = (
    await owner_pool.query(
      `select p.id from people.person p join territory.ambito a on a.id = p.ambito_id where a.slug = 'lodi' order by p.id limit 1`,
    )
  ).rows[0].id
})

const mark = '<b id="canarino" onclick=alert(1)>&amp;"\'</b>'
/** Kept or refused, it must never come out as anything but text. */
const everywhere: [string, string][] = [
  ['HTML', mark],
  ['a script in an attribute', `" autofocus onfocus="alert(1)" x="`],
  ['what cannot be seen', 'Ros\0si\u202Eirasse\u2066\u0007\u001b[31m\u0085\u200B\u{E0041}\uFEFF'],
  ['only spaces', '   \u00a0\u3000  '],
  ['a huge number', '9'.repeat(400)],
  ['less than nothing', '-1'],
  ['an exponent', '1e9'],
  ['a day that does not exist', '2026-02-30'],
  ['a day far away', '9999-12-31'],
  ['year zero', '0000-01-01'],
  ['an hour that does not exist', '25:61'],
]
const inWords: [string, string][] = [
  ['ten thousand characters', 'à'.repeat(10_000)],
  ['emoji, letters beyond the first plane, half a surrogate', '👩🏽‍⚕️𝕽𝖔𝖘𝖘𝖎𠮷\ud800'],
  ['hundreds of combining marks', `R${'\u0301'.repeat(400)}`],
  ['quotes, a comment, a template, a formula', `=1+'; drop table people.person; -- {{7*7}} {count, plural`],
  ['a birth after today', '2099-01-01'],
  ['an address of a script', 'javascript:alert(1)'],
  ['a line break and a header', 'a@x.it\r\nBcc: evil@x.it'],
  ['an id of nobody', nobody],
]
const kept = [everywhere[0], everywhere[2]] as [string, string][]

const pathOf = ({ pattern }: (typeof forms)[number]) =>
  [...(examples.get(pattern) ?? [])][0] ??
  (namesIn(pattern).filter((name) => name !== 'l').length === 0 ? pattern.replace(':l', 'it') : undefined)
const senderOf = ({ surface, may }: (typeof forms)[number]) =>
  (surface === 'public'
    ? town.visitor()
    : browsers.get((typeof may === 'string' ? accountOf.admin : accountOf[may.roles[0] ?? '']) as string)) as Awaited<
    ReturnType<typeof town.as>
  >
const writable = ({ kind }: FieldAsked) => kind !== 'choice' && kind !== 'id'
/** Everything the form asks for, rightly, but for what a test puts in. */
const rightly = (route: (typeof forms)[number]) =>
  filledIn(route.form?.schema as never, (name) => (name.includes('person') ? person : nobody))

function isFine(status: number, page: string, about: string) {
  expect([200, 303, 403, 404, 409, 413, 422], about).toContain(status)
  expect(page.includes('id="canarino"'), `${about} is drawn as HTML`).toBe(false)
  // Without the values of its attributes no tag may carry a handler.
  expect(/<[a-z][^<>]*\son\w+=/i.test(page.replaceAll(/"[^"]*"/g, '""')), `${about} breaks out of its attribute`).toBe(
    false,
  )
  expect(
    /[\u202A-\u202E\u2066-\u2069]/.test(page.replaceAll(/<bdi[\s\S]*?<\/bdi>/g, '')),
    `${about} turns the line around`,
  ).toBe(false)
}

test('nearly every form can be reached', () => {
  const missed = forms.filter((route) => !pathOf(route)).map(({ pattern }) => pattern)
  expect(missed.length, missed.join('\n')).toBeLessThan(forms.length / 2)
})

describe.each(forms.map((route, at) => [route.pattern, route, at] as const))('%s', (_, route, at_form) => {
  test('bears whatever is typed into any of its fields', async () => {
    const path = pathOf(route)
    if (!path) return
    const browser = senderOf(route)
    const fields = fieldsOf(route.form?.schema as never).filter(writable)
    const bears = async (what: string, typed: Record<string, string>) => {
      const answer = await browser.post(path, { ...rightly(route), ...typed })
      isFine(answer.status, await answer.text(), `${path} ${what}`)
    }
    // Every field sees everything in its turn; what a form may keep is also typed alone, so that it is kept.
    const all = [...everywhere, ...inWords]
    const turns = all.map(([what], turn) => ({ what, turn }))
    await fewAtATime(inTurn(turns, at_form, 5), ({ what, turn }) =>
      bears(
        `${what}, and so on`,
        Object.fromEntries(fields.map(({ name }, at) => [name, (all[(turn + at) % all.length] as string[])[1] ?? ''])),
      ),
    )
    const words = fields.filter(({ kind }) => kind === 'text')
    const alone = words.flatMap(({ name }) => kept.map(([what, typed]) => ({ name, what, typed })))
    await fewAtATime(inTurn(alone, at_form, 4), ({ name, what, typed }) =>
      bears(`${name} = ${what}`, { [name]: typed }),
    )
  })

  test('bears fields of another shape than it asks for', async () => {
    const path = pathOf(route)
    if (!path) return
    const browser = senderOf(route)
    const right = rightly(route)
    const names = fieldsOf(route.form?.schema as never).map(({ name }) => name)
    const shapes: [string, Record<string, string | string[]>][] = [
      ['nothing at all', {}],
      ['two of each', Object.fromEntries(Object.entries(right).map(([name, value]) => [name, [value, value]]))],
      ['two hundred of each', Object.fromEntries(names.map((name) => [name, Array(200).fill('x')]))],
      ['unknown words everywhere', Object.fromEntries(names.map((name) => [name, 'nessuna-di-queste']))],
      [
        'fields of the language itself',
        {
          ...right,
          __proto__x: '1',
          constructor: 'x',
          'constructor.prototype': 'x',
          toString: 'x',
          hasOwnProperty: 'x',
          'a[b]': 'x',
          '': 'x',
        },
      ],
      [
        'fields nobody asked for',
        { ...right, ambito_id: nobody, id: nobody, role: 'admin', recorded_by: nobody, demo: 'false', is_admin: '1' },
      ],
      ['marks that are not ours', { ...right, _once: ['x', 'y'], _ambito: 'x' }],
    ]
    for (const [what, fields] of inTurn(shapes, at_form, 3)) {
      const answer = await browser.post(path, fields)
      isFine(answer.status, await answer.text(), `${path}: ${what}`)
    }
    const proto = await town.http.request(`http://localhost${path}`, {
      method: 'POST',
      body: `__proto__=x&__proto__=y&__proto__%5Bpolluted%5D=1&${new URLSearchParams(right)}`,
      headers: { host: 'localhost', cookie: browser.cookie(), 'content-type': 'application/x-www-form-urlencoded' },
    })
    isFine(proto.status, await proto.text(), `${path}: __proto__`)
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })
})

test.each(apiRoutes.map((route) => [route.pattern, route] as const))(
  '%s bears whatever a program sends',
  async (pattern, { api }) => {
    const program = await programOf(town, browsers.get(accountOf.coordinator as string) as never)
    const path = fill(pattern, () => nobody)
    const schema = api?.post?.schema
    const fields = schema ? fieldsOf(schema) : []
    const right = schema ? filledIn(schema, () => nobody) : {}
    const bears = async (what: string, json: unknown) => {
      const answer = await program.send(path, json)
      expect([200, 201, 400, 404, 405, 413, 422], `${path} ${what}`).toContain(answer.status)
      if (answer.status > 201) expect(answer.headers.get('content-type'), what).toBe('application/problem+json')
    }
    const all = [...everywhere, ...inWords]
    for (const [turn, [what]] of all.entries())
      await bears(what, {
        ...right,
        ...Object.fromEntries(
          fields.filter(writable).map(({ name }, at) => [name, (all[(turn + at) % all.length] as string[])[1]]),
        ),
      })
    for (const odd of [null, true, -0, 1e308, [], {}, [[]], ['x', 1], { toString: 'x' }, 'nessuna'])
      await bears(JSON.stringify(odd), Object.fromEntries(fields.map(({ name }) => [name, odd])))
    for (const odd of [
      '',
      'null',
      '"x"',
      '[{}]',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      '{"__proto__":{"x":1}}',
      '\ud800',
    ])
      await bears(odd.slice(0, 20), odd)
    for (const odd of mark.split(' ')) {
      const answer = await program.read(
        `${path}?phase=${encodeURIComponent(odd)}&changed_after=${encodeURIComponent(odd)}`,
      )
      expect([404, 405, 422, 200]).toContain(answer.status)
    }
  },
)

test('what was kept is text on every page that shows it', async () => {
  const kept = (
    await owner_pool.query(
      `select count(*)::int as n from people.name where surname like '%canarino%' or given_names like '%canarino%'`,
    )
  ).rows[0].n
  expect(kept).toBeGreaterThan(0)
  const { seen } = await walk(town, everybody, { of_each: 1, from: [people.file.href({ id: person }), '/staff'] })
  for (const { path, email, status, html } of seen) isFine(status, html, `${path} as ${email}`)
  expect(seen.some(({ html }) => html.includes('&lt;b id=&quot;canarino&quot;'))).toBe(true)
})

test('nobody became an administrator, and nobody moved to another Ambito', async () => {
  const { rows } = await owner_pool.query(
    `select count(*)::int as n from accounts.role r join accounts.account a on a.id = r.account_id where r.role = 'admin' and a.demo and a.email <> 'admin@demo.example'`,
  )
  expect(rows).toEqual([{ n: 0 }])
})

describe('a birth', () => {
  test.each(['2099-01-01', '31/02/1990', '29/02/1999', '1890', '0000', '32/13/1990', 'ieri', '1990-00-00'])(
    '%s is refused, with what was typed',
    async (born) => {
      const operator = await town.as('operatore@demo.example')
      const answer = await operator.submit(people.create.href(), { given_names: 'Amina', born })
      const page = await answer.text()
      expect([answer.status, page.includes(`value="${born}"`), page.includes('data-summary')]).toEqual([
        422,
        true,
        true,
      ])
    },
  )
})

test('a name of ten thousand characters is refused beside its field, and one of two hundred is kept whole', async () => {
  const operator = await town.as('operatore@demo.example')
  expect((await operator.submit(people.create.href(), { surname: 'ñ'.repeat(10_000) })).status).toBe(422)
  const long = await operator.submit(people.create.href(), { surname: `${'ñ'.repeat(199)}z` })
  expect(long.status).toBe(303)
  expect(await operator.page(long.headers.get('location') as string)).toMatch(/ñ{199}z/i)
})
