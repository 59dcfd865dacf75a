/** The routes for programs, described for those who write them (OpenAPI 3.1), from the forms they are read with. */
import { jsonSchemaOf, type Schema } from './form.ts'
import type { ApiDeed, Caller, Route } from './routes.ts'

type Json = Record<string, unknown>
type Wanted = {
  title: string
  description: string
  base_url: string
  routes: readonly Route[]
  schemas: Readonly<Record<string, object>>
  /** What we send by ourselves, by name. */
  webhooks?: Readonly<Record<string, { summary: string; description: string; schema: object }>>
}

const problems = {
  '400': 'The request cannot be read.',
  '401': 'No key, or one that is not valid.',
  '404': 'Nothing here, or nothing this key may see.',
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

export function openapiOf({ title, description, base_url, routes, schemas, webhooks = {} }: Wanted) {
  return {
    openapi: '3.1.0',
    info: { title, version: '1', description },
    servers: [{ url: base_url }],
    security: [{ key: [] }],
    paths: Object.fromEntries(
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
                  ...(api.get && { get: described(api.get as unknown as ApiDeed<Caller>, false) }),
                  ...(api.post && { post: described(api.post as unknown as ApiDeed<Caller>, true) }),
                },
              ],
            ]
          : [],
      ),
    ),
    webhooks: Object.fromEntries(
      Object.entries(webhooks).map(([name, { schema, ...words }]) => [
        name,
        {
          post: {
            ...words,
            requestBody: { required: true, content: { 'application/json': { schema } } },
            responses: {
              '2XX': { description: 'Taken. Anything else, or no answer in ten seconds: sent again later.' },
            },
          },
        },
      ]),
    ),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: { ...schemas, problem: problemSchema },
    },
  }
}

function described(
  { summary, description, schema, query = {}, answers, status = 200 }: ApiDeed<Caller>,
  sends: boolean,
): Json {
  return {
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
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchemaOf(schema as Schema) } } },
    }),
    responses: {
      [status]: { description: summary, content: { 'application/json': { schema: answers } } },
      ...Object.fromEntries(Object.entries(problems).map(([code, said]) => [code, inProblem(said)])),
    },
  }
}
