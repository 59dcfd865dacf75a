/** What machines read of us, read back by programs we did not write. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { addDays, weekday } from '../kernel/clock.ts'
import { languages } from '../kernel/i18n.ts'

const { visitor, inCtx } = await openTestHouse()
const reader = visitor()
const today = await inCtx(async (ctx) => ctx.today)

test('the calendar is whole in every language, with one identity for each event', async () => {
  const uids = new Set<string>()
  for (const lang of languages) {
    const answer = await reader.get(`/${lang}/eventi.ics`)
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    const calendar = new ICAL.Component(ICAL.parse(await answer.text()))
    const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component))
    expect(events).toHaveLength(5)
    for (const event of events) {
      expect(event.startDate.compare(event.endDate)).toBe(-1)
      expect(event.summary).not.toBe('')
      uids.add(event.uid)
    }
  }
  expect(uids.size).toBe(5)
})

test('who has the newest does not get it again', async () => {
  for (const path of ['/it/eventi.ics', '/it/bacheca.atom', '/api/hsds/services', '/api/openapi.json', '/it/servizi']) {
    const etag = (await reader.get(path)).headers.get('etag') as string
    expect([path, (await reader.get(path, { 'if-none-match': etag })).status]).toEqual([path, 304])
  }
})

type Description = {
  paths: Record<string, { get: { responses: { 200: { content: Record<string, { schema: object }> } } } }>
  components: { schemas: object }
}
const json = async <Json>(path: string) => {
  const answer = await reader.get(path)
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as Json
}
const described = await json<Description>('/api/openapi.json')
// Addresses, days, moments and identifiers are read too, not only that something stands there.
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)

/** The answer keeps to its own description. */
function keeps(pattern: string, answer: unknown) {
  const schema = described.paths[pattern]?.get.responses[200].content['application/json']?.schema
  const check = ajv.compile({ ...schema, components: described.components })
  expect([pattern, check(answer), check.errors]).toEqual([pattern, true, null])
}

type Page = {
  total_items: number
  total_pages: number
  page_number: number
  last_page: boolean
  contents: { id: string; name?: string }[]
}

test('every address of the description answers as described', async () => {
  const services = await json<Page>('/api/hsds/services')
  keeps('/api/hsds', await json('/api/hsds'))
  keeps('/api/hsds/services', services)
  keeps('/api/hsds/service_at_locations', await json('/api/hsds/service_at_locations'))
  const bodies = await json<Page>('/api/hsds/organizations')
  keeps('/api/hsds/organizations', bodies)
  for (const { id } of services.contents) keeps('/api/hsds/services/{id}', await json(`/api/hsds/services/${id}`))
  for (const { id } of bodies.contents)
    keeps('/api/hsds/organizations/{id}', await json(`/api/hsds/organizations/${id}`))
  keeps('/dati/indicatori.json', await json('/dati/indicatori.json'))
  for (const path of Object.keys(described.paths).filter((one) => one.includes('{l}')))
    expect((await reader.get(path.replace('{l}', 'it'))).status).toBe(200)
  expect((await reader.get('/api/hsds/services/00000000-0000-7000-8000-000000000000')).status).toBe(404)
  expect((await reader.get('/api/hsds/services/nessuno')).status).toBe(404)
})

test('services are HSDS 3: what the specification requires of each part', async () => {
  const root = await json<Record<string, string>>('/api/hsds')
  expect(root).toMatchObject({
    version: '3.0',
    openapi_url: expect.stringMatching(/\/api\/openapi\.json$/),
    profile: expect.any(String),
  })
  const { contents } = await json<Page>('/api/hsds/services')
  expect(contents).toHaveLength(8)
  const next = (day: number) => addDays(today, (day - weekday(today) + 7) % 7)
  const [monday, friday] = [next(1), next(5)]
  // Rome is one hour before Greenwich in winter and two in summer, whenever this is run.
  const at = (day: string, time: string) =>
    time + Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Rome').offset
  const desk = contents.find(({ name }) => name === 'Sportello stranieri')
  const service = await json<Record<string, never>>(`/api/hsds/services/${desk?.id}`)
  expect(service).toMatchObject({
    name: 'Sportello stranieri',
    status: 'active',
    organization: { id: expect.any(String), name: 'MLFM', description: expect.any(String) },
    schedules: [
      { freq: 'WEEKLY', byday: 'MO', wkst: 'MO', dtstart: monday, opens_at: at(monday, '15:00') },
      { freq: 'WEEKLY', byday: 'FR', dtstart: friday, closes_at: at(friday, '18:00'), notes: 'Europe/Rome' },
    ],
    languages: expect.arrayContaining([expect.objectContaining({ code: 'ar', name: 'Arabic' })]),
    required_documents: expect.arrayContaining([expect.objectContaining({ document: 'Il passaporto' })]),
    service_at_locations: [
      {
        location: {
          location_type: 'physical',
          addresses: [
            { city: 'Lodi', country: 'IT', state_province: 'LO', postal_code: '26900', address_type: 'physical' },
          ],
        },
      },
    ],
  })
  expect(await json(`/api/hsds/services/${desk?.id}?language=ar`)).toMatchObject({ name: 'مكتب الأجانب' })
  expect(await json(`/api/hsds/services/${desk?.id}?language=pa`)).toMatchObject({ name: 'Sportello stranieri' })
})

test('lists are paged, and the pages together are the whole', async () => {
  const ids: string[] = []
  for (let page = 1; ; page++) {
    const part = await json<Page>(`/api/hsds/services?per_page=3&page=${page}`)
    expect(part).toMatchObject({ total_items: 8, total_pages: 3, page_number: page })
    ids.push(...part.contents.map(({ id }) => id))
    if (part.last_page) break
  }
  expect(new Set(ids).size).toBe(8)
  for (const wrong of ['page=0', 'page=x', 'per_page=0', 'per_page=100000', 'language=xx', "page=1';--"])
    expect((await reader.get(`/api/hsds/services?${wrong}`)).status).toBe(404)
})
