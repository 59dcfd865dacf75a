/** What waits for whoever signs in: a mediator's offers and reports, a body's requests. The pages are those the mails lead to. */
import { instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound } from '../../kernel/errors.ts'
import type { TodayLine } from '../../kernel/module.ts'
import { type HeadLine, headLines } from '../../people/actions.ts'
import { may } from '../rules/may.ts'
import * as bodies from '../store/bodies.ts'
import * as calls from '../store/calls.ts'
import { whoIsLate } from '../store/hours.ts'
import { makeLink } from '../store/links.ts'
import * as mediators from '../store/mediators.ts'
import { peopleHelped } from '../store/recipients.ts'
import * as search from '../store/search.ts'
import { mediation, open } from '../urls.ts'
import { gist, hoursOf } from './letters.ts'

const herself = async (ctx: Ctx) =>
  ctx.actor.account_id ? mediators.mediatorOfAccount(ctx, ctx.actor.account_id) : undefined

export async function mine(ctx: Ctx) {
  const me = await herself(ctx)
  if (!me) throw new NotFound()
  const words = async (call: Parameters<typeof gist>[1] & Parameters<typeof hoursOf>[1]) => {
    const { time, language, comune } = await gist(ctx, call, await hoursOf(ctx, call), ctx.lang)
    return `${time} · ${language} · ${comune}`
  }
  const offers = []
  for (const offer of await search.openOffersOf(ctx, me.id))
    offers.push({ id: offer.id, deadline: offer.deadline, text: await words(await calls.findCall(ctx, offer.call_id)) })
  const coming = []
  const to_report = []
  for (const call of await calls.listCalls(ctx, { mediator_id: me.id, states: ['assigned', 'done'] })) {
    const line = { id: call.id, number: call.number, text: await words(call) }
    const passed = call.starts_at && Temporal.Instant.compare(instantOf(call.starts_at), ctx.now) <= 0
    if (passed) to_report.push(line)
    else coming.push(line)
  }
  return { offers, coming, to_report, profile: mediation.mediator.href({ mediator: me.id }) }
}

/** A fresh link to a thing of one's own. */
export async function openMine(ctx: Ctx, kind: 'offer' | 'job' | 'status' | 'hours', id: string) {
  const until = ctx.now.add({ hours: 24 })
  if (kind === 'offer' || kind === 'job') {
    const me = await herself(ctx)
    if (!me) throw new NotFound()
    if (kind === 'offer') {
      allow((await search.findOffer(ctx, id)).mediator_id === me.id)
      return open.offer.href({ l: me.lang, token: await makeLink(ctx, kind, id, until) })
    }
    const call = await calls.findCall(ctx, id)
    allow(call.mediator_id === me.id)
    return open.job.href({ l: me.lang, token: await makeLink(ctx, kind, call.assignment_id as string, until) })
  }
  const contact = ctx.actor.account_id ? await bodies.contactOfAccount(ctx, ctx.actor.account_id) : undefined
  if (!contact) throw new NotFound()
  allow(kind === 'hours' ? contact.id === id : (await calls.findCall(ctx, id)).contact_id === contact.id)
  return open[kind].href({ l: contact.lang, token: await makeLink(ctx, kind, id, until) })
}

/** Helped in a call, and still without something that would let them count: the desk's list *da completare*. */
export async function toComplete(ctx: Ctx) {
  allow(ctx.actor.can(may.complete))
  const helped = await peopleHelped(ctx)
  const heads = await headLines(
    ctx,
    helped.map(({ person_id }) => person_id),
  )
  const open = new Map(heads.flatMap((head) => (mayCount(head) ? [[head.id, head] as const] : [])))
  return helped.flatMap((one) => {
    const head = open.get(one.person_id)
    return head ? [{ ...one, head }] : []
  })
}
const mayCount = ({ verdict, reason }: HeadLine) => verdict !== 'yes' && reason !== 'eu_or_italian'

/** The first screen. */
export async function mediationToday(ctx: Ctx): Promise<TodayLine[]> {
  const lines: TodayLine[] = []
  const line = (text: 'complete' | 'work' | 'uncovered' | 'late' | 'offers' | 'reports', count: number, href: string) =>
    count > 0 && lines.push({ text: ctx.t(`mediation.today.${text}`, { count }), href, order: 20, count })
  if (ctx.actor.can(may.coordinate)) {
    const by_state = new Map((await calls.countByState(ctx)).map((row) => [row.state, Number(row.calls)]))
    const of = (...some: string[]) => some.reduce((all, state) => all + (by_state.get(state) ?? 0), 0)
    line('work', of('draft', 'sent', 'approved', 'cancelled_by_mediator'), mediation.calls.href())
    line('uncovered', of('not_covered'), mediation.calls.href({}, { fase: 'uncovered' }))
    line('late', (await whoIsLate(ctx)).length, mediation.hours.href())
  }
  if (ctx.actor.can(may.complete)) line('complete', (await toComplete(ctx)).length, mediation.toComplete.href())
  if (ctx.actor.can(may.mediate) && (await herself(ctx))) {
    const { offers, to_report } = await mine(ctx)
    line('offers', offers.length, mediation.mine.href())
    line('reports', to_report.length, mediation.mine.href())
  }
  return lines
}
