/** A body's own system at the door: asks, reads, cancels, countersigns; hears what changes. */
import { createHmac } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { openReceiver, type Received } from '../../test/kit/receiver.ts'
import { isFitTarget, isPublicAddress, publicOnly, tell } from '../kernel/webhook.ts'
import { apiDescription } from '../ui/urls.ts'
import { tellSystems } from './actions/telling-systems.ts'
import { keepText } from './actions/texts.ts'
import { findCall } from './store/calls.ts'
import { api, mediation } from './urls.ts'

// A busy machine takes its time; what is right is decided by the database.

let town: TestHouse
let ours: Awaited<ReturnType<typeof openReceiver>>
let theirs: typeof ours
let staff: Awaited<ReturnType<TestHouse['as']>>
let key: string
let system: string
let body: string
beforeAll(async () => {
  town = await openTestHouse({ env: { WEBHOOK_PRIVATE: '1', WEBHOOK_SECONDS: '60' } })
  ;[ours, theirs] = await Promise.all([openReceiver(), openReceiver()])
  staff = await town.as('coordinatrice@demo.example')
  body = await bodyNamed('Ospedale della prova')
  ;({ key, system } = await makeKey(body, 'reparto@ospedale.example'))
})
afterAll(() => {
  ours.close()
  theirs.close()
})

const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]
const bodyNamed = async (name: string) =>
  (
    await sql<{ id: string }>(
      `insert into mediation.body (ambito_id, name) select id, $1 from territory.ambito where slug = 'lodi' returning id`,
      [name],
    )
  )[0]?.id as string

async function makeKey(of: string, email: string) {
  const answer = await staff.submit(mediation.systems.href({ body: of }), {
    name: 'Gestionale',
    contact_name: 'Rosa Prova',
    email,
    phone: '0371 123456',
    tech_email: `tecnico+${email}`,
  })
  const page = await answer.text()
  const made = /labimpact_[\w-]{43}/.exec(page)?.[0] as string
  const [row] = await sql<{ id: string }>(`select id from mediation.system where body_id = $1 order by made_at desc`, [
    of,
  ])
  return { key: made, system: row?.id as string, page }
}

const began = Date.now()
let turn = 0
const send = (path: string, json: unknown, { as = key, once = `prova-${++turn}-${path.length}` } = {}) =>
  town.http.request(`http://localhost${path}`, {
    method: 'POST',
    headers: {
      host: 'localhost',
      authorization: `Bearer ${as}`,
      'content-type': 'application/json',
      'idempotency-key': once,
    },
    body: typeof json === 'string' ? json : JSON.stringify(json),
  })
const read = (path: string, as = key) =>
  town.http.request(`http://localhost${path}`, { headers: { host: 'localhost', authorization: `Bearer ${as}` } })

const day = Temporal.Now.plainDateISO('Europe/Rome').add({ days: 10 }).toString()
const wanted = {
  language: 'ar',
  field: 'SAN_CONS',
  purpose: 'VISITA',
  mode: 'PRES',
  comune: '098031',
  place: 'Ambulatorio 3',
  on: day,
  from: '10:00',
  minutes: 60,
  adults: 2,
  urgent: false,
}
type Told = { id: string; number: number; state: string; phase: string; mediator: { name: string } | null }
const asked = async (change: object = {}) => {
  const answer = await send(api.requests.href(), { ...wanted, ...change })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { requests: Told[] }).requests[0] as Told
}

type Description = {
  paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, { schema: object }> }> }>>
  components: { schemas: object }
}
let described: Description | undefined
/** The answer keeps to its own description. */
async function keeps(method: 'get' | 'post', pattern: string, answer: Response) {
  described ??= (await (await town.visitor().get(apiDescription.href())).json()) as Description
  const told = described.paths[pattern.replace(/:(\w+)/, '{$1}')]?.[method]?.responses[String(answer.status)]
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(told?.content ?? {})
  const check = new Ajv2020({ strict: false, validateFormats: false }).compile({
    ...schema,
    components: described.components,
  })
  const json = await answer.json()
  expect([pattern, answer.headers.get('content-type'), check(json), check.errors]).toEqual([pattern, type, true, null])
  return json as never
}

