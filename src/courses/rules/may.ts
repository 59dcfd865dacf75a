import { permissions } from '../../kernel/actor.ts'

export const may = permissions('courses', {
  /** A trainer sees her own editions and no other. */
  see: ['operator', 'lawyer', 'self_adviser', 'coordinator', 'office', 'editor', 'trainer'],
  see_all: ['operator', 'lawyer', 'self_adviser', 'coordinator', 'office', 'editor'],
  /** Names of who takes part. */
  see_people: ['operator', 'lawyer', 'self_adviser', 'coordinator', 'office', 'trainer'],
  plan: ['office', 'coordinator'],
  write_texts: ['office', 'coordinator', 'editor', 'translator'],
  enrol: ['operator', 'self_adviser', 'coordinator'],
  /** Selects, offers, drops out, transfers. */
  decide: ['operator', 'self_adviser', 'coordinator', 'office'],
  keep_register: ['trainer', 'operator', 'coordinator', 'office'],
  feed_register: ['operator', 'coordinator', 'office'],
  correct: ['coordinator', 'office'],
  assess: ['trainer', 'operator', 'self_adviser', 'coordinator'],
  certify: ['office', 'coordinator'],
})
