import { permissions } from '../../kernel/actor.ts'

export const may = permissions('mediation', {
  coordinate: ['coordinator'],
  see_hours: ['coordinator', 'office'],
  close_month: ['coordinator', 'office'],
  /** Her own offers, calls and month. */
  mediate: ['mediator'],
  /** Their own requests. */
  ask: ['body_contact'],
})
