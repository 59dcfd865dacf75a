/** `import attendance`: registers of courses as people have kept them; one row is one person in one lesson. */
import { folded } from '../../kernel/cells.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Announced, announce } from '../../kernel/events.ts'
import type { RegisterKind } from '../../kernel/register.ts'
import { freeSlug, slugOf } from '../../kernel/slugs.ts'
import { duplicatesOfRegisters, joinPersons, personColumns, personsBefore, readPersons } from '../../people/actions.ts'
import { isForStaff } from '../codes.ts'
import { editionStarted } from '../events.ts'
import { factsOf } from '../rules/facts.ts'
import { minutesOf } from '../rules/lessons.ts'
import { standing } from '../rules/marks.ts'
import { may } from '../rules/may.ts'
import { sealedMark } from '../rules/register.ts'
import { type AttendanceSaid, courseColumns, readAttendance } from '../rules/register-cells.ts'
import * as editions from '../store/editions.ts'
import * as enrolments from '../store/enrolments.ts'
import * as store from '../store/register.ts'
import { recordLevel } from './outcomes.ts'
import { seatThem } from './places.ts'
import { attended, seal, takeBack } from './register.ts'

export const attendanceRegister: RegisterKind = {
  kind: 'attendance',
  name: 'courses.register.name',
  may: may.feed_register,
  columns: [...courseColumns, ...personColumns],
  needed: [['course'], ['date'], ['hours', 'time_in'], ['surname', 'given_names']],
  async take(ctx, rows) {
    const fresh = rows
      .filter(({ known }) => !known)
      .map((row) => ({ ...row, attendance: readAttendance(row.cells, ctx.today) }))
    const read = await readPersons(
      ctx,
      fresh.map((row) => ({ ...row, on: row.attendance.said?.on ?? null })),
    )
    const hands = await openHands(ctx)
    const refused = read
      .map(({ line, attendance, read }) => ({
        line,
        said: [
          ...attendance.problems,
          ...read.problems,
          ...(read.said ? [] : [{ column: 'surname', problem: 'courses.error.register_person' as const }]),
          ...(attendance.said && isForStaff(hands.kindOf(attendance.said.course))
            ? [{ column: 'course', problem: 'courses.error.not_for_people' as const }]
            : []),
        ],
      }))
      .filter(({ said }) => said.length > 0)
    const wrong = new Set(refused.map(({ line }) => line))
    const good = read.flatMap((row) =>
      row.attendance.said && !wrong.has(row.line) ? [{ ...row, said: row.attendance.said }] : [],
    )
    const joining = await joinPersons(ctx, 'attendance', good)
    for (const [course, own] of Map.groupBy(good, ({ said }) => folded(said.course)))
      await writeCourse(
        ctx,
        await hands.editionCalled(own[0]?.said.course ?? course),
        own.map(({ id, said }) => ({ id, said, person_id: joining.of.get(id) as string })),
      )
    const before = await personsBefore(
      ctx,
      'attendance',
      rows.filter(({ known }) => known).map(({ id }) => id),
    )
    return {
      refused,
      remarks: joining.remarks,
      people_found: joining.found + before.size,
      people_created: joining.created,
      facts: good.length,
      people: [...new Set([...joining.of.values(), ...before.values()])],
    }
  },
  duplicates: duplicatesOfRegisters,
}

/** Editions by title; one the office has not entered is entered as a draft, as long and for as many as the register says. */
async function openHands(ctx: Ctx) {
  const known = new Map((await editions.listEditions(ctx)).map((one) => [folded(one.title), one.id]))
  const kinds = new Map((await editions.listEditions(ctx)).map((one) => [folded(one.title), one.kind]))
  return {
    kindOf: (title: string) => kinds.get(folded(title)) ?? '',
    async editionCalled(title: string) {
      const found = known.get(folded(title))
      if (found) return found
      const id = await editions.insertEdition(ctx, freeSlug(slugOf(title, 'corso'), await editions.takenSlugs(ctx)), {
        kind: /italian|lingua|alfabet/.test(folded(title)) ? 'language' : 'experiential',
        action: '02',
        civic: /civic/.test(folded(title)),
        provider_id: null,
        place_id: null,
        place_text: '',
        link: '',
        capacity: null,
        minimum: 1,
        planned_minutes: null,
        entry_level: null,
        target_level: null,
        women_only: false,
        childcare: false,
        choice: 'first_come',
        offer_hours: 48,
        enrol_until: null,
        contact: '',
        skills: '',
      })
      await editions.writeText(ctx, id, 'it', { title, summary: '', body: '' })
      known.set(folded(title), id)
      return id
    },
  }
}

