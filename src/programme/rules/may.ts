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
  /** Drops scans of signed sheets; sees their own. */
  file_sheets: ['office', 'operator', 'lawyer', 'self_adviser', 'coordinator', 'trainer'],
  /** Files what anybody dropped and could not be read. */
  file_all_sheets: ['office', 'operator', 'coordinator'],
})
