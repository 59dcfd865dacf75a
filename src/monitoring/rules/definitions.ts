/**
 * Indicators are data: dated definitions over the ledger. A fact is judged by the version that holds on its own day, so a
 * change never moves the figures of the days before it; what a row is called and how it counts is told by the version of
 * the last day of the period.
 */
export const countings = [
  'persons',
  'people',
  'new_people',
  'facts',
  'minutes',
  'organisations',
  'days',
  'evidence',
] as const
export type Counts = (typeof countings)[number]

export type Version = {
  code: string
  /** Null: from the beginning. */
  since: string | null
  counts: Counts
  kinds: readonly string[]
  actions: readonly string[]
  parent: string | null
}
/** A kind of fact of one action, as it stands in the ledger. */
export type Pair = { kind: string; action: string }
/** Facts of this pair, from one day until before another, are counted in these rows. */
export type Match = Pair & { since: string; until: string; codes: readonly string[] }

export const always = { since: '-infinity', until: 'infinity' } as const

/** A kind stands for itself and everything below it: `desk.need.FAM` for `desk.need.FAM.RICONG`, never for `desk.need.FAMILY`. */
export const covers = (kind: string, found: string) => found === kind || found.startsWith(`${kind}.`)

export const listens = ({ kinds, actions }: Pick<Version, 'kinds' | 'actions'>, { kind, action }: Pair) =>
  (actions.length === 0 || actions.includes(action)) && kinds.some((one) => covers(one, kind))

/** The row of everybody who counts for the fund: the others are made of its people. */
export const participants = 'O.2.3'

/** Whether a capability of this house announces any of the facts that a row counts. */
export const isFed = ({ kinds }: Pick<Version, 'kinds'>, modules: readonly string[]) =>
  kinds.some((kind) => modules.some((module) => covers(module, kind)))

/** The version that holds on a day; versions come oldest first, and of two with the same first day the later one wins. */
export const inForce = <V extends Version>(versions: readonly V[], day: string) =>
  versions.findLast(({ since }) => since === null || since <= day)

/** Each row in its version of that day, in their order. Rows whose first version begins later are not there yet. */
export function rowsOn<V extends Version>(versions: readonly V[], day: string): V[] {
  return [...Map.groupBy(versions, ({ code }) => code).values()].flatMap((own) => inForce(own, day) ?? [])
}

/** Which rows want which facts, cut at the days on which a definition changes. */
export function matchesOf(versions: readonly Version[], pairs: readonly Pair[]): Match[] {
  const own = [...Map.groupBy(versions, ({ code }) => code).values()]
  const days = [...new Set(versions.flatMap(({ since }) => since ?? []))].sort()
  return pairs.flatMap((pair) =>
    joined(
      [always.since, ...days].map((since, at) => ({
        ...pair,
        since,
        until: days[at] ?? always.until,
        codes: own.flatMap((versions) => codeOn(versions, since, pair)),
      })),
    ).filter(({ codes }) => codes.length > 0),
  )
}

function codeOn(versions: readonly Version[], day: string, pair: Pair) {
  // Text comparison: '-infinity' comes before every day.
  const version = inForce(versions, day)
  return version && listens(version, pair) ? version.code : []
}

/** Neighbours that want the same are one. */
function joined(matches: Match[]) {
  return matches.reduce<Match[]>((kept, next) => {
    const last = kept.at(-1)
    if (last && last.codes.join() === next.codes.join()) kept[kept.length - 1] = { ...last, until: next.until }
    else kept.push(next)
    return kept
  }, [])
}

/** The rows a person must already be in, from the nearest up. */
export function parentsOf(rows: readonly Version[], code: string): string[] {
  const found: string[] = []
  for (
    let parent = parentIn(rows, code);
    parent && !found.includes(parent) && parent !== code;
    parent = parentIn(rows, parent)
  )
    found.push(parent)
  return found
}
const parentIn = (rows: readonly Version[], code: string) => rows.find((row) => row.code === code)?.parent ?? null
