/** Finding a person with two clues, in any script. */
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { may } from '../rules.ts'
import { nameSimilarity } from '../sound/compare.ts'
import { lookUps, mayShowResults, type QueryItem, queryKeys } from '../sound/search-keys.ts'
import { namesOf, personsByClues } from '../store.ts'
import { headLines } from './head-lines.ts'

const SHOWN = 12
/** With so many who answer every clue, nobody needs those who answer all but one. */
const ENOUGH = 5

/** Persons that answer the clues, the likeliest first. With one clue that names nobody for sure, nothing is shown (domain.md §6.8). */
export async function findPeople(ctx: Ctx, typed: string) {
  allow(ctx.actor.can(may.find))
  const clues = queryKeys(typed)
  if (!mayShowResults(clues)) return { lines: [], needs_more: true }
  looked(ctx, { what: 'people.search', detail: { clues: clues.length } })
  const found = await likeliest(ctx, clues)
  const ids = found.length > 0 ? found : await likeliest(ctx, withoutBirth(clues))
  return { lines: await headLines(ctx, ids), needs_more: false }
}

/** A birth typed wrong must not hide who is called exactly so. */
function withoutBirth(clues: QueryItem[]) {
  const rest = clues.filter(({ kind }) => kind !== 'birth')
  return rest.length < clues.length && mayShowResults(rest) ? rest : []
}

async function likeliest(ctx: Ctx, clues: QueryItem[]) {
  if (clues.length === 0) return []
  const wanted = lookUps(clues)
  const found = await personsByClues(ctx, wanted)
  const whole = found.filter(({ answered }) => answered === wanted.length)
  const kept = whole.length >= ENOUGH ? whole : found
  const likeness = await likenessOf(
    ctx,
    clues,
    kept.map(({ person_id }) => person_id),
  )
  return kept
    .map(({ person_id, answered, whole }) => ({ person_id, rank: answered + whole / 2 + likeness(person_id) }))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, SHOWN)
    .map(({ person_id }) => person_id)
}

/** How much of the words typed is the name of each. */
async function likenessOf(ctx: Ctx, clues: QueryItem[], ids: string[]) {
  const typed = clues.flatMap(({ kind, text }) => (kind === 'name' ? text : [])).join(' ')
  const names = Map.groupBy(ids.length > 0 && typed ? await namesOf(ctx, ids) : [], (name) => name.person_id)
  return (id: string) =>
    Math.max(
      0,
      ...(names.get(id) ?? []).map(({ surname, given_names }) =>
        nameSimilarity({ surname: '', given: typed }, { surname, given: given_names }),
      ),
    )
}
