import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound, refuse } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import type { Limit } from '../../kernel/limits.ts'
import { router } from '../../kernel/routes.ts'
import { closeMonth, sheetOf } from '../actions/closing.ts'
import * as confirming from '../actions/confirming.ts'
import { figuresOf } from '../actions/figures.ts'
import { gist, hoursOf } from '../actions/letters.ts'
import { mine, openMine, toComplete } from '../actions/mine.ts'
import { monthPaper } from '../actions/papers.ts'
import * as forms from '../forms.ts'
import { FiguresPage } from '../pages/figures.tsx'
import { HoursPage, MonthPage } from '../pages/hours.tsx'
import { AskedByMePage, MinePage } from '../pages/mine.tsx'
import { ToCompletePage } from '../pages/recipient.tsx'
import { may } from '../rules/may.ts'
import * as bodies from '../store/bodies.ts'
import * as calls from '../store/calls.ts'
import * as hours from '../store/hours.ts'
import * as mediators from '../store/mediators.ts'
import * as search from '../store/search.ts'
import { mediation } from '../urls.ts'

const routes = router()
export default routes.all

routes.page(mediation.toComplete, may.complete, async (ctx) => <ToCompletePage rows={await toComplete(ctx)} />)
routes.page(mediation.mine, may.mediate, async (ctx) => <MinePage {...(await mine(ctx))} />)
routes.form(mediation.openMine, 'signed_in', forms.openForm, {
  show: () => {
    throw new NotFound()
  },
  submit: (ctx, _params, { kind, id }) => openMine(ctx, kind, id),
})

const monthAsked = (ctx: Ctx, query: URLSearchParams) =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(query.get('mese') ?? '') ? (query.get('mese') as string) : ctx.today.slice(0, 7)
async function herself(ctx: Ctx) {
  const mediator = ctx.actor.account_id && (await mediators.mediatorOfAccount(ctx, ctx.actor.account_id))
  if (!mediator) throw new NotFound()
  return mediator
}
routes.page(mediation.month, may.mediate, async (ctx, _params, { query }) => {
  const month = monthAsked(ctx, query)
  const { id } = await herself(ctx)
  const coming = (await calls.listCalls(ctx, { mediator_id: id, states: ['assigned'] })).filter(
    ({ starts_at }) => starts_at,
  )
  return (
    <MonthPage
      month={month}
      rows={await sheetOf(ctx, month, { mediator_id: id })}
      offers={await search.openOffersOf(ctx, id)}
      coming={coming}
    />
  )
})
/** Once a day is a reminder; more often is a nuisance. */
const reminds: Limit = { name: 'mediation.reminds', points: 1, seconds: 20 * 3600 }
routes.form(mediation.remindMine, may.mediate, forms.idForm, {
  show: () => {
    throw new NotFound()
  },
  async submit(ctx, _params, { id }) {
    const call = await calls.findCall(ctx, id)
    if (call.mediator_id !== (await herself(ctx)).id) throw new NotFound()
    const first = await ctx.limits.take(reminds, call.contact_id)
    if (first) await confirming.askToConfirm(ctx, call.contact_id)
    say(ctx, first ? 'mediation.said.reminded' : 'mediation.said.reminded_today')
    return mediation.month.href()
  },
})
routes.page(mediation.monthPaper, 'signed_in', async (ctx, _params, { query }) => {
  const body = query.get('ente')
  if (!ctx.actor.can(may.coordinate)) return monthPaper(ctx, monthAsked(ctx, query), { mediator: await herself(ctx) })
  if (body) return monthPaper(ctx, monthAsked(ctx, query), { body: await bodies.findBody(ctx, body) })
  return monthPaper(ctx, monthAsked(ctx, query), {
    mediator: await mediators.findMediator(ctx, query.get('mediatore') ?? ''),
  })
})

routes.page(mediation.asked, may.ask, async (ctx) => {
  const contact = ctx.actor.account_id ? await bodies.contactOfAccount(ctx, ctx.actor.account_id) : undefined
  const rows = contact ? await calls.listCalls(ctx, { contact_id: contact.id }) : []
  const lines = []
  for (const row of rows.slice(0, 50)) {
    const words = await gist(ctx, row, await hoursOf(ctx, row), ctx.lang)
    lines.push({
      id: row.id,
      number: row.number,
      state: row.state,
      text: `${words.time} · ${words.language} · ${words.comune}`,
    })
  }
  const waiting = contact ? await hours.toConfirm(ctx, contact.id) : []
  return <AskedByMePage rows={lines} contact={contact && waiting.length > 0 ? contact.id : null} />
})

// --- hours ----------------------------------------------------------------------------------------------------------

routes.page(mediation.hours, may.see_hours, async (ctx, _params, { query }) => {
  const month = monthAsked(ctx, query)
  return (
    <HoursPage
      month={month}
      rows={await sheetOf(ctx, month)}
      late={await hours.whoIsLate(ctx)}
      closes={ctx.actor.can(may.close_month)}
    />
  )
})
routes.form(mediation.closeMonth, may.close_month, forms.monthForm, {
  show: async (ctx) => <HoursPage month={ctx.today.slice(0, 7)} rows={[]} late={await hours.whoIsLate(ctx)} closes />,
  async submit(ctx, _params, { month }) {
    refuse({ month: /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? undefined : 'kernel.form.not_a_day' })
    say(ctx, 'mediation.said.closed', { count: await closeMonth(ctx, month) })
    return mediation.hours.href({}, { mese: month })
  },
})
routes.form(mediation.remind, may.coordinate, forms.noFields, {
  show: () => {
    throw new NotFound()
  },
  async submit(ctx, { contact }) {
    await confirming.askToConfirm(ctx, contact)
    say(ctx, 'mediation.said.reminded')
    return mediation.hours.href()
  },
})
routes.page(mediation.figures, may.see_hours, async (ctx, _params, { query }) => (
  <FiguresPage {...(await figuresOf(ctx, query.get('dal'), query.get('al')))} />
))
