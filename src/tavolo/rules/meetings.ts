import type { Problem, Problems } from '../../kernel/errors.ts'

/**
 * planned ⇄ (moved) ── held (numbered) ── draft sent ── approved
 *    └── cancelled
 */
export type Standing = 'planned' | 'cancelled' | 'held' | 'draft' | 'approved'
type Dated = {
  cancelled_at: string | null
  held_at: string | null
  draft_sent_at: string | null
  approved_at: string | null
}
export const standingOf = ({ cancelled_at, held_at, draft_sent_at, approved_at }: Dated): Standing =>
  approved_at ? 'approved' : draft_sent_at ? 'draft' : held_at ? 'held' : cancelled_at ? 'cancelled' : 'planned'

/** Whatever changes a meeting still to come. */
export const plannedOnly = (meeting: Dated): Pick<Problems, 'form'> => ({
  form:
    standingOf(meeting) === 'planned'
      ? undefined
      : standingOf(meeting) === 'cancelled'
        ? 'tavolo.error.cancelled'
        : 'tavolo.error.held',
})

/** Minutes, decisions, attendance: until they are approved; then the way is a correction. */
export const stillOpen = (meeting: Dated): Pick<Problems, 'form'> => ({
  form:
    standingOf(meeting) === 'approved'
      ? 'tavolo.error.approved'
      : standingOf(meeting) === 'cancelled'
        ? 'tavolo.error.cancelled'
        : undefined,
})

export const timesRight = (starts_at: string, ends_at: string): Problem | undefined =>
  ends_at <= starts_at ? 'tavolo.error.ends_before' : undefined

/** Only addresses a browser opens; empty is none yet. */
export const linkRight = (link: string): Problem | undefined =>
  link === '' || /^https?:\/\/[^\s]+$/i.test(link) ? undefined : 'tavolo.error.link'

/** Rows of the fund are known by their code; ours only by what they count. */
export const codeShown = (code: string) => (/^[OR]\./.test(code) ? `${code} ` : '')
