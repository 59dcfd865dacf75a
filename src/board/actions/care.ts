/** What the board does by itself, on time: publishes, reminds, forgets. Each looks at `ctx.now` only. */
import { colleagues } from '../../accounts/actions.ts'
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { publish } from '../../kernel/events.ts'
import { sendMail } from '../../kernel/mail.ts'
import type { TodayLine } from '../../kernel/module.ts'
import { settingOf } from '../../programme/actions.ts'
import { dayInWords } from '../../ui/words-of-time.ts'
import { may } from '../rules/may.ts'
import { contactDays, reminderDays } from '../rules/publication.ts'
import { forgetContacts } from '../store/events.ts'
import * as items from '../store/items.ts'
import { board } from '../urls.ts'
import { announceOnce } from './items.ts'
import { targetLanguages, workList } from './translations.ts'

/** Items whose day has come. */
export async function publishDue(ctx: Ctx) {
  const due = await items.dueToAnnounce(ctx)
  for (const { id, kind } of due) await announceOnce(ctx, id, kind)
  if (due.length > 0) publish(ctx)
}

/** Whoever owns a card hears of its day once, some days before; of a card nobody owns, every editor. */
export async function remindOwners(ctx: Ctx) {
  const due = await items.dueToRemind(ctx, addDays(ctx.today, await settingOf(ctx, reminderDays)))
  if (due.length === 0) return
  const editors = await colleagues(ctx, 'editor')
  for (const { id, owner, title, published_until } of due) {
    const theirs = editors.filter((one) => one.id === owner)
    if (editors.length === 0 || !(await items.markReminded(ctx, id, published_until))) continue
    const params = { title, day: dayInWords(published_until, ctx.lang, ctx.today) }
    for (const { email } of theirs.length > 0 ? theirs : editors)
      await sendMail(ctx, {
        to: email,
        kind: 'board.reminder',
        subject: ctx.t('board.mail.reminder.subject', params),
        text: [ctx.t('board.mail.reminder.text', params), ctx.base_url + board.item.href({ id })].join('\n\n'),
      })
  }
}

export const forgetOldContacts = async (ctx: Ctx) => {
  await forgetContacts(ctx, addDays(ctx.today, -contactDays))
}

/** The first screen: cards whose day is near or past, and what there is to translate. */
export async function boardToday(ctx: Ctx): Promise<TodayLine[]> {
  const lines: TodayLine[] = []
  if (ctx.actor.can(may.write)) {
    const soon = addDays(ctx.today, await settingOf(ctx, reminderDays))
    const near = (await items.listItems(ctx)).filter(
      ({ kind, published_until, published_from, withdrawn_at }) =>
        kind === 'service' &&
        !withdrawn_at &&
        published_from !== null &&
        published_until !== null &&
        published_until <= soon,
    )
    if (near.length > 0)
      lines.push({
        text: ctx.t('board.today.cards', { count: near.length }),
        href: board.items.href({}, { stato: 'soon' }),
        order: 40,
        count: near.length,
      })
  }
  if (ctx.actor.can(may.translate)) {
    let count = 0
    for (const language of targetLanguages) count += (await workList(ctx, language)).length
    if (count > 0)
      lines.push({
        text: ctx.t('board.today.translations', { count }),
        href: board.translators.href(),
        order: 45,
        count,
      })
  }
  return lines
}