describe('a key', () => {
  test('is shown once and kept as a hash; nothing but it opens the door', async () => {
    expect(await staff.page(mediation.systems.href({ body }))).not.toContain('labimpact_')
    expect(JSON.stringify(await sql('select * from mediation.system'))).not.toContain(key.slice(10))
    const cookie = { host: 'localhost', cookie: staff.cookie() }
    for (const authorization of [
      undefined,
      'Bearer',
      `Basic ${key}`,
      `Bearer ${key}x`,
      `Bearer ${'x'.repeat(190)}`,
      key,
    ]) {
      const answer = await town.http.request(`http://localhost${api.requests.href()}`, {
        headers: { ...cookie, ...(authorization && { authorization }) },
      })
      expect([authorization, answer.status, answer.headers.get('www-authenticate')]).toEqual([
        authorization,
        401,
        'Bearer',
      ])
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
    // A browser cannot be made to speak with the key of its session: there is none to speak with.
    const forged = await town.http.request(`http://localhost${api.requests.href()}`, {
      method: 'POST',
      headers: {
        ...cookie,
        origin: 'http://localhost',
        'content-type': 'application/json',
        'idempotency-key': 'x'.repeat(9),
      },
      body: JSON.stringify(wanted),
    })
    expect(forged.status).toBe(401)
  })

  test('revoked, opens nothing from the very next request; of another body or Ambito, it sees nothing of this one', async () => {
    const call = await asked()
    const other = await makeKey(await bodyNamed('Altro ente della prova'), 'altra@ente.example')
    expect((await read(api.request.href({ request: call.id }), other.key)).status).toBe(404)
    expect((await send(api.cancellation.href({ request: call.id }), {}, { as: other.key })).status).toBe(404)
    expect(await (await read(api.requests.href(), other.key)).json()).toMatchObject({ requests: [] })
    await sql(
      `insert into mediation.contact (ambito_id, name, email) select id, 'V', 'v@vicino.example' from territory.ambito where slug = 'vicino'`,
    )
    await sql(`with near as (select id from territory.ambito where slug = 'vicino'),
      b as (insert into mediation.body (ambito_id, name) select id, 'Vicina' from near returning ambito_id, id)
      insert into mediation.system (ambito_id, body_id, contact_id, name, tech_email, key_hash)
      select b.ambito_id, b.id, k.id, 'S', 's@vicino.example', sha256('labimpact_vicino_vicino'::bytea)
      from b join mediation.contact k on k.ambito_id = b.ambito_id where k.email = 'v@vicino.example'`)
    expect((await read(api.requests.href(), 'labimpact_vicino_vicino')).status).toBe(401)
    await staff.submit(
      mediation.revokeSystem.href({ system: other.system }),
      {},
      { on: mediation.system.href({ system: other.system }) },
    )
    expect((await read(api.requests.href(), other.key)).status).toBe(401)
  })

  test('asks no more often than it may, and is told when again', async () => {
    const busy = await makeKey(body, 'altro-reparto@ospedale.example')
    for (let point = 0; point < 239; point++)
      await town.house.limits.take({ name: 'mediation.systems', points: 240, seconds: 60 }, busy.system)
    expect((await read(api.hours.href(), busy.key)).status).toBe(200)
    const answer = await read(api.hours.href(), busy.key)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
    expect((await read(api.hours.href())).status).toBe(200)
  })
})

describe('asking', () => {
  test('the same key of a request, five times at once and once more, is one call; for another request it is refused', async () => {
    const before = Number((await sql<{ n: string }>('select count(*) as n from mediation.call'))[0]?.n)
    const many = await Promise.all(
      Array.from({ length: 5 }, () => send(api.requests.href(), wanted, { once: 'una-volta-sola' })),
    )
    many.push(await send(api.requests.href(), wanted, { once: 'una-volta-sola' }))
    const bodies = await Promise.all(many.map((answer) => answer.text()))
    expect([many.map(({ status }) => status), new Set(bodies).size]).toEqual([Array(6).fill(201), 1])
    expect(Number((await sql<{ n: string }>('select count(*) as n from mediation.call'))[0]?.n)).toBe(before + 1)
    const other = await send(api.requests.href(), { ...wanted, minutes: 30 }, { once: 'una-volta-sola' })
    expect([other.status, await other.text()]).toEqual([422, expect.stringContaining('già stata usata')])
    expect(await (await send(api.requests.href(), wanted, { once: 'corta' })).json()).toMatchObject({
      status: 400,
      detail: expect.stringContaining('Idempotency-Key'),
    })
  })

  test('what is wrong is said beside its field, in the sentences of the page; a key it was refused with is free again', async () => {
    const wrong = {
      ...wanted,
      on: '2020-01-01',
      minutes: 9,
      mode: 'VOLO',
      surname: 'Rossi',
    }
    const unknown = await keeps('post', api.requests.pattern, await send(api.requests.href(), wrong))
    expect(unknown).toMatchObject({ errors: [{ pointer: '#/surname', detail: 'Questo campo non esiste.' }] })
    const { surname, ...known } = wrong
    const page = await (await town.visitor().submit('/it/mediazione', { ...known, minutes: '9' } as never)).text()
    const { errors } = (await keeps(
      'post',
      api.requests.pattern,
      await send(api.requests.href(), known, { once: 'riprovo-io' }),
    )) as { errors: { pointer: string; detail: string }[] }
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['#/minutes', '#/mode'])
    for (const { detail } of errors) expect(page).toContain(detail)
    const past = await send(api.requests.href(), { ...wanted, on: '2020-01-01' }, { once: 'riprovo-io' })
    expect(await past.json()).toMatchObject({ errors: [{ pointer: '#/on' }] })
    expect((await send(api.requests.href(), wanted, { once: 'riprovo-io' })).status).toBe(201)
  })

  test('without room on the disk nothing is taken: later, with the same key, it is', async () => {
    const calls = () => sql('select id from mediation.call')
    const [before, { config }] = [(await calls()).length, town.house]
    const { room_mb } = config
    config.room_mb = Number.POSITIVE_INFINITY
    try {
      const full = await send(api.requests.href(), wanted, { once: 'disco-pieno' })
      expect([full.status, full.headers.get('retry-after'), await full.json()]).toEqual([
        503,
        '300',
        expect.objectContaining({ status: 503, detail: expect.stringContaining('lo spazio è quasi finito') }),
      ])
      expect([(await calls()).length, (await read(api.requests.href())).status]).toEqual([before, 200])
    } finally {
      config.room_mb = room_mb
    }
    expect((await send(api.requests.href(), wanted, { once: 'disco-pieno' })).status).toBe(201)
  })

  test.each([
    ['no JSON', '{"language":', 400],
    ['a list', '[]', 400],
    ['a number', '7', 400],
    ['too much', JSON.stringify({ place: 'x'.repeat(70_000) }), 413],
    ['an object in a field', JSON.stringify({ ...wanted, place: { a: 1 } }), 422],
    ['lists where one is asked for', JSON.stringify({ ...wanted, on: [day, day] }), 422],
    ['a number without end', `{"minutes":1e999}`, 422],
    ['the prototype', `{"__proto__":{"language":"ar"},"constructor":1}`, 422],
    ['what cannot be seen', JSON.stringify({ ...wanted, language: '\u0000\u202e' }), 422],
  ])('%s is a problem, never a crash', async (_, text, status) => {
    const answer = await send(api.requests.href(), text)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
  })

  test('another type, another method, another address are problems as well', async () => {
    const of = (method: string, path: string, headers: Record<string, string> = {}) =>
      town.http.request(`http://localhost${path}`, {
        method,
        headers: { host: 'localhost', authorization: `Bearer ${key}`, ...headers },
      })
    const answers = [
      await of('POST', api.requests.href(), { 'content-type': 'application/x-www-form-urlencoded' }),
      await of('GET', api.cancellation.href({ request: 'x' })),
      await of('GET', api.request.href({ request: 'nessuno' })),
      await of('GET', '/api/niente'),
      await of('GET', `${api.requests.href()}?phase=domani`),
      await of('GET', `${api.requests.href()}?changed_after=ieri`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([415, 405, 404, 404, 422, 422])
    for (const answer of answers) expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const english = await of('GET', '/api/niente', { 'accept-language': 'en' })
    expect(await english.json()).toMatchObject({ type: 'about:blank', title: 'Not found', status: 404 })
  })
})

test('from the request to the hours: the coordinator assigns, the system reads, countersigns and contests', async () => {
  const answer = await send(api.requests.href(), {
    ...wanted,
    from: '15:00',
    repeat: 'weekly',
    repeat_until: Temporal.PlainDate.from(day).add({ days: 7 }).toString(),
  })
  const at = answer.headers.get('location') as string
  const { requests, page } = (await keeps('post', api.requests.pattern, answer)) as { requests: Told[]; page: string }
  expect(requests.map(({ phase }) => phase)).toEqual(['searching', 'searching'])
  expect((await town.visitor().get(new URL(page).pathname)).status).toBe(200)
  const [mediator] = await sql<{ id: string; name: string; phone: string }>(
    `select m.id, m.name, m.phone from mediation.mediator m join mediation.mediator_language l on l.mediator_id = m.id where l.language = 'ar' and m.ended_on is null order by m.name`,
  )
  for (const [weeks, { id: call }] of requests.entries())
    await staff.submit(
      mediation.assign.href({ call }),
      {
        mediator_id: mediator?.id as string,
        on: Temporal.PlainDate.from(day)
          .add({ days: 7 * weeks })
          .toString(),
        from: '15:00',
      },
      { on: mediation.call.href({ call }) },
    )
  const assigned = (await keeps('get', api.request.pattern, await read(at))) as Told & { steps: { state: string }[] }
  expect(assigned).toMatchObject({ phase: 'assigned', mediator: { name: mediator?.name } })
  expect(assigned.steps.map(({ state }) => state).at(-1)).toBe('assigned')
  expect(JSON.stringify(assigned)).not.toContain(mediator?.phone || 'no phone')

  await town.moveClock('19 days')
  staff = await town.as('coordinatrice@demo.example')
  for (const [weeks, { id: call }] of requests.entries())
    await staff.submit(mediation.report.href({ call }), {
      on: Temporal.PlainDate.from(day)
        .add({ days: 7 * weeks })
        .toString(),
      from: '15:00',
      to: '16:00',
      outcome: 'RAGG',
    })
  const { hours } = (await keeps('get', api.hours.pattern, await read(api.hours.href()))) as {
    hours: { id: string; minutes: number }[]
  }
  expect(hours.map(({ id, minutes }) => [id, minutes])).toEqual(requests.map(({ id }) => [id, 60]))
  const [first, second] = requests.map(({ id }) => id) as [string, string]
  const half = await send(api.hours.href(), { right: [first, crypto.randomUUID()], signer: 'Rosa Prova' })
  expect(half.status).toBe(422)
  const left = await keeps(
    'post',
    api.hours.pattern,
    await send(api.hours.href(), { right: [first], signer: 'Rosa Prova', rating: '4' }),
  )
  expect(left).toMatchObject({ hours: [{ id: second }] })
  const none = await keeps(
    'post',
    api.dispute.pattern,
    await send(api.dispute.href({ request: second }), { about: 'times' }),
  )
  expect(none).toEqual({ hours: [] })
  expect(await sql(`select how, signer, minutes from mediation.confirmation where call_id = $1`, [first])).toEqual([
    { how: 'system', signer: 'Rosa Prova', minutes: 60 },
  ])
  const since = Temporal.Now.instant().add({ hours: 400 }).toString()
  const news = (await keeps(
    'get',
    api.requests.pattern,
    await read(`${api.requests.href()}?changed_after=${since}`),
  )) as { requests: Told[] }
  expect(new Set(news.requests.map(({ id }) => id))).toEqual(new Set(requests.map(({ id }) => id)))
  await town.moveClock('0 seconds')
  staff = await town.as('coordinatrice@demo.example')
})

test('a written translation: the text goes in as bare bytes, the translated one comes out; the checks are those of the page', async () => {
  const [{ id: request }, onSite] = [await asked({ mode: 'SCRITTA', place: '', pages: 2 }), await asked()]
  const at = { request }
  const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n%%EOF')
  const put = (to: string, bytes: Uint8Array, once = `il-testo-${++turn}`, as = key, more = {}) =>
    town.http.request(`http://localhost${to}`, {
      method: 'POST',
      headers: { host: 'localhost', authorization: `Bearer ${as}`, 'idempotency-key': once, ...more },
      body: bytes as Uint8Array<ArrayBuffer>,
    })
  for (const once of ['il-modulo', 'il-modulo'])
    expect(await keeps('post', api.files.pattern, await put(api.files.href(at), pdf, once))).toMatchObject({
      files: [{ is: 'original', type: 'application/pdf', bytes: pdf.length, state: 'ready' }],
    })
  const wrong = async (answer: Response) => [answer.status, ((await answer.json()) as { errors?: object[] }).errors]
  const beside = (detail: string) => [{ pointer: '#/file', detail: expect.stringContaining(detail) }]
  expect(await wrong(await put(api.files.href(at), pdf.subarray(1)))).toEqual([422, beside('PDF, JPG, PNG, DOCX, ODT')])
  expect(await wrong(await put(api.files.href(at), Buffer.alloc(0)))).toEqual([422, beside('')])
  expect(await wrong(await put(api.files.href(at), Buffer.concat([pdf, Buffer.alloc(10.6e6)])))).toEqual([
    422,
    beside('10 MB'),
  ])
  expect((await put(api.files.href(at), pdf, 'troppo-grande', key, { 'content-length': '11500000' })).status).toBe(413)
  expect((await put(api.files.href({ request: onSite.id }), pdf)).status).toBe(404)

  const translated = Buffer.from('%PDF-1.7 translated\n%%EOF')
  await town.inCtx(async (ctx) =>
    keepText(ctx, await findCall(ctx, request), 'out', { name: 'Rosa.pdf', type: 'text/html', bytes: translated }),
  )
  const { files } = (await keeps('get', api.files.pattern, await read(api.files.href(at)))) as {
    files: { id: string; is: string }[]
  }
  expect(files.map((one) => one.is)).toEqual(['original', 'translation'])
  const file = files[1]?.id as string
  // Not given out before it has been looked into; nor to another key, nor by way of another request.
  await sql(`update kernel.file set scan = 'waiting' where id = $1`, [file])
  expect((await read(api.file.href({ ...at, file }))).status).toBe(403)
  await sql(`update kernel.file set scan = 'clean', scanned_at = now() where id = $1`, [file])
  const answer = await read(api.file.href({ ...at, file }))
  expect([answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
    'application/pdf',
    `attachment; filename="file-${file.slice(0, 8)}.pdf"`,
  ])
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(translated)
  expect((await read(api.file.href({ request: onSite.id, file }))).status).toBe(404)
  const other = await makeKey(await bodyNamed('Ente senza testi'), 'senza@ente.example')
  expect((await read(api.file.href({ ...at, file }), other.key)).status).toBe(404)
  expect((await put(api.files.href(at), pdf, 'dal-vicino', other.key)).status).toBe(404)
})

describe('messages to the system', () => {
  const url = (to: typeof ours) => `${to.url}/avvisi`
  const setTarget = async (of: string, to: string) =>
    (await staff.submit(mediation.system.href({ system: of }), { url: to })).status
  /** What the worker does by itself when a pause is over. */
  const round = () =>
    tellSystems.slowly(
      { config: town.house.config, open: (work) => town.inCtx(work), last_attempt: false },
      {} as Record<string, never>,
    )
  const states = (of: Received[], call: Told) =>
    of.flatMap(({ body: text }) => {
      const { data } = JSON.parse(text)
      return data.id === call.id ? [data.state] : []
    })
  const ends = (call: Told) =>
    sql<{ state: string; attempts: number; status: number; said: string; end: string }>(
      `select state, attempts, status, said, case when delivered_at is not null then 'delivered' when given_up_at is not null then 'given up' else 'waiting' end as end
       from mediation.delivery where call_id = $1 order by step`,
      [call.id],
    )

  test('each step arrives once, in order, signed so that its secret proves it, with no word about anybody', async () => {
    expect(await setTarget(system, url(ours))).toBe(303)
    const call = await asked({ place: 'Stanza segreta' })
    await send(api.cancellation.href({ request: call.id }), {})
    await town.settle()
    expect(states(ours.received, call)).toEqual(['draft', 'sent', 'approved', 'offered', 'cancelled_by_body'])
    const page = await staff.page(mediation.system.href({ system }))
    const secret = /whsec_([\w+/=]+)/.exec(page)?.[1] as string
    for (const { headers, body: text } of ours.received) {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`
      const expected = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64')
      expect(headers['webhook-signature']).toBe(`v1,${expected}`)
      const at = Number(headers['webhook-timestamp']) * 1000
      expect([at >= began - 1000, at <= Date.now()]).toEqual([true, true])
      expect(text).not.toMatch(/segreta|Rosa/)
    }
    expect(new Set(ours.received.map(({ headers }) => headers['webhook-id'])).size).toBe(ours.received.length)
  })

  test('a translated text is told of as well, as described, under a name that its key fetches', async () => {
    const call = await asked({ mode: 'SCRITTA', place: '', pages: 2 })
    await town.inCtx(async (ctx) =>
      keepText(ctx, await findCall(ctx, call.id), 'out', {
        name: 'Rosa.pdf',
        type: 'application/pdf',
        bytes: Buffer.from('%PDF-1.7 translated\n%%EOF'),
      }),
    )
    const last = JSON.parse(ours.received.at(-1)?.body ?? '')
    const told = described as unknown as {
      components: object
      webhooks: Record<string, { post: { requestBody: { content: Record<string, { schema: object }> } } }>
    }
    const schema = told.webhooks['translation.ready']?.post.requestBody.content['application/json']?.schema
    const check = new Ajv2020({ strict: false, validateFormats: false }).compile({
      ...schema,
      components: told.components,
    })
    expect([check(last), check.errors, last.data.id]).toEqual([true, null, call.id])
    const { href } = api.file
    expect((await read(href({ request: call.id, file: last.data.file }))).status).toBe(200)
    expect(await staff.page(mediation.system.href({ system }))).toContain('Traduzione pronta')
  })

  test('refused, dropped, redirected: sent again after a pause under the same id, never elsewhere; the order holds', async () => {
    const before = ours.received.length
    theirs.received.length = 0
    ours.tell(503)
    const call = await asked()
    await town.settle()
    expect((await ends(call)).map(({ end, attempts, status }) => [end, attempts, status])).toEqual([
      ['waiting', 1, 503],
      ['waiting', 0, null],
      ['waiting', 0, null],
      ['waiting', 0, null],
    ])
    ours.tell({ redirect: url(theirs) })
    await town.moveClock('2 minutes')
    await round()
    ours.tell('drop')
    await town.moveClock('8 minutes')
    await round()
    expect((await ends(call))[0]).toMatchObject({ attempts: 3, status: 0, said: 'unreachable', end: 'waiting' })
    ours.tell()
    await town.moveClock('1 hour')
    await round()
    expect((await ends(call)).map(({ end }) => end)).toEqual(Array(4).fill('delivered'))
    expect(theirs.received).toEqual([])
    const ids = ours.received.slice(before).map(({ headers }) => headers['webhook-id'])
    expect([ids.length, new Set(ids).size, new Set(ids.slice(0, 4)).size]).toEqual([7, 4, 1])
    await town.moveClock('0 seconds')
  })

  test('one that hangs keeps nobody waiting: not the other systems, not the mail, not the pages', async () => {
    const quick = await makeKey(await bodyNamed('Scuola della prova'), 'scuola@prova.example')
    expect(await setTarget(quick.system, url(theirs))).toBe(303)
    ours.tell('hang')
    theirs.received.length = 0
    const slow = await asked()
    const other = ((await (await send(api.requests.href(), wanted, { as: quick.key })).json()) as { requests: Told[] })
      .requests[0] as Told
    const working = town.settle()
    // It hangs until it is let go: whoever waited for it would wait for ever.
    while (states(theirs.received, other).length < 4) await staff.page(mediation.calls.href())
    expect((await ends(slow)).every(({ end, attempts }) => end === 'waiting' && attempts === 0)).toBe(true)
    ours.letGo()
    await working
    expect((await ends(slow))[0]).toMatchObject({ attempts: 1, status: 0, said: 'unreachable', end: 'waiting' })
    expect((await ends(other)).every(({ end }) => end === 'delivered')).toBe(true)
    await sql(`update mediation.delivery set next_at = null, delivered_at = now() where next_at is not null`)
  })

  test('after two days of silence it is switched off and two people are told, once; on again, what waited goes', async () => {
    const call = await asked()
    await town.settle()
    await sql(
      `update mediation.delivery set attempts = 8, delivered_at = null, next_at = kernel.now() where call_id = $1 and state = 'draft'`,
      [call.id],
    )
    await sql(
      `update mediation.delivery set delivered_at = null, next_at = kernel.now() where call_id = $1 and state <> 'draft'`,
      [call.id],
    )
    ours.tell(500, 500, 500)
    await round()
    expect((await ends(call)).map(({ end }) => end)).toEqual(['given up', 'waiting', 'waiting', 'waiting'])
    const mails = await sql<{ to_address: string }>(
      `select to_address from kernel.mail where kind = 'mediation.target_off' order by 1`,
    )
    expect(mails.map(({ to_address }) => to_address)).toEqual([
      'coordinatrice@demo.example',
      'tecnico+reparto@ospedale.example',
    ])
    expect(await staff.page(mediation.system.href({ system }))).toContain('Gli avvisi sono spenti')
    const silent = await asked()
    expect(await ends(silent)).toEqual([])
    ours.tell()
    const on = mediation.system.href({ system })
    await staff.submit(mediation.webhook.href({ system }), { what: 'on' }, { on })
    await town.settle()
    expect((await ends(call)).map(({ end }) => end)).toEqual(['given up', 'delivered', 'delivered', 'delivered'])
    const [lost] = await sql<{ id: string }>(
      `select id from mediation.delivery where call_id = $1 and given_up_at is not null`,
      [call.id],
    )
    await staff.submit(mediation.sendAgain.href({ system, delivery: lost?.id as string }), {}, { on })
    await town.settle()
    expect((await ends(call)).map(({ end }) => end)).toEqual(Array(4).fill('delivered'))
  })

  test('one that says it is gone is believed at once', async () => {
    ours.tell(410)
    await asked()
    await town.settle()
    const [last] = await sql<{ off_why: string }>(
      `select off_why from mediation.webhook where system_id = $1 order by set_at desc limit 1`,
      [system],
    )
    expect(last).toEqual({ off_why: 'gone' })
  })
})

describe('our own network is not spoken to', () => {
  test.each([
    'http://ente.example/avvisi',
    'ftp://ente.example/',
    'https://user:secret@ente.example/',
    'https://localhost/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://[2002:a00:1::]/',
    'non è un indirizzo',
  ])('%s is no target', (url) => expect(isFitTarget(url, false)).toBe(false))

  test('a name is judged by the address it has when it is called', async () => {
    expect(isFitTarget('https://ente.example:8443/avvisi?x=1', false)).toBe(true)
    expect([isPublicAddress('93.184.215.14'), isPublicAddress('2a00:1450::1')]).toEqual([true, true])
    const found = await new Promise((done) => publicOnly('localhost', { all: true }, (error) => done(error?.code)))
    expect(found).toBe('ENOTPUBLIC')
    const message = { url: ours.url, id: 'x', secret: 'whsec_x', at: Temporal.Now.instant(), body: '{}', seconds: 1 }
    expect(await tell({ ...message, private_too: false })).toEqual({ status: 0, said: 'private' })
    ours.tell('hang')
    expect(await tell({ ...message, private_too: true, seconds: 0.1 })).toEqual({ status: 0, said: 'late' })
  })
})
