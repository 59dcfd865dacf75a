import { z } from 'zod'
import { choice, day, email, id, longText, phone, several, text, tick, time, whole } from '../kernel/form.ts'
import { answers, modes, seatKinds, taskDeeds } from './codes.ts'

export const nothing = z.object({})

export const meetingForm = z.object({
  on_day: day(),
  starts_at: time(),
  ends_at: time(),
  mode: choice(modes),
  link: text(500).optional(),
  jitsi: tick(),
  place: text(200).optional(),
  chair: text(120).optional(),
  about: longText(2000).optional(),
})
export type MeetingFields = z.infer<typeof meetingForm>
export const dataForm = meetingForm.omit({ on_day: true, starts_at: true, ends_at: true })
export type DataFields = z.infer<typeof dataForm>
export const moveForm = z.object({ on_day: day(), starts_at: time(), ends_at: time(), why: text(300).optional() })
export type MoveFields = z.infer<typeof moveForm>
export const cancelForm = z.object({ why: text(300) })
/** The days that are to be made into meetings. */
export const seriesForm = z.object({ days: several(day(), 24) })
export const inviteForm = z.object({ seats: several(id(), 200), again: tick() })

export const itemForm = z.object({
  title: text(200),
  explained: longText(4000).optional(),
  minutes: whole(1, 480).optional(),
  brought_by: text(200).optional(),
  position: whole(1, 999).optional(),
})
export type ItemFields = z.infer<typeof itemForm>
/** `seen`: what stood there when the page was drawn, see `asSeen`. */
const seen = text(64).optional()
export const itemChangeForm = itemForm.extend({ seen })
export type ItemChange = z.infer<typeof itemChangeForm>
const task = { owner: text(100).optional(), due_on: day().optional() }
export type TaskFields = z.infer<z.ZodObject<typeof task>> & { what?: string | undefined }
/** What was said of a point, and with it what was decided and who takes what on. `version`: what the writer had before them. */
export const saidForm = z.object({
  said: longText(40_000).optional(),
  version: whole(0, 1_000_000),
  decision: longText(2000).optional(),
  what: text(500).optional(),
  ...task,
})
export type SaidFields = z.infer<typeof saidForm>
export const decisionTextForm = z.object({ text: longText(2000), seen })
export const taskDeedForm = z.object({
  deed: choice(taskDeeds),
  due_on: day().optional(),
  owner: text(100).optional(),
  note: text(500).optional(),
})
export type TaskDeedFields = z.infer<typeof taskDeedForm>
/** By the link of a mail: done, or later. */
export const taskLinkForm = z.object({
  deed: choice(['done', 'moved']),
  due_on: day().optional(),
  note: text(500).optional(),
})

/** The same from a member's own page, which shows several. */
export const ownTaskForm = taskLinkForm.extend({ task: id() })

export const answerForm = z.object({
  answer: choice(answers),
  name: text(120).optional(),
  email: email().optional(),
})
export type AnswerFields = z.infer<typeof answerForm>
export const attendanceForm = z.object({ seats: several(id(), 300) })
/** The file itself is read by the route. */
export const platformForm = z.object({})
export const remarkForm = z.object({ text: longText(2000) })
export const settleForm = z.object({ how: text(500).optional() })
export const proposalForm = z.object({ title: text(200), explained: longText(4000).optional() })
export const approvalForm = z.object({ on_day: day(), approved_in: id().optional() })
export const correctionForm = z.object({ text: longText(2000), decision_id: id().optional() })
export const extractForm = z.object({
  title: text(160),
  body: longText(8000),
  origin: choice(['person', 'machine']),
})
export const paperForm = z.object({ title: text(160) })

export const memberForm = z.object({
  name: text(120),
  email: email().optional(),
  phone: phone().optional(),
  organisation_id: id(),
  kind: choice(seatKinds),
  role: text(160).optional(),
})
export type MemberFields = z.infer<typeof memberForm>
export const memberDataForm = memberForm.pick({ name: true, email: true, phone: true })
export const seatForm = memberForm.pick({ organisation_id: true, kind: true, role: true })
export const seatEndForm = z.object({ on_day: day(), heir: id().optional() })
export const networkForm = z.object({ organisation_id: id(), role: text(300).optional(), joined_on: day() })
export const bodyForm = z.object({ role: text(300).optional(), joined_on: day(), ended_on: day().optional() })
