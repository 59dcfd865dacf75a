/** Editions, their words, teachers and lessons. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

const edition = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('courses.edition as e')
    .innerJoin('courses.edition_text as t', (join) =>
      join.onRef('t.ambito_id', '=', 'e.ambito_id').onRef('t.edition_id', '=', 'e.id').on('t.language', '=', 'it'),
    )
    .selectAll('e')
    .select(['t.title', 't.summary'])
    .where('e.ambito_id', '=', ambito_id)

export type Edition = Awaited<ReturnType<typeof findEdition>>
export const findEdition = (ctx: Ctx, id: string) =>
  edition(ctx).where('e.id', '=', id).executeTakeFirstOrThrow(notFound)
export const editionBySlug = (ctx: Ctx, slug: string) =>
  edition(ctx).where('e.slug', '=', slug).where('e.published_at', 'is not', null).executeTakeFirstOrThrow(notFound)

/** Whoever gives or frees a place of it waits for the one before: so the order of the list is the order of asking. */
export async function lockEdition(ctx: Ctx, id: string) {
  await ctx.db
    .selectFrom('courses.edition')
    .select('id')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow(notFound)
  return findEdition(ctx, id)
}

/** Those of a teacher alone when an account is given. */
export async function listEditions(ctx: Ctx, { account_id = null }: { account_id?: string | null } = {}) {
  let query = edition(ctx)
    .select(({ selectFrom }) => [
      selectFrom('courses.enrolment as n')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .whereRef('n.ambito_id', '=', 'e.ambito_id')
        .whereRef('n.edition_id', '=', 'e.id')
        .where('n.state', '=', 'enrolled')
        .as('enrolled'),
      selectFrom('courses.enrolment as n')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .whereRef('n.ambito_id', '=', 'e.ambito_id')
        .whereRef('n.edition_id', '=', 'e.id')
        .where('n.state', 'in', ['requested', 'waiting', 'offered'])
        .as('waiting'),
      selectFrom('courses.lesson as l')
        .select(({ fn }) => fn.min<string>('l.on_day').as('d'))
        .whereRef('l.ambito_id', '=', 'e.ambito_id')
        .whereRef('l.edition_id', '=', 'e.id')
        .where('l.cancelled_at', 'is', null)
        .as('first_day'),
      selectFrom('courses.lesson as l')
        .select(({ fn }) => fn.max<string>('l.on_day').as('d'))
        .whereRef('l.ambito_id', '=', 'e.ambito_id')
        .whereRef('l.edition_id', '=', 'e.id')
        .where('l.cancelled_at', 'is', null)
        .as('last_day'),
    ])
    .orderBy('e.recorded_at', 'desc')
    .limit(300)
  if (account_id)
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('courses.teacher as d')
          .select('d.id')
          .whereRef('d.ambito_id', '=', 'e.ambito_id')
          .whereRef('d.edition_id', '=', 'e.id')
          .where('d.account_id', '=', account_id)
          .where('d.ended_at', 'is', null),
      ),
    )
  return query.execute()
}
export type EditionLine = Awaited<ReturnType<typeof listEditions>>[number]

export async function takenSlugs({ db, ambito_id }: Ctx) {
  const rows = await db.selectFrom('courses.edition').select('slug').where('ambito_id', '=', ambito_id).execute()
  return new Set(rows.map(({ slug }) => slug))
}

export type EditionData = Pick<
  Edition,
  | 'kind'
  | 'action'
  | 'civic'
  | 'provider_id'
  | 'place_id'
  | 'place_text'
  | 'link'
  | 'capacity'
  | 'minimum'
  | 'planned_minutes'
  | 'entry_level'
  | 'target_level'
  | 'women_only'
  | 'childcare'
  | 'choice'
  | 'offer_hours'
  | 'enrol_until'
  | 'contact'
  | 'skills'
