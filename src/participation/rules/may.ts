import { permissions } from '../../kernel/actor.ts'

export const may = permissions('participation', {
  /** Writes down what somebody says, or what a group said. */
  hear: ['operator', 'lawyer', 'self_adviser', 'coordinator', 'editor', 'office'],
  /** Reads a voice before anybody else does, and takes the names out. */
  read: ['editor', 'office'],
  /** … or those to whom it was handed on; that one only. */
  see_voice: ['editor', 'office', 'operator', 'lawyer', 'coordinator'],
  keep_themes: ['editor', 'office'],
  /** Tells of an answer those who left a telephone number. */
  tell: ['editor', 'office', 'operator'],
  /** A voice that tells of danger. */
  take_up: ['operator', 'lawyer', 'coordinator'],
  ask: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  see_results: ['office', 'coordinator', 'operator', 'self_adviser'],
  /** The people who write to the project. */
  answer_letters: ['operator', 'editor', 'office'],
})
