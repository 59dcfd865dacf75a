/** Editions are planned, described, published, cancelled, ended; who teaches; the calendar of their lessons. */
import { colleagues } from '../../accounts/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/events.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { singleAddress } from '../../kernel/mail.ts'
import { freeSlug, slugOf } from '../../kernel/slugs.ts'
import { budgetOn } from '../../programme/actions.ts'
import { closuresOn, organisations, places } from '../../territory/actions.ts'
import { isForStaff } from '../codes.ts'
import type { CalendarInput, EditionInput, LessonInput, TeacherInput } from '../forms.ts'
import { isComplete } from '../rules/editions.ts'
import { clashesAmong, daysAhead, daysOfLessons, minutesBetween, overlaps, spanErrors } from '../rules/lessons.ts'
import { may } from '../rules/may.ts'
import * as store from '../store/editions.ts'
import { highestSeat, setSeats } from '../store/enrolments.ts'
import { endLinks, makeLink } from '../store/links.ts'
import { open } from '../urls.ts'
import { offerNext, tellCancelled } from './places.ts'

/** The edition, for whoever may see it: a trainer those she teaches, and of the others not even that they exist. */
export async function seenEdition(ctx: Ctx, id: string) {
  const edition = await store.findEdition(ctx, id)
  await maySee(ctx, id)
  return edition
}
export async function maySee(ctx: Ctx, edition_id: string) {
  if (ctx.actor.can(may.see_all) || ctx.actor.can(may.write_texts)) return
  const own = (await store.teachersOf(ctx, edition_id)).some(
    (one) => one.account_id === ctx.actor.account_id && !one.ended_at,
  )
  if (!ctx.actor.account_id || !own) throw new NotFound()
}

export const editionsSeen = (ctx: Ctx) =>
  store.listEditions(ctx, ctx.actor.can(may.see_all) ? {} : { account_id: ctx.actor.account_id ?? '' })

// --- planning -------------------------------------------------------------------------------------------------------

const isOne = (id: string | undefined, known: readonly { id: string }[]) =>
  !id || known.some((one) => one.id === id) ? undefined : ('kernel.form.not_a_choice' as const)

/** The lines of the budget an edition may be charged to, of its action first. */
export async function budgetLines(ctx: Ctx) {
  const budget = await budgetOn(ctx, ctx.today)
  return budget?.lines ?? []
}

async function dataOf(ctx: Ctx, input: EditionInput): Promise<store.EditionData & { capacity: number }> {
  refuse({
    provider_id: isOne(input.provider_id, await organisations(ctx)),
    place_id: isOne(input.place_id, await places(ctx)),
    minimum: input.minimum > input.capacity ? 'courses.error.minimum' : undefined,
    civic: input.civic && isForStaff(input.kind) ? 'courses.error.civic' : undefined,
  })
  const { hours, title: _title, summary: _summary, budget_line: _line, ...rest } = input
  return {
    ...rest,
    planned_minutes: hours * 60,
    provider_id: rest.provider_id ?? null,
    place_id: rest.place_id ?? null,
    place_text: rest.place_text ?? '',
    link: rest.link ?? '',
    entry_level: rest.entry_level ?? null,
    target_level: rest.target_level ?? null,
    enrol_until: rest.enrol_until ?? null,
    contact: rest.contact ?? '',
    skills: rest.skills ?? '',
  }
}

export async function planEdition(ctx: Ctx, input: EditionInput, { demo = false } = {}) {
  allow(ctx.actor.can(may.plan))
  const data = await dataOf(ctx, input)
  const id = await store.insertEdition(
    ctx,
    freeSlug(slugOf(input.title, 'corso'), await store.takenSlugs(ctx)),
    data,
    demo,
  )
  await store.writeText(ctx, id, 'it', { title: input.title, summary: input.summary ?? '', body: '' })
  await setSeats(ctx, id, data.capacity)
  if (input.budget_line) await store.insertCharge(ctx, id, { budget_line: input.budget_line, from_day: ctx.today })
  return id
}

