import { permissions } from '../../kernel/actor.ts'

export const may = permissions('newsletter', {
  /** Issues, what became of them, how many read in which language; no address. */
  see: ['editor', 'office'],
  write: ['editor'],
  send: ['editor'],
  /** Addresses: to take out who asks by telephone, and to hand the list over. */
  see_subscribers: ['editor'],
})
