/** A calendar of lessons: made week by week, closed days passed over; what overlaps what. */
import { addDays, weekday } from '../../kernel/clock.ts'
import type { Problems } from '../../kernel/errors.ts'
import type { CalendarInput, LessonInput } from '../forms.ts'

export const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
export const minutesBetween = (from: string, to: string) => minutesOf(to) - minutesOf(from)

/** Nobody learns for longer in one go; a lesson "longer than a day" is a slip of the hand. */
export const longest_lesson = 10 * 60

export type Span = { on_day: string; starts_at: string; ends_at: string }

export function spanErrors({ starts_at, ends_at }: Omit<Span, 'on_day'>): Problems<LessonInput> {
  const minutes = minutesBetween(starts_at, ends_at)
  return {
    ...(minutes <= 0 && { ends_at: 'courses.error.ends_before' as const }),
    ...(minutes > longest_lesson && { ends_at: 'courses.error.too_long' as const }),
  }
}

export const overlaps = (a: Span, b: Span) =>
  a.on_day === b.on_day &&
  a.starts_at.slice(0, 5) < b.ends_at.slice(0, 5) &&
  b.starts_at.slice(0, 5) < a.ends_at.slice(0, 5)

const most_days_ahead = 800

/** The days of the lessons asked for, and the closed ones that were passed over. */
export function daysOfLessons({ from_day, days, lessons }: CalendarInput, closed: ReadonlyMap<string, string>) {
  const wanted = new Set(days.map(Number))
  const found: string[] = []
  const passed: string[] = []
  for (let at = 0; at < most_days_ahead && found.length < lessons; at++) {
    const day = addDays(from_day, at)
    if (!wanted.has(weekday(day))) continue
    if (closed.has(day)) passed.push(day)
    else found.push(day)
  }
  return { found, passed }
}

export const daysAhead = (from_day: string) => Array.from({ length: most_days_ahead }, (_, at) => addDays(from_day, at))

export type Clash<L> = { lesson: L; with: L; teacher: boolean; room: boolean }

/** The same teacher, or the same room, in two places at once. */
export function clashesAmong<L extends Span & { id: string; teacher_key: string | null; room_key: string | null }>(
  lessons: readonly L[],
  of: ReadonlySet<string>,
): Clash<L>[] {
  const by_day = Map.groupBy(lessons, ({ on_day }) => on_day)
  return [...by_day.values()].flatMap((day) =>
    day.flatMap((lesson) =>
      of.has(lesson.id)
        ? day
            .filter((other) => other.id !== lesson.id && overlaps(lesson, other))
            .map((other) => ({
              lesson,
              with: other,
              teacher: lesson.teacher_key !== null && lesson.teacher_key === other.teacher_key,
              room: lesson.room_key !== null && lesson.room_key === other.room_key,
            }))
            .filter(({ teacher, room }) => teacher || room)
        : [],
    ),
  )
}

/** Days and hours in one line when the course keeps the same ones: what people ask first. */
export function rhythmOf(lessons: readonly Span[]) {
  const same = new Set(lessons.map(({ starts_at, ends_at }) => `${starts_at.slice(0, 5)} ${ends_at.slice(0, 5)}`))
  const [hours] = same
  const days = [...new Set(lessons.map(({ on_day }) => weekday(on_day)))].sort()
  return same.size === 1 && hours ? { days, from: hours.slice(0, 5), to: hours.slice(6) } : null
}
