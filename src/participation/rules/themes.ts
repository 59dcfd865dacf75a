import type { Problems } from '../../kernel/errors.ts'
import type { Status } from '../codes.ts'

/**
 * open ⇄ looking ⇄ proposed (the tavolo) → answered (published) ⇄ looking → closed
 *   └────────────── merged: its voices stand in another theme
 */
const follows: Readonly<Record<Status, readonly Status[]>> = {
  open: ['looking', 'proposed', 'answered', 'closed', 'merged'],
  looking: ['open', 'proposed', 'answered', 'closed', 'merged'],
  proposed: ['open', 'looking', 'answered', 'closed', 'merged'],
  answered: ['open', 'looking', 'proposed', 'closed', 'merged', 'answered'],
  closed: ['open', 'looking'],
  merged: [],
}
export const mayFollow = (from: Status, to: Status) => follows[from].includes(to)
export const isOver = (status: Status) => status === 'merged' || status === 'closed'

export const statusErrors = (from: Status, to: Status): Problems => ({
  form: mayFollow(from, to) ? undefined : 'participation.error.moved_on',
})

/** The languages in which an answer is owed: those people asked in, and Italian for everybody. */
export const languagesOwed = (asked: readonly string[]) => [...new Set(['it', ...asked])]
export const stillOwed = (asked: readonly string[], written: readonly string[]) =>
  languagesOwed(asked).filter((language) => !written.includes(language))
