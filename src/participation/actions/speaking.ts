/** People speak: on the portal, at the desk, in a group. Nothing about who they are is needed. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { type Language, languages } from '../../kernel/i18n.ts'
import { singleAddress } from '../../kernel/mail.ts'
import { comuni } from '../../territory/actions.ts'
import type { HearInput, MeetingInput, MeetingVoiceInput, QuestionnaireInput, VoiceInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import * as store from '../store/voices.ts'

/** The languages an answer can be given in: those of the public pages. */
const answerable = (language: string): Language => languages.find((one) => one === language) ?? 'it'

async function isComune(ctx: Ctx, code: string | undefined) {
  if (!code) return undefined
  return (await comuni(ctx)).some((one) => one.code === code) ? undefined : ('kernel.form.not_a_choice' as const)
}

type Contact = { email?: string | undefined; phone?: string | undefined; answer_in?: Language | undefined }
const contactErrors = ({ email }: Contact) =>
  email && !singleAddress(email) ? ('kernel.form.not_an_email' as const) : undefined

async function keepWish(ctx: Ctx, voice_id: string, contact: Contact, language: string) {
  const email = (contact.email ?? '').toLowerCase()
  const phone = (contact.phone ?? '').replaceAll(/[^\d+]/g, '')
  if (email || phone)
    await store.insertWish(ctx, { voice_id, email, phone, language: contact.answer_in ?? answerable(language) })
}

/** From the portal, without account. */
export async function speak(ctx: Ctx, input: VoiceInput) {
  refuse({ comune: await isComune(ctx, input.comune), email: contactErrors(input) })
  const id = await store.insertVoice(ctx, {
    channel: 'portal',
    on_day: ctx.today,
    language: ctx.lang,
    topic: input.topic,
    comune: input.comune ?? null,
    text: input.text,
    about: input.about ?? '',
    doubtful: input.website !== undefined,
  })
  await keepWish(ctx, id, input, ctx.lang)
  return id
}

/** Four faces, what is hardest, and a word if they like; the word is a voice like any other and is not tied to the faces. */
export async function answerQuestionnaire(ctx: Ctx, input: QuestionnaireInput) {
  refuse({ comune: await isComune(ctx, input.comune) })
  const { text, website, comune = null, ...answers } = input
  const doubtful = website !== undefined
  await store.insertQuestionnaires(ctx, [{ ...answers, comune, language: ctx.lang, doubtful }])
  if (text)
    await store.insertVoice(ctx, {
      channel: 'portal',
      on_day: ctx.today,
      language: ctx.lang,
      topic: input.hardest[0] ?? 'ALT',
      comune,
      text,
      doubtful,
    })
}

/** Said at the desk, or told by a mediator, and written down by us. */
export async function hear(ctx: Ctx, input: HearInput) {
  allow(ctx.actor.can(may.hear))
  refuse({ comune: await isComune(ctx, input.comune), email: contactErrors(input) })
  const { channel, language, topic, text } = input
  const id = await store.insertVoice(ctx, {
    channel,
    language,
    topic,
    text,
    on_day: ctx.today,
    comune: input.comune ?? null,
  })
  await keepWish(ctx, id, input, language)
  return id
}

export async function addMeeting(ctx: Ctx, { about = '', ...meeting }: MeetingInput) {
  allow(ctx.actor.can(may.hear))
  refuse({ on_day: meeting.on_day > ctx.today ? 'participation.error.after_today' : undefined })
  return store.insertMeeting(ctx, { ...meeting, about })
}

export async function meetingToRead(ctx: Ctx, id: string) {
  const meeting = await store.findMeeting(ctx, id)
  allow(ctx.actor.can(may.hear))
  return { meeting, voices: await store.voicesOfMeeting(ctx, id) }
}

export async function listMeetings(ctx: Ctx) {
  allow(ctx.actor.can(may.hear))
  return store.listMeetings(ctx)
}

/** What the group said, one voice for each thing. Those who were there stay a number. */
export async function hearInMeeting(ctx: Ctx, meeting_id: string, input: MeetingVoiceInput) {
  const meeting = await store.findMeeting(ctx, meeting_id)
  allow(ctx.actor.can(may.hear))
  return store.insertVoice(ctx, { channel: 'meeting', meeting_id, on_day: meeting.on_day, comune: null, ...input })
}
