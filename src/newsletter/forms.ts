import { z } from 'zod'
import { choice, day, email, id, longText, several, text, tick, time } from '../kernel/form.ts'
import { languages } from '../kernel/i18n.ts'
import { topics } from './codes.ts'

const choices = { language: choice(languages), topics: several(choice(topics), topics.length) }

// for everybody
export const subscribeForm = z.object({
  email: email(),
  name: text(80).optional(),
  language: choices.language.optional(),
  topics: choices.topics,
  consent: tick(),
})
export const mineForm = z.object({ name: text(80).optional(), ...choices })
export const pauseForm = z.object({ state: choice(['paused', 'back']) })
/** Mail programs send this one field; a person sends nothing. */
export const leaveForm = z.object({ 'List-Unsubscribe': text(40).optional() })
export const noFields = z.object({})

// for the staff
export const wordsForm = z.object({ subject: text(160), body: longText(12_000).optional() })
export const contentsForm = z.object({ items: several(id(), 30), topics: choices.topics })
export const tryOutForm = z.object({ language: choice(languages) })
export const dispatchForm = z.object({
  when: choice(['now', 'planned']),
  on_day: day().optional(),
  at: time().optional(),
})

export type SubscribeInput = z.infer<typeof subscribeForm>
export type MineInput = z.infer<typeof mineForm>
export type WordsInput = z.infer<typeof wordsForm>
export type ContentsInput = z.infer<typeof contentsForm>
export type DispatchInput = z.infer<typeof dispatchForm>
