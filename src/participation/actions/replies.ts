/** "You said, we did": written in the languages people asked in, read by everybody, sent to those who left an address. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce, publish } from '../../kernel/events.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { sendMail } from '../../kernel/mail.ts'
import { languageInWords } from '../../ui/words-of-time.ts'
import { replyPublished } from '../events.ts'
import type { ReplyInput } from '../forms.ts'
import { shown } from '../rules/figures.ts'
import { may } from '../rules/may.ts'
import { statusErrors, stillOwed } from '../rules/themes.ts'
import * as store from '../store/themes.ts'
import * as voices from '../store/voices.ts'
import { open } from '../urls.ts'
import { languagesAsked, peopleBehindThemes } from './themes.ts'

export async function replyToWrite(ctx: Ctx, theme_id: string, language: string) {
  const theme = await store.findTheme(ctx, theme_id)
  allow(ctx.actor.can(may.keep_themes))
  if (!/^[a-z]{2,3}$/.test(language)) throw new NotFound()
  const replies = await store.repliesOf(ctx, [theme_id])
  return {
    theme,
    source: replies.find((reply) => reply.language === 'it'),
    reply: replies.find((reply) => reply.language === language),
  }
}

export async function writeReply(ctx: Ctx, theme_id: string, language: string, input: ReplyInput) {
  await replyToWrite(ctx, theme_id, language)
  await store.insertReply(ctx, theme_id, { ...input, language })
  publish(ctx)
}

/** Nobody who asked is left out: every language owed is there first. Those with an address are written to once. */
export async function publishReply(ctx: Ctx, theme_id: string) {
  const theme = await store.lockTheme(ctx, theme_id)
  allow(ctx.actor.can(may.keep_themes))
  const replies = await store.repliesOf(ctx, [theme_id])
  const owed = stillOwed(
    await languagesAsked(ctx, theme_id),
    replies.map(({ language }) => language),
  )
  refuse(statusErrors(theme.status, 'answered'))
  refuse({
    form:
      owed.length > 0
        ? ['participation.error.owed', { languages: owed.map((one) => languageInWords(one, ctx.lang)).join(', ') }]
        : undefined,
  })
  if (theme.status !== 'answered') await store.insertStatus(ctx, theme_id, { status: 'answered' })
  if (!theme.published_on) {
    await store.insertPublication(ctx, theme_id)
    announce(ctx, replyPublished, { theme_id, on: ctx.today })
  }
  await tellWaiting(ctx, theme_id, replies)
  publish(ctx)
}

async function tellWaiting(ctx: Ctx, theme_id: string, replies: readonly store.Reply[]) {
  const written = new Set<string>()
  for (const wish of await voices.waitingForTheme(ctx, theme_id)) {
    const reply = replies.find(({ language }) => language === wish.language)
    if (!reply || !wish.email) continue
    await voices.markTold(ctx, wish.id, 'email')
    // Who spoke three times is written to once.
    if (written.has(wish.email)) continue
    written.add(wish.email)
    const t = ctx.words.translate(isLanguage(wish.language) ? wish.language : 'it')
    const page = open.replies.href({ l: isLanguage(wish.language) ? wish.language : 'it' })
    await sendMail(ctx, {
      to: wish.email,
      kind: 'participation.reply',
      subject: t('participation.mail.reply.subject'),
      text: [
        t('participation.mail.reply.text'),
        `${t('participation.replies.you_said')}\n${reply.you_said}`,
        `${t('participation.replies.we_did')}\n${reply.we_did}`,
        `${ctx.base_url}${page}#t-${theme_id}`,
        t('participation.mail.reply.foot'),
      ].join('\n\n'),
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  }
}

/** Off the page; who has been told has been told. */
export async function withdrawReply(ctx: Ctx, theme_id: string) {
  await store.lockTheme(ctx, theme_id)
  allow(ctx.actor.can(may.keep_themes))
  if (!(await store.withdrawPublication(ctx, theme_id))) return
  await store.insertStatus(ctx, theme_id, { status: 'looking' })
  publish(ctx)
}

// --- by telephone ---------------------------------------------------------------------------------------------------

/** Who left a number: what to tell them, in their language. */
export async function callsToMake(ctx: Ctx) {
  allow(ctx.actor.can(may.tell))
  const waiting = await voices.waitingForCall(ctx)
  const replies = await store.repliesOf(ctx, [...new Set(waiting.map(({ theme_id }) => theme_id))])
  return waiting.map((wish) => ({
    ...wish,
    reply: replies.find((reply) => reply.theme_id === wish.theme_id && reply.language === wish.language),
    italian: replies.find((reply) => reply.theme_id === wish.theme_id && reply.language === 'it'),
  }))
}
export type CallToMake = Awaited<ReturnType<typeof callsToMake>>[number]

export async function markCalled(ctx: Ctx, wish_id: string) {
  allow(ctx.actor.can(may.tell))
  const waiting = (await voices.waitingForCall(ctx)).some(({ id }) => id === wish_id)
  if (!waiting) throw new NotFound()
  await voices.markTold(ctx, wish_id, 'phone')
}

// --- for everybody --------------------------------------------------------------------------------------------------

export const repliesAtOnce = 20

export async function repliesShown(ctx: Ctx, page: number) {
  const themes = await store.publishedThemes(ctx, { limit: repliesAtOnce, offset: (page - 1) * repliesAtOnce })
  const ids = themes.map(({ id }) => id)
  const replies = Map.groupBy(await store.repliesOf(ctx, ids), ({ theme_id }) => theme_id)
  const people = await peopleBehindThemes(ctx, ids)
  const lines = themes.flatMap((theme) => {
    const all = replies.get(theme.id) ?? []
    const text = all.find(({ language }) => language === ctx.lang) ?? all.find(({ language }) => language === 'it')
    // Asked in a language that has no pages of its own: the answer stands in full under the one the page is in.
    const elsewhere = all.filter(({ language }) => !isLanguage(language))
    return text ? [{ ...theme, text, elsewhere, people: shown(people.get(theme.id) ?? 0) || null }] : []
  })
  return { lines, page, total: Number(themes[0]?.total ?? 0) }
}
export type RepliesShown = Awaited<ReturnType<typeof repliesShown>>
