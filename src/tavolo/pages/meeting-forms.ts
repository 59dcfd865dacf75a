/** What the page of a meeting is drawn from, and which of its forms came back with something wrong. */
import type { Form } from '../../kernel/form.ts'
import type { MeetingWhole } from '../actions/reading.ts'
import type {
  approvalForm,
  cancelForm,
  correctionForm,
  dataForm,
  inviteForm,
  itemForm,
  moveForm,
  paperForm,
  settleForm,
} from '../forms.ts'

export type MeetingForms = {
  data: Form<typeof dataForm>
  move: Form<typeof moveForm>
  cancel: Form<typeof cancelForm>
  invite: Form<typeof inviteForm>
  item: Form<typeof itemForm>
  approval: Form<typeof approvalForm>
  correction: Form<typeof correctionForm>
  paper: Form<typeof paperForm>
  settle: Form<typeof settleForm>
}
export type MeetingProps = {
  of: MeetingWhole
  forms: MeetingForms
  html: ReadonlyMap<string, string>
  problem: string | undefined
  others: readonly { id: string; number: number | null; on_day: string }[]
  languages: readonly string[]
}
export const wrong = (form: { errors: object }) => Object.keys(form.errors).length > 0
