/** An issue is written, tried out, planned or sent, looked at while it goes, and after. */
import { colleagues } from '../../accounts/actions.ts'
import { itemsForLetters } from '../../board/actions.ts'
import { romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { job, later } from '../../kernel/events.ts'
import { isLanguage, languages } from '../../kernel/i18n.ts'
import { changed } from '../../kernel/live.ts'
import { sendMail } from '../../kernel/mail.ts'
import type { TodayLine } from '../../kernel/module.ts'
import type { ContentsInput, DispatchInput, WordsInput } from '../forms.ts'
import { dispatchErrors, standingOf } from '../rules/issues.ts'
import { may } from '../rules/may.ts'
import * as delivery from '../store/delivery.ts'
import * as store from '../store/issues.ts'
import { countReaders, putLinks } from '../store/subscribers.ts'
import { newsletter } from '../urls.ts'
import { queueDelivery, topicOf } from './delivery.ts'
import { emblem } from './emblem.ts'
import { letterIn, lettersInAll } from './letters.ts'
import { tokenMark, tokenOf } from './links.ts'

export async function issuesAndReaders(ctx: Ctx) {
  allow(ctx.actor.can(may.see))
  return { issues: await store.listIssues(ctx), readers: await countReaders(ctx) }
}
export type IssuesAndReaders = Awaited<ReturnType<typeof issuesAndReaders>>

export async function issueWhole(ctx: Ctx, id: string) {
  const issue = await store.findIssue(ctx, id)
  allow(ctx.actor.can(may.see))
  const words = await store.wordsOf(ctx, id)
  const started = issue.started_at !== null
  return {
    issue,
    standing: standingOf(issue),
    subject: words.find(({ language }) => language === 'it')?.subject ?? '',
    words,
    items: await itemsForLetters(ctx, { lang: 'it', ids: await store.itemsOf(ctx, id) }),
    readers: started
      ? await delivery.resultByLanguage(ctx, id)
      : (await delivery.readersNow(ctx, issue.topics)).map((row) => ({ ...row, sent: 0 })),
    result: started ? await delivery.resultOf(ctx, id) : undefined,
    answers: started ? await delivery.answersOf(ctx, id) : [],
  }
}
export type IssueWhole = Awaited<ReturnType<typeof issueWhole>>

export const itemsToChoose = (ctx: Ctx) => itemsForLetters(ctx, { lang: 'it' })
export type ItemsToChoose = Awaited<ReturnType<typeof itemsToChoose>>

const wordsIn = ({ subject, body = '' }: WordsInput) => ({ subject: subject.replaceAll(/\s+/g, ' '), body })

export async function createIssue(ctx: Ctx, input: WordsInput, given: { demo?: boolean } = {}) {
  allow(ctx.actor.can(may.write))
  const id = await store.insertIssue(ctx, given)
  await store.putWords(ctx, id, 'it', wordsIn(input))
  return id
}

/** Once its letters are written down nothing of it changes. */
async function toWrite(ctx: Ctx, id: string) {
  const issue = await store.lockIssue(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse({ form: issue.started_at ? 'newsletter.error.started' : undefined })
  return issue
}

export async function saveWords(ctx: Ctx, id: string, language: string, input: WordsInput) {
  await toWrite(ctx, id)
  if (!isLanguage(language)) throw new NotFound()
  await store.putWords(ctx, id, language, wordsIn(input))
  await store.changeIssue(ctx, id)
}

export async function saveContents(ctx: Ctx, id: string, { items, topics }: ContentsInput) {
  await toWrite(ctx, id)
  const known = new Set((await itemsForLetters(ctx, { lang: 'it' })).map((item) => item.id))
  const before = new Set(await store.itemsOf(ctx, id))
  const chosen = [...new Set(items)]
  refuse({
    items: chosen.every((item) => known.has(item) || before.has(item)) ? undefined : 'kernel.form.not_a_choice',
  })
  await store.putItems(ctx, id, chosen)
  await store.changeIssue(ctx, id, { topics: [...topics] })
}

/** As this reader would get it; what is on its way or has gone is shown as it went. */
export async function letterShown(ctx: Ctx, id: string, language: string) {
  const issue = await store.findIssue(ctx, id)
  allow(ctx.actor.can(may.see))
  if (!isLanguage(language)) throw new NotFound()
  const sent = issue.started_at ? (await store.lettersOf(ctx, id)).find((one) => one.language === language) : undefined
  const letter = sent ?? (await letterIn(ctx, id, language))
  // Nobody's secret is anybody else's to see.
  const veiled = (text: string) => text.replaceAll(tokenMark, '…')
  return { ...letter, text: veiled(letter.text), html: veiled(letter.html) }
}

/** To oneself, in one language; its links lead to the page where one subscribes. */
export async function tryOut(ctx: Ctx, id: string, language: string) {
  await store.findIssue(ctx, id)
  allow(ctx.actor.can(may.write))
  const me = (await colleagues(ctx, 'editor')).find((one) => one.id === ctx.actor.account_id)
  refuse({ form: me ? undefined : 'newsletter.error.no_address' })
  if (!me) return
  const page = ctx.base_url + newsletter.subscribe.href({ l: language })
  const { subject, text, html } = await letterIn(ctx, id, language, { choices: page, leave: page })
  await sendMail(ctx, {
    to: me.email,
    kind: 'newsletter.try_out',
    subject: ctx.t('newsletter.try_out.subject', { subject }),
    text,
    html,
    attachments: [emblem()],
  })
}

// --- sending --------------------------------------------------------------------------------------------------------

/** Now is planned for now: the letters are written and the readers frozen by a job, whatever the number. */
export async function dispatch(ctx: Ctx, id: string, input: DispatchInput) {
  const issue = await store.lockIssue(ctx, id)
  allow(ctx.actor.can(may.send))
  const at = input.when === 'now' ? ctx.now : input.on_day && input.at ? romeTime(input.on_day, input.at) : undefined
  refuse({
    ...dispatchErrors(input, at, ctx.now),
    form: issue.started_at
      ? 'newsletter.error.started'
      : (await delivery.readersNow(ctx, issue.topics)).length === 0
        ? 'newsletter.error.nobody'
        : undefined,
  })
  if (!at) return
  await store.changeIssue(ctx, id, { planned_for: at.toString() })
  later(ctx, startIssue, { issue_id: id }, { key: `newsletter.start:${id}`, ...(input.when === 'planned' && { at }) })
}

export async function takeBack(ctx: Ctx, id: string) {
  const issue = await store.lockIssue(ctx, id)
  allow(ctx.actor.can(may.send))
  refuse({ form: issue.started_at ? 'newsletter.error.started' : undefined })
  await store.changeIssue(ctx, id, { planned_for: null })
}

/** Its hour has come: readers and letters are written down, and the first round is queued. Twice, it happens once. */
export async function begin(ctx: Ctx, id: string) {
  const issue = await store.lockIssue(ctx, id)
  if (issue.started_at || !issue.planned_for) return
  if (Temporal.Instant.compare(Temporal.Instant.from(issue.planned_for.replace(' ', 'T')), ctx.now) > 0) return
  await store.changeIssue(ctx, id, { started_at: ctx.now.toString() })
  await store.insertLetters(ctx, id, await lettersInAll(ctx, id))
  await delivery.freezeReaders(ctx, id, issue.topics)
  const ids = await delivery.readerIds(ctx, id)
  for (let at = 0; at < ids.length; at += 5000)
    await putLinks(
      ctx,
      ids.slice(at, at + 5000).map((subscriber_id) => ({
        token: tokenOf(ctx, subscriber_id),
        subscriber_id,
        kind: 'mine' as const,
      })),
    )
  queueDelivery(ctx, id)
}
export const startIssue = job<{ issue_id: string }>('newsletter.start', (ctx, { issue_id }) => begin(ctx, issue_id))

export async function halt(ctx: Ctx, id: string) {
  const issue = await store.lockIssue(ctx, id)
  allow(ctx.actor.can(may.send))
  refuse({ form: standingOf(issue) === 'sending' ? undefined : 'newsletter.error.not_sending' })
  await store.changeIssue(ctx, id, { halted_at: ctx.now.toString() })
  await changed(ctx, topicOf(id))
}

export async function goOn(ctx: Ctx, id: string) {
  const issue = await store.lockIssue(ctx, id)
  allow(ctx.actor.can(may.send))
  refuse({ form: issue.halted_at ? undefined : 'newsletter.error.not_halted' })
  await store.changeIssue(ctx, id, { halted_at: null })
  queueDelivery(ctx, id)
}

/** A person decides that twice is better than perhaps never. */
export async function sendDoubtedAgain(ctx: Ctx, id: string) {
  const issue = await store.lockIssue(ctx, id)
  allow(ctx.actor.can(may.send))
  refuse({ form: issue.finished_at ? undefined : 'newsletter.error.not_over' })
  if ((await delivery.sendDoubtedAgain(ctx, id)) === 0) return
  await store.changeIssue(ctx, id, { finished_at: null })
  queueDelivery(ctx, id)
}

export async function followed(ctx: Ctx, id: string) {
  await store.findIssue(ctx, id)
  return topicOf(id)
}

/** The first screen: what is planned, what cannot go out. */
export async function newsletterToday(ctx: Ctx): Promise<TodayLine[]> {
  if (!ctx.actor.can(may.write)) return []
  const open = (await store.listIssues(ctx)).filter(({ finished_at, planned_for }) => !finished_at && planned_for)
  const stuck = open.filter(({ trouble_at, halted_at }) => trouble_at || halted_at)
  const planned = open.filter(({ started_at }) => !started_at)
  return [
    ...(stuck.length > 0
      ? [
          {
            text: ctx.t('newsletter.today.stuck', { count: stuck.length }),
            href: newsletter.issue.href({ id: stuck[0]?.id ?? '' }),
            order: 12,
            count: stuck.length,
          },
        ]
      : []),
    ...(planned.length > 0
      ? [
          {
            text: ctx.t('newsletter.today.planned', { count: planned.length }),
            href: newsletter.issues.href(),
            order: 60,
            count: planned.length,
          },
        ]
      : []),
  ]
}

export const letterLanguages = languages