type Row = { id: string; said: AttendanceSaid; person_id: string }

async function writeCourse(ctx: Ctx, edition_id: string, rows: readonly Row[]) {
  const edition = await editions.lockEdition(ctx, edition_id)
  const said = saidOfCourse(edition, rows)
  if (Object.keys(said).length > 0) await editions.updateEdition(ctx, edition_id, said)
  const of = await openEnrolments(ctx, { ...edition, ...said })
  const lessons = await openLessons(ctx, edition, rows)
  const sealed = new Map<string, string[]>()
  for (const { id, said, person_id } of rows) {
    const enrolment = await of.person(person_id)
    const lesson_id = await lessons.forRow(enrolment.id, said)
    await store.insertMarks(ctx, [
      {
        id,
        lesson_id,
        enrolment_id: enrolment.id,
        present: said.minutes > 0,
        from_time: said.minutes > 0 ? said.from : null,
        to_time: said.minutes > 0 ? said.to : null,
        minutes: said.minutes,
        absence: null,
        seen: [],
        made_at: ctx.now.toString(),
        how: 'register',
      },
    ])
    sealed.set(lesson_id, [...(sealed.get(lesson_id) ?? []), id])
    if (said.minutes > 0) attended(ctx, edition, enrolment, said.on, { id, minutes: said.minutes })
    await writeLevels(ctx, edition, enrolment, said)
  }
  for (const [lesson_id, ids] of sealed) await sealRows(ctx, lesson_id, ids)
  const first = rows
    .map(({ said }) => said.on)
    .toSorted()
    .at(0)
  if (!edition.started_on && first) {
    await editions.updateEdition(ctx, edition_id, { started_on: first })
    announce(ctx, editionStarted, factsOf(edition, first))
  }
}

/** What the register tells of the course itself, where nobody has said it yet; the first row that says it counts. */
function saidOfCourse({ planned_minutes, capacity }: editions.Edition, rows: readonly Row[]) {
  const hours = rows.find(({ said }) => said.course_hours !== null)?.said.course_hours
  const places = rows.find(({ said }) => said.places !== null)?.said.places
  return {
    ...(planned_minutes === null && hours && { planned_minutes: hours * 60 }),
    ...(capacity === null && places && { capacity: places }),
  }
}

/** The first rows of a lesson close it; those of a later part of the file are added like corrections. */
async function sealRows(ctx: Ctx, lesson_id: string, ids: readonly string[]) {
  const lesson = await editions.lockLesson(ctx, lesson_id)
  const marks = (await store.marksOf(ctx, [lesson_id])).filter(({ id }) => ids.includes(id))
  const what = { lesson: lesson_id, on: lesson.on_day, register: true, marks: marks.map(sealedMark) }
  await seal(ctx, lesson, lesson.closed_at ? 'correction' : 'closing', what)
  if (!lesson.closed_at)
    await editions.updateLesson(ctx, lesson_id, { closed_at: ctx.now.toString(), closed_by: ctx.actor.account_id })
}

/** Whoever came had a place: the course of before had as many as it needed. */
async function openEnrolments(ctx: Ctx, edition: editions.Edition) {
  const known = new Map(
    (await enrolments.enrolmentsOf(ctx, edition.id)).flatMap((one) => (one.person_id ? [[one.person_id, one]] : [])),
  )
  return {
    async person(person_id: string) {
      const found = known.get(person_id)
      if (found) return found
      const id = await enrolments.insertEnrolment(ctx, { edition_id: edition.id, person_id, how: 'register' })
      const { taken } = await enrolments.highestSeat(ctx, edition.id)
      const places = Math.max(edition.capacity ?? 0, taken + 1)
      await enrolments.setSeats(ctx, edition.id, places)
      if (edition.capacity !== null && places > edition.capacity)
        await editions.updateEdition(ctx, edition.id, { capacity: places })
      const seat = await enrolments.freeSeat(ctx, edition.id, places)
      await seatThem(ctx, edition, id, seat as number, 'register')
      const made = await enrolments.findEnrolment(ctx, id)
      known.set(person_id, made)
      return made
    },
  }
}

const asTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** One lesson a day, from the earliest who came to the latest who left; a second row of somebody that day is a second lesson. */
async function openLessons(ctx: Ctx, edition: editions.Edition, rows: readonly Row[]) {
  const lessons = (await editions.lessonsOf(ctx, [edition.id])).filter(({ cancelled_at }) => !cancelled_at)
  const marks = await store.marksOf(
    ctx,
    lessons.map(({ id }) => id),
  )
  const there = new Set(marks.map(({ lesson_id, enrolment_id }) => `${lesson_id} ${enrolment_id}`))
  const by_day = Map.groupBy(rows, ({ said }) => said.on)
  return {
    async forRow(enrolment_id: string, { on, from }: AttendanceSaid) {
      const free = lessons.find((one) => one.on_day === on && !there.has(`${one.id} ${enrolment_id}`))
      const id = free?.id ?? (await makeLesson(on, from))
      there.add(`${id} ${enrolment_id}`)
      return id
    },
  }
  async function makeLesson(on_day: string, from: string | null) {
    const own = (by_day.get(on_day) ?? []).map(({ said }) => said)
    const last = lessons.filter((one) => one.on_day === on_day).map(({ ends_at }) => minutesOf(ends_at))
    const earliest = own.flatMap((said) => (said.from ? [minutesOf(said.from)] : []))
    const starts = last.length > 0 ? Math.max(...last, from ? minutesOf(from) : 0) : Math.min(...earliest, 9 * 60)
    const long = Math.max(1, ...own.map(({ minutes }) => minutes))
    const ends = Math.min(24 * 60 - 1, Math.max(starts + long, ...own.map(({ to }) => (to ? minutesOf(to) : 0))))
    const data = {
      on_day,
      starts_at: asTime(Math.min(starts, ends - 1)),
      ends_at: asTime(ends),
      teacher_id: null,
      place_id: null,
      room: '',
      topic: '',
    }
    const [id = ''] = await editions.insertLessons(ctx, edition.id, [data])
    lessons.push(await editions.findLesson(ctx, id))
    return id
  }
}

/** The same level in every row of a person is one level. */
async function writeLevels(
  ctx: Ctx,
  edition: editions.Edition,
  enrolment: enrolments.Enrolment,
  { entry, exit, on }: AttendanceSaid,
) {
  for (const [moment, level] of [
    ['entry', entry],
    ['exit', exit],
  ] as const) {
    if (!level) continue
    const before = await enrolments.levelsOf(ctx, [enrolment.id])
    if (before.filter((one) => one.moment === moment).at(-1)?.level === level) continue
    await recordLevel(ctx, edition, enrolment, { moment, level, on_day: on, assessor: '' }, before)
  }
}

type SplitOff = { register: string; row_id: string; from: string; to: string }

/** The attendance was somebody else's: taken back, and written for whom it was; heard twice, it is already gone. */
export async function hearSplitOff(ctx: Ctx, events: Announced<SplitOff>[]) {
  for (const { payload } of events) {
    const mark = payload.register === 'attendance' ? await store.findMark(ctx, payload.row_id) : undefined
    if (!mark) continue
    const enrolment = await enrolments.findEnrolment(ctx, mark.enrolment_id)
    const lesson = await editions.findLesson(ctx, mark.lesson_id)
    const own = (await store.marksOf(ctx, [lesson.id])).filter(({ enrolment_id }) => enrolment_id === enrolment.id)
    if (enrolment.person_id !== payload.from || standing(own).now?.id !== mark.id) continue
    const edition = await editions.lockEdition(ctx, lesson.edition_id)
    const right = await (await openEnrolments(ctx, edition)).person(payload.to)
    const { from_time, to_time, minutes, present } = mark
    const shared = { lesson_id: lesson.id, absence: null, made_at: ctx.now.toString(), how: 'correction' as const }
    const reason = 'wrong_person'
    const [gone] = await store.insertMarks(ctx, [
      {
        ...shared,
        enrolment_id: enrolment.id,
        present: false,
        minutes: 0,
        from_time: null,
        to_time: null,
        seen: [mark.id],
        reason,
      },
    ])
    const [moved = ''] = await store.insertMarks(ctx, [
      { ...shared, enrolment_id: right.id, present, minutes, from_time, to_time, seen: [], reason },
    ])
    const marks = (await store.marksOf(ctx, [lesson.id])).filter(({ id }) => id === gone || id === moved)
    await seal(ctx, lesson, 'correction', { lesson: lesson.id, reason, marks: marks.map(sealedMark) })
    if (present) {
      await takeBack(ctx, enrolment, mark.id, lesson.on_day)
      attended(ctx, edition, right, lesson.on_day, { id: moved, minutes })
    }
  }
}
