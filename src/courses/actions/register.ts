/** The lesson: who is there, what was taught, closed and sealed; corrected afterwards only with a reason. */
import { looked } from '../../kernel/audit.ts'
import { dayOf, instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { headLines } from '../../people/actions.ts'
import { attendanceWithdrawn, editionStarted, lessonAttended } from '../events.ts'
import type { CorrectionInput, MarkInput } from '../forms.ts'
import { factsOf } from '../rules/facts.ts'
import { standing } from '../rules/marks.ts'
import { may } from '../rules/may.ts'
import { brokenSeals, chained, isOnRegister, markErrors, minutesPresent, sealedMark } from '../rules/register.ts'
import * as editions from '../store/editions.ts'
import * as enrolments from '../store/enrolments.ts'
import { findLink } from '../store/links.ts'
import * as store from '../store/register.ts'
import { signaturesIn } from '../store/signatures.ts'
import { maySee } from './editions.ts'

// --- names ----------------------------------------------------------------------------------------------------------

export type Named = { latin: string; original: string | null }

/** How everybody is called: by the file, by what was typed until there is one, by what a colleague gave. */
export async function namesOf(ctx: Ctx, rows: readonly enrolments.Enrolment[]) {
  const heads = new Map(
    (
      await headLines(
        ctx,
        rows.flatMap(({ person_id }) => person_id ?? []),
      )
    ).map((one) => [one.id, one]),
  )
  return new Map(
    rows.map((row): [string, Named] => {
      const head = row.person_id ? heads.get(row.person_id) : undefined
      if (head) return [row.id, { latin: head.latin, original: head.original }]
      const typed = (row.typed ?? {}) as { surname?: string; given_names?: string; original_name?: string }
      const latin =
        row.trainee_name ?? [typed.surname?.toLocaleUpperCase(), typed.given_names].filter(Boolean).join(' ')
      return [row.id, { latin, original: typed.original_name ?? null }]
    }),
  )
}
export const initialsOf = ({ latin, original }: Named) =>
  (latin || original || '?')
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `${[...word][0]}.`)
    .join(' ')

// --- the page of a lesson -------------------------------------------------------------------------------------------

async function rowsOf(ctx: Ctx, lesson: editions.Lesson, forgotten = false) {
  const all = await enrolments.enrolmentsOf(ctx, lesson.edition_id)
  const steps = Map.groupBy(
    await enrolments.stepsOf(
      ctx,
      all.map(({ id }) => id),
    ),
    ({ enrolment_id }) => enrolment_id,
  )
  const marks = Map.groupBy(await store.marksOf(ctx, [lesson.id]), ({ enrolment_id }) => enrolment_id)
  const day = (at: string) => dayOf(instantOf(at))
  // Once closed, the register shows who stands in it; whoever was forgotten can be added by a correction.
  const here = all.filter(
    ({ id }) =>
      marks.has(id) || ((!lesson.closed_at || forgotten) && isOnRegister(steps.get(id) ?? [], lesson.on_day, day)),
  )
  const names = await namesOf(ctx, here)
  return here
    .map((enrolment) => ({
      enrolment,
      name: names.get(enrolment.id) as Named,
      ...standing(marks.get(enrolment.id) ?? []),
      marks: marks.get(enrolment.id) ?? [],
    }))
    .sort((a, b) => a.name.latin.localeCompare(b.name.latin, 'it'))
}
export type RegisterRow = Awaited<ReturnType<typeof rowsOf>>[number]

export async function lessonShown(ctx: Ctx, id: string) {
  const lesson = await editions.findLesson(ctx, id)
  const edition = await editions.findEdition(ctx, lesson.edition_id)
  const all = await rowsOf(ctx, lesson, true)
  const rows = all.filter(({ now }) => now !== null || !lesson.closed_at)
  looked(ctx, { what: 'courses.register', detail: { lesson: lesson.on_day, people: rows.length } })
  const seals = (await store.sealsOf(ctx, edition.id)).filter(({ lesson_id }) => lesson_id === id)
  const drawn = new Set((await signaturesIn(ctx, [id])).map(({ enrolment_id }) => enrolment_id))
  return { lesson, edition, rows, all, seals, drawn }
}
export type LessonShown = Awaited<ReturnType<typeof lessonShown>>

/** Who signs in a lesson. Whoever came in by a correction was away when the sheet went round: the name on it proves nothing. */
export function lineOf(marks: readonly store.MarkRow[]) {
  const { now } = standing(marks)
  if (!now?.present) return null
  const was_there = marks.some(({ present, how }) => present && how !== 'correction')
  return { id: was_there ? now.enrolment_id : now.id, at: now.made_at, enrolment_id: now.enrolment_id }
}

