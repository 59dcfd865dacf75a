/**
 * Who writes to the project. It reaches the project's mailbox and stands here; the answer is read on a page whose address only
 * the writer has, and they write back there: we receive no mail.
 *
 * written ── answered ⇄ written back ── closed ⇄ open again (by a word of theirs, or by us)
 */
import { createHash, randomBytes } from 'node:crypto'
import { accountNames, colleagues } from '../../accounts/actions.ts'
import { instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { sendMail, singleAddress } from '../../kernel/mail.ts'
import { projectOf } from '../../programme/actions.ts'
import { languageName } from '../../territory/actions.ts'
import type { LetterInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import * as store from '../store/letters.ts'
import { open, participation } from '../urls.ts'

const hashOf = (token: string) => createHash('sha256').update(token).digest()

/**
 * The form stands on a page that is the same bytes for everybody and carries no mark of its own: the same words from the same
 * place within the hour are the same letter. Nobody can make this token without our secret.
 */
function tokenOf(ctx: Ctx, input: LetterInput, address_hash: string) {
  const { text, called_as = '', email = '', phone = '' } = input
  const hour = ctx.now.toString().slice(0, 13)
  const key = createHash('sha256')
    .update(JSON.stringify([text, called_as, email, phone, address_hash, hour]))
    .digest('hex')
  return [0, 1, 2, 3].map((part) => ctx.seal(`letter:${ctx.ambito_id}:${part}:${key}`)).join('')
}

/** @returns the secret part of the page where the answer will stand */
export async function writeLetter(ctx: Ctx, input: LetterInput, address_hash: string, demo = false) {
  refuse({ email: input.email && !singleAddress(input.email) ? 'kernel.form.not_an_email' : undefined })
  const token = tokenOf(ctx, input, address_hash)
  const doubtful = input.website !== undefined
  const made = await store.insertLetter(ctx, {
    language: ctx.lang,
    called_as: input.called_as ?? '',
    email: (input.email ?? '').toLowerCase(),
    phone: (input.phone ?? '').replaceAll(/[^\d+]/g, ''),
    token_hash: hashOf(token),
    doubtful,
    ...(demo && { demo }),
  })
  if (!made) return token
  await store.insertWord(ctx, made.id, 'in', input.text)
  // What a machine may have written waits in the inbox, where a person looks; it does not fill the mailbox.
  if (!doubtful) await tellMailbox(ctx, made, input.text)
  if (input.email && !doubtful) await sendPage(ctx, input.email, ctx.lang, token, 'received')
  return token
}

/** The project's own mailbox gets the words and where to answer; name, address and number of the writer stay here. */
async function tellMailbox(ctx: Ctx, letter: { id: string; number: number }, text: string, again = false) {
  const to = singleAddress(await mailbox(ctx))
  if (!to) return
  const t = ctx.words.translate('it')
  const language = languageName(ctx.lang, 'it')
  await sendMail(ctx, {
    to,
    kind: 'participation.letter',
    subject: t(again ? 'participation.mail.letter_again.subject' : 'participation.mail.letter.subject', {
      number: letter.number,
      language,
    }),
    text: [
      text,
      '— — —',
      t('participation.mail.letter.text'),
      ctx.base_url + participation.letter.href({ letter: letter.id }),
    ].join('\n\n'),
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
}
/** An Ambito may have no project yet: its inbox works all the same. */
async function mailbox(ctx: Ctx) {
  try {
    return (await projectOf(ctx)).contact
  } catch (error) {
    if (error instanceof NotFound) return ''
    throw error
  }
}

/** A word that something is there, and where. What was said stands in no mail. */
async function sendPage(ctx: Ctx, to: string, lang: string, token: string, what: 'received' | 'answered') {
  const l = isLanguage(lang) ? lang : 'it'
  const t = ctx.words.translate(l)
  await sendMail(ctx, {
    to,
    kind: `participation.letter_${what}`,
    subject: t(`participation.mail.${what}.subject`),
    text: [t(`participation.mail.${what}.text`), ctx.base_url + open.letter.href({ l, token })].join('\n\n'),
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
}

// --- the writer's page ----------------------------------------------------------------------------------------------

export async function myLetter(ctx: Ctx, token: string) {
  const letter = await store.letterOfLink(ctx, hashOf(token))
  return { letter, words: await store.wordsOf(ctx, letter.id) }
}
export type MyLetter = Awaited<ReturnType<typeof myLetter>>

export async function writeBack(ctx: Ctx, token: string, text: string) {
  const { letter, words } = await myLetter(ctx, token)
  const today = words.filter(({ way, recorded_at }) => way === 'in' && hoursAgo(ctx, recorded_at) < 24).length
  refuse({ form: today >= 20 ? 'participation.error.too_many' : undefined })
  await store.insertWord(ctx, letter.id, 'in', text)
  if (letter.step === 'closed') await store.insertStep(ctx, letter.id, { step: 'reopened' })
  if (!letter.doubtful) await tellMailbox(ctx, letter, text, true)
}
const hoursAgo = (ctx: Ctx, at: string) => instantOf(at).until(ctx.now).total('hours')

// --- the inbox ------------------------------------------------------------------------------------------------------

export async function inbox(ctx: Ctx, state: store.LetterState | undefined, page: number, size: number) {
  allow(ctx.actor.can(may.answer_letters))
  const found = await store.listLetters(ctx, state, { limit: size, offset: (page - 1) * size })
  const names = await accountNames(
    ctx,
    found.rows.flatMap(({ to_account }) => to_account ?? []),
  )
  return { ...found, names }
}
export type Inbox = Awaited<ReturnType<typeof inbox>>

export async function letterToRead(ctx: Ctx, id: string) {
  const letter = await store.findLetter(ctx, id)
  allow(ctx.actor.can(may.answer_letters))
  const words = await store.wordsOf(ctx, id)
  const steps = await store.stepsOf(ctx, id)
  const people = [...words, ...steps].flatMap(({ recorded_by }) => recorded_by ?? [])
  return {
    letter,
    words,
    steps,
    names: await accountNames(ctx, [...people, ...steps.flatMap(({ to_account }) => to_account ?? [])]),
    colleagues: await colleagues(ctx, 'operator', 'editor', 'office'),
    minutes_to_answer: letter.answered_at ? minutesBetween(letter.recorded_at, letter.answered_at) : null,
  }
}
export type LetterToRead = Awaited<ReturnType<typeof letterToRead>>
const minutesBetween = (from: string, to: string) => Math.round(instantOf(from).until(instantOf(to)).total('minutes'))

/** Whoever left an address hears that there is an answer; the words wait on their page. */
export async function answerLetter(ctx: Ctx, id: string, text: string) {
  const letter = await store.lockLetter(ctx, id)
  allow(ctx.actor.can(may.answer_letters))
  refuse({ form: letter.step === 'closed' ? 'participation.error.closed' : undefined })
  await store.insertWord(ctx, id, 'out', text)
  if (!letter.email) return
  const token = randomBytes(24).toString('base64url')
  await store.insertLink(ctx, id, hashOf(token))
  await sendPage(ctx, letter.email, letter.language, token, 'answered')
}

export async function giveLetter(ctx: Ctx, id: string, to_account: string) {
  const letter = await store.lockLetter(ctx, id)
  allow(ctx.actor.can(may.answer_letters))
  const known = (await colleagues(ctx, 'operator', 'editor', 'office')).some((one) => one.id === to_account)
  refuse({ to_account: known ? undefined : 'kernel.form.not_a_choice' })
  if (letter.to_account !== to_account) await store.insertStep(ctx, id, { step: 'given', to_account })
}

export async function closeLetter(ctx: Ctx, id: string) {
  const letter = await store.lockLetter(ctx, id)
  allow(ctx.actor.can(may.answer_letters))
  if (letter.step !== 'closed') await store.insertStep(ctx, id, { step: 'closed' })
}
export async function reopenLetter(ctx: Ctx, id: string) {
  const letter = await store.lockLetter(ctx, id)
  allow(ctx.actor.can(may.answer_letters))
  if (letter.step === 'closed') await store.insertStep(ctx, id, { step: 'reopened' })
}
