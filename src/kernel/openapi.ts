/** The routes for programs, described for those who write them (OpenAPI 3.1), from the forms they are read with. */
import { jsonSchemaOf, type Schema } from './form.ts'
import type { Module } from './module.ts'
import type { ApiDeed, Caller } from './routes.ts'

type Json = Record<string, unknown>
const problems = {
  '400': 'The request cannot be read.',
  '401': 'No key, or one that is not valid.',
  '403': 'Not allowed, or not yet: a file is looked into first.',
  '404': 'Nothing here, or nothing this key may see.',
  '413': 'Too large.',
  '415': 'Only application/json is read.',
  '422': 'Something is not right: one sentence for each field, as on the page.',
  '429': 'Too many requests; see Retry-After.',
  '503': 'For a moment the service cannot answer; see Retry-After.',
}
const inProblem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } },
})
const text = { type: 'string' }
/** Its bytes as they are, of whatever type. */
const file = { '*/*': {} }
const problemSchema = {
  type: 'object',
  description: 'RFC 9457; sentences in Italian, or English by Accept-Language.',
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: text,
    status: { type: 'integer' },
    detail: text,
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: text, detail: text }, required: ['pointer', 'detail'] },
    },
    request_id: text,
  },
  required: ['type', 'title', 'status', 'request_id'],
}

const merged = <Part extends object>(parts: readonly (Part | undefined)[]): Part => Object.assign({}, ...parts)

/** Their part of the document of the house, see `Described` in module.ts. */
export function forKeys(modules: readonly Module[]) {
  const names = modules.flatMap((module) => Object.keys(module.described?.schemas ?? {}))
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice) throw new Error(`two schemas are called '${twice}'`)
  return {
    tags: modules.flatMap(({ name, described }) => (described ? [{ name, description: described.description }] : [])),
    paths: merged(modules.map(pathsOf)),
    webhooks: merged(modules.map(webhooksOf)),
    schemas: { ...merged(modules.map((module) => module.described?.schemas)), problem: problemSchema },
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
  }
}

const pathsOf = ({ name: tag, routes = [] }: Module) =>
  Object.fromEntries(
    routes.flatMap(({ pattern, api }) =>
      api
        ? [
            [
              pattern.replaceAll(/:(\w+)/g, '{$1}'),
              {
                parameters: [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => ({
                  name,
                  in: 'path',
                  required: true,
                  schema: { type: 'string', format: 'uuid' },
                })),
                ...(api.get && { get: described(tag, api.get as unknown as ApiDeed<Caller>, false) }),
                ...(api.post && { post: described(tag, api.post as unknown as ApiDeed<Caller>, true) }),
              },
            ],
          ]
        : [],
    ),
  )

const webhooksOf = ({ name: tag, described: { webhooks = {} } = { description: '', schemas: {} } }: Module) =>
  Object.fromEntries(
    Object.entries(webhooks).map(([name, { schema, ...words }]) => [
      name,
      {
        post: {
          tags: [tag],
          ...words,
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: {
            '2XX': { description: 'Taken. Anything else, or no answer in ten seconds: sent again later.' },
          },
        },
      },
    ]),
  )

function described(
  tag: string,
  { summary, description, schema, takes, gives, query = {}, answers, status = 200 }: ApiDeed<Caller>,
  sends: boolean,
): Json {
  return {
    tags: [tag],
    security: [{ key: [] }],
    summary,
    ...(description && { description }),
    parameters: [
      ...Object.entries(query).map(([name, one]) => ({ name, in: 'query', required: false, ...one })),
      ...(sends
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: true,
              description: 'New for each request, the same when it is repeated; kept for two days.',
              schema: { type: 'string', minLength: 8, maxLength: 80 },
            },
          ]
        : []),
    ],
    ...(sends && {
      requestBody: {
        required: true,
        content: takes ? file : { 'application/json': { schema: jsonSchemaOf(schema as Schema) } },
      },
    }),
    responses: {
      [status]: { description: summary, content: gives ? file : { 'application/json': { schema: answers } } },
      ...Object.fromEntries(Object.entries(problems).map(([code, said]) => [code, inProblem(said)])),
    },
  }
}
