import { z } from 'zod'
import { choice, day, email, id, longText, text, tick, whole } from '../kernel/form.ts'
import { deadlineKinds } from './rules/calendar.ts'
import { referenceKinds } from './rules/references.ts'
import { spreads } from './rules/targets.ts'

export const projectForm = z.object({
  name: text(200),
  fund: text(200),
  starts_on: day(),
  ends_on: day(),
  total: text(20),
  contribution: text(20),
  lead: text(200),
  partner: text(300),
  contact: email(),
  cup: text(20).optional(),
  project_code: text(60).optional(),
  note: text(500).optional(),
})
export const targetForm = z.object({
  value: whole(0, 9_999_999).optional(),
  valid_from: day(),
  spread: choice(spreads),
  steps: longText(4000).optional(),
  assumed: tick(),
  note: text(500).optional(),
})
export const deadlineForm = z.object({
  due_on: day(),
  kind: choice(deadlineKinds),
  title: text(200),
  note: text(500).optional(),
  remind_days: whole(0, 365),
  assumed: tick(),
})
export const budgetForm = z.object({ valid_from: day(), reason: text(300), lines: longText(40_000) })
export const settingForm = z.object({ value: text(2000).optional(), valid_from: day(), note: text(500).optional() })
export const logoForm = z.object({ alt: text(200) })

/** The fields of an office reference; other forms may include them: `z.object({ …, ...referenceFields })`. */
export const referenceFields = {
  what: choice(referenceKinds),
  number: text(200),
  dated: day().optional(),
  note: text(300).optional(),
}
export const referenceForm = z.object({ ...referenceFields, back: text(500).optional() })
export const nothing = z.object({})
export const filePageForm = z.object({ thing: text(120), sheet: whole(1, 999) })
export const lineForm = z.object({ line: text(9), signer: id() })
export const lineBackForm = lineForm.pick({ line: true })
export const withdrawForm = z.object({ back: text(500).optional() })

export type ProjectInput = z.infer<typeof projectForm>
export type TargetInput = z.infer<typeof targetForm>
export type DeadlineInput = z.infer<typeof deadlineForm>
export type LineInput = z.infer<typeof lineForm>
export type ReferenceInput = z.infer<typeof referenceForm>
