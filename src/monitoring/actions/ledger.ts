/** Facts come in and are taken back. */
import type { Ctx } from '../../kernel/ctx.ts'
import type { Announced } from '../../kernel/events.ts'
import { boardAttendanceEvidence, factOfBoardEvent, factsOfVisit, type Told, visitEvidence } from '../rules/facts.ts'
import * as store from '../store/facts.ts'

/** Writes facts into the ledger; those it has heard already add nothing. The kinds are listed in README.md. */
export async function recordFacts(ctx: Ctx, facts: readonly Told[]) {
  return facts.length === 0 ? 0 : store.insertFacts(ctx, facts)
}

/**
 * Takes back every fact that rests on this evidence.
 * @throws when the ledger has never heard of it: the reversal came first, and its job will be tried again
 */
export async function reverse(ctx: Ctx, reversals: readonly store.Reversal[]) {
  const unheard = await store.unheard(
    ctx,
    reversals.map((one) => one.evidence),
  )
  if (unheard.length > 0) throw new Error(`taken back before it was heard of: ${unheard.join(', ')}`)
  return store.insertReversals(ctx, reversals)
}

type Visits = Parameters<typeof factsOfVisit>[0][]
export async function hearVisits(ctx: Ctx, events: Visits) {
  await recordFacts(ctx, events.flatMap(factsOfVisit))
}

export async function hearWithdrawals(ctx: Ctx, events: Announced<{ visit_id: string }>[]) {
  await reverse(
    ctx,
    events.map(({ event_id, payload }) => ({ event_id, evidence: visitEvidence(payload.visit_id) })),
  )
}

type BoardEvents = Parameters<typeof factOfBoardEvent>[0][]
export async function hearBoardEvents(ctx: Ctx, events: BoardEvents) {
  await recordFacts(ctx, events.map(factOfBoardEvent))
}

export async function hearBoardWithdrawals(ctx: Ctx, events: Announced<{ attendance_id: string }>[]) {
  await reverse(
    ctx,
    events.map(({ event_id, payload }) => ({ event_id, evidence: boardAttendanceEvidence(payload.attendance_id) })),
  )
}

export const exportFacts = async (ctx: Ctx, person_ids: string[]) => ({
  facts: await store.factsOfPersons(ctx, person_ids),
})
