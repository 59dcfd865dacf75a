import { permissions } from '../../kernel/actor.ts'

export const may = permissions('orientation', {
  /** A plan is read by the service that made it, and by nobody else: others see on the person's file that there is one. */
  see: ['self_adviser'],
  work: ['self_adviser'],
  see_figures: ['self_adviser', 'office'],
})
