/** What happened on the way, results, what a CV is made of, files. */
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

// --- milestones -----------------------------------------------------------------------------------------------------

const milestones = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('orientation.milestone').selectAll().where('ambito_id', '=', ambito_id)
export const findMilestone = (ctx: Ctx, id: string) =>
  milestones(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export type Milestone = Awaited<ReturnType<typeof findMilestone>>
export const milestonesOf = (ctx: Ctx, plan_ids: readonly string[]) =>
  plan_ids.length === 0
    ? Promise.resolve([])
    : milestones(ctx)
        .where('plan_id', 'in', [...plan_ids])
        .where('withdrawn_on', 'is', null)
        .orderBy('on_day', 'desc')
        .orderBy('id', 'desc')
        .execute()

type NewMilestone = Pick<Milestone, 'plan_id' | 'kind' | 'what' | 'on_day'> &
  Partial<
    Pick<Milestone, 'path' | 'title' | 'body' | 'organisation_id' | 'edition_id' | 'country' | 'until_day'> & {
      outcome: string
      outcome_on: string
      row_id: string
    }
  >
export async function insertMilestone({ db, ambito_id }: Ctx, row: NewMilestone) {
  const { id } = await db
    .insertInto('orientation.milestone')
    .values({ ambito_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export async function updateMilestone(
  { db, ambito_id }: Ctx,
  id: string,
  change: { outcome: string; outcome_on: string } | { withdrawn_on: string; withdrawn_by: string | null },
) {
  await db
    .updateTable('orientation.milestone')
    .set(change)
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}
/** What came in with a row of a register, and of whom. */
export const milestoneOfRow = ({ db, ambito_id }: Ctx, row_id: string) =>
  db
    .selectFrom('orientation.milestone as m')
    .innerJoin('orientation.plan as p', (join) =>
      join.onRef('p.ambito_id', '=', 'm.ambito_id').onRef('p.id', '=', 'm.plan_id'),
    )
    .selectAll('m')
    .select('p.person_id')
    .where('m.ambito_id', '=', ambito_id)
    .where('m.row_id', '=', row_id)
    .where('m.withdrawn_on', 'is', null)
    .executeTakeFirst()

/** Whoever was proposed one of our courses has a place in it now. */
export async function joinProposed(
  { db, ambito_id }: Ctx,
  { edition_id, person_ids, on }: { edition_id: string; person_ids: readonly string[]; on: string },
) {
  await db
    .updateTable('orientation.milestone')
    .set({ outcome: 'joined', outcome_on: on })
    .where('ambito_id', '=', ambito_id)
    .where('edition_id', '=', edition_id)
    .where('outcome', 'is', null)
    .where('withdrawn_on', 'is', null)
    .where('plan_id', 'in', (of) =>
      of
        .selectFrom('orientation.plan')
        .select('id')
        .where('ambito_id', '=', ambito_id)
        .where('person_id', 'in', [...person_ids]),
    )
    .execute()
}

// --- results --------------------------------------------------------------------------------------------------------

const results = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('orientation.result').selectAll().where('ambito_id', '=', ambito_id).orderBy('position')
export const resultsOf = (ctx: Ctx, plan_ids: readonly string[]) =>
  plan_ids.length === 0
    ? Promise.resolve([])
    : results(ctx)
        .where('plan_id', 'in', [...plan_ids])
        .execute()
export const allResults = (ctx: Ctx) => results(ctx).execute()
export type Result = Awaited<ReturnType<typeof allResults>>[number]
export async function insertResult(
  { db, ambito_id }: Ctx,
  row: { plan_id: string; months: number; on_day: string; employment: string; detail?: string },
) {
  await db
    .insertInto('orientation.result')
    .values({ ambito_id, ...row })
    .execute()
}

/** Calls made to ask for a result, the newest last. */
export const callsFor = ({ db, ambito_id }: Ctx, plan_ids: readonly string[]) =>
  plan_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('orientation.call')
        .select(['plan_id', 'months', 'how', 'on_day'])
        .where('ambito_id', '=', ambito_id)
        .where('plan_id', 'in', [...plan_ids])
        .orderBy('id')
        .execute()
export async function insertCall(
  { db, ambito_id }: Ctx,
  row: { plan_id: string; months: number; how: string; on_day: string },
) {
  await db
    .insertInto('orientation.call')
    .values({ ambito_id, ...row })
    .execute()
}

// --- the CV ---------------------------------------------------------------------------------------------------------

const entries = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('orientation.cv_entry').selectAll().where('ambito_id', '=', ambito_id).where('removed_at', 'is', null)
export const findEntry = (ctx: Ctx, id: string) => entries(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export type Entry = Awaited<ReturnType<typeof findEntry>>
export const entriesOf = (ctx: Ctx, plan_ids: readonly string[]) =>
  plan_ids.length === 0
    ? Promise.resolve([])
    : entries(ctx)
        .where('plan_id', 'in', [...plan_ids])
        .orderBy('recorded_at')
        .execute()
type EntryRow = Pick<
  Entry,
  'title' | 'title_own' | 'body' | 'place' | 'from_when' | 'to_when' | 'level' | 'text' | 'text_own'
>
export async function insertEntry({ db, ambito_id }: Ctx, row: EntryRow & { plan_id: string; kind: string }) {
  await db
    .insertInto('orientation.cv_entry')
    .values({ ambito_id, ...row })
    .execute()
}
export async function updateEntry({ db, ambito_id }: Ctx, id: string, change: EntryRow | { removed_at: string }) {
  await db
    .updateTable('orientation.cv_entry')
    .set(change)
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

// --- files ----------------------------------------------------------------------------------------------------------

const attachments = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('orientation.attachment').selectAll().where('ambito_id', '=', ambito_id)
export const findAttachment = (ctx: Ctx, file_id: string) =>
  attachments(ctx).where('file_id', '=', file_id).executeTakeFirstOrThrow(notFound)
export const attachmentsOf = (ctx: Ctx, plan_ids: readonly string[]) =>
  plan_ids.length === 0
    ? Promise.resolve([])
    : attachments(ctx)
        .where('plan_id', 'in', [...plan_ids])
        .orderBy('recorded_at')
        .execute()
export async function insertAttachment(
  { db, ambito_id }: Ctx,
  row: { file_id: string; plan_id: string; purpose: string },
) {
  await db
    .insertInto('orientation.attachment')
    .values({ ambito_id, ...row })
    .execute()
}
export async function dropAttachment({ db, ambito_id }: Ctx, file_id: string) {
  await db
    .deleteFrom('orientation.attachment')
    .where('ambito_id', '=', ambito_id)
    .where('file_id', '=', file_id)
    .execute()
}
