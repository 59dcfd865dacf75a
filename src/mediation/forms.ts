import { z } from 'zod'
import { choice, day, email, id, phone, several, text, tick, time, whole } from '../kernel/form.ts'
import {
  credentials,
  declineReasons,
  dispatches,
  disputeAbout,
  fields,
  genderReasons,
  genders,
  levels,
  modes,
  outcomes,
  purposes,
  refusals,
} from './codes.ts'

const who = {
  name: text(120),
  job: text(120).optional(),
  email: email(),
  phone: phone(),
  body: text(200),
}
const what = {
  language: text(12).optional(),
  variety: text(80).optional(),
  other_language: text(12).optional(),
  /** As people call the country: a list of all of them would weigh as much as the rest of the questions. */
  comes_from: text(60).optional(),
  field: choice(fields),
  purpose: choice(purposes),
  mode: choice(modes),
  comune: text(6),
  place: text(300).optional(),
  link: text(300).optional(),
}
/** Two minutes; no name of the person helped is asked for. */
export const requestForm = z.object({
  ...who,
  ...what,
  on: day(),
  from: time(),
  to: time().optional(),
  on_2: day().optional(),
  from_2: time().optional(),
  on_3: day().optional(),
  from_3: time().optional(),
  minutes: whole(10, 600),
  repeat: choice(['weekly', 'fortnightly']).optional(),
  repeat_until: day().optional(),
  adults: whole(0, 99).optional(),
  minors: whole(0, 99).optional(),
  staff: whole(0, 99).optional(),
  gender: choice(genders).optional(),
  gender_reason: choice(genderReasons).optional(),
  same_mediator: tick(),
  urgent: tick(),
  safety: text(500).optional(),
  pages: whole(1, 500).optional(),
  privacy: z.literal('1', { error: 'mediation.error.privacy' }),
})
/** A day of interviews: up to three languages, one after the other, slots of equal length. */
export const interviewsForm = z.object({
  ...who,
  field: choice(fields),
  comune: text(6),
  place: text(300),
  on: day(),
  from: time(),
  slot_minutes: whole(5, 120),
  language_1: text(12),
  interviews_1: whole(1, 30),
  language_2: text(12).optional(),
  interviews_2: whole(1, 30).optional(),
  language_3: text(12).optional(),
  interviews_3: whole(1, 30).optional(),
  privacy: z.literal('1', { error: 'mediation.error.privacy' }),
})
/** The same from a body's own system: who asks is known by its key. */
export const systemRequestForm = requestForm.omit({
  name: true,
  job: true,
  email: true,
  phone: true,
  body: true,
  privacy: true,
})
export const noFields = z.object({})
export const answerForm = z.object({
  answer: choice(['accept', 'decline']),
  starts_at: text(40).optional(),
  mediator_id: id().optional(),
  reason: choice(declineReasons).optional(),
})
export const cancelForm = z.object({ sure: tick() })
export const reportForm = z.object({
  on: day(),
  from: time(),
  to: time(),
  break_minutes: whole(0, 240).optional(),
  travel_minutes: whole(0, 600).optional(),
  adults: whole(0, 99).optional(),
  minors: whole(0, 99).optional(),
  absent: tick(),
  outcome: choice(outcomes).optional(),
  expense: text(10).optional(),
  note: text(300).optional(),
})
/** One link for a month: which calls are right, and how it was. */
export const hoursForm = z.object({
  right: several(id(), 200),
  signer: text(120),
  job: text(120).optional(),
  rating: choice(['1', '2', '3', '4']).optional(),
})
/** Two drawings made by a script, as strokes of points. */
export const signForm = z.object({
  signer: text(120),
  job: text(120).optional(),
  mediator: text(30_000),
  body: text(30_000),
})
export const disputeForm = z.object({ about: choice(disputeAbout), text: text(300).optional() })
export const resolveForm = z.object({ resolution: choice(['report_stands', 'report_corrected']) })
/** As little as makes a person findable; the desk completes the rest. */
export const recipientForm = z.object({
  given_names: text(120),
  surname: text(120).optional(),
  original_name: text(120).optional(),
  born: text(20).optional(),
  gender: choice(['F', 'M', 'X']).optional(),
  citizenship: text(2).optional(),
  phone: phone().optional(),
  heard: z.literal('1', { error: 'mediation.error.notice_first' }),
})
/** The same from paper: the person signed there that it was read. */
export const typedSheetForm = recipientForm.extend({ language: text(12) })
export const newSheetForm = z.object({ language: text(12) })

