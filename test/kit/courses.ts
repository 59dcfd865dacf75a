/** Courses made through their actions: what a test needs before its story begins. */
import { addTeacher, planEdition, planLessons, publishEdition } from '../../src/courses/actions/editions.ts'
import type { EditionInput } from '../../src/courses/forms.ts'
import { lessonsOf } from '../../src/courses/store/editions.ts'
import type { Ctx } from '../../src/kernel/ctx.ts'
import { createPerson, giveNotice, recordTitle } from '../../src/people/actions.ts'

export const aCourse = (change: Partial<EditionInput> = {}): EditionInput => ({
  title: `Corso di prova ${crypto.randomUUID().slice(0, 8)}`,
  summary: 'Per provare.',
  kind: 'language',
  action: '02',
  civic: false,
  hours: 8,
  capacity: 10,
  minimum: 1,
  women_only: false,
  childcare: false,
  choice: 'first_come',
  offer_hours: 24,
  ...change,
})

/** Published, with a teacher and as many lessons of two hours as asked, the first on that day of the past. */
export async function openCourse(
  ctx: Ctx,
  change: Partial<EditionInput> = {},
  { from_day = '2026-10-05', lessons = 4 } = {},
) {
  const id = await planEdition(ctx, aCourse({ hours: lessons * 2, ...change }))
  const teacher_id = await addTeacher(ctx, id, { name: 'Docente di prova', role: 'teacher' })
  const days = ['1', '2', '3', '4', '5'] as ('1' | '2' | '3' | '4' | '5')[]
  await planLessons(ctx, id, { from_day, days, starts_at: '18:00', ends_at: '20:00', lessons, teacher_id })
  await publishEdition(ctx, id)
  return { id, lessons: (await lessonsOf(ctx, [id])).map((lesson) => lesson.id) }
}

/** Somebody who counts: third country, title seen, notice given, birth and gender known. */
export async function somebodyWhoCounts(ctx: Ctx, change: Partial<Parameters<typeof createPerson>[1]> = {}) {
  const id = await createPerson(ctx, {
    surname: `Prova${crypto.randomUUID().slice(0, 6)}`,
    given_names: 'Amina',
    born: '1992-03-04',
    gender: 'F',
    citizenship: 'EG',
    ...change,
  })
  await recordTitle(ctx, id, { kind: 'LAV_SUB', status: 'VALIDO', expires_on: '2028-01-01', seen: true })
  await giveNotice(ctx, id, { language: 'ar', how: 'explained' })
  return id
}
