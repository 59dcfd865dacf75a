/** The ledger listens to orientation: who had guidance, for how long, and who applied for recognition. */
import { on } from '../../kernel/events.ts'
import { recognitionApplied, recognitionWithdrawn, sessionHeld, sessionWithdrawn } from '../../orientation/events.ts'
import { factsOfRecognitions, factsOfSessions, recognitionEvidence, sessionEvidence } from '../rules/orientation.ts'
import { recordFacts, reverse } from './ledger.ts'

export const orientationListeners = [
  on(sessionHeld, 'monitoring.orientation_sessions', async (ctx, events) => {
    await recordFacts(ctx, factsOfSessions(events))
  }),
  on(sessionWithdrawn, 'monitoring.orientation_sessions_withdrawn', async (ctx, events) => {
    await reverse(
      ctx,
      events.map(({ event_id, payload }) => ({ event_id, evidence: sessionEvidence(payload.session_id) })),
    )
  }),
  on(recognitionApplied, 'monitoring.orientation_recognitions', async (ctx, events) => {
    await recordFacts(ctx, factsOfRecognitions(events))
  }),
  on(recognitionWithdrawn, 'monitoring.orientation_recognitions_withdrawn', async (ctx, events) => {
    await reverse(
      ctx,
      events.map(({ event_id, payload }) => ({ event_id, evidence: recognitionEvidence(payload.milestone_id) })),
    )
  }),
]
