import { z } from 'zod'
import { choice, day, email, id, longText, phone, several, text, tick, time, whole } from '../kernel/form.ts'
import { absences, choices, dropReasons, faces, kinds, levels, moments, signers, stepLevels } from './codes.ts'

// --- the edition ----------------------------------------------------------------------------------------------------

const edition = {
  title: text(160),
  summary: text(600).optional(),
  kind: choice(kinds),
  action: choice(['01', '02', '03']),
  civic: tick(),
  hours: whole(1, 1000),
  capacity: whole(1, 500),
  minimum: whole(1, 500),
  provider_id: id().optional(),
  place_id: id().optional(),
  place_text: text(300).optional(),
  link: text(300).optional(),
  entry_level: choice(stepLevels).optional(),
  target_level: choice(stepLevels).optional(),
  women_only: tick(),
  childcare: tick(),
  choice: choice(choices),
  offer_hours: whole(2, 336),
  enrol_until: day().optional(),
  budget_line: text(60).optional(),
  contact: text(200).optional(),
  skills: text(1000).optional(),
}
export const editionForm = z.object(edition)
export const textForm = z.object({ title: text(160), summary: text(600).optional(), body: longText(6000).optional() })
export const chargeForm = z.object({ budget_line: text(60), from_day: day() })
export const noFields = z.object({})
export const teacherForm = z.object({
  name: text(120),
  role: choice(['teacher', 'tutor']),
  email: email().optional(),
  account_id: id().optional(),
})
export const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const
/** A lesson every week on these days, until the hours of the course are used up. */
export const calendarForm = z.object({
  from_day: day(),
  days: several(choice(weekdays), 7),
  starts_at: time(),
  ends_at: time(),
  lessons: whole(1, 200),
  teacher_id: id().optional(),
})
export const lessonForm = z.object({
  on_day: day(),
  starts_at: time(),
  ends_at: time(),
  teacher_id: id().optional(),
  place_id: id().optional(),
  room: text(120).optional(),
  topic: text(300).optional(),
})

// --- who takes part -------------------------------------------------------------------------------------------------

const contact = { email: email().optional(), phone: phone().optional() }
/** Without account: as little as makes a person findable; the desk completes the rest. */
export const enrolForm = z
  .object({
    given_names: text(120),
    surname: text(120).optional(),
    original_name: text(120).optional(),
    born: text(20).optional(),
    gender: choice(['F', 'M', 'X']).optional(),
    /** As people call their country, in their language: a list of all of them would weigh more than the page. */
    citizenship: text(60).optional(),
    comune: text(6).optional(),
    body: text(200).optional(),
    job: text(120).optional(),
    ...contact,
    needs_childcare: tick(),
    signer_name: text(120).optional(),
    signer_as: choice(signers).optional(),
    privacy: z.literal('1', { error: 'courses.error.privacy' }),
  })
  .refine(({ email, phone }) => email || phone, {
    path: ['phone'],
    error: 'courses.error.one_contact',
    // Whoever left out more than this hears of all of it at once.
    when: () => true,
  })
export const searchForm = z.object({ who: text(200) })
export const traineeForm = z.object({
  name: text(120),
  ...contact,
  organisation_id: id().optional(),
  body: text(200).optional(),
  job: text(120).optional(),
})
export const addForm = z.object({ needs_childcare: tick(), signer_name: text(120).optional() })
export const answerForm = z.object({ answer: choice(['accept', 'decline']) })
export const stepForm = z.object({ deed: choice(['enrol', 'wait', 'offer', 'not_choose', 'withdraw', 'accept']) })
export const dropForm = z.object({ reason: choice(dropReasons) })
export const transferForm = z.object({ to: id() })
export const levelForm = z.object({
  moment: choice(moments),
  level: choice(levels),
  on_day: day(),
  assessor: text(120),
  sure: tick(),
})

const face = choice(faces)
const rating = { understand: face, speak: face, read: face, write: face, manage: face, motivation: face }
export const ratingForm = z.object(rating)
export const staffRatingForm = z.object({ moment: choice(moments), ...rating })

// --- the register ---------------------------------------------------------------------------------------------------

/** One tap says present or absent; times only for late or early; `seen` are the marks that were on the screen. */
export const markForm = z.object({
  enrolment: id(),
  present: choice(['yes', 'no']),
  from_time: time().optional(),
  to_time: time().optional(),
  absence: choice(absences).optional(),
  seen: several(id(), 50),
  all: tick(),
  /** Of a device that was without network: its own name for the mark, so that it is written once, and when it was made. */
  id: id().optional(),
  made_at: text(40).optional(),
})
/** Drawn by a script, as strokes of points. */
export const drawingForm = z.object({ drawing: text(30_000) })
export const closingForm = z.object({ topic: text(300), substitute: text(120).optional() })
export const correctionForm = z.object({
  enrolment: id(),
  present: choice(['yes', 'no']),
  from_time: time().optional(),
  to_time: time().optional(),
  reason: text(200),
})
export const endingForm = z.object({ on_day: day() })
export const issueForm = z.object({ enrolments: several(id(), 500) })
export const revocationForm = z.object({ reason: text(200) })

export type EditionInput = z.infer<typeof editionForm>
export type TeacherInput = z.infer<typeof teacherForm>
export type CalendarInput = z.infer<typeof calendarForm>
export type LessonInput = z.infer<typeof lessonForm>
export type EnrolInput = z.infer<typeof enrolForm>
export type TraineeInput = z.infer<typeof traineeForm>
export type LevelInput = z.infer<typeof levelForm>
export type RatingInput = z.infer<typeof ratingForm>
export type MarkInput = z.infer<typeof markForm>
export type CorrectionInput = z.infer<typeof correctionForm>
