/** Who was sent, plans, their steps, and what changed in them. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Changed } from '../rules/plans.ts'

// --- sent by the desk -----------------------------------------------------------------------------------------------

type Sent = { visit_id: string; person_id: string; on: string }
/** Heard twice it adds nothing. */
export async function insertReferrals({ db, ambito_id }: Ctx, sent: readonly Sent[]) {
  if (sent.length === 0) return
  await db
    .insertInto('orientation.referral')
    .values(sent.map(({ visit_id, person_id, on }) => ({ ambito_id, visit_id, person_id, on_day: on })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Visits taken back: whoever was sent by them was not. */
export async function withdrawReferrals({ db, ambito_id, today }: Ctx, visit_ids: readonly string[]) {
  await db
    .updateTable('orientation.referral')
    .set({ ended_on: today, end_reason: 'withdrawn' })
    .where('ambito_id', '=', ambito_id)
    .where('visit_id', 'in', [...visit_ids])
    .where('ended_on', 'is', null)
    .execute()
}

const referral = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('orientation.referral')
    .select(['id', 'visit_id', 'person_id', 'on_day', 'ended_on', 'end_reason'])
    .where('ambito_id', '=', ambito_id)
export const findReferral = (ctx: Ctx, id: string) =>
  referral(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export type Referral = Awaited<ReturnType<typeof findReferral>>
export const waitingReferrals = (ctx: Ctx) =>
  referral(ctx).where('ended_on', 'is', null).orderBy('on_day').orderBy('id').limit(200).execute()
export const referralsOf = (ctx: Ctx, person_ids: readonly string[]) =>
  referral(ctx)
    .where('person_id', 'in', [...person_ids])
    .orderBy('on_day', 'desc')
    .execute()
/** @returns the visits it came from */
export async function endReferrals(
  { db, ambito_id, today, actor }: Ctx,
  of: { id: string } | { person_ids: readonly string[] },
  end_reason: string,
) {
  const rows = await db
    .updateTable('orientation.referral')
    .set({ ended_on: today, end_reason, ended_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('ended_on', 'is', null)
    .$if('id' in of, (one) => one.where('id', '=', (of as { id: string }).id))
    .$if('person_ids' in of, (one) => one.where('person_id', 'in', [...(of as { person_ids: string[] }).person_ids]))
    .returning('visit_id')
    .execute()
  return rows.map(({ visit_id }) => visit_id)
}

// --- plans ----------------------------------------------------------------------------------------------------------

const plans = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('orientation.plan').selectAll().where('ambito_id', '=', ambito_id)
export const findPlan = (ctx: Ctx, id: string) => plans(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export type Plan = Awaited<ReturnType<typeof findPlan>>
export const lockPlan = (ctx: Ctx, id: string) =>
  plans(ctx).where('id', '=', id).forNoKeyUpdate().executeTakeFirstOrThrow(notFound)
export const plansOf = (ctx: Ctx, person_ids: readonly string[]) =>
  plans(ctx)
    .where('person_id', 'in', [...person_ids])
    .orderBy(sql`closed_on is not null`)
    .orderBy('opened_on', 'desc')
    .execute()
export const plansNamed = (ctx: Ctx, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : plans(ctx)
        .where('id', 'in', [...ids])
        .execute()

/** Those whose sheets may still be on their way. */
export const lastPlans = (ctx: Ctx) =>
  plans(ctx).orderBy('opened_on', 'desc').orderBy('id', 'desc').limit(300).execute()

export type Which = 'mine' | 'all' | 'closed'
export const listPlans = (ctx: Ctx, which: Which, { from, count }: { from: number; count: number }) =>
  plans(ctx)
    .where('closed_on', which === 'closed' ? 'is not' : 'is', null)
    .$if(which === 'mine', (mine) => mine.where('adviser_id', '=', ctx.actor.account_id))
    .orderBy('opened_on', 'desc')
    .orderBy('id')
    .offset(from)
    .limit(count)
    .execute()
export async function countPlans({ db, ambito_id, actor }: Ctx) {
  const { rows } = await sql<{ mine: number; all: number; closed: number }>`
    select count(*) filter (where closed_on is null and adviser_id = ${actor.account_id})::int mine,
      count(*) filter (where closed_on is null)::int "all", count(closed_on)::int closed
    from orientation.plan where ambito_id = ${ambito_id}`.execute(db)
  return rows[0] as { mine: number; all: number; closed: number }
}
/** Plans whose results may be due on that day. */
export const plansAgreed = (ctx: Ctx) => plans(ctx).where('agreed_on', 'is not', null).execute()

export type Aims = Pick<
  Plan,
  | 'language'
  | 'goal'
  | 'goal_own'
  | 'availability'
  | 'hours_note'
  | 'minors'
  | 'childcare'
  | 'transport'
  | 'licences'
  | 'employment'
  | 'education'
>
export async function insertPlan(
  { db, ambito_id, actor, today }: Ctx,
  row: Partial<Aims> & { person_id: string; opened_on?: string; adviser_id?: string | null; demo?: boolean },
) {
  const { id } = await db
    .insertInto('orientation.plan')
    .values({ ambito_id, opened_on: today, adviser_id: actor.account_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export async function updatePlan(
  { db, ambito_id }: Ctx,
  id: string,
  change: Partial<Aims> & {
    version?: number
    agreed_on?: string
    adviser_id?: string | null
    closed_on?: string
    close_reason?: string
    closed_by?: string | null
  },
) {
  await db.updateTable('orientation.plan').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

// --- steps and changes ----------------------------------------------------------------------------------------------

const steps = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('orientation.step').selectAll().where('ambito_id', '=', ambito_id)
export const findStep = (ctx: Ctx, id: string) => steps(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export type Step = Awaited<ReturnType<typeof findStep>>
export const stepsOf = (ctx: Ctx, plan_ids: readonly string[]) =>
  plan_ids.length === 0
    ? Promise.resolve([])
    : steps(ctx)
        .where('plan_id', 'in', [...plan_ids])
        .orderBy('due_on')
        .orderBy('id')
        .execute()

type StepRow = Pick<Step, 'kind' | 'text' | 'text_own' | 'owner' | 'owner_text' | 'due_on'>
export async function insertStep({ db, ambito_id }: Ctx, plan_id: string, row: StepRow) {
  const { id } = await db
    .insertInto('orientation.step')
    .values({ ambito_id, plan_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export async function updateStep(
  { db, ambito_id }: Ctx,
  id: string,
  change: StepRow | { state: string; state_on: string | null },
) {
  await db.updateTable('orientation.step').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}
/** Steps of plans of this adviser that should have been taken. */
export async function countLate({ db, ambito_id, today, actor }: Ctx) {
  const { n } = await db
    .selectFrom('orientation.step as s')
    .innerJoin('orientation.plan as p', (join) =>
      join.onRef('p.ambito_id', '=', 's.ambito_id').onRef('p.id', '=', 's.plan_id'),
    )
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('s.ambito_id', '=', ambito_id)
    .where('s.state', '=', 'open')
    .where('s.due_on', '<', today)
    .where('p.closed_on', 'is', null)
    .where('p.adviser_id', '=', actor.account_id)
    .executeTakeFirstOrThrow()
  return Number(n)
}

export type What =
  | 'opened'
  | 'aims'
  | 'step_added'
  | 'step_changed'
  | 'step_done'
  | 'step_dropped'
  | 'step_reopened'
  | 'agreed'
export async function insertChange(
  { db, ambito_id }: Ctx,
  row: { plan_id: string; version: number; what: What; step_id?: string; fields?: readonly Changed[] },
) {
  await db
    .insertInto('orientation.change')
    .values({ ambito_id, ...row, fields: JSON.stringify(row.fields ?? []) })
    .execute()
}
export const changesSince = ({ db, ambito_id }: Ctx, plan_id: string, version: number) =>
  db
    .selectFrom('orientation.change')
    .select(['version', 'what', 'step_id', 'at', 'by_account'])
    .select(sql<Changed[]>`fields`.as('fields'))
    .where('ambito_id', '=', ambito_id)
    .where('plan_id', '=', plan_id)
    .where('version', '>', version)
    .orderBy('version')
    .limit(50)
    .execute()
export type Change = Awaited<ReturnType<typeof changesSince>>[number]
