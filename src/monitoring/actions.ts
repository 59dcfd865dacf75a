/** The door of monitoring: facts come in and are taken back; figures, their people and their papers come out. */
import type { Ctx } from '../kernel/ctx.ts'
import type { Announced } from '../kernel/events.ts'
import { factsOfVisit, type Told, visitEvidence } from './rules/facts.ts'
import * as ledger from './store/facts.ts'

export type { Told } from './rules/facts.ts'

// --- the ledger -----------------------------------------------------------------------------------------------------

/** Writes facts into the ledger; those it has heard already add nothing. The kinds are listed in README.md. */
export async function recordFacts(ctx: Ctx, facts: readonly Told[]) {
  return facts.length === 0 ? 0 : ledger.insertFacts(ctx, facts)
}

/**
 * Takes back every fact that rests on this evidence.
 * @throws when the ledger has never heard of it: the reversal came first, and its job will be tried again
 */
export async function reverse(ctx: Ctx, reversals: readonly ledger.Reversal[]) {
  const unheard = await ledger.unheard(ctx, reversals.map((one) => one.evidence))
  if (unheard.length > 0) throw new Error(`taken back before it was heard of: ${unheard.join(', ')}`)
  return ledger.insertReversals(ctx, reversals)
}

type Visits = Parameters<typeof factsOfVisit>[0][]
export async function hearVisits(ctx: Ctx, events: Visits) {
  await recordFacts(ctx, events.flatMap(factsOfVisit))
}

export async function hearWithdrawals(ctx: Ctx, events: Announced<{ visit_id: string }>[]) {
  await reverse(ctx, events.map(({ event_id, payload }) => ({ event_id, evidence: visitEvidence(payload.visit_id) })))
}

export const exportFacts = async (ctx: Ctx, person_ids: string[]) => ({ facts: await ledger.factsOfPersons(ctx, person_ids) })
