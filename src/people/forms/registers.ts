import { z } from 'zod'
import { text } from '../../kernel/form.ts'

/** Which register it is; the file beside it is no typed field. */
export const registerForm = z.object({ kind: text(40) })
