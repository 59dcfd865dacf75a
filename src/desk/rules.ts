import { permissions } from '../kernel/actor.ts'
import type { Problems } from '../kernel/errors.ts'
import type { OpeningInput, VisitInput } from './forms.ts'

export const may = permissions('desk', {
  see: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  work: ['operator', 'lawyer', 'self_adviser'],
  withdraw: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  plan_openings: ['operator', 'coordinator', 'office'],
  write_note: ['operator', 'lawyer', 'self_adviser'],
  write_closed_note: ['lawyer'],
})

export function visitErrors(input: VisitInput): Problems<VisitInput> {
  return {
    ...(input.needs.length === 0 && { needs: 'desk.error.no_need' as const }),
    // Somebody else's business is done only with their written mandate.
    ...(input.for_whom === 'other' && !input.mandate_seen && { mandate_seen: 'desk.error.no_mandate' as const }),
    ...(input.outcome === 'sent' && !input.sent_to && { sent_to: 'desk.error.sent_where' as const }),
  }
}

export const openingErrors = (input: Pick<OpeningInput, 'starts_at' | 'ends_at'>): Problems<OpeningInput> => ({
  ...(input.ends_at <= input.starts_at && { ends_at: 'desk.error.ends_before_start' as const }),
})

/** A note closed by the lawyer is read by whoever wrote it, and by nobody else (professional secrecy, domain.md §6.6). */
export const readsNote = (note: { closed_to: string; recorded_by: string | null }, account_id: string | null, sees_desk: boolean) =>
  note.closed_to === 'lawyer' ? note.recorded_by !== null && note.recorded_by === account_id : sees_desk
