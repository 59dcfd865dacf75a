/** Without an account. A GET only shows; whatever changes something is a button. */

import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { serveFile } from '../../kernel/files/files.ts'
import { router } from '../../kernel/routes.ts'
import * as asking from '../actions/asking.ts'
import * as assigning from '../actions/assigning.ts'
import { doorList } from '../actions/papers.ts'
import { keepText } from '../actions/texts.ts'
import { answerForm, interviewsForm, noFields, requestForm } from '../forms.ts'
import { AskedPage, StatusPage, VerifyPage } from '../pages/asked.tsx'
import { AnsweredPage, OfferPage } from '../pages/offer.tsx'
import { InterviewsPage, RequestPage } from '../pages/request.tsx'
import * as calls from '../store/calls.ts'
import { open } from '../urls.ts'
import { gistNow, listsOf, mayAsk, mayTry } from './doors.ts'

const routes = router()
export default routes.all

// --- asking ---------------------------------------------------------------------------------------------------------

routes.openForm(open.request, requestForm, {
  async show(ctx, _params, form, { query }) {
    const token = query.get('copia')
    const blank = Object.keys(form.values).length === 0
    const values = token && blank ? (await asking.copyOf(ctx, token)).values : form.values
    return (
      <RequestPage
        form={{ ...form, values: blank && !token ? { mode: 'PRES', minutes: '60' } : values }}
        lists={await listsOf(ctx)}
      />
    )
  },
  before: (outside, _params, _input, { address_hash }) => mayAsk(outside, address_hash),
  async submit(ctx, { l }, input, { query }) {
    const token = query.get('copia')
    await asking.askForMediator(ctx, input, token ? (await asking.copyOf(ctx, token)).id : null)
    return open.asked.href({ l })
  },
})

routes.openForm(open.interviews, interviewsForm, {
  show: async (ctx, _params, form) => (
    <InterviewsPage form={{ ...form, values: { slot_minutes: '20', ...form.values } }} lists={await listsOf(ctx)} />
  ),
  before: (outside, _params, _input, { address_hash }) => mayAsk(outside, address_hash),
  async submit(ctx, { l }, input) {
    await asking.askForInterviews(ctx, input)
    return open.asked.href({ l })
  },
})

routes.open(open.asked, () => <AskedPage />)

routes.openForm(open.verify, noFields, {
  async show(ctx, { token }, form) {
    const { all } = await asking.callsOfLink(ctx, 'verify', token)
    const gists = []
    for (const one of all.slice(0, 40)) gists.push(await gistNow(ctx, one))
    return <VerifyPage form={form} gists={gists} />
  },
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
  submit: async (ctx, { l, token }) => open.status.href({ l, token: await asking.verifyByLink(ctx, token) }),
})

routes.openForm(open.status, noFields, {
  async show(ctx, { token }, form) {
    const { call, all } = await asking.callsOfLink(ctx, 'status', token)
    const others = []
    for (const one of all.slice(0, 40))
      others.push({ number: one.number, state: one.state, gist: await gistNow(ctx, one) })
    return (
      <StatusPage
        token={token}
        call={call}
        gist={await gistNow(ctx, call)}
        steps={await calls.stepsOf(ctx, call.id)}
        others={others}
        files={await calls.filesOf(ctx, call.id, 'out')}
        door={(await calls.slotsOf(ctx, [call.id])).length > 0}
        form={form}
      />
    )
  },
  submit: async (_ctx, { l, token }) => open.status.href({ l, token }),
})

routes.openForm(open.cancel, noFields, {
  show: (ctx, { token }, form) => statusOf(ctx, token, form as never),
  async submit(ctx, { l, token }) {
    const { call } = await asking.callsOfLink(ctx, 'status', token)
    await asking.cancelCall(ctx, call.id, 'body')
    return open.status.href({ l, token })
  },
})
async function statusOf(ctx: Ctx, token: string, form: Parameters<typeof StatusPage>[0]['form']) {
  const { call } = await asking.callsOfLink(ctx, 'status', token)
  return (
    <StatusPage
      token={token}
      call={call}
      gist={await gistNow(ctx, call)}
      steps={await calls.stepsOf(ctx, call.id)}
      others={[]}
      files={await calls.filesOf(ctx, call.id, 'out')}
      door={(await calls.slotsOf(ctx, [call.id])).length > 0}
      form={form}
    />
  )
}

routes.open(
  open.doorList,
  async (ctx, { token }) => doorList(ctx, (await asking.callsOfLink(ctx, 'status', token)).call.id),
  false,
)

// --- written translation: text in, text out -------------------------------------------------------------------------

routes.openForm(
  open.files,
  noFields,
  {
    show: (ctx, { token }, form) => statusOf(ctx, token, form as never),
    async submit(ctx, { l, token }, _input, { files }) {
      const { call } = await asking.callsOfLink(ctx, 'status', token)
      await keepText(ctx, call, 'in', files.get('file')?.[0])
      return open.status.href({ l, token })
    },
  },
  11_000_000,
)
routes.open(
  open.translation,
  async (ctx, { token }, { query }) => {
    const { call } = await asking.callsOfLink(ctx, 'status', token)
    const file = (await calls.filesOf(ctx, call.id, 'out'))[Number(query.get('n') ?? 0)]
    if (!file) throw new NotFound()
    return serveFile(ctx, 'mediation', file)
  },
  false,
)
// --- answering ------------------------------------------------------------------------------------------------------

routes.openForm(open.offer, answerForm, {
  async show(ctx, { token }, form) {
    const { offer, gist, starts, mediators, stands } = await assigning.offerOfLink(ctx, token)
    return (
      <OfferPage
        form={form}
        gist={gist}
        starts={starts}
        stands={stands}
        deadline={offer.deadline}
        mediators={mediators}
        for_provider={offer.provider_id !== null}
        today={ctx.today}
      />
    )
  },
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
  async submit(ctx, { token }, input) {
    return <AnsweredPage what={await assigning.answerByLink(ctx, token, input)} />
  },
})
