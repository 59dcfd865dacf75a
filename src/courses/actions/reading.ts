/** What the public may read of courses. */
import { calendarFile, calendarType } from '../../kernel/calendar.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { organisations, places } from '../../territory/actions.ts'
import { textIn } from '../rules/texts.ts'
import * as editions from '../store/editions.ts'
import { countTaken } from '../store/enrolments.ts'
import { open } from '../urls.ts'

async function shownOf(ctx: Ctx, some: readonly editions.Edition[]) {
  const ids = some.map(({ id }) => id)
  const texts = Map.groupBy(await editions.textsOf(ctx, ids), ({ edition_id }) => edition_id)
  const lessons = Map.groupBy(await editions.lessonsOf(ctx, ids), ({ edition_id }) => edition_id)
  const taken = await countTaken(ctx, ids)
  const known = new Map((await places(ctx)).map((place) => [place.id, place]))
  const bodies = new Map((await organisations(ctx)).map(({ id, name }) => [id, name]))
  return some.map((edition) => {
    const { taken: seats, waiting } = taken.get(edition.id) ?? { taken: 0, waiting: 0 }
    return {
      edition,
      text: textIn(texts.get(edition.id) ?? [], ctx.lang),
      lessons: (lessons.get(edition.id) ?? []).filter(({ cancelled_at }) => !cancelled_at),
      place: known.get(edition.place_id ?? '') ?? null,
      provider: bodies.get(edition.provider_id ?? '') ?? null,
      free: waiting > 0 ? 0 : Math.max(0, (edition.capacity ?? 0) - seats),
      closed:
        edition.cancelled_at !== null ||
        edition.ended_on !== null ||
        (edition.enrol_until !== null && edition.enrol_until < ctx.today),
    }
  })
}
export type CourseShown = Awaited<ReturnType<typeof shownOf>>[number]

/** Those to come and those running, the next to begin first; what is over is not offered. */
export async function coursesShown(ctx: Ctx) {
  const all = await editions.listEditions(ctx)
  const shown = await shownOf(
    ctx,
    all.filter(({ published_at, ended_on }) => published_at && !ended_on),
  )
  return shown
    .filter(({ edition, lessons }) => !edition.cancelled_at || lessons.some(({ on_day }) => on_day >= ctx.today))
    .toSorted(
      (a, b) =>
        Number(a.closed) - Number(b.closed) ||
        (a.lessons[0]?.on_day ?? '9').localeCompare(b.lessons[0]?.on_day ?? '9') ||
        a.edition.slug.localeCompare(b.edition.slug),
    )
}

export async function courseShown(ctx: Ctx, slug: string) {
  const [shown] = await shownOf(ctx, [await editions.editionBySlug(ctx, slug)])
  return shown as CourseShown
}

/** The lessons of an edition for anybody's calendar; a lesson called off stays in it, crossed out. */
export async function calendarOf(ctx: Ctx, slug: string) {
  const edition = await editions.editionBySlug(ctx, slug)
  const [shown] = await shownOf(ctx, [edition])
  const { text, place } = shown as CourseShown
  const rooms = new Map((await places(ctx)).map((one) => [one.id, one.name]))
  const host = new URL(ctx.base_url).hostname
  const entries = (await editions.lessonsOf(ctx, [edition.id])).map((lesson) => ({
    uid: `course-${lesson.id}@${host}`,
    sequence: lesson.sequence,
    cancelled: lesson.cancelled_at !== null || edition.cancelled_at !== null,
    stamp: ctx.now,
    day: lesson.on_day,
    starts_at: lesson.starts_at,
    ends_at: lesson.ends_at,
    title: text.title,
    place: [rooms.get(lesson.place_id ?? '') ?? place?.name ?? edition.place_text, lesson.room]
      .filter(Boolean)
      .join(', '),
    url: `${ctx.base_url}${open.course.href({ l: ctx.lang, slug })}`,
  }))
  return { type: calendarType, body: calendarFile({ name: text.title, lang: ctx.lang, entries }) }
}
