/** The ledger listens to mediation: requests, interventions, what nobody could cover, countersigned hours, who was helped. */
import type { Ctx } from '../../kernel/ctx.ts'
import { on } from '../../kernel/events.ts'
import {
  callCancelled,
  callDone,
  callRequested,
  coveredAfterAll,
  hoursConfirmed,
  hoursReopened,
  notCovered,
  personHelped,
} from '../../mediation/events.ts'
import type { Told } from '../rules/facts.ts'
import {
  factsOfCalls,
  factsOfDone,
  factsOfHelped,
  factsOfHours,
  factsOfUncovered,
  reportEvidence,
  uncoveredEvidence,
} from '../rules/mediation.ts'
import { recordFacts, reverse } from './ledger.ts'

const record = async (ctx: Ctx, facts: readonly Told[]) => {
  await recordFacts(ctx, facts)
}

export const mediationListeners = [
  on(callRequested, 'monitoring.mediation_requests', (ctx, events) =>
    record(ctx, factsOfCalls('mediation.request', events)),
  ),
  on(callCancelled, 'monitoring.mediation_cancellations', (ctx, events) =>
    record(ctx, factsOfCalls('mediation.cancelled', events)),
  ),
  on(callDone, 'monitoring.mediation_done', (ctx, events) => record(ctx, factsOfDone(events))),
  on(notCovered, 'monitoring.mediation_not_covered', (ctx, events) => record(ctx, factsOfUncovered(events))),
  on(coveredAfterAll, 'monitoring.mediation_covered_after_all', async (ctx, events) => {
    await reverse(
      ctx,
      events.map(({ event_id, payload }) => ({ event_id, evidence: uncoveredEvidence(payload) })),
    )
  }),
  on(hoursConfirmed, 'monitoring.mediation_hours', (ctx, events) => record(ctx, factsOfHours(events))),
  on(hoursReopened, 'monitoring.mediation_hours_reopened', async (ctx, events) => {
    await reverse(
      ctx,
      events.map(({ event_id, payload }) => ({ event_id, evidence: reportEvidence(payload.report_id) })),
    )
  }),
  on(personHelped, 'monitoring.mediation_helped', (ctx, events) => record(ctx, factsOfHelped(events))),
]
