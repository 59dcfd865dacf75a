import { z } from 'zod'
import { choice, day, email, id, phone, several, text, tick } from '../kernel/form.ts'
import { organisationKinds } from './rules/organisations.ts'

export const officesForm = z.object({ offices: several(id(), 30) })
export const organisationForm = z.object({
  name: text(200),
  kind: choice(organisationKinds),
  comune: text(6).optional(),
  address: text(300).optional(),
  phone: phone().optional(),
  email: email().optional(),
  website: text(300).optional(),
  note: text(1000).optional(),
})
export const agreementForm = z.object({
  subject: text(300),
  starts_on: day(),
  ends_on: day().optional(),
  act: text(200).optional(),
  note: text(500).optional(),
})
export const placeForm = z.object({
  name: text(200),
  address: text(300),
  comune: text(6).optional(),
  organisation: id().optional(),
  how_to_get_there: text(1000).optional(),
  accessible: choice(['yes', 'partly', 'no', 'unknown']),
})
export const closureForm = z.object({
  from_day: day(),
  to_day: day().optional(),
  name: text(200),
  kind: choice(['holiday', 'local', 'summer', 'school']),
  yearly: tick(),
})
export const nothing = z.object({})
