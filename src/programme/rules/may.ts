import { permissions } from '../../kernel/actor.ts'

export const may = permissions('programme', {
  read: [
    'admin',
    'operator',
    'lawyer',
    'self_adviser',
    'coordinator',
    'mediator',
    'trainer',
    'editor',
    'translator',
    'office',
  ],
  keep_project: ['office'],
  set_targets: ['office'],
  keep_calendar: ['office'],
  keep_budget: ['office'],
  change_settings: ['admin'],
  keep_logos: ['office'],
  attach_references: ['office', 'operator', 'coordinator'],
})
