/** Every voice is read by one of us before anybody else hears it: names are taken out, and danger is handed on. */
import { colleagues } from '../../accounts/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { sendMail } from '../../kernel/mail.ts'
import { tookAway } from '../../kernel/witness.ts'
import {
  comuni,
  countries,
  countryName,
  languageName,
  organisations,
  spokenLanguages,
} from '../../territory/actions.ts'
import type { ReadingInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import { mayTellOfDanger, pointAt } from '../rules/names.ts'
import { listThemes } from '../store/themes.ts'
import * as store from '../store/voices.ts'
import { participation } from '../urls.ts'

export { voiceStates } from '../store/voices.ts'

/** Words with a capital that name no person. */
async function namesOfPlaces(ctx: Ctx) {
  const names = [
    ...(await comuni(ctx)).map(({ name }) => name),
    ...(await organisations(ctx)).map(({ name }) => name),
    ...countries.flatMap(({ code }) => [countryName(code, 'it'), countryName(code, 'en')]),
    ...spokenLanguages.flatMap(({ code }) => [languageName(code, 'it'), languageName(code, 'en')]),
  ]
  return new Set(names.map((name) => name.toLocaleLowerCase('it')))
}

const sees = (ctx: Ctx, voice: store.Voice) =>
  ctx.actor.can(may.read) || (ctx.actor.can(may.take_up) && voice.to_role !== null)

export async function voiceToRead(ctx: Ctx, id: string) {
  const voice = await store.findVoice(ctx, id)
  allow(sees(ctx, voice))
  return {
    voice,
    parts: pointAt(voice.text, await namesOfPlaces(ctx)),
    danger: mayTellOfDanger(voice.text),
    themes: (await listThemes(ctx)).filter(({ status }) => status !== 'merged' && status !== 'closed'),
    reads: ctx.actor.can(may.read),
    takes_up: ctx.actor.can(may.take_up),
  }
}
export type VoiceToRead = Awaited<ReturnType<typeof voiceToRead>>

/** What is written over the voice takes its place: the names that were in it are nowhere any more. */
export async function readVoice(ctx: Ctx, id: string, input: ReadingInput) {
  const voice = await store.lockVoice(ctx, id)
  allow(ctx.actor.can(may.read))
  refuse({
    form: input.verdict === 'aside' && voice.theme_id ? 'participation.error.in_a_theme' : undefined,
    text: input.verdict === 'heard' && !input.text ? 'kernel.form.required' : undefined,
    reason: input.verdict === 'aside' && !input.reason ? 'participation.error.say_why' : undefined,
    to_role: input.danger && !input.to_role && !voice.to_role ? 'participation.error.hand_to' : undefined,
  })
  if (!input.text) await takeAwayVoices(ctx, [id])
  await store.updateVoice(ctx, id, { text: input.text ?? '', topic: input.topic })
  await store.insertReading(ctx, id, input.verdict, input.reason ?? '')
  if (input.danger && input.to_role && (await store.insertAlarm(ctx, id, input.to_role)))
    await callForHelp(ctx, id, input.to_role)
}
/** Its words, and where an answer was wanted: no backup of before brings them back. */
export async function takeAwayVoices(ctx: Ctx, ids: readonly string[]) {
  await store.emptyVoices(ctx, ids)
  await tookAway(ctx, 'participation.voice', ids)
}

/** Nothing of what was said stands in the mail: a link, and that it is urgent. */
async function callForHelp(ctx: Ctx, voice: string, role: 'operator' | 'lawyer' | 'coordinator') {
  for (const { email } of await colleagues(ctx, role))
    await sendMail(ctx, {
      to: email,
      kind: 'participation.alarm',
      subject: ctx.words.translate('it')('participation.mail.alarm.subject'),
      text: [
        ctx.words.translate('it')('participation.mail.alarm.text'),
        ctx.base_url + participation.voice.href({ voice }),
      ].join('\n\n'),
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
}

/** Pressed by two at once, the first has taken it up. */
export async function takeUp(ctx: Ctx, id: string) {
  await store.findVoice(ctx, id)
  allow(ctx.actor.can(may.take_up))
  await store.takeUpAlarm(ctx, id)
}

export async function voicesToRead(ctx: Ctx, asked: store.VoicesAsked, page: number, size: number) {
  const reads = ctx.actor.can(may.read)
  allow(reads || ctx.actor.can(may.hear) || ctx.actor.can(may.take_up))
  // Who does not read them sees only the ones handed on.
  const of = reads ? asked : { state: 'alarm' as const }
  return { ...(await store.listVoices(ctx, of, { limit: size, offset: (page - 1) * size })), reads }
}
