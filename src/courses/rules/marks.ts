/**
 * What stands in the register of somebody in a lesson, out of all that was ever marked. A mark names those it was made in sight
 * of; what nobody had in sight stands beside others, and if they differ it is a conflict to be looked at. The order in which
 * marks arrive does not matter: two tablets without network for a day end the same whoever comes back first.
 */
export type Mark = {
  id: string
  present: boolean
  minutes: number
  from_time: string | null
  to_time: string | null
  made_at: string
  seen: readonly string[]
}

export function standing<M extends Mark>(marks: readonly M[]) {
  const seen = new Set(marks.flatMap((mark) => mark.seen))
  const heads = marks.filter(({ id }) => !seen.has(id))
  // The later mark stands; of two at the same moment the one with the larger id, on every machine the same.
  const [now] = heads.toSorted((a, b) => momentOf(b) - momentOf(a) || (a.id < b.id ? 1 : -1))
  const conflict =
    now !== undefined && heads.some((head) => head.present !== now.present || head.minutes !== now.minutes)
  return { now: now ?? null, heads, conflict }
}
const momentOf = ({ made_at }: Mark) => Temporal.Instant.from(made_at.replace(' ', 'T')).epochMilliseconds
