import { z } from 'zod'
import { choice, day, email, phone, several, text, tick, whole } from '../kernel/form.ts'
import { contactChannels, genders, noticeWays, readings, titleKinds, titleStatuses, verdicts } from './codes.ts'

/** A person is created with little and completed later: one name is enough, in any script. */
const person = {
  surname: text(200).optional(),
  given_names: text(200).optional(),
  /** The name as the person writes it, in their own letters. */
  original_name: text(200).optional(),
  /** A day, or a year alone. */
  born: text(20).optional(),
  gender: choice(genders).optional(),
  citizenship: text(2).optional(),
  comune: text(6).optional(),
  phone: phone().optional(),
  email: email().optional(),
  speaks: text(12).optional(),
}
export const newPersonForm = z.object(person)
export const personForm = z.object({
  ...person,
  tax_code: text(20).optional(),
  reads: choice(readings).optional(),
  arrived_year: whole(1900, 2100).optional(),
  country_of_birth: text(2).optional(),
  channel: choice(contactChannels).optional(),
  contact_unsafe: tick(),
})
export const nameForm = z.object({ surname: text(200).optional(), given_names: text(200).optional() })
export const citizenshipForm = z.object({ country: text(2), since: day().optional() })
export const titleForm = z.object({
  kind: choice(titleKinds),
  status: choice(titleStatuses),
  number: text(40).optional(),
  issued_on: day().optional(),
  expires_on: day().optional(),
  seen: tick(),
})
export const noticeForm = z.object({ language: text(12), how: choice(noticeWays) })
/** One missing datum: which of these is asked depends on what is missing. */
export const missingForm = z.object({
  born: text(20).optional(),
  gender: choice(genders).optional(),
  citizenship: text(2).optional(),
  kind: choice(titleKinds).optional(),
  status: choice(titleStatuses).optional(),
  number: text(40).optional(),
  expires_on: day().optional(),
  language: text(12).optional(),
  how: choice(noticeWays).optional(),
  back: text(300).optional(),
})
export const searchForm = z.object({ who: text(200) })
export const matrixForm = z.object({ verdict: choice(verdicts), since: day(), note: text(500).optional() })
export const languagesForm = z.object({ speaks: several(text(12)), reads: several(text(12)) })

export type NewPerson = z.infer<typeof newPersonForm>
export type PersonInput = z.infer<typeof personForm>
export type TitleInput = z.infer<typeof titleForm>
export type MissingInput = z.infer<typeof missingForm>
