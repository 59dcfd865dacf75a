import { z } from 'zod'
import { choice, day, text } from '../kernel/form.ts'

export const switchForm = z.object({ state: choice(['on', 'off', 'unchecked']) })
export const checkForm = z.object({ checked_by: text(120), checked_on: day() })

export type CheckInput = z.infer<typeof checkForm>
