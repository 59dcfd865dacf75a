/** What the public may read of courses. */
import { calendarFile, calendarType } from '../../kernel/calendar.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { filesOfPerson } from '../../people/actions.ts'
import { organisations, places } from '../../territory/actions.ts'
import { textIn } from '../rules/texts.ts'
import * as editions from '../store/editions.ts'
import { countTaken, enrolmentsOfPersons, findEnrolment } from '../store/enrolments.ts'
import { endLinks, findLink, makeLink } from '../store/links.ts'
import { open } from '../urls.ts'
import { enrolmentOfLink } from './enrolling.ts'

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

/** One address at a time: a new one ends the old. */
export async function calendarLink(ctx: Ctx, token: string) {
  const { enrolment } = await enrolmentOfLink(ctx, token)
  await endLinks(ctx, 'calendar', enrolment.id)
  const secret = await makeLink(ctx, 'calendar', enrolment.id, ctx.now.add({ hours: 400 * 24 }))
  return `${ctx.base_url}${open.personal.href({ token: secret })}`
}

/** The lessons of one person, of every course they have a place in: no other address of theirs opens from here, and no name. */
export async function personalCalendar(ctx: Ctx, token: string) {
  const found = await findLink(ctx, 'calendar', token)
  if (!found) throw new NotFound()
  const enrolment = await findEnrolment(ctx, found.thing_id)
  const lang = isLanguage(enrolment.lang) ? enrolment.lang : 'it'
  const own = enrolment.person_id
    ? await enrolmentsOfPersons(ctx, await filesOfPerson(ctx, enrolment.person_id))
    : [enrolment]
  const in_these = own.filter(({ state }) => state === 'enrolled').map(({ edition_id }) => edition_id)
  const shown = await shownOf({ ...ctx, lang }, await editions.editionsNamed(ctx, in_these))
  const entries = []
  for (const one of shown) entries.push(...(await entriesOf(ctx, one, lang)))
  const name = ctx.words.translate(lang)('courses.calendar.mine.name')
  return { type: calendarType, body: calendarFile({ name, lang, entries }) }
}

/** The lessons of an edition for anybody's calendar; a lesson called off stays in it, crossed out. */
export async function calendarOf(ctx: Ctx, slug: string) {
  const edition = await editions.editionBySlug(ctx, slug)
  const [shown] = await shownOf(ctx, [edition])
  const course = shown as CourseShown
  const entries = await entriesOf(ctx, course, ctx.lang)
  return { type: calendarType, body: calendarFile({ name: course.text.title, lang: ctx.lang, entries }) }
}

async function entriesOf(ctx: Ctx, { edition, text, place }: CourseShown, l: string) {
  const rooms = new Map((await places(ctx)).map((one) => [one.id, one.name]))
  const host = new URL(ctx.base_url).hostname
  return (await editions.lessonsOf(ctx, [edition.id])).map((lesson) => ({
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
    ...(edition.published_at && { url: `${ctx.base_url}${open.course.href({ l, slug: edition.slug })}` }),
  }))
}
