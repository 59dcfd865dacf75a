/** The door of mediation: what other modules may ask. */

export { approve } from './actions/asking.ts'
export { tellEverybody } from './actions/assigning.ts'
export { figuresOf } from './actions/figures.ts'
export { startWave } from './actions/searching.ts'

import type { Ctx } from '../kernel/ctx.ts'
import { listCalls } from './store/calls.ts'

/** Calls nobody could cover, for the agenda of the tavolo: number, language, field, Comune. */
export async function notCoveredCalls(ctx: Ctx) {
  return (await listCalls(ctx, { states: ['not_covered'] })).map(({ id, number, language, field, comune }) => ({
    id,
    number,
    language,
    field,
    comune,
  }))
}
