/**
 * Subscribing and all that a subscriber can do, without account. Whoever asks gets the same answer for every address; only
 * the mailbox hears whether it was known.
 */
import { createHash, randomBytes } from 'node:crypto'
import { zone } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound, refuse } from '../../kernel/errors.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import type { Limit } from '../../kernel/limits.ts'
import { sendMail, singleAddress } from '../../kernel/mail.ts'
import type { Outside } from '../../kernel/routes.ts'
import { tookAway } from '../../kernel/witness.ts'
import type { MineInput, SubscribeInput } from '../forms.ts'
import { answerDays, confirmDays, forgetDays, silentMonths } from '../rules/settings.ts'
import * as store from '../store/subscribers.ts'
import { newsletter } from '../urls.ts'
import { apart, linksOf, tokenOf } from './links.ts'

/** A library or a school has one address for everybody in it. */
const fromHere: Limit = { name: 'newsletter.from', points: 30, seconds: 3600 }
/** Nobody's mailbox is filled by somebody else. */
const toThere: Limit = { name: 'newsletter.to', points: 3, seconds: 86_400 }
const guesses: Limit = { name: 'newsletter.links', points: 60, seconds: 600 }

const keyOf = (email: string) => createHash('sha256').update(email).digest('base64url').slice(0, 22)
/** Says that an address is the same one as before, to this installation only. */
export const markOf = ({ seal }: Pick<Ctx, 'seal'>, email: string) => seal(`newsletter.mark:${email}`)
export const oneAddress = (typed: string) => singleAddress(typed)?.toLowerCase()

export async function mayAsk({ limits }: Outside, email: string, address_hash: string) {
  const from_here = await limits.take(fromHere, address_hash)
  return { from_here, to_there: from_here && (await limits.take(toThere, keyOf(oneAddress(email) ?? ''))) }
}
export const mayGuess = async ({ limits }: Outside, address_hash: string) => {
  if (!(await limits.take(guesses, address_hash))) refuse({ form: 'newsletter.error.too_many' })
}

export async function subscribe(
  ctx: Ctx,
  input: SubscribeInput,
  { from_here, to_there }: { from_here: boolean; to_there: boolean },
) {
  const email = oneAddress(input.email)
  refuse({
    form: from_here ? undefined : 'newsletter.error.too_many',
    email: email ? undefined : 'kernel.form.not_an_email',
    consent: input.consent ? undefined : 'newsletter.error.consent',
  })
  if (!email) return
  const row = await store.putSubscriber(ctx, {
    email,
    mark: markOf(ctx, email),
    name: oneLine(input.name),
    language: input.language ?? ctx.lang,
    topics: input.topics,
    source: 'form',
    consent_on: ctx.today,
    consent_words: ctx.t('newsletter.consent'),
  })
  if (!to_there) return
  if (row.confirmed_at && !row.suppressed_at) await tellKnown(ctx, row)
  else await askToConfirm(ctx, row)
}

const oneLine = (text = '') => text.replaceAll(/[\u0000-\u001F\u007F\u2028\u2029]+/g, ' ').trim()

type Known = { id: string; email: string; language: string }

/** Nothing of what was typed stands in it but the address it goes to: it is no way to write to strangers. */
async function askToConfirm(ctx: Ctx, { id, email }: Known) {
  const token = randomBytes(24).toString('base64url')
  const expires_at = ctx.now.add({ hours: confirmDays * 24 }).toString()
  await store.putLinks(ctx, [{ token, subscriber_id: id, kind: 'confirm', expires_at }])
  const { t } = ctx
  await sendMail(ctx, {
    to: email,
    kind: 'newsletter.confirm',
    subject: t('newsletter.mail.confirm.subject', { ambito: ctx.ambito.name }),
    text: [
      t('newsletter.mail.confirm.text', { ambito: apart(ctx.ambito.name, ctx.lang) }),
      ctx.base_url + newsletter.confirm.href({ l: ctx.lang, token }),
      t('newsletter.mail.confirm.not_you'),
    ].join('\n\n'),
  })
}

async function tellKnown(ctx: Ctx, { id, email, language }: Known) {
  const l = isLanguage(language) ? language : 'it'
  const t = ctx.words.translate(l)
  const token = tokenOf(ctx, id)
  await store.putLinks(ctx, [{ token, subscriber_id: id, kind: 'mine' }])
  await sendMail(ctx, {
    to: email,
    kind: 'newsletter.known',
    subject: t('newsletter.mail.known.subject', { ambito: ctx.ambito.name }),
    text: [t('newsletter.mail.known.text', { ambito: apart(ctx.ambito.name, l) }), linksOf(ctx, l, token).choices].join(
      '\n\n',
    ),
  })
}

// --- confirming -----------------------------------------------------------------------------------------------------

export type ConfirmState = 'open' | 'already' | 'expired' | 'gone'

export async function confirmState(ctx: Ctx, token: string) {
  const found = await store.subscriberOf(ctx, 'confirm', token)
  return { found, state: stateOf(ctx, found) }
}

