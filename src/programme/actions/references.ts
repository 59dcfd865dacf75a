/** Riferimenti d'ufficio: the protocol, act, CUP or CIG a thing is known by in the office. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { may } from '../rules/may.ts'
import { isThing, type ReferenceKind, referenceError } from '../rules/references.ts'
import {
  addReference,
  listReferences,
  type NewReference,
  type Reference,
  withdrawReference,
} from '../store/references.ts'

export { referenceFields } from '../forms.ts'
export type { Reference } from '../store/references.ts'

/** `kind` names the thing as `<module>.<thing>`, such as `tavolo.meeting`. */
export const referencesOf = (ctx: Ctx, kind: string, thing_id: string): Promise<Reference[]> =>
  listReferences(ctx, kind, [thing_id])

/** The same for many things at once, by id. */
export async function referencesOfMany(ctx: Ctx, kind: string, thing_ids: readonly string[]) {
  if (thing_ids.length === 0) return new Map<string, Reference[]>()
  return Map.groupBy(await listReferences(ctx, kind, thing_ids), ({ thing_id }) => thing_id)
}

/** Another module may attach what its own form asked (`referenceFields`), having asked its own "may I". */
export async function attachReference(ctx: Ctx, { what, number, ...reference }: NewReference) {
  if (!isThing(reference.kind, reference.thing_id)) throw new NotFound()
  refuse({ number: referenceError(what, number) })
  const compact = what === 'cup' || what === 'cig' ? number.replace(/[\s.-]/g, '').toUpperCase() : number
  await addReference(ctx, { ...reference, what: what satisfies ReferenceKind, number: compact })
}

/** From the programme's own page. */
export async function noteReference(ctx: Ctx, reference: NewReference) {
  allow(ctx.actor.can(may.attach_references))
  await attachReference(ctx, reference)
  say(ctx, 'programme.reference.added')
}

export async function retractReference(ctx: Ctx, id: string) {
  allow(ctx.actor.can(may.attach_references))
  if (!(await withdrawReference(ctx, id))) throw new NotFound()
  say(ctx, 'programme.reference.withdrawn')
}
