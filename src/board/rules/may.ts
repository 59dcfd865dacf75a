import { permissions } from '../../kernel/actor.ts'

export const may = permissions('board', {
  see: ['editor', 'translator', 'office', 'operator', 'coordinator'],
  /** The Italian source, the data of a card, publishing. */
  write: ['editor'],
  translate: ['editor', 'translator'],
  /** That a translation says what the source says is for somebody who reads both. */
  check_translation: ['editor', 'translator'],
  /** Names and contacts of who signed up. */
  see_sign_ups: ['editor', 'operator', 'self_adviser', 'coordinator'],
  record_attendance: ['operator', 'self_adviser', 'coordinator'],
})
