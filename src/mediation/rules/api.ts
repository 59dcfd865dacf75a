/** What our answers to a body's own system look like, in the words of its programmers (JSON Schema 2020-12). */
import { phases, states } from './states.ts'

const text = { type: 'string' }
const id = { type: 'string', format: 'uuid' }
const moment = { type: 'string', format: 'date-time' }
const orNull = (type: string, more: object = {}) => ({ type: [type, 'null'], ...more })
const object = (properties: Record<string, object>, more: object = {}) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
})
const list = (items: object) => ({ type: 'array', items })
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const state = { type: 'string', enum: [...states] }
const phase = { type: 'string', enum: [...phases], description: 'The five words people see.' }
const mediator = object({ name: text })
const request = {
  id,
  number: { type: 'integer', description: 'People say M-…' },
  state,
  phase,
  series: orNull('string', { format: 'uuid', description: 'Asked for together: a recurrence, a day of interviews.' }),
  language: orNull('string', { description: 'ISO 639; null when only the country was known.' }),
  variety: text,
  field: text,
  purpose: text,
  mode: text,
  comune: { type: 'string', description: 'ISTAT code.' },
  place: text,
  minutes: { type: 'integer' },
  urgent: { type: 'boolean' },
  options: list(object({ starts_at: moment, ends_at: moment })),
  starts_at: orNull('string', { format: 'date-time', description: 'Once somebody has taken it.' }),
  ends_at: orNull('string', { format: 'date-time' }),
  mediator: { anyOf: [mediator, { type: 'null' }] },
}

export const schemas = {
  request: object(request),
  request_with_steps: object({ ...request, steps: list(object({ state, at: moment })) }),
  requests: object({
    requests: list(ref('request')),
    most: { type: 'integer', description: 'No more than this many at once: go on with changed_after.' },
  }),
  asked: object({
    requests: list(ref('request')),
    page: { type: 'string', format: 'uri', description: 'For people: where it stands, files, the door list.' },
  }),
  files: object({
    files: list(
      object({
        id,
        is: { type: 'string', enum: ['original', 'translation'] },
        type: text,
        bytes: { type: 'integer' },
        state: {
          type: 'string',
          enum: ['ready', 'waiting', 'refused'],
          description: 'It is looked into before it is given out.',
        },
      }),
    ),
  }),
  hours: object({
    hours: list(
      object({
        id,
        number: { type: 'integer' },
        language: orNull('string'),
        started_at: moment,
        ended_at: moment,
        minutes: { type: 'integer', description: 'As they count by the contract.' },
        person_absent: { type: 'boolean' },
        mediator,
      }),
    ),
  }),
}

export const queries = {
  requests: {
    phase: { description: 'Only these.', schema: phase },
    changed_after: { description: 'Only those that took a step after this moment.', schema: moment },
  },
}

const sent =
  'Signed as Standard Webhooks says (webhook-id, webhook-timestamp, webhook-signature). Sent until it is taken, for two days, under the same webhook-id; it may come twice.'
const where = { id, number: { type: 'integer' }, state, phase }
const message = (type: string, data: Parameters<typeof object>[0]) =>
  object({ type: { const: type }, timestamp: moment, data: object(data) })
export const webhooks = {
  'request.changed': {
    summary: 'A request took a step',
    description: `${sent} What became of the request is asked for with the key.`,
    schema: message('request.changed', where),
  },
  'translation.ready': {
    summary: 'A translated text is there',
    description: `${sent} \`file\` is fetched with the key: a text that was looked into for viruses is told of once it is clean.`,
    schema: message('translation.ready', { ...where, file: id }),
  },
}

export const described = {
  document: {
    description:
      'Intercultural mediation on call, for the own system of a requesting body. The coordination office gives a key; it stands for one contact of the body and sees the requests of that contact. Days are written YYYY-MM-DD and hours HH:MM in the time of Rome; answers are in UTC. Never send the name of whoever is to be helped: no field asks for it.',
  },
  ask: {
    summary: 'Ask for a mediator',
    description:
      'One request, or one for each day of a recurrence. `language` is a code of ISO 639 (or give `comes_from`, ISO 3166-1, when only the country is known); `comune` an ISTAT code of the Ambito.',
  },
  cancel: {
    summary: 'Call a request off',
    description: 'Close to the hour the contract may count it; too late for that, it is refused.',
  },
  send_file: {
    summary: 'The text of a written translation',
    description:
      'The bytes of one file as they are: PDF, JPEG, PNG, DOCX or ODT, 10 MB at most. No name goes with it. The translation stands in the same list once it is there.',
  },
  confirm: {
    summary: 'Countersign hours',
    description: 'All of `right` or none of them. `signer` is the person who answers for it.',
  },
  contest: {
    summary: 'These hours are not right',
    description: 'They wait for the coordination office; the others can be countersigned.',
  },
} as const
