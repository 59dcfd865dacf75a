/** One person who enrolled under two spellings: once the files are one, the enrolments become one, and nothing is counted twice. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { canonicalIds } from '../../people/actions.ts'
import { standing } from '../rules/marks.ts'
import { may } from '../rules/may.ts'
import { sealedMark } from '../rules/register.ts'
import { isActive } from '../rules/states.ts'
import * as editions from '../store/editions.ts'
import * as enrolments from '../store/enrolments.ts'
import * as store from '../store/register.ts'
import { maySee } from './editions.ts'
import { leave } from './enrolling.ts'
import { attended, seal, takeBack } from './register.ts'

/** Enrolments that stand, by who it is: only those with more than one. */
export async function twiceAmong(ctx: Ctx, all: readonly enrolments.Enrolment[]) {
  const standing = all.filter(({ person_id, state }) => person_id && isActive(state))
  const canonical = await canonicalIds(
    ctx,
    standing.map(({ person_id }) => person_id as string),
  )
  const by_person = Map.groupBy(
    standing,
    ({ person_id }) => canonical.get(person_id as string) ?? (person_id as string),
  )
  return [...by_person.values()].filter((own) => own.length > 1)
}

/** The one with a place stays, else the earlier one; what the other had attended moves to it, once, by corrections under seal. */
export async function joinTwice(ctx: Ctx, id: string) {
  const { edition_id } = await enrolments.findEnrolment(ctx, id)
  await maySee(ctx, edition_id)
  allow(ctx.actor.can(may.decide))
  const edition = await editions.lockEdition(ctx, edition_id)
  const own = (await twiceAmong(ctx, await enrolments.enrolmentsOf(ctx, edition_id))).find((some) =>
    some.some((one) => one.id === id),
  )
  refuse({ form: own ? undefined : 'courses.error.not_twice' })
  const [keep, ...others] = (own ?? []).toSorted(
    (a, b) =>
      Number(b.state === 'enrolled') - Number(a.state === 'enrolled') || a.recorded_at.localeCompare(b.recorded_at),
  ) as [enrolments.Enrolment, ...enrolments.Enrolment[]]
  for (const gone of others) {
    await moveAttendances(ctx, edition, gone, keep)
    await leave(ctx, await enrolments.lockEnrolment(ctx, gone.id), 'staff', 'twice')
  }
  return keep.id
}

async function moveAttendances(
  ctx: Ctx,
  edition: editions.Edition,
  gone: enrolments.Enrolment,
  keep: enrolments.Enrolment,
) {
  const marks = await store.marksOfEnrolments(ctx, [gone.id, keep.id])
  for (const [lesson_id, own] of Map.groupBy(marks, (mark) => mark.lesson_id)) {
    const theirs = standing(own.filter(({ enrolment_id }) => enrolment_id === gone.id))
    const kept = standing(own.filter(({ enrolment_id }) => enrolment_id === keep.id))
    const was = theirs.now
    if (!was?.present) continue
    const lesson = await editions.lockLesson(ctx, lesson_id)
    const how = lesson.closed_at ? ({ how: 'correction', reason: 'same_person' } as const) : ({ how: 'page' } as const)
    const shared = { lesson_id, absence: null, made_at: ctx.now.toString(), ...how }
    const seen = (one: typeof theirs) => one.heads.map(({ id }) => id)
    const added = await store.insertMarks(ctx, [
      {
        ...shared,
        enrolment_id: gone.id,
        present: false,
        minutes: 0,
        from_time: null,
        to_time: null,
        seen: seen(theirs),
      },
      ...(kept.now?.present
        ? []
        : [
            {
              ...shared,
              enrolment_id: keep.id,
              present: true,
              minutes: was.minutes,
              from_time: was.from_time,
              to_time: was.to_time,
              seen: seen(kept),
            },
          ]),
    ])
    if (!lesson.closed_at) continue
    const written = (await store.marksOf(ctx, [lesson_id])).filter((mark) => added.includes(mark.id))
    await seal(ctx, lesson, 'correction', {
      lesson: lesson_id,
      reason: 'same_person',
      marks: written.map(sealedMark),
    })
    await takeBack(ctx, gone, was.id, lesson.on_day)
    const moved = written.find(({ enrolment_id }) => enrolment_id === keep.id)
    if (moved) attended(ctx, edition, keep, lesson.on_day, moved)
  }
}
