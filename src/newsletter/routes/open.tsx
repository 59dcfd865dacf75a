/** Without an account. A GET only shows: mail programs open links by themselves before anybody reads. */
import type { Ctx } from '../../kernel/ctx.ts'
import type { Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import * as actions from '../actions/subscribing.ts'
import { leaveForm, mineForm, noFields, pauseForm, subscribeForm } from '../forms.ts'
import {
  AskedPage,
  ConfirmPage,
  type Done,
  GonePage,
  LeavePage,
  LeftPage,
  MinePage,
  SubscribePage,
} from '../pages/open.tsx'
import { newsletter } from '../urls.ts'

const routes = router()
export default routes.all

routes.openForm(newsletter.subscribe, subscribeForm, {
  show: (_ctx, _params, form) => <SubscribePage form={form} />,
  before: (outside, _params, { email }, { address_hash }) => actions.mayAsk(outside, email, address_hash),
  async submit(ctx, { l }, input, { prepared }) {
    await actions.subscribe(ctx, input, prepared)
    return newsletter.asked.href({ l })
  },
})
routes.open(newsletter.asked, () => <AskedPage />)

routes.openForm(newsletter.confirm, noFields, {
  async show(ctx, { token }, form) {
    return <ConfirmPage state={(await actions.confirmState(ctx, token)).state} form={form} />
  },
  before: (outside, _params, _input, { address_hash }) => actions.mayGuess(outside, address_hash),
  submit: (ctx, { token }) => actions.confirm(ctx, token),
})

const doneIn = (query: URLSearchParams): Done | undefined =>
  (({ conferma: 'confirmed', salvato: 'saved', resto: 'stayed' }) as const)[query.get('fatto') as 'conferma']

async function minePage(ctx: Ctx, token: string, form: Form<typeof mineForm>, done?: Done) {
  const mine = await actions.mySubscription(ctx, token)
  if (!mine) return <GonePage />
  return mine.left_at ? <LeftPage /> : <MinePage mine={mine} token={token} form={form} done={done} />
}

routes.openForm(newsletter.mine, mineForm, {
  show: (ctx, { token }, form, { query }) => minePage(ctx, token, form, doneIn(query)),
  async submit(ctx, { l, token }, input) {
    await actions.chooseMine(ctx, token, input)
    return newsletter.mine.href({ l, token }, { fatto: 'salvato' })
  },
})

routes.openForm(newsletter.pause, pauseForm, {
  show: (ctx, { token }, form) => minePage(ctx, token, { ...form, values: {} } as never),
  async submit(ctx, { l, token }, { state }) {
    await actions.pauseMine(ctx, token, state === 'paused')
    return newsletter.mine.href({ l, token })
  },
})

routes.openForm(newsletter.stay, noFields, {
  show: (ctx, { token }, form) => minePage(ctx, token, { ...form, values: {} } as never),
  async submit(ctx, { l, token }) {
    await actions.stay(ctx, token)
    return newsletter.mine.href({ l, token }, { fatto: 'resto' })
  },
})

routes.openForm(newsletter.leave, leaveForm, {
  async show(ctx, { token }, form) {
    const mine = await actions.mySubscription(ctx, token)
    if (!mine) return <GonePage />
    return mine.left_at ? <LeftPage /> : <LeavePage form={form as never} />
  },
  /** A mail program gets its answer at once and is sent nowhere else (RFC 8058, 3.2). */
  async submit(ctx, { l, token }, input) {
    const one_click = input['List-Unsubscribe'] !== undefined
    await actions.leave(ctx, token, one_click ? 'one_click' : 'page')
    return one_click ? { body: '', type: 'text/plain; charset=utf-8' } : newsletter.leave.href({ l, token })
  },
})

routes.openForm(newsletter.erase, noFields, {
  show: (ctx, { token }, form) => minePage(ctx, token, { ...form, values: {} } as never),
  async submit(ctx, { l, token }) {
    await actions.eraseMine(ctx, token)
    return newsletter.leave.href({ l, token })
  },
})

routes.open(
  newsletter.myData,
  async (ctx, { token }) => ({
    body: JSON.stringify(await actions.myData(ctx, token), null, 2),
    type: 'application/json; charset=utf-8',
    name: 'newsletter.json',
    headers: { 'x-robots-tag': 'noindex' },
  }),
  false,
)
