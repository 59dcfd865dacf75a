/** A fictitious world: an Italian-for-work course half way, one for operators that is over, one that is full. */
import { colleagues } from '../accounts/actions.ts'
import { addDays } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { createPerson, giveNotice, recordTitle } from '../people/actions.ts'
import { organisations, places } from '../territory/actions.ts'
import { addTeacher, planEdition, planLessons, publishEdition, writeText } from './actions/editions.ts'
import { endEdition } from './actions/ending.ts'
import { enrolPerson, enrolTrainee } from './actions/enrolling.ts'
import { assess, issueCertificates } from './actions/outcomes.ts'
import { closeIn, markIn, markRest } from './actions/register.ts'
import world from './lists/demonstration.json' with { type: 'json' }
import { lessonsOf } from './store/editions.ts'
import { enrolmentsOf } from './store/enrolments.ts'

type Course = (typeof world.courses)[number]
/** The Italian course as it would run once more: `began` days ago, with how many of its lessons held. */
export async function fillDemonstration(ctx: Ctx) {
  if (ctx.ambito.slug !== 'lodi') return
  const [trainer] = await colleagues(ctx, 'trainer')
  const [place] = await places(ctx)
  const [provider] = await organisations(ctx)
  for (const course of world.courses) {
    const edition = await planEdition(
      ctx,
      {
        ...(course.data as Parameters<typeof planEdition>[1]),
        ...(place && { place_id: place.id }),
        ...(provider && { provider_id: provider.id }),
      },
      { demo: true },
    )
    for (const text of course.texts) await writeText(ctx, edition, text.language, text)
    const teacher = await addTeacher(ctx, edition, {
      name: course.teacher,
      role: 'teacher',
      account_id: course.has_account ? trainer?.id : undefined,
    })
    await planLessons(ctx, edition, {
      from_day: addDays(ctx.today, course.from_day),
      days: course.days as ('1' | '2')[],
      starts_at: course.starts_at,
      ends_at: course.ends_at,
      lessons: course.lessons,
      teacher_id: teacher,
    })
    await publishEdition(ctx, edition)
    await enrolAll(ctx, edition, course)
    await holdLessons(ctx, edition, course)
  }
}

async function enrolAll(ctx: Ctx, edition: string, { people, trainees }: Course) {
  for (const one of people) {
    const { entry, ...said } = { entry: undefined, ...one }
    const person = await createPerson(ctx, said as Parameters<typeof createPerson>[1], { demo: true })
    await giveNotice(ctx, person, { language: said.speaks, how: 'explained' })
    await recordTitle(ctx, person, {
      kind: 'LAV_SUB',
      status: 'VALIDO',
      issued_on: addDays(ctx.today, -400),
      expires_on: addDays(ctx.today, 400),
      seen: true,
    })
    const id = await enrolPerson(ctx, edition, person, { needs_childcare: false })
    if (entry)
      await assess(ctx, id, {
        moment: 'entry',
        level: entry,
        on_day: addDays(ctx.today, -25),
        assessor: 'Paola Negri',
        sure: false,
      })
  }
  for (const trainee of trainees) await enrolTrainee(ctx, edition, trainee)
}

async function holdLessons(ctx: Ctx, edition: string, { held, topics }: Course) {
  const lessons = (await lessonsOf(ctx, [edition])).filter(({ on_day }) => on_day <= ctx.today).slice(0, held)
  const [first] = (await enrolmentsOf(ctx, edition)).filter(({ state }) => state === 'enrolled')
  for (const [at, { id }] of lessons.entries()) {
    if (at === 1 && first)
      await markIn(ctx, id, { enrolment: first.id, present: 'no', absence: 'work', seen: [] }, 'page')
    await markRest(ctx, id, 'page')
    await closeIn(ctx, id, { topic: topics[at % topics.length] as string })
  }
  if (lessons.length < (await lessonsOf(ctx, [edition])).length || lessons.length === 0) return
  await endEdition(ctx, edition, lessons.at(-1)?.on_day as string)
  const all = await enrolmentsOf(ctx, edition)
  await issueCertificates(
    ctx,
    edition,
    all.map(({ id }) => id),
  )
}
