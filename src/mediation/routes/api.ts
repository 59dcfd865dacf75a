/** For a body's own system: the same forms as the pages, read from JSON. */
import { type ApiDoor, router } from '../../kernel/routes.ts'
import * as serving from '../actions/serving.ts'
import { disputeForm, hoursForm, noFields, systemRequestForm } from '../forms.ts'
import { described, queries, type schemas } from '../rules/api.ts'
import type { System } from '../store/systems.ts'
import { api } from '../urls.ts'

const routes = router()
export default routes.all

const door: ApiDoor<System> = {
  caller: serving.callerOf,
  limit: { name: 'mediation.systems', points: 240, seconds: 60 },
}
const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` })

routes.api(api.requests, door, {
  get: {
    summary: 'Your requests, the newest first',
    query: queries.requests,
    answers: ref('requests'),
    answer: async (ctx, { caller, query }) => ({ body: await serving.list(ctx, caller, query) }),
  },
  post: {
    ...described.ask,
    schema: systemRequestForm,
    answers: ref('asked'),
    status: 201,
    async answer(ctx, { caller, input }) {
      const body = await serving.ask(ctx, caller, input)
      return { status: 201, body, at: api.request.href({ request: body.requests[0]?.id ?? '' }) }
    },
  },
})
routes.api(api.request, door, {
  get: {
    summary: 'One request, with the steps of its life',
    answers: ref('request_with_steps'),
    answer: async (ctx, { caller, params }) => ({ body: await serving.one(ctx, caller, params.request) }),
  },
})
routes.api(api.cancellation, door, {
  post: {
    ...described.cancel,
    schema: noFields,
    answers: ref('request_with_steps'),
    answer: async (ctx, { caller, params }) => ({ body: await serving.cancel(ctx, caller, params.request) }),
  },
})
routes.api(api.files, door, {
  get: {
    summary: 'The files of a written translation',
    answers: ref('files'),
    answer: async (ctx, { caller, params }) => ({ body: await serving.files(ctx, caller, params.request) }),
  },
  post: {
    ...described.send_file,
    schema: noFields,
    takes: 'file',
    answers: ref('files'),
    status: 201,
    answer: async (ctx, { caller, params, file }) => ({
      status: 201,
      body: await serving.sendFile(ctx, caller, params.request, file),
    }),
  },
})
routes.api(api.file, door, {
  get: {
    summary: 'One file, as it was sent',
    gives: 'file',
    answers: {},
    answer: async (ctx, { caller, params }) => ({ body: await serving.file(ctx, caller, params.request, params.file) }),
  },
})
routes.api(api.hours, door, {
  get: {
    summary: 'Hours that wait for your countersignature',
    answers: ref('hours'),
    answer: async (ctx, { caller }) => ({ body: await serving.toConfirm(ctx, caller) }),
  },
  post: {
    ...described.confirm,
    schema: hoursForm,
    answers: ref('hours'),
    answer: async (ctx, { caller, input }) => ({ body: await serving.confirm(ctx, caller, input) }),
  },
})
routes.api(api.dispute, door, {
  post: {
    ...described.contest,
    schema: disputeForm,
    answers: ref('hours'),
    answer: async (ctx, { caller, params, input }) => ({
      body: await serving.contest(ctx, caller, params.request, input),
    }),
  },
})
