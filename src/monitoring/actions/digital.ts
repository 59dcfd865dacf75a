/** The ledger listens to the digital afternoon: who was helped, and that it was held. */
import { afternoonHeld, sessionRecorded, sessionWithdrawn } from '../../digital/events.ts'
import { on } from '../../kernel/events.ts'
import { factsOfAfternoons, factsOfSessions, sessionsTakenBack } from '../rules/digital.ts'
import { recordFacts, reverse } from './ledger.ts'

export const digitalListeners = [
  on(sessionRecorded, 'monitoring.digital_sessions', async (ctx, events) => {
    await recordFacts(ctx, factsOfSessions(events))
  }),
  on(sessionWithdrawn, 'monitoring.digital_sessions_withdrawn', async (ctx, events) => {
    await reverse(ctx, sessionsTakenBack(events))
  }),
  on(afternoonHeld, 'monitoring.digital_afternoons', async (ctx, events) => {
    await recordFacts(ctx, factsOfAfternoons(events))
  }),
]