/** Those who signed on the screen owe nothing on paper. */
export async function linesOf(ctx: Ctx, lesson_ids: readonly string[]) {
  const marks = Map.groupBy(await store.marksOf(ctx, lesson_ids), ({ lesson_id }) => lesson_id)
  const drawn = new Set((await signaturesIn(ctx, lesson_ids)).map((one) => `${one.lesson_id} ${one.enrolment_id}`))
  const signs = (lesson: string) =>
    [...Map.groupBy(marks.get(lesson) ?? [], ({ enrolment_id }) => enrolment_id).values()]
      .flatMap((own) => lineOf(own) ?? [])
      .filter(({ enrolment_id }) => !drawn.has(`${lesson} ${enrolment_id}`))
  return new Map(lesson_ids.map((lesson) => [lesson, signs(lesson)]))
}

export async function lessonSeen(ctx: Ctx, id: string) {
  const { edition_id } = await editions.findLesson(ctx, id)
  await maySee(ctx, edition_id)
  allow(ctx.actor.can(may.keep_register))
  return lessonShown(ctx, id)
}

/** For a device that keeps the page: who it is, only those in the room can tell. */
export function withInitials(of: LessonShown): LessonShown {
  const short = (row: RegisterRow) => ({ ...row, name: { latin: initialsOf(row.name), original: null } })
  return { ...of, rows: of.rows.map(short), all: of.all.map(short) }
}

// --- marking --------------------------------------------------------------------------------------------------------

export type How = 'page' | 'link' | 'offline'

async function openLesson(ctx: Ctx, id: string) {
  const lesson = await editions.lockLesson(ctx, id)
  refuse({
    form: lesson.closed_at
      ? 'courses.error.lesson_closed'
      : lesson.cancelled_at
        ? 'courses.error.lesson_off'
        : lesson.on_day > ctx.today
          ? 'courses.error.not_yet'
          : undefined,
  })
  return lesson
}

/** One tap; a second one corrects the first, whose mark it had in sight. */
export async function markIn(ctx: Ctx, lesson_id: string, input: Omit<MarkInput, 'all'>, how: How) {
  const lesson = await openLesson(ctx, lesson_id)
  const rows = await rowsOf(ctx, lesson)
  const row = rows.find(({ enrolment }) => enrolment.id === input.enrolment)
  const present = input.present === 'yes'
  refuse({
    enrolment: row ? undefined : 'kernel.form.not_a_choice',
    ...markErrors(lesson, present, input),
  })
  const known = new Set(row?.marks.map(({ id }) => id))
  await store.insertMarks(ctx, [
    {
      lesson_id,
      enrolment_id: input.enrolment,
      present,
      from_time: present ? (input.from_time ?? null) : null,
      to_time: present ? (input.to_time ?? null) : null,
      minutes: present ? minutesPresent(lesson, input) : 0,
      absence: present ? null : (input.absence ?? null),
      // What a device made before it came back may arrive in any order.
      seen: input.id ? input.seen : input.seen.filter((id) => known.has(id)),
      made_at: input.id ? madeAt(ctx, lesson, input.made_at) : ctx.now.toString(),
      how: input.id ? 'offline' : how,
      ...(input.id && { id: input.id }),
    },
  ])
}

/** The clock of a device is believed within the lesson's day; a moment to come, or none, is now. */
function madeAt(ctx: Ctx, { on_day }: editions.Lesson, typed: string | undefined) {
  try {
    const made = Temporal.Instant.from(typed ?? '')
    return Temporal.Instant.compare(made, ctx.now) > 0 || dayOf(made) < on_day ? ctx.now.toString() : made.toString()
  } catch {
    return ctx.now.toString()
  }
}

/** Everybody about whom nothing has been said yet. */
export async function markRest(ctx: Ctx, lesson_id: string, how: How) {
  const lesson = await openLesson(ctx, lesson_id)
  const rest = (await rowsOf(ctx, lesson)).filter(({ now }) => now === null)
  await store.insertMarks(
    ctx,
    rest.map(({ enrolment }) => ({
      lesson_id,
      enrolment_id: enrolment.id,
      present: true,
      from_time: null,
      to_time: null,
      minutes: minutesPresent(lesson, {}),
      absence: null,
      seen: [],
      made_at: ctx.now.toString(),
      how,
    })),
  )
}

export async function staffMarks(ctx: Ctx, lesson_id: string, input: MarkInput) {
  const { edition_id } = await editions.findLesson(ctx, lesson_id)
  await maySee(ctx, edition_id)
  allow(ctx.actor.can(may.keep_register))
  await (input.all ? markRest(ctx, lesson_id, 'page') : markIn(ctx, lesson_id, input, 'page'))
}

// --- closing --------------------------------------------------------------------------------------------------------

