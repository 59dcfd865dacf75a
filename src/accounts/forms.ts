import { z } from 'zod'
import { choice, email, secret, several, text } from '../kernel/form.ts'
import { roles } from './rules/roles.ts'

const address = () => email().transform((typed) => typed.toLowerCase())
export const langs = ['it', 'en'] as const

export const signInForm = z.object({ email: address(), password: secret() })
/** Six digits of the app, or a recovery code. */
export const codeForm = z.object({ code: secret({ max: 60 }) })
export const choosePasswordForm = z.object({ password: secret({ min: 8 }), again: secret() })
export const changePasswordForm = z.object({ current: secret(), password: secret({ min: 8 }), again: secret() })
export const languageForm = z.object({ lang: choice(langs) })
export const ambitoForm = z.object({ ambito: z.uuid({ error: 'kernel.form.not_a_choice' }) })
export const confirmPasswordForm = z.object({ current: secret() })
export const noForm = z.object({})

export const accountForm = z.object({
  name: text(120),
  email: address(),
  lang: choice(langs),
  roles: several(z.enum(roles, { error: 'kernel.form.not_a_choice' })).refine((given) => given.length > 0, {
    error: 'accounts.error.no_role_chosen',
  }),
})
export const roleForm = z.object({ role: choice(roles).optional() })
