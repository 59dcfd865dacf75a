import { permissions } from '../../kernel/actor.ts'

export const may = permissions('mediation', {
  coordinate: ['coordinator'],
  see_hours: ['coordinator', 'office'],
  close_month: ['coordinator', 'office'],
  /** Her own offers, calls and month. */
  mediate: ['mediator'],
  /** A mediator's own week and absences; the coordinator's to keep for her. */
  keep_week: ['coordinator', 'mediator'],
  /** The office reads hours without coordinating. */
  read_hours: ['office'],
  /** People who filled in a sheet in a call: the desk asks them what is still missing. */
  complete: ['operator', 'coordinator'],
  /** Their own requests. */
  ask: ['body_contact'],
})
