/**
 * The life of an enrolment: each state a dated row of `courses.step` with who brought it there and why. The database holds the
 * arrows (`courses.follows`).
 *
 *   requested (a selection is made) ──┬──▶ enrolled ──▶ dropped · transferred · withdrawn
 *        │                            │       ▲
 *        └ not_chosen                 ▼       │ accepted
 *                                  waiting ──▶ offered ── declined · expired (not answered in time)
 *                                     ▲  a place is free         │
 *                                     └──────── "I still want it" ┘
 */
export const states = [
  'requested',
  'waiting',
  'offered',
  'enrolled',
  'not_chosen',
  'declined',
  'expired',
  'withdrawn',
  'dropped',
  'transferred',
] as const
export type State = (typeof states)[number]

export const isActive = (state: string) => ['requested', 'waiting', 'offered', 'enrolled'].includes(state)
/** Who once had a place stands in the register of those days. */
export const wasIn = (state: string) => ['enrolled', 'dropped', 'transferred', 'withdrawn'].includes(state)
export const mayWithdraw = isActive
export const mayComeBack = (state: string) => ['declined', 'expired', 'withdrawn'].includes(state)
