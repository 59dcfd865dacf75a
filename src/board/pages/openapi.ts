/** What machines may ask, described for them (OpenAPI 3.1). */
import { languages } from '../../kernel/i18n.ts'
import type { Module } from '../../kernel/module.ts'
import { forKeys } from '../../kernel/openapi.ts'
import { board } from '../urls.ts'

type Json = { [key: string]: unknown }

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const text = { type: 'string' }
const uri = { type: 'string', format: 'uri' }
const email = { type: 'string', format: 'email' }
const day = { type: 'string', format: 'date' }
/** HSDS asks for the offset beside the hour: 09:00+01:00. */
const hour = { type: 'string', pattern: '^\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)$' }
const twoLetters = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const id = { type: 'string', format: 'uuid' }
const object = (properties: Json, required: string[] = []) => ({ type: 'object', properties, required })
const list = (items: Json) => ({ type: 'array', items })
const paged = (name: string) =>
  object(
    {
      total_items: { type: 'integer', minimum: 0 },
      total_pages: { type: 'integer', minimum: 1 },
      page_number: { type: 'integer', minimum: 1 },
      size: { type: 'integer', minimum: 0 },
      first_page: { type: 'boolean' },
      last_page: { type: 'boolean' },
      empty: { type: 'boolean' },
      contents: list(ref(name)),
    },
    ['total_items', 'total_pages', 'page_number', 'size', 'first_page', 'last_page', 'empty', 'contents'],
  )

const service = {
  id,
  name: text,
  description: text,
  status: { type: 'string', enum: ['active', 'inactive', 'defunct', 'temporarily closed'] },
  url: uri,
  email,
  last_modified: { type: 'string', format: 'date-time' },
  organization: ref('organization'),
}

const schemas: Json = {
  page_of_services: paged('service'),
  page_of_organizations: paged('organization'),
  page_of_service_at_locations: paged('service_at_location'),
  service: object(service, ['id', 'name', 'status']),
  service_whole: object(
    {
      ...service,
      application_process: text,
      eligibility_description: text,
      assured_date: day,
      phones: list(object({ id, number: text }, ['id', 'number'])),
      languages: list(object({ id, name: text, code: { type: 'string', pattern: '^[a-z]{2,3}$' } }, ['id'])),
      required_documents: list(object({ id, document: text }, ['id'])),
      cost_options: list(
        object({ id, option: text, amount: { type: 'number' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } }, [
          'id',
        ]),
      ),
      schedules: list(
        object(
          {
            id,
            freq: { type: 'string', enum: ['WEEKLY'] },
            interval: { type: 'integer' },
            byday: { type: 'string', enum: twoLetters },
            wkst: { type: 'string', enum: twoLetters },
            dtstart: day,
            opens_at: hour,
            closes_at: hour,
            notes: text,
          },
          ['id'],
        ),
      ),
      service_areas: list(object({ id, name: text }, ['id'])),
      attributes: list(
        object(
          {
            id,
            link_type: text,
            taxonomy_term: object({ id, code: text, name: text, description: text }, ['id', 'name', 'description']),
          },
          ['id', 'link_type'],
        ),
      ),
      service_at_locations: list(object({ id, location: ref('location') }, ['id'])),
    },
    ['id', 'name', 'status', 'organization'],
  ),
  organization: object(
    {
      id,
      name: text,
      description: text,
      website: uri,
      email,
      phones: list(object({ id, number: text }, ['id', 'number'])),
    },
    ['id', 'name', 'description'],
  ),
  location: object(
    {
      id,
      location_type: { type: 'string', enum: ['physical', 'postal', 'virtual'] },
      name: text,
      transportation: text,
      addresses: list(
        object(
          {
            id,
            address_1: text,
            city: text,
            state_province: text,
            postal_code: text,
            country: { type: 'string', pattern: '^[A-Z]{2}$' },
            address_type: { type: 'string', enum: ['physical', 'postal', 'virtual'] },
          },
          ['id', 'address_1', 'city', 'state_province', 'postal_code', 'country', 'address_type'],
        ),
      ),
      accessibility: list(object({ id, description: text }, ['id'])),
    },
    ['id', 'location_type'],
  ),
  service_at_location: object({ id, service: ref('service'), location: ref('location') }, ['id']),
}

const parameter = (name: string, where: 'query' | 'path', schema: Json, description: string) => ({
  name,
  in: where,
  required: where === 'path',
  schema,
  description,
})
const language = parameter(
  'language',
  'query',
  { type: 'string', enum: [...languages], default: 'it' },
  'Language of the words; Italian where there is no translation.',
)
const pages = [
  parameter('page', 'query', { type: 'integer', minimum: 1, default: 1 }, 'Page, from 1.'),
  parameter('per_page', 'query', { type: 'integer', minimum: 1, maximum: 500, default: 50 }, 'Entries of a page.'),
]
const answer = (description: string, schema: Json, type = 'application/json') => ({
  '200': { description, content: { [type]: { schema } } },
  '304': { description: 'Not changed (If-None-Match).' },
})
const get = (summary: string, schema: Json, parameters: Json[] = [], type?: string) => ({
  get: { summary, parameters, responses: answer(summary, schema, type) },
})
const inBraces = (pattern: string) => pattern.replaceAll(/:(\w+)/g, '{$1}')

export function openapi(base_url: string, modules: readonly Module[]) {
  const { tags, paths, webhooks, schemas: theirs, securitySchemes } = forKeys(modules)
  const l = parameter('l', 'path', { type: 'string', enum: [...languages] }, 'Language.')
  const one = parameter('id', 'path', id, 'Identifier.')
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lab’Impact',
      version: '1',
      description:
        'Open data of the territorial programme: services (Open Referral HSDS 3.0), events, notices, figures. With a key, what the own system of a body may ask.',
      license: { name: 'CC-BY-4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
    },
    servers: [{ url: base_url }],
    tags,
    paths: {
      [board.hsds.pattern]: get(
        'Version and profile',
        object({ version: text, profile: uri, openapi_url: uri }, ['version', 'profile', 'openapi_url']),
      ),
      [board.hsdsServices.pattern]: get('Services', ref('page_of_services'), [...pages, language]),
      [inBraces(board.hsdsService.pattern)]: get('One service, whole', ref('service_whole'), [one, language]),
      [board.hsdsOrganisations.pattern]: get('Organizations behind the services', ref('page_of_organizations'), pages),
      [inBraces(board.hsdsOrganisation.pattern)]: get('One organization', ref('organization'), [one]),
      [board.hsdsPlaces.pattern]: get('Services at locations', ref('page_of_service_at_locations'), [
        ...pages,
        language,
      ]),
      [inBraces(board.calendar.pattern)]: get('Events (RFC 5545)', text, [l], 'text/calendar'),
      [inBraces(board.feed.pattern)]: get('News (RFC 4287)', text, [l], 'application/atom+xml'),
      ...Object.fromEntries(
        modules.flatMap(({ machines = {} }) =>
          Object.entries(machines).map(([pattern, { summary, schema, type }]) => [
            inBraces(pattern),
            get(summary, schema as Json, [], type),
          ]),
        ),
      ),
      ...paths,
    },
    webhooks,
    components: { schemas: { ...schemas, ...theirs }, securitySchemes },
  }
}
