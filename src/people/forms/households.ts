import { z } from 'zod'
import { choice, email, id, phone, text } from '../../kernel/form.ts'
import { guardianRoles, relations } from '../rules/households.ts'

export const kinSearchForm = z.object({ who: text(200) })
export const kinForm = z.object({ relation: choice(relations) })
export const guardianForm = z.object({
  role: choice(guardianRoles),
  guardian_id: id().optional(),
  name: text(200).optional(),
  comune: text(6).optional(),
  phone: phone().optional(),
  email: email().optional(),
  language: text(12).optional(),
})
export const noFields = z.object({})

export type GuardianInput = z.infer<typeof guardianForm>
