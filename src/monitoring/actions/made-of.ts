/** What a figure is made of when it counts no persons: its facts, bodies or days, each with what proves it. */
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { organisations } from '../../territory/actions.ts'
import { may } from '../rules/may.ts'
import type { Period } from '../rules/report.ts'
import { type Definition, listDefinitions } from '../store/definitions.ts'
import { listFacts, listThings, type Piece } from '../store/made-of.ts'
import { ground } from './figures.ts'

type Asked = Period & { only_new: boolean; limit: number; offset: number }

/** The last first; opening them is recorded, since a fact names the person it was done for. */
export async function madeOf(ctx: Ctx, { code, counts }: Definition, { from, to, only_new, limit, offset }: Asked) {
  allow(ctx.actor.can(may.open_people))
  const { matches, window } = await ground(ctx, await listDefinitions(ctx), { from, to })
  const asked = { only_new, limit: limit + 1, offset }
  const found: Piece[] =
    counts === 'organisations' || counts === 'days' || counts === 'evidence'
      ? await listThings(ctx, counts, code, matches, window, asked)
      : await listFacts(ctx, code, matches, window, asked)
  const names = new Map((await organisations(ctx, { ended: true })).map(({ id, name }) => [id, name]))
  const pieces = found.slice(0, limit).map((one) => ({ ...one, body: names.get(one.organisation ?? '') ?? null }))
  looked(ctx, { what: 'monitoring.facts', detail: { code, facts: pieces.length, from, to } })
  return { pieces, more: found.length > limit }
}

/** The record that proves a fact is linked only for those who may open it; others see its reference. */
export function proofHref(ctx: Ctx, evidence: string) {
  const [what = '', id = ''] = evidence.split(':')
  const proof = ctx.modules.map(({ proofs }) => proofs?.[what]).find(Boolean)
  return proof && ctx.actor.can(proof.may) ? proof.at(id) : null
}