function stateOf({ now }: Ctx, found: Awaited<ReturnType<typeof store.subscriberOf>>): ConfirmState {
  if (!found || found.left_at) return 'gone'
  if (found.confirmed_at && !found.suppressed_at) return 'already'
  const ends = Temporal.Instant.from((found.expires_at ?? '').replace(' ', 'T'))
  return Temporal.Instant.compare(ends, now) < 0 ? 'expired' : 'open'
}

/** @returns where to go on: the personal page, or the one that says to look at the mail again */
export async function confirm(ctx: Ctx, token: string) {
  const { found, state } = await confirmState(ctx, token)
  const l = { l: ctx.lang }
  if (!found || state === 'gone') return newsletter.subscribe.href(l)
  const email = found.email as string
  if (state === 'expired') {
    if (await ctx.limits.take(toThere, keyOf(email))) await askToConfirm(ctx, { ...found, email })
    return newsletter.asked.href(l)
  }
  if (state === 'open')
    await store.changeSubscriber(ctx, found.id, {
      confirmed_at: ctx.now.toString(),
      suppressed_at: null,
      suppressed_why: '',
    })
  const mine = tokenOf(ctx, found.id)
  await store.putLinks(ctx, [{ token: mine, subscriber_id: found.id, kind: 'mine' }])
  return newsletter.mine.href({ ...l, token: mine }, { fatto: state === 'open' ? 'conferma' : undefined })
}

// --- choices, leaving -----------------------------------------------------------------------------------------------

export const mySubscription = (ctx: Ctx, token: string) => store.subscriberOf(ctx, 'mine', token)

async function stillHere(ctx: Ctx, token: string) {
  const mine = await mySubscription(ctx, token)
  if (!mine || mine.left_at) throw new NotFound()
  return mine
}

export async function chooseMine(ctx: Ctx, token: string, { name, language, topics }: MineInput) {
  const mine = await stillHere(ctx, token)
  await store.changeSubscriber(ctx, mine.id, { name: oneLine(name), language, topics })
}

export async function pauseMine(ctx: Ctx, token: string, paused: boolean) {
  const mine = await stillHere(ctx, token)
  await store.changeSubscriber(ctx, mine.id, { paused_at: paused ? (mine.paused_at ?? ctx.now.toString()) : null })
}

/** "Yes, I still want them." */
export async function stay(ctx: Ctx, token: string) {
  const mine = await stillHere(ctx, token)
  await store.changeSubscriber(ctx, mine.id, {})
}

/** Pressed twice, or with a link of somebody who is gone: it has happened. */
export async function leave(ctx: Ctx, token: string, how: 'one_click' | 'page') {
  const mine = await mySubscription(ctx, token)
  if (mine) await letGo(ctx, [mine.id], how)
}

export async function eraseMine(ctx: Ctx, token: string) {
  const mine = await mySubscription(ctx, token)
  if (mine) await letGo(ctx, [mine.id], 'erased')
}

/** For good: no backup of before brings the address back. */
export async function letGo(ctx: Ctx, ids: readonly string[], how: 'one_click' | 'page' | 'erased' | 'staff') {
  for (const id of ids) await store.emptySubscriber(ctx, id, how)
  await tookAway(ctx, how === 'erased' ? 'newsletter.erased' : 'newsletter.left', ids)
}

/** Every row there is of them, readable. */
export async function myData(ctx: Ctx, token: string) {
  const { id, mark, demo, expires_at, ambito_id, ...mine } = await stillHere(ctx, token)
  return { ...mine, letters: await store.lettersTo(ctx, id) }
}

/** Asked and never confirmed: after some days nothing is left of it. */
export const forgetUnconfirmed = (ctx: Ctx) =>
  store.forgetUnconfirmed(ctx, ctx.now.subtract({ hours: forgetDays * 24 }))

/** Two years without a word: asked once; two months later the address is emptied. */
export async function askSilent(ctx: Ctx) {
  const silent_since = ctx.now.toZonedDateTimeISO(zone).subtract({ months: silentMonths }).toInstant()
  for (const id of await store.silentForGood(ctx, ctx.now.subtract({ hours: answerDays * 24 }), silent_since))
    await store.emptySubscriber(ctx, id, 'expired')
  for (const one of await store.takeSilent(ctx, silent_since)) await askToStay(ctx, one)
}

async function askToStay(ctx: Ctx, { id, email, language }: Known) {
  const l = isLanguage(language) ? language : 'it'
  const t = ctx.words.translate(l)
  const token = tokenOf(ctx, id)
  await store.putLinks(ctx, [{ token, subscriber_id: id, kind: 'mine' }])
  await sendMail(ctx, {
    to: email,
    kind: 'newsletter.stay',
    subject: t('newsletter.mail.stay.subject', { ambito: ctx.ambito.name }),
    text: [
      t('newsletter.mail.stay.text', { ambito: apart(ctx.ambito.name, l), days: answerDays }),
      linksOf(ctx, l, token).choices,
    ].join('\n\n'),
  })
}