>
export async function insertEdition({ db, ambito_id }: Ctx, slug: string, data: EditionData, demo = false) {
  const { id } = await db
    .insertInto('courses.edition')
    .values({ ambito_id, slug, ...data, demo })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateEdition(
  { db, ambito_id }: Ctx,
  id: string,
  change: Partial<
    EditionData &
      Pick<
        Edition,
        'published_at' | 'published_by' | 'cancelled_at' | 'cancelled_by' | 'started_on' | 'ended_on' | 'ended_by'
      >
  >,
) {
  await db.updateTable('courses.edition').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

// --- what it is charged to -----------------------------------------------------------------------------------------

/** In the order they were written. */
export const chargesOf = ({ db, ambito_id }: Ctx, edition_id: string) =>
  db
    .selectFrom('courses.charge')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('edition_id', '=', edition_id)
    .orderBy('position')
    .execute()
export type Charge = Awaited<ReturnType<typeof chargesOf>>[number]

export async function insertCharge(
  { db, ambito_id }: Ctx,
  edition_id: string,
  row: Pick<Charge, 'budget_line' | 'from_day'>,
) {
  await db
    .insertInto('courses.charge')
    .values({ ambito_id, edition_id, ...row })
    .execute()
}

// --- words ----------------------------------------------------------------------------------------------------------

export const textsOf = ({ db, ambito_id }: Ctx, edition_ids: readonly string[]) =>
  edition_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('courses.edition_text')
        .selectAll()
        .where('ambito_id', '=', ambito_id)
        .where('edition_id', 'in', [...edition_ids])
        .execute()
export type EditionText = Awaited<ReturnType<typeof textsOf>>[number]

type Words = { title: string; summary: string; body: string }
export async function writeText(
  { db, ambito_id, now, actor }: Ctx,
  edition_id: string,
  language: string,
  words: Words,
) {
  await db
    .insertInto('courses.edition_text')
    .values({ ambito_id, edition_id, language, ...words })
    .onConflict((conflict) =>
      conflict
        .columns(['ambito_id', 'edition_id', 'language'])
        .doUpdateSet({ ...words, written_at: now.toString(), written_by: actor.account_id }),
    )
    .execute()
}

// --- teachers -------------------------------------------------------------------------------------------------------

export const teachersOf = ({ db, ambito_id }: Ctx, edition_id: string) =>
  db
    .selectFrom('courses.teacher')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('edition_id', '=', edition_id)
    .orderBy('recorded_at')
    .execute()
export type Teacher = Awaited<ReturnType<typeof teachersOf>>[number]

export const findTeacher = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('courses.teacher')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow(notFound)

export async function insertTeacher(
  { db, ambito_id }: Ctx,
  row: Pick<Teacher, 'edition_id' | 'name' | 'role' | 'email' | 'account_id'>,
) {
  const { id } = await db
    .insertInto('courses.teacher')
    .values({ ambito_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function endTeacher({ db, ambito_id, now }: Ctx, id: string) {
  await db
    .updateTable('courses.teacher')
    .set({ ended_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

// --- lessons --------------------------------------------------------------------------------------------------------

const lesson = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('courses.lesson as l')
    .leftJoin('courses.teacher as d', (join) =>
      join.onRef('d.ambito_id', '=', 'l.ambito_id').onRef('d.id', '=', 'l.teacher_id'),
    )
    .selectAll('l')
    .select(['d.name as teacher_name', 'd.email as teacher_email', 'd.account_id as teacher_account'])
    .where('l.ambito_id', '=', ambito_id)

export type Lesson = Awaited<ReturnType<typeof findLesson>>
export const findLesson = (ctx: Ctx, id: string) => lesson(ctx).where('l.id', '=', id).executeTakeFirstOrThrow(notFound)
export async function lockLesson(ctx: Ctx, id: string) {
  await ctx.db
    .selectFrom('courses.lesson')
    .select('id')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)
  return findLesson(ctx, id)
}
export const lessonsOf = (ctx: Ctx, edition_ids: readonly string[]) =>
  edition_ids.length === 0
    ? Promise.resolve([])
    : lesson(ctx)
        .where('l.edition_id', 'in', [...edition_ids])
        .orderBy('l.on_day')
        .orderBy('l.starts_at')
        .execute()

/** What else there is on these days, of other editions too. */
export const lessonsOn = (ctx: Ctx, days: readonly string[]) =>
  days.length === 0
    ? Promise.resolve([])
    : lesson(ctx)
        .innerJoin('courses.edition_text as t', (join) =>
          join
            .onRef('t.ambito_id', '=', 'l.ambito_id')
            .onRef('t.edition_id', '=', 'l.edition_id')
            .on('t.language', '=', 'it'),
        )
        .innerJoin('courses.edition as e', (join) =>
          join.onRef('e.ambito_id', '=', 'l.ambito_id').onRef('e.id', '=', 'l.edition_id'),
        )
        .select(['t.title', 'e.place_id as edition_place'])
        .where('e.cancelled_at', 'is', null)
        .where('l.cancelled_at', 'is', null)
        .where('l.on_day', 'in', [...days])
        .execute()

export type LessonData = Pick<Lesson, 'on_day' | 'starts_at' | 'ends_at' | 'teacher_id' | 'place_id' | 'room' | 'topic'>
export async function insertLessons(
  { db, ambito_id }: Ctx,
  edition_id: string,
  rows: readonly (LessonData & { closed_at?: string | null })[],
) {
  if (rows.length === 0) return []
  const added = await db
    .insertInto('courses.lesson')
    .values(rows.map((row) => ({ ambito_id, edition_id, ...row })))
    .returning('id')
    .execute()
  return added.map(({ id }) => id)
}

export async function updateLesson(
  { db, ambito_id }: Ctx,
  id: string,
  change: Partial<LessonData & Pick<Lesson, 'sequence' | 'cancelled_at' | 'closed_at' | 'closed_by' | 'substitute'>>,
) {
  await db.updateTable('courses.lesson').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

const named = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('courses.lesson as l')
    .innerJoin('courses.edition_text as t', (join) =>
      join
        .onRef('t.ambito_id', '=', 'l.ambito_id')
        .onRef('t.edition_id', '=', 'l.edition_id')
        .on('t.language', '=', 'it'),
    )
    .select(['l.id', 'l.on_day', 't.title'])
    .where('l.ambito_id', '=', ambito_id)
export const lessonsNamed = (ctx: Ctx, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : named(ctx)
        .where('l.id', 'in', [...ids])
        .execute()
/** What a signed sheet may belong to, the latest first. */
export const lessonsForSheets = (ctx: Ctx) =>
  named(ctx)
    .where('l.cancelled_at', 'is', null)
    .where('l.on_day', '<=', ctx.today)
    .orderBy('l.on_day', 'desc')
    .limit(100)
    .execute()

/** How many there are, how many are closed, and how long they are together. */
export async function countLessons({ db, ambito_id }: Ctx, edition_id: string) {
  const { rows } = await sql<{ planned: number; closed: number; minutes: number }>`
    select count(*) filter (where cancelled_at is null)::int planned, count(closed_at)::int closed,
      coalesce(sum(extract(epoch from ends_at - starts_at) / 60) filter (where cancelled_at is null), 0)::int minutes
    from courses.lesson where ambito_id = ${ambito_id} and edition_id = ${edition_id}`.execute(db)
  return rows[0] as { planned: number; closed: number; minutes: number }
}

export const editionsNamed = (ctx: Ctx, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : edition(ctx)
        .where('e.id', 'in', [...ids])
        .execute()

/** Held, or to be held today, and not closed. */
export const lessonsToClose = (ctx: Ctx) =>
  lesson(ctx)
    .innerJoin('courses.edition as e', (join) =>
      join.onRef('e.ambito_id', '=', 'l.ambito_id').onRef('e.id', '=', 'l.edition_id'),
    )
    .where('e.cancelled_at', 'is', null)
    .where('e.ended_on', 'is', null)
    .where('l.cancelled_at', 'is', null)
    .where('l.closed_at', 'is', null)
    .where('l.on_day', '<=', ctx.today)
    .orderBy('l.on_day')
    .limit(200)
    .execute()