/** From that day on the edition is charged to this line; what it was charged to before stays readable. */
export async function chargeEdition(ctx: Ctx, id: string, charge: { budget_line: string; from_day: string }) {
  await store.lockEdition(ctx, id)
  allow(ctx.actor.can(may.plan))
  await store.insertCharge(ctx, id, charge)
}

export async function changeEdition(ctx: Ctx, id: string, input: EditionInput) {
  const before = await store.lockEdition(ctx, id)
  allow(ctx.actor.can(may.plan))
  const data = await dataOf(ctx, input)
  const { seats, taken } = await highestSeat(ctx, id)
  refuse({
    form: before.ended_on ? 'courses.error.is_over' : undefined,
    // Who has a place keeps it.
    capacity: Math.max(seats, taken) > data.capacity ? ['courses.error.fewer_places', { count: seats }] : undefined,
    kind: before.kind !== data.kind && taken > 0 ? 'courses.error.kind_with_people' : undefined,
  })
  await store.updateEdition(ctx, id, data)
  await setSeats(ctx, id, data.capacity)
  const [text] = (await store.textsOf(ctx, [id])).filter(({ language }) => language === 'it')
  if (text?.title !== input.title || text.summary !== (input.summary ?? ''))
    await store.writeText(ctx, id, 'it', { title: input.title, summary: input.summary ?? '', body: text?.body ?? '' })
  await offerNext(ctx, id)
  publish(ctx)
}

type Words = { title: string; summary?: string | undefined; body?: string | undefined }
export async function writeText(ctx: Ctx, id: string, language: string, { title, summary = '', body = '' }: Words) {
  await seenEdition(ctx, id)
  allow(ctx.actor.can(may.write_texts))
  if (!isLanguage(language)) throw new NotFound()
  await store.writeText(ctx, id, language, { title, summary, body })
  publish(ctx)
}

export async function publishEdition(ctx: Ctx, id: string) {
  const edition = await store.lockEdition(ctx, id)
  allow(ctx.actor.can(may.plan))
  const lessons = await store.lessonsOf(ctx, [id])
  refuse({
    form: edition.cancelled_at
      ? 'courses.error.is_cancelled'
      : !isComplete(edition)
        ? 'courses.error.incomplete'
        : lessons.every(({ cancelled_at }) => cancelled_at)
          ? 'courses.error.no_lessons'
          : undefined,
  })
  if (!edition.published_at)
    await store.updateEdition(ctx, id, { published_at: ctx.now.toString(), published_by: ctx.actor.account_id })
  publish(ctx)
}

/** Whoever has a place or waits is told, in their language. */
export async function cancelEdition(ctx: Ctx, id: string) {
  const edition = await store.lockEdition(ctx, id)
  allow(ctx.actor.can(may.plan))
  refuse({
    form: edition.cancelled_at ? 'courses.error.is_cancelled' : edition.ended_on ? 'courses.error.is_over' : undefined,
  })
  await store.updateEdition(ctx, id, { cancelled_at: ctx.now.toString(), cancelled_by: ctx.actor.account_id })
  await tellCancelled(ctx, edition)
  publish(ctx)
}

// --- teachers -------------------------------------------------------------------------------------------------------

export const trainers = (ctx: Ctx) => colleagues(ctx, 'trainer')

export async function addTeacher(ctx: Ctx, edition_id: string, input: TeacherInput) {
  await store.findEdition(ctx, edition_id)
  allow(ctx.actor.can(may.plan))
  refuse({
    email: input.email && !singleAddress(input.email) ? 'kernel.form.not_an_email' : undefined,
    account_id: isOne(input.account_id, await trainers(ctx)),
  })
  return store.insertTeacher(ctx, {
    edition_id,
    name: input.name,
    role: input.role,
    email: input.email ?? '',
    account_id: input.account_id ?? null,
  })
}

