/** Small numbers are never shown: five people at least stand behind every figure. */
export const few = 5

type Said = { id: string; channel: string; meeting_id: string | null; mark: string | null; person_id: string | null }
type Group = { id: string; attended: number }

/**
 * How many different people surely stand behind these voices: a meeting gives no more than were there, an address or a person
 * one, and who left nothing is taken for another each time.
 */
export function peopleBehind(voices: readonly Said[], meetings: readonly Group[]) {
  const attended = new Map(meetings.map((meeting) => [meeting.id, meeting.attended]))
  const groups = Map.groupBy(
    voices.filter(({ meeting_id }) => meeting_id !== null),
    ({ meeting_id }) => meeting_id as string,
  )
  const inGroups = [...groups].reduce((sum, [id, said]) => sum + Math.min(said.length, attended.get(id) ?? 1), 0)
  const alone = voices.filter(({ meeting_id }) => meeting_id === null)
  return inGroups + new Set(alone.map(({ id, mark, person_id }) => person_id ?? mark ?? id)).size
}

/** Null stands for "fewer than five". */
export const shown = (value: number) => (value > 0 && value < few ? null : value)

/**
 * Answers to one question. When one of them is given by fewer than five, it and the next smallest are hidden, until what is
 * hidden makes five together and is not one alone: the sum beside them must tell nothing. Fewer than five in all: nothing is shown.
 */
export function publicCounts<Code extends string>(
  counts: Readonly<Record<Code, number>>,
): Record<Code, number | null> | null {
  const cells = Object.entries(counts) as [Code, number][]
  const total = cells.reduce((sum, [, value]) => sum + value, 0)
  if (total < few) return null
  const hidden = new Set(cells.flatMap(([code, value]) => (value > 0 && value < few ? [code] : [])))
  const others = cells.filter(([code]) => !hidden.has(code)).sort((a, b) => a[1] - b[1])
  for (const [code] of hidden.size > 0 ? others : []) {
    const together = cells.reduce((sum, [of, value]) => sum + (hidden.has(of) ? value : 0), 0)
    if (hidden.size > 1 && together >= few) break
    hidden.add(code)
  }
  return Object.fromEntries(cells.map(([code, value]) => [code, hidden.has(code) ? null : value])) as Record<
    Code,
    number | null
  >
}