/** What was taught, by whom, who was there: closed, it is held by the chain of the edition. */
export async function closeIn(
  ctx: Ctx,
  lesson_id: string,
  { topic, substitute = '' }: { topic: string; substitute?: string | undefined },
) {
  const { edition_id } = await editions.findLesson(ctx, lesson_id)
  const edition = await editions.lockEdition(ctx, edition_id)
  const lesson = await openLesson(ctx, lesson_id)
  const rows = await rowsOf(ctx, lesson)
  const unsaid = rows.filter(({ now }) => now === null).length
  const torn = rows.filter(({ conflict }) => conflict).length
  refuse({
    form:
      rows.length === 0
        ? 'courses.error.nobody'
        : unsaid > 0
          ? ['courses.error.unmarked', { count: unsaid }]
          : torn > 0
            ? ['courses.error.conflicts', { count: torn }]
            : edition.cancelled_at
              ? 'courses.error.is_cancelled'
              : undefined,
  })
  await editions.updateLesson(ctx, lesson_id, {
    topic,
    substitute,
    closed_at: ctx.now.toString(),
    closed_by: ctx.actor.account_id,
  })
  const marks = rows.map(({ now }) => now as store.MarkRow)
  const drawn = (await signaturesIn(ctx, [lesson_id])).map(({ enrolment_id }) => enrolment_id).toSorted()
  await seal(ctx, lesson, 'closing', {
    lesson: lesson_id,
    on: lesson.on_day,
    from: lesson.starts_at.slice(0, 5),
    to: lesson.ends_at.slice(0, 5),
    topic,
    teacher: lesson.teacher_name ?? '',
    substitute,
    ...(drawn.length > 0 && { signed_on_screen: drawn }),
    marks: marks.map(sealedMark),
  })
  if (!edition.started_on) {
    await editions.updateEdition(ctx, edition_id, { started_on: lesson.on_day })
    announce(ctx, editionStarted, factsOf(edition, lesson.on_day))
  }
  for (const { enrolment, now } of rows) if (now?.present) attended(ctx, edition, enrolment, lesson.on_day, now)
}

export async function seal(
  ctx: Ctx,
  { edition_id, id }: editions.Lesson,
  kind: 'closing' | 'correction',
  what: object,
) {
  const last = await store.lastSeal(ctx, edition_id)
  const content = JSON.stringify(what)
  const hash = chained(last?.hash ?? null, content)
  const code = codeOf(ctx, hash)
  await store.insertSeal(ctx, { edition_id, number: (last?.number ?? 0) + 1, lesson_id: id, kind, content, hash, code })
}
const codeOf = (ctx: Ctx, hash: Uint8Array) => ctx.seal(`courses.seal/${Buffer.from(hash).toString('hex')}`)

/** Of whoever has no file yet it is announced when there is one. */
export function attended(
  ctx: Ctx,
  edition: editions.Edition,
  { person_id, trainee_id, organisation_id }: enrolments.Enrolment,
  on: string,
  { id, minutes }: { id: string; minutes: number },
) {
  if (!person_id && !trainee_id) return
  announce(ctx, lessonAttended, {
    ...factsOf(edition, on),
    attendance_id: id,
    person_id,
    trainee_id,
    organisation_id,
    minutes,
  })
}

export async function announceAttended(ctx: Ctx, edition: editions.Edition, enrolment_id: string) {
  const enrolment = await enrolments.findEnrolment(ctx, enrolment_id)
  const closed = (await store.marksOfEnrolments(ctx, [enrolment_id])).filter(({ closed_at }) => closed_at)
  for (const [, marks] of Map.groupBy(closed, ({ lesson_id }) => lesson_id)) {
    const { now } = standing(marks)
    if (now?.present) attended(ctx, edition, enrolment, now.on_day, now)
  }
}

export async function staffCloses(
  ctx: Ctx,
  lesson_id: string,
  input: { topic: string; substitute?: string | undefined },
) {
  const { edition_id } = await editions.findLesson(ctx, lesson_id)
  await maySee(ctx, edition_id)
  allow(ctx.actor.can(may.keep_register))
  await closeIn(ctx, lesson_id, input)
}

// --- correcting -----------------------------------------------------------------------------------------------------

