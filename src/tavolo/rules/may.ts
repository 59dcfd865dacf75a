import { permissions } from '../../kernel/actor.ts'

export const may = permissions('tavolo', {
  /** Agendas, minutes, decisions, what is to be done. */
  see: ['member', 'office', 'coordinator', 'operator', 'lawyer', 'self_adviser', 'editor'],
  /** Who sits at it, with their addresses; convening, minutes, approval, publication. */
  keep: ['office', 'coordinator'],
})
