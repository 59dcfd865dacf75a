import { permissions } from '../kernel/actor.ts'
import { instantOf, weekday } from '../kernel/clock.ts'
import type { Problems } from '../kernel/errors.ts'
import type { OpeningInput, VisitInput } from './forms.ts'

export const may = permissions('desk', {
  see: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  work: ['operator', 'lawyer', 'self_adviser'],
  withdraw: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  plan_openings: ['operator', 'coordinator', 'office'],
  write_note: ['operator', 'lawyer', 'self_adviser'],
  write_closed_note: ['lawyer'],
})

export function visitErrors(input: VisitInput): Problems<VisitInput> {
  return {
    ...(input.needs.length === 0 && { needs: 'desk.error.no_need' as const }),
    // Somebody else's business is done only with their written mandate.
    ...(input.for_whom === 'other' && !input.mandate_seen && { mandate_seen: 'desk.error.no_mandate' as const }),
    ...(input.outcome === 'sent' && !input.sent_to && { sent_to: 'desk.error.sent_where' as const }),
  }
}

/** Ten seconds are offered; who pressed in the last of them is still heard. */
const UNDO_SECONDS = 120
type Saved = { recorded_at: string; recorded_by: string | null }
export const mayUndo = (
  { recorded_at, recorded_by }: Saved,
  { actor, now }: { actor: { account_id: string | null }; now: Temporal.Instant },
) =>
  recorded_by !== null &&
  recorded_by === actor.account_id &&
  instantOf(recorded_at).until(now).total('seconds') <= UNDO_SECONDS

export const openingErrors = (input: Pick<OpeningInput, 'starts_at' | 'ends_at'>): Problems<OpeningInput> => ({
  ...(input.ends_at <= input.starts_at && { ends_at: 'desk.error.ends_before_start' as const }),
})

/** A note closed by the lawyer is read by whoever wrote it, and by nobody else (professional secrecy, domain.md §6.6). */
export const readsNote = (
  note: { closed_to: string; recorded_by: string | null },
  account_id: string | null,
  sees_desk: boolean,
) => (note.closed_to === 'lawyer' ? note.recorded_by !== null && note.recorded_by === account_id : sees_desk)

type Hours = { kind: string; starts_at: string; ends_at: string; place: string }
type Weekly = Hours & { id: string; weekday: number; since: string; until: string | null }
type Written = Hours & { series_id: string | null; on_day: string; cancelled_at: unknown }

/** The weekly hours, except on closed days and where a day says otherwise, and whatever is opened besides; in order. */
export function opensOn(
  days: readonly string[],
  weekly: readonly Weekly[],
  written: readonly Written[],
  closed: ReadonlySet<string>,
) {
  const openings: (Hours & { on_day: string })[] = []
  const closed_days: string[] = []
  for (const day of days) {
    const said = written.filter((opening) => opening.on_day === day)
    const usual = weekly.filter(
      (series) =>
        series.weekday === weekday(day) && series.since <= day && (series.until === null || day <= series.until),
    )
    if (closed.has(day) && usual.length > 0) closed_days.push(day)
    const extra = said
      .filter((opening) => opening.series_id === null || !closed.has(day))
      .filter((opening) => !opening.cancelled_at)
    const left = closed.has(day)
      ? []
      : usual.filter((series) => !said.some((opening) => opening.series_id === series.id))
    for (const { kind, starts_at, ends_at, place } of [...extra, ...left])
      openings.push({ on_day: day, kind, starts_at, ends_at, place })
  }
  return {
    openings: openings.sort((a, b) =>
      `${a.on_day} ${a.starts_at} ${a.ends_at}`.localeCompare(`${b.on_day} ${b.starts_at} ${b.ends_at}`),
    ),
    closed_days,
  }
}