async function teacherOf(ctx: Ctx, edition_id: string, id: string) {
  const teacher = await store.findTeacher(ctx, id)
  if (teacher.edition_id !== edition_id) throw new NotFound()
  return teacher
}

export async function removeTeacher(ctx: Ctx, edition_id: string, id: string) {
  await teacherOf(ctx, edition_id, id)
  allow(ctx.actor.can(may.plan))
  await store.endTeacher(ctx, id)
  await endLinks(ctx, 'register', id)
}

const link_days = 120

/** A door to the register of this edition for a teacher without account; a new one ends the old. */
export async function teacherLink(ctx: Ctx, edition_id: string, id: string) {
  await teacherOf(ctx, edition_id, id)
  allow(ctx.actor.can(may.plan))
  await endLinks(ctx, 'register', id)
  const token = await makeLink(ctx, 'register', id, ctx.now.add({ hours: link_days * 24 }))
  return `${ctx.base_url}${open.register.href({ l: 'it', token })}`
}

// --- lessons --------------------------------------------------------------------------------------------------------

async function lessonErrors(ctx: Ctx, edition: store.Edition, input: LessonInput, id: string | null) {
  const teachers = (await store.teachersOf(ctx, edition.id)).filter(({ ended_at }) => !ended_at)
  const teacher = teachers.find((one) => one.id === input.teacher_id)
  const others = (await store.lessonsOn(ctx, [input.on_day])).filter((one) => one.id !== id && overlaps(one, input))
  const { minutes } = await store.countLessons(ctx, edition.id)
  const before = id ? await store.findLesson(ctx, id) : null
  const own = before ? minutesBetween(before.starts_at, before.ends_at) : 0
  const busy = teacher && others.find((one) => isSame(one, teacher))
  return {
    ...spanErrors(input),
    form: edition.cancelled_at
      ? ('courses.error.is_cancelled' as const)
      : edition.ended_on
        ? ('courses.error.is_over' as const)
        : beyond(edition, minutes - own + minutesBetween(input.starts_at, input.ends_at)),
    starts_at: others.some((one) => one.edition_id === edition.id) ? ('courses.error.overlap' as const) : undefined,
    teacher_id:
      input.teacher_id && !teacher
        ? ('kernel.form.not_a_choice' as const)
        : busy
          ? (['courses.error.teacher_busy', { course: busy.title }] as const)
          : undefined,
    place_id: isOne(input.place_id, await places(ctx)),
  }
}
/** Of a course whose hours nobody has written down yet nothing is too much. */
const beyond = ({ planned_minutes }: store.Edition, minutes: number) =>
  planned_minutes !== null && minutes > planned_minutes
    ? (['courses.error.beyond_hours', { hours: planned_minutes / 60 }] as const)
    : undefined
/** The same teacher by account, or by address where there is none. */
const isSame = (
  lesson: { teacher_account: string | null; teacher_email: string | null; teacher_id: string | null },
  teacher: { id: string; account_id: string | null; email: string },
) => keyOf(lesson) !== null && keyOf(lesson) === (teacher.account_id ?? (teacher.email.toLowerCase() || teacher.id))
const keyOf = (one: { teacher_account: string | null; teacher_email: string | null; teacher_id: string | null }) =>
  one.teacher_account ?? (one.teacher_email?.toLowerCase() || one.teacher_id)

const lessonData = (input: LessonInput): store.LessonData => ({
  on_day: input.on_day,
  starts_at: input.starts_at,
  ends_at: input.ends_at,
  teacher_id: input.teacher_id ?? null,
  place_id: input.place_id ?? null,
  room: input.room ?? '',
  topic: input.topic ?? '',
})

export async function addLesson(ctx: Ctx, edition_id: string, input: LessonInput) {
  const edition = await store.lockEdition(ctx, edition_id)
  allow(ctx.actor.can(may.plan))
  refuse(await lessonErrors(ctx, edition, input, null))
  await store.insertLessons(ctx, edition_id, [lessonData(input)])
  publish(ctx)
}

