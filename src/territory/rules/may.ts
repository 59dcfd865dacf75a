import { permissions } from '../../kernel/actor.ts'

export const may = permissions('territory', {
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
  keep_organisations: ['office', 'admin', 'coordinator'],
  keep_places: ['office', 'admin', 'coordinator'],
  keep_offices: ['office', 'admin'],
  keep_closures: ['office', 'coordinator', 'admin'],
})
