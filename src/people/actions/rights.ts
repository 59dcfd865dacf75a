/** What a person may ask of whoever keeps their data: a copy of all of it, and that it be erased (GDPR articles 15, 17, 20). */
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { erase } from '../../kernel/witness.ts'
import { standingChanged } from '../events.ts'
import type { Erasure } from '../forms/rights.ts'
import { type Kept, keptValues } from '../rules/rights.ts'
import { may } from '../rules.ts'
import * as store from '../store.ts'

/** Everything the house holds of a person, in every file that is this person, as those may read it who ask for it here. */
export async function everythingOf(ctx: Ctx, id: string): Promise<Kept[]> {
  const { ids: files } = await store.filesOf(ctx, id)
  allow(ctx.actor.can(may.give_copy))
  looked(ctx, { what: 'people.copy', person_id: id })
  const kept: Kept[] = []
  for (const { name, personal_data } of ctx.modules)
    if (personal_data) kept.push(...keptValues(name, await personal_data.export(ctx, files)))
  return kept
}

/** For good: ids, gender and year of birth stay in every file that is this person, so that counts stay. */
export async function erasePerson(ctx: Ctx, id: string, { why, sure }: Erasure) {
  await store.lockPerson(ctx, id)
  allow(ctx.actor.can(may.erase))
  refuse({ ...(!sure && { sure: 'people.error.erase_sure' as const }) })
  const { ids: files } = await store.filesOf(ctx, id)
  await erase(ctx, files)
  looked(ctx, { what: 'people.erased', person_id: id, detail: { why, files: files.length } })
  announce(ctx, standingChanged, { person_id: id })
}
