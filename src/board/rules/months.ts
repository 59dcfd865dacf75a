/** The weeks of a month as they hang on a wall in Italy: from Monday; `null` where a week belongs to another month. */
export function weeksOf(month: string): (string | null)[][] {
  const first = Temporal.PlainDate.from(`${month}-01`)
  const days = Array.from({ length: first.daysInMonth }, (_, at) => first.add({ days: at }).toString())
  const cells = [...Array<null>(first.dayOfWeek - 1).fill(null), ...days]
  while (cells.length % 7 > 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** Days with something on: how much, and on which page of the list, `size` at once, the first of it stands. */
export function daysWithEvents(counts: readonly { on_day: string; count: number }[], size: number) {
  let before = 0
  return new Map(
    counts.map(({ on_day, count }) => {
      const day = { count, page: Math.floor(before / size) + 1 }
      before += count
      return [on_day, day] as const
    }),
  )
}