export async function changeLesson(ctx: Ctx, id: string, input: LessonInput) {
  const { edition_id } = await store.findLesson(ctx, id)
  const edition = await store.lockEdition(ctx, edition_id)
  const lesson = await store.lockLesson(ctx, id)
  allow(ctx.actor.can(may.plan))
  refuse({
    form: lesson.closed_at
      ? 'courses.error.lesson_closed'
      : lesson.cancelled_at
        ? 'courses.error.lesson_off'
        : undefined,
  })
  refuse(await lessonErrors(ctx, edition, input, id))
  await store.updateLesson(ctx, id, { ...lessonData(input), sequence: lesson.sequence + 1 })
  publish(ctx)
  return edition_id
}

export async function cancelLesson(ctx: Ctx, id: string) {
  const lesson = await store.lockLesson(ctx, id)
  allow(ctx.actor.can(may.plan))
  refuse({
    form: lesson.closed_at
      ? 'courses.error.lesson_closed'
      : lesson.cancelled_at
        ? 'courses.error.lesson_off'
        : undefined,
  })
  await store.updateLesson(ctx, id, { cancelled_at: ctx.now.toString(), sequence: lesson.sequence + 1 })
  publish(ctx)
  return lesson.edition_id
}

/** A lesson on each of these days of the week, as many as asked for; closed days and days that are taken are passed over. */
export async function planLessons(ctx: Ctx, edition_id: string, input: CalendarInput) {
  const edition = await store.lockEdition(ctx, edition_id)
  allow(ctx.actor.can(may.plan))
  const { teacher_id = null, starts_at, ends_at } = input
  const { minutes } = await store.countLessons(ctx, edition_id)
  const asked = input.lessons * Math.max(0, minutesBetween(starts_at, ends_at))
  const known = (await store.teachersOf(ctx, edition_id)).some((one) => one.id === teacher_id && !one.ended_at)
  refuse({
    ...spanErrors(input),
    days: input.days.length === 0 ? 'courses.error.no_days' : undefined,
    teacher_id: teacher_id && !known ? 'kernel.form.not_a_choice' : undefined,
    lessons: beyond(edition, minutes + asked),
    form: edition.cancelled_at ? 'courses.error.is_cancelled' : edition.ended_on ? 'courses.error.is_over' : undefined,
  })
  const closed = await closuresOn(ctx, daysAhead(input.from_day))
  for (const { on_day, ...lesson } of await store.lessonsOf(ctx, [edition_id]))
    if (!lesson.cancelled_at && overlaps({ on_day, ...lesson }, { on_day, starts_at, ends_at })) closed.set(on_day, '')
  const { found, passed } = daysOfLessons(input, closed)
  await store.insertLessons(
    ctx,
    edition_id,
    found.map((on_day) => ({ on_day, starts_at, ends_at, teacher_id, place_id: null, room: '', topic: '' })),
  )
  publish(ctx)
  return { made: found.length, passed: passed.length }
}

/** What whoever plans must see: two at once, and lessons on days that have been closed since. */
export async function troublesOf(ctx: Ctx, edition: store.Edition) {
  const own = (await store.lessonsOf(ctx, [edition.id])).filter((one) => !one.cancelled_at && !one.closed_at)
  const days = [...new Set(own.map(({ on_day }) => on_day))]
  const all = (await store.lessonsOn(ctx, days)).map((one) => ({
    ...one,
    teacher_key: keyOf(one),
    room_key:
      (one.place_id ?? one.edition_place) ? `${one.place_id ?? one.edition_place}/${one.room.toLowerCase()}` : null,
  }))
  return {
    clashes: clashesAmong(all, new Set(own.map(({ id }) => id))),
    closed: [...(await closuresOn(ctx, days))].map(([day, name]) => ({ day, name })),
  }
}
export type Troubles = Awaited<ReturnType<typeof troublesOf>>
