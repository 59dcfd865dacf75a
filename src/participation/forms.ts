import { z } from 'zod'
import { choice, day, email, id, longText, phone, several, text, tick, whole } from '../kernel/form.ts'
import { languages } from '../kernel/i18n.ts'
import { again, alarmRoles, changes, faces, filledBy, services, takenAt, topics } from './codes.ts'

const comune = z.string().regex(/^\d{6}$/, { error: 'kernel.form.not_a_choice' })
const language = z.string().regex(/^[a-z]{2,3}$/, { error: 'kernel.form.not_a_choice' })

// --- for everybody --------------------------------------------------------------------------------------------------

/** `website` is drawn where nobody sees it: only a machine fills it in. */
const trap = { website: text(500).optional() }
/** Which page it is about, as its address says: a place, never a person. */
export const aboutPage = z.string().regex(/^[a-z]{1,20}\/[a-z0-9-]{1,120}$/, { error: 'kernel.form.not_a_choice' })
export const voiceForm = z.object({
  about: aboutPage.optional(),
  topic: choice(topics),
  text: longText(2000),
  comune: comune.optional(),
  email: email().optional(),
  phone: phone().optional(),
  answer_in: choice(languages).optional(),
  ...trap,
})
export const questionnaireForm = z.object({
  living: choice(faces),
  helped: choice(faces),
  heard: choice(faces),
  taking_part: choice(faces),
  hardest: several(choice(topics), 3),
  comune: comune.optional(),
  text: longText(2000).optional(),
  ...trap,
})
const answers = {
  useful: choice(faces),
  changed: several(choice(changes), 5),
  missing: longText(2000).optional(),
  again: choice(again),
}
export const surveyForm = z.object(answers)
export const letterForm = z.object({
  text: longText(4000),
  called_as: text(80).optional(),
  email: email().optional(),
  phone: phone().optional(),
  ...trap,
})
export const writeBackForm = z.object({ text: longText(4000) })

// --- for the staff --------------------------------------------------------------------------------------------------

export const hearForm = z.object({
  channel: choice(takenAt),
  language,
  topic: choice(topics),
  text: longText(2000),
  comune: comune.optional(),
  email: email().optional(),
  phone: phone().optional(),
  answer_in: choice(languages).optional(),
})
export const meetingForm = z.object({
  on_day: day(),
  place: text(200),
  attended: whole(1, 2000),
  about: text(300).optional(),
})
export const meetingVoiceForm = z.object({ language, topic: choice(topics), text: longText(2000) })
export const readingForm = z.object({
  /** Emptied and put aside: whoever said it wants it back. */
  text: longText(4000).optional(),
  topic: choice(topics),
  verdict: choice(['heard', 'aside']),
  reason: text(300).optional(),
  danger: tick(),
  to_role: choice(alarmRoles).optional(),
})
export const placeForm = z.object({ theme_id: id().optional(), title: text(160).optional() })
export const themeForm = z.object({ title: text(160), topic: choice(topics) })
export const statusForm = z.object({ status: choice(['open', 'looking', 'closed']), note: text(500).optional() })
export const mergeForm = z.object({ into_id: id() })
export const splitForm = z.object({ title: text(160), voices: several(id(), 500) })
export const replyForm = z.object({
  title: text(160),
  you_said: longText(1000),
  we_did: longText(2000),
  origin: choice(['person', 'machine']),
})
export const askForm = z.object({ service: choice(services), language: choice(languages) })
export const keyForm = z.object({ ...answers, filled: choice(filledBy), on_day: day() })
export const answerLetterForm = z.object({ text: longText(4000) })
export const givenForm = z.object({ to_account: id() })
export const nothing = z.object({})

export type VoiceInput = z.infer<typeof voiceForm>
export type QuestionnaireInput = z.infer<typeof questionnaireForm>
export type SurveyInput = z.infer<typeof surveyForm>
export type LetterInput = z.infer<typeof letterForm>
export type HearInput = z.infer<typeof hearForm>
export type MeetingInput = z.infer<typeof meetingForm>
export type MeetingVoiceInput = z.infer<typeof meetingVoiceForm>
export type ReadingInput = z.infer<typeof readingForm>
export type PlaceInput = z.infer<typeof placeForm>
export type ReplyInput = z.infer<typeof replyForm>
export type KeyInput = z.infer<typeof keyForm>
