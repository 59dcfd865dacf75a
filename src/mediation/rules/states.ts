/**
 * The life of a call: fourteen states, each a dated row of `mediation.step` with who brought it there. The database holds the
 * arrows (`mediation.follows`); people see five words.
 *
 *   draft ── the address is verified ── sent ── scope and hours are right ── approved ── first wave ── offered
 *     │                                  │                                     │ by hand              │ accepted
 *     └ never verified: refused          └ refused                             └──────────┬───────────┘
 *                                                                                         ▼
 *   not_covered ◀── nobody, or no time left ── offered      cancelled_by_mediator ◀── assigned ── cancelled_by_body (late: paid)
 *        └── found after all ─────────────────▶ offered ◀── search again ──┘              │ the hour has passed
 *                                                                                         ▼
 *   absent (she was there, the person was not) ◀──────────────────────────────────────── done
 *        │                                                                                │ two-minute report
 *        └──────────────▶ confirmed ◀── countersigned by the body ── reported ◀───────────┘
 *                             │  └── corrected before the month is closed ──▶ reported
 *                             └── month closed: locked, held against the body's ceiling
 */
export const states = [
  'draft',
  'sent',
  'approved',
  'offered',
  'assigned',
  'done',
  'reported',
  'confirmed',
  'locked',
  'cancelled_by_body',
  'absent',
  'cancelled_by_mediator',
  'not_covered',
  'refused',
] as const
export type State = (typeof states)[number]

/** What people see: richiesta, in ricerca, assegnata, svolta, chiusa. */
export const phases = ['asked', 'searching', 'assigned', 'done', 'closed'] as const
export type Phase = (typeof phases)[number]
const phaseOfState: Record<State, Phase> = {
  draft: 'asked',
  sent: 'asked',
  approved: 'searching',
  offered: 'searching',
  cancelled_by_mediator: 'searching',
  assigned: 'assigned',
  done: 'done',
  reported: 'done',
  absent: 'done',
  confirmed: 'closed',
  locked: 'closed',
  cancelled_by_body: 'closed',
  not_covered: 'closed',
  refused: 'closed',
}
export const phaseOf = (state: string) => phaseOfState[state as State]
export const statesOf = (phase: Phase) => states.filter((state) => phaseOfState[state] === phase)

/** Still looking for somebody, or able to. */
export const isSearching = (state: string) =>
  ['approved', 'offered', 'cancelled_by_mediator', 'not_covered'].includes(state)
/** Somebody goes, or went. */
export const isTaken = (state: string) => ['assigned', 'done', 'reported', 'absent', 'confirmed'].includes(state)
export const canBeCancelledByBody = (state: string) =>
  ['draft', 'sent', 'approved', 'offered', 'assigned', 'cancelled_by_mediator', 'not_covered'].includes(state)
/** She has an hour with them: before it she withdraws, after it she did not come. */
export const canBeReleased = (state: string) => state === 'assigned' || state === 'done'
export const canBeReported = (state: string) => ['assigned', 'done', 'reported', 'absent'].includes(state)
/** An hour is payable when reported, or cancelled too late; claimable when countersigned. */
export const isPayable = (state: string) =>
  ['reported', 'absent', 'confirmed', 'locked', 'cancelled_by_body'].includes(state)
export const isClaimable = (state: string) => state === 'confirmed' || state === 'locked'
