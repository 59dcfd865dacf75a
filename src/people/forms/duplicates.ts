import { z } from 'zod'
import { choice } from '../../kernel/form.ts'

export const decisionForm = z.object({ decision: choice(['same', 'different', 'unsure']) })
