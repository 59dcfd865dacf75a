import { z } from 'zod'
import { choice, day, id, longText, several, text, tick, whole } from '../kernel/form.ts'
import {
  availabilities,
  callAnswers,
  childcares,
  closeReasons,
  educationCodes,
  employmentCodes,
  endReasons,
  everyOutcome,
  everyWhat,
  golPaths,
  languageLevels,
  licences,
  owners,
  places,
  purposes,
  stepDeeds,
  stepKinds,
  topics,
  transports,
  ways,
  withdrawalReasons,
} from './codes.ts'

/** Which version of the plan was on the screen. */
const seen = whole(1, 1_000_000)

const aims = {
  language: text(12).optional(),
  goal: longText(600).optional(),
  goal_own: longText(600).optional(),
  availability: several(choice(availabilities), 7),
  hours_note: text(200).optional(),
  minors: whole(0, 20).optional(),
  childcare: choice(childcares).optional(),
  transport: several(choice(transports), 5),
  licences: several(choice(licences), 8),
  employment: choice(employmentCodes).optional(),
  education: choice(educationCodes).optional(),
}
/** Opens the plan; the minutes, when given, are the first session. */
export const interviewForm = z.object({ ...aims, minutes: whole(1, 1440).optional(), mediator_present: tick() })
export const aimsForm = z.object({ ...aims, seen })

export const stepForm = z.object({
  kind: choice(stepKinds),
  text: text(300).optional(),
  text_own: text(300).optional(),
  owner: choice(owners),
  owner_text: text(120).optional(),
  due_on: day(),
  seen,
})
export const stepStateForm = z.object({ state: choice(stepDeeds), seen })
export const agreementForm = z.object({ on_day: day(), seen })

const held = {
  on_day: day(),
  minutes: whole(1, 1440),
  topics: several(choice(topics), 10),
  language: text(12).optional(),
  mediator_present: tick(),
  record: longText(2000).optional(),
}
export const sessionForm = z.object({
  kind: choice(['individual', 'accompaniment']),
  way: choice(ways),
  where_to: choice(places).optional(),
  ...held,
})
export const groupForm = z.object({ ...held, plans: several(id(), 40) })
export const withdrawalForm = z.object({ reason: choice(withdrawalReasons) })

export const milestoneForm = z.object({
  what: choice(everyWhat),
  path: choice(golPaths).optional(),
  title: text(200).optional(),
  body: text(200).optional(),
  edition_id: id().optional(),
  country: text(2).optional(),
  on_day: day(),
  until_day: day().optional(),
})
export const outcomeForm = z.object({ outcome: choice(everyOutcome), on_day: day() })

export const resultForm = z.object({
  on_day: day(),
  employment: choice(employmentCodes),
  detail: text(300).optional(),
})

const month = () => text(7).regex(/^[12]\d{3}(-(0[1-9]|1[0-2]))?$/, { error: 'orientation.error.month' })
export const entryForm = z.object({
  title: text(160),
  title_own: text(160).optional(),
  body: text(160).optional(),
  place: text(120).optional(),
  from_when: month().optional(),
  to_when: month().optional(),
  level: choice(languageLevels).optional(),
  text: longText(600).optional(),
  text_own: longText(600).optional(),
})
export const attachmentForm = z.object({ purpose: choice(purposes) })
export const referralEndForm = z.object({ reason: choice(endReasons) })
export const closingForm = z.object({ reason: choice(closeReasons) })
export const calledForm = z.object({ how: choice(callAnswers) })
export const noFields = z.object({})

export type InterviewInput = z.infer<typeof interviewForm>
export type AimsInput = z.infer<typeof aimsForm>
export type StepInput = z.infer<typeof stepForm>
export type SessionInput = z.infer<typeof sessionForm>
export type GroupInput = z.infer<typeof groupForm>
export type MilestoneInput = z.infer<typeof milestoneForm>
export type OutcomeInput = z.infer<typeof outcomeForm>
export type ResultInput = z.infer<typeof resultForm>
export type EntryInput = z.infer<typeof entryForm>