// --- the coordinator ------------------------------------------------------------------------------------------------

export const refuseForm = z.object({ reason: choice(refusals) })
export const assignForm = z.object({ mediator_id: id(), on: day(), from: time() })
export const modeForm = z.object({ mode: choice(['PRES', 'TEL', 'VIDEO']), link: text(300).optional() })
export const searchForm = z.object({ all: tick() })
export const bodyForm = z.object({ name: text(200), comune: text(6).optional(), organisation_id: id().optional() })
export const ceilingForm = z.object({ from_day: day(), to_day: day(), hours: whole(0, 10_000) })
export const stanceForm = z.object({ mediator_id: id(), kind: choice(['preferred', 'excluded', 'none']) })
export const providerForm = z.object({
  name: text(200),
  coordinator_name: text(120).optional(),
  email: email().optional(),
  phone: phone().optional(),
})
export const contractForm = z.object({
  title: text(200),
  provider_id: id().optional(),
  dispatch: choice(dispatches),
  starts_on: day(),
  ends_on: day().optional(),
  rate: text(10),
  minimum_minutes: whole(0, 480),
  rounding_minutes: choice(['1', '5', '10', '15', '30', '60']),
  pays_travel: tick(),
  late_hours: whole(0, 168),
  ceiling_hours: whole(1, 100_000).optional(),
})
export const mediatorForm = z.object({
  name: text(120),
  email: email(),
  phone: phone().optional(),
  lang: text(2),
  gender: choice(['F', 'M', 'X']),
  contract_id: id(),
  base_comune: text(6).optional(),
  car: tick(),
  max_travel_minutes: whole(0, 300),
  monthly_hours: whole(1, 300).optional(),
  short_notice: tick(),
  remote: tick(),
  fields: several(choice(fields), 30),
})
export const languageForm = z.object({ language: text(12), variety: text(80).optional(), level: choice(levels) })
export const weekForm = z.object({
  weekday: choice(['1', '2', '3', '4', '5', '6', '7']),
  starts_at: time(),
  ends_at: time(),
})
export const exceptionForm = z.object({
  kind: choice(['away', 'free']),
  from_day: day(),
  from: time().optional(),
  to_day: day(),
  to: time().optional(),
})
export const credentialForm = z.object({ kind: choice(credentials), on_day: day(), expires_on: day().optional() })
export const openForm = z.object({ kind: choice(['offer', 'job', 'status', 'hours']), id: id() })
export const idForm = z.object({ id: id() })
export const monthForm = z.object({ month: text(7) })
export const paperForm = z.object({ signer: text(120), job: text(120).optional() })

/** A key for a body's own system: who answers for it, and who looks after it. */
export const systemForm = z.object({
  name: text(80),
  contact_name: text(120),
  email: email(),
  phone: phone(),
  tech_email: email(),
})
export const webhookForm = z.object({ url: text(500) })
export const webhookDeedForm = z.object({ what: choice(['off', 'on', 'new_secret']) })

export type AskedFor = z.infer<typeof systemRequestForm>
export type HoursInput = z.infer<typeof hoursForm>
export type SystemInput = z.infer<typeof systemForm>
export type RequestInput = z.infer<typeof requestForm>
export type InterviewsInput = z.infer<typeof interviewsForm>
export type ReportInput = z.infer<typeof reportForm>
export type SignInput = z.infer<typeof signForm>
export type RecipientInput = z.infer<typeof recipientForm>
export type MediatorInput = z.infer<typeof mediatorForm>
export type ContractInput = z.infer<typeof contractForm>
export type ProviderInput = z.infer<typeof providerForm>
