/** The list of addresses: looked at, taken out of, handed over. Who looked is recorded. */
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { listOf } from '../../kernel/exports/exports.ts'
import { may } from '../rules/may.ts'
import * as store from '../store/subscribers.ts'
import { letGo } from './subscribing.ts'

export async function subscribersOnPage(ctx: Ctx, page: number, size: number) {
  allow(ctx.actor.can(may.see_subscribers))
  const lines = await store.listSubscribers(ctx, { limit: size, offset: (page - 1) * size })
  looked(ctx, { what: 'newsletter.subscribers', detail: { rows: lines.length, page } })
  return { lines, total: await store.countSubscribers(ctx), page }
}

export async function subscriberList(ctx: Ctx) {
  allow(ctx.actor.can(may.see_subscribers))
  const { t } = ctx
  return listOf({
    name: 'newsletter.subscribers',
    title: t('newsletter.subscribers.title'),
    file: 'iscritti-newsletter',
    rows: (await store.listSubscribers(ctx)).filter(({ confirmed_at }) => confirmed_at !== null),
    columns: [
      { header: t('newsletter.subscribers.email'), cell: (row) => row.email },
      { header: t('newsletter.subscribers.name'), cell: (row) => row.name },
      { header: t('newsletter.register.language'), cell: (row) => row.language },
      { header: t('newsletter.register.topics'), cell: (row) => row.topics.join(', ') },
      { header: t('newsletter.register.consent_on'), kind: 'day', cell: (row) => row.consent_on },
      {
        header: t('newsletter.register.consent_where'),
        cell: (row) => row.consent_where || t('newsletter.register.site'),
      },
    ],
  })
}

/** Asked for at the desk or by telephone. */
export async function removeSubscriber(ctx: Ctx, id: string) {
  const subscriber = await store.findSubscriber(ctx, id)
  allow(ctx.actor.can(may.see_subscribers))
  await letGo(ctx, [subscriber.id], 'staff')
}
