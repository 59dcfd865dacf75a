/** Bodies in the ledger: when something was last done with them, and how often they were given something (O.2.2). */
import type { Ctx } from '../../kernel/ctx.ts'
import { organisationFacts } from '../store/facts.ts'

export async function organisationsServed(ctx: Ctx) {
  return new Map(
    (await organisationFacts(ctx)).map(({ organisation, last, supported }) => [
      organisation,
      { last, supported: Number(supported) },
    ]),
  )
}