/** A new dated entry with its reason, sealed in its turn; what stood before stays readable. */
export async function correct(ctx: Ctx, lesson_id: string, input: CorrectionInput) {
  const { edition_id } = await editions.findLesson(ctx, lesson_id)
  const edition = await editions.lockEdition(ctx, edition_id)
  const lesson = await editions.lockLesson(ctx, lesson_id)
  await maySee(ctx, edition_id)
  allow(ctx.actor.can(may.correct))
  const row = (await rowsOf(ctx, lesson, true)).find(({ enrolment }) => enrolment.id === input.enrolment)
  const present = input.present === 'yes'
  refuse({
    form: lesson.closed_at ? undefined : 'courses.error.not_closed',
    enrolment: row ? undefined : 'kernel.form.not_a_choice',
    ...markErrors(lesson, present, input),
  })
  if (!row) return
  const [id] = await store.insertMarks(ctx, [
    {
      lesson_id,
      enrolment_id: input.enrolment,
      present,
      from_time: present ? (input.from_time ?? null) : null,
      to_time: present ? (input.to_time ?? null) : null,
      minutes: present ? minutesPresent(lesson, input) : 0,
      absence: null,
      seen: row.heads.map((head) => head.id),
      made_at: ctx.now.toString(),
      how: 'correction',
      reason: input.reason,
    },
  ])
  const mark = (await store.marksOf(ctx, [lesson_id])).find((one) => one.id === id) as store.MarkRow
  await seal(ctx, lesson, 'correction', { lesson: lesson_id, reason: input.reason, marks: [sealedMark(mark)] })
  if (row.now?.present) await takeBack(ctx, row.enrolment, row.now.id, lesson.on_day)
  if (present) attended(ctx, edition, row.enrolment, lesson.on_day, mark)
}

export async function takeBack(
  ctx: Ctx,
  { id, person_id, trainee_id }: enrolments.Enrolment,
  attendance_id: string,
  on: string,
) {
  if (!person_id && !trainee_id) return
  const closed = (await store.marksOfEnrolments(ctx, [id])).filter(({ closed_at }) => closed_at)
  const still = [...Map.groupBy(closed, ({ lesson_id }) => lesson_id).values()].some(
    (own) => standing(own).now?.present,
  )
  announce(ctx, attendanceWithdrawn, { attendance_id, trainee_id, still_came: still, on })
}

/** Lessons everybody in which has signed on the screen: no paper is waited for. */
export async function signedByAll(ctx: Ctx, lesson_ids: readonly string[]) {
  const drawn = Map.groupBy(await signaturesIn(ctx, lesson_ids), ({ lesson_id }) => lesson_id)
  const marks = Map.groupBy(await store.marksOf(ctx, [...drawn.keys()]), ({ lesson_id }) => lesson_id)
  const whole = [...drawn].filter(([lesson, signatures]) => {
    const signed = new Set(signatures.map(({ enrolment_id }) => enrolment_id))
    const by_one = Map.groupBy(marks.get(lesson) ?? [], ({ enrolment_id }) => enrolment_id)
    return [...by_one].every(([enrolment, own]) => !standing(own).now?.present || signed.has(enrolment))
  })
  return new Set(whole.map(([lesson]) => lesson))
}

/** Every seal of an edition, and whether the chain holds. */
export async function sealsChecked(ctx: Ctx, edition_id: string) {
  const seals = await store.sealsOf(ctx, edition_id)
  const lessons = await editions.lessonsOf(ctx, [edition_id])
  const marks = await store.marksOf(
    ctx,
    lessons.filter(({ closed_at }) => closed_at).map(({ id }) => id),
  )
  return { seals, lessons, broken: brokenSeals(seals, marks, (hash) => codeOf(ctx, hash)) }
}
export type SealsChecked = Awaited<ReturnType<typeof sealsChecked>>

// --- by link --------------------------------------------------------------------------------------------------------

/** The teacher without account: one edition, its lessons, nothing else. */
export async function registerOfLink(ctx: Ctx, token: string) {
  const found = await findLink(ctx, 'register', token)
  if (!found) throw new NotFound()
  const teacher = await editions.findTeacher(ctx, found.thing_id)
  const edition = await editions.findEdition(ctx, teacher.edition_id)
  const lessons = (await editions.lessonsOf(ctx, [edition.id])).filter(({ cancelled_at }) => !cancelled_at)
  return { teacher, edition, lessons }
}

export async function lessonOfLink(ctx: Ctx, token: string, lesson_id: string) {
  const { lessons } = await registerOfLink(ctx, token)
  if (!lessons.some(({ id }) => id === lesson_id)) throw new NotFound()
  return lessonShown(ctx, lesson_id)
}

export async function linkMarks(ctx: Ctx, token: string, lesson_id: string, input: MarkInput) {
  await lessonOfLink(ctx, token, lesson_id)
  await (input.all ? markRest(ctx, lesson_id, 'link') : markIn(ctx, lesson_id, input, 'link'))
}

export async function linkCloses(
  ctx: Ctx,
  token: string,
  lesson_id: string,
  input: { topic: string; substitute?: string | undefined },
) {
  await lessonOfLink(ctx, token, lesson_id)
  await closeIn(ctx, lesson_id, input)
}
