import { z } from 'zod'
import { choice, tick } from '../../kernel/form.ts'

export const erasureReasons = ['asked', 'kept_long_enough', 'by_mistake'] as const
export const erasureForm = z.object({ why: choice(erasureReasons), sure: tick() })
export type Erasure = z.infer<typeof erasureForm>
