/** Reports, confirmations, disputes, hours held. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

export type NewReport = {
  call_id: string
  assignment_id: string
  absent: boolean
  started_at: Temporal.Instant
  ended_at: Temporal.Instant
  break_minutes: number
  travel_minutes: number
  expense_cents: number
  adults: number
  minors: number
  outcome: string | null
  note: string
  outside_booking: boolean
  paid_minutes: number
}
export async function insertReport({ db, ambito_id, actor }: Ctx, { started_at, ended_at, ...report }: NewReport) {
  const { id } = await db
    .insertInto('mediation.report')
    .values({
      ambito_id,
      ...report,
      number: sql<number>`(select coalesce(max(number), 0) + 1 from mediation.report where ambito_id = ${ambito_id} and call_id = ${report.call_id})`,
      started_at: started_at.toString(),
      ended_at: ended_at.toString(),
      recorded_by: actor.account_id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const reportOf = ({ db, ambito_id }: Ctx, call_id: string) =>
  db
    .selectFrom('mediation.report')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
export type Report = NonNullable<Awaited<ReturnType<typeof reportOf>>>

export async function insertConfirmation(
  { db, ambito_id, actor }: Ctx,
  confirmation: {
    call_id: string
    report_id: string
    minutes: number
    signer: string
    job: string
    how: 'link' | 'screen' | 'paper' | 'account' | 'register' | 'system'
  },
) {
  await db
    .insertInto('mediation.confirmation')
    .values({ ambito_id, ...confirmation, recorded_by: actor.account_id })
    .execute()
}
export const confirmationOf = ({ db, ambito_id }: Ctx, call_id: string) =>
  db
    .selectFrom('mediation.confirmation')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .executeTakeFirst()

export async function insertDispute(
  { db, ambito_id }: Ctx,
  dispute: { call_id: string; report_id: string; about: string; text: string },
) {
  await db
    .insertInto('mediation.dispute')
    .values({ ambito_id, ...dispute })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
export const openDispute = ({ db, ambito_id }: Ctx, call_id: string) =>
  db
    .selectFrom('mediation.dispute')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
export async function resolveDispute(
  { db, ambito_id, now, actor }: Ctx,
  call_id: string,
  resolution: 'report_stands' | 'report_corrected',
) {
  await db
    .updateTable('mediation.dispute')
    .set({ resolved_at: now.toString(), resolved_by: actor.account_id, resolution })
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .where('resolved_at', 'is', null)
    .execute()
}

/** A correction before the month is closed: the countersignature falls, the call is to be confirmed again. */
export async function dropConfirmation({ db, ambito_id }: Ctx, call_id: string) {
  return db
    .deleteFrom('mediation.confirmation')
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .returning('report_id')
    .executeTakeFirstOrThrow(notFound)
}
export async function repeatReport({ db, ambito_id, actor }: Ctx, report_id: string) {
  await sql`insert into mediation.report (ambito_id, call_id, assignment_id, number, absent, started_at, ended_at, break_minutes, travel_minutes, expense_cents, adults, minors, outcome, note, outside_booking, paid_minutes, recorded_by)
    select ambito_id, call_id, assignment_id, (select max(n.number) + 1 from mediation.report n where n.ambito_id = r.ambito_id and n.call_id = r.call_id), absent, started_at, ended_at, break_minutes, travel_minutes, expense_cents, adults, minors, outcome, note, outside_booking, paid_minutes, ${actor.account_id}::uuid
    from mediation.report r where ambito_id = ${ambito_id} and id = ${report_id}`.execute(db)
}

/** What a contact has to countersign. */
export const toConfirm = ({ db, ambito_id }: Ctx, contact_id: string) =>
  work({ db, ambito_id })
    .where('c.contact_id', '=', contact_id)
    .where('c.state', 'in', ['reported', 'absent'])
    .where('d.id', 'is', null)
    .orderBy('r.started_at')
    .execute()

/** Calls with their last report: the row every sheet of hours is made of. */
const work = ({ db, ambito_id }: Pick<Ctx, 'db' | 'ambito_id'>) =>
  db
    .selectFrom('mediation.call as c')
    .innerJoin('mediation.assignment as a', (join) =>
      join.onRef('a.ambito_id', '=', 'c.ambito_id').onRef('a.call_id', '=', 'c.id').on('a.ended_at', 'is', null),
    )
    .innerJoin('mediation.mediator as m', (join) =>
      join.onRef('m.ambito_id', '=', 'a.ambito_id').onRef('m.id', '=', 'a.mediator_id'),
    )
    .innerJoin('mediation.contract as t', (join) =>
      join.onRef('t.ambito_id', '=', 'm.ambito_id').onRef('t.id', '=', 'm.contract_id'),
    )
    .innerJoin('mediation.body as b', (join) =>
      join.onRef('b.ambito_id', '=', 'c.ambito_id').onRef('b.id', '=', 'c.body_id'),
    )
    .innerJoin('mediation.contact as k', (join) =>
      join.onRef('k.ambito_id', '=', 'c.ambito_id').onRef('k.id', '=', 'c.contact_id'),
    )
    .leftJoin('mediation.report as r', (join) =>
      join
        .onRef('r.ambito_id', '=', 'c.ambito_id')
        .onRef('r.call_id', '=', 'c.id')
        .on(
          sql<boolean>`r.number = (select max(n.number) from mediation.report n where n.ambito_id = c.ambito_id and n.call_id = c.id)`,
        ),
    )
    .leftJoin('mediation.confirmation as f', (join) =>
      join.onRef('f.ambito_id', '=', 'c.ambito_id').onRef('f.call_id', '=', 'c.id'),
    )
    .leftJoin('mediation.dispute as d', (join) =>
      join.onRef('d.ambito_id', '=', 'c.ambito_id').onRef('d.call_id', '=', 'c.id').on('d.resolved_at', 'is', null),
    )
    .select([
      'c.id',
      'c.number',
      'c.state',
      'c.language',
      'c.field',
      'c.comune',
      'c.mode',
      'c.body_id',
      'c.contact_id',
      'c.purpose',
    ])
    .select([
      'a.starts_at',
      'a.ends_at',
      'a.mediator_id',
      'm.name as mediator_name',
      'm.email as mediator_email',
      'm.lang as mediator_lang',
      'm.contract_id',
      't.rate_cents',
      't.title as contract_title',
    ])
    .select([
      'b.name as body_name',
      'b.organisation_id',
      'k.name as contact_name',
      'k.email as contact_email',
      'k.lang as contact_lang',
    ])
    .select([
      'r.id as report_id',
      'r.absent',
      'r.started_at',
      'r.ended_at',
      'r.paid_minutes',
      'r.travel_minutes',
      'r.expense_cents',
      'r.outcome',
      'r.outside_booking',
      'r.recorded_at as reported_at',
    ])
    .select([
      'f.minutes as confirmed_minutes',
      'f.signer',
      'f.job as signer_job',
      'f.how as confirmed_how',
      'f.recorded_at as confirmed_at',
      'd.id as dispute_id',
      'd.about as dispute_about',
    ])
    .where('c.ambito_id', '=', ambito_id)

export const workIn = (
  ctx: Ctx,
  from: Temporal.Instant,
  to: Temporal.Instant,
  { mediator_id, body_id }: { mediator_id?: string; body_id?: string } = {},
) =>
  work(ctx)
    .where('a.starts_at', '>=', from.toString())
    .where('a.starts_at', '<', to.toString())
    .$if(mediator_id !== undefined, (query) => query.where('a.mediator_id', '=', mediator_id as string))
    .$if(body_id !== undefined, (query) => query.where('c.body_id', '=', body_id as string))
    .orderBy('a.starts_at')
    .execute()
export const workOn = (ctx: Ctx, call_id: string) =>
  work(ctx).where('c.id', '=', call_id).executeTakeFirstOrThrow(notFound)
export type Work = Awaited<ReturnType<typeof workOn>>
/** Confirmed work up to an instant, not held yet; locked so that two who close the same month hold each hour once. */
export async function toHold(ctx: Ctx, to: Temporal.Instant) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mediation.close ${ctx.ambito_id}`}, 0))`.execute(ctx.db)
  return work(ctx)
    .where('c.state', '=', 'confirmed')
    .where('a.starts_at', '<', to.toString())
    .orderBy('a.starts_at')
    .limit(2000)
    .execute()
}
/** Cancelled by the body within the hours its contract calls late: lines of the sheet of a month, with nothing reported. */
export const lateCancellations = (
  { db, ambito_id }: Ctx,
  to: Temporal.Instant,
  { mediator_id, body_id, states = ['cancelled_by_body', 'locked'] }: Late = {},
) =>
  db
    .selectFrom('mediation.call as c')
    .innerJoin('mediation.assignment as a', (join) =>
      join
        .onRef('a.ambito_id', '=', 'c.ambito_id')
        .onRef('a.call_id', '=', 'c.id')
        .on('a.ended_why', '=', 'cancelled_by_body'),
    )
    .innerJoin('mediation.mediator as m', (join) =>
      join.onRef('m.ambito_id', '=', 'a.ambito_id').onRef('m.id', '=', 'a.mediator_id'),
    )
    .innerJoin('mediation.contract as t', (join) =>
      join.onRef('t.ambito_id', '=', 'm.ambito_id').onRef('t.id', '=', 'm.contract_id'),
    )
    .innerJoin('mediation.body as b', (join) =>
      join.onRef('b.ambito_id', '=', 'c.ambito_id').onRef('b.id', '=', 'c.body_id'),
    )
    .select(['c.id', 'c.number', 'c.state', 'c.language', 'c.field', 'c.comune', 'c.mode', 'c.body_id'])
    .select(['b.organisation_id', 'b.name as body_name', 'm.contract_id', 'a.mediator_id', 'm.name as mediator_name'])
    .select(['a.starts_at', 'a.ends_at', 'a.ended_at as cancelled_at'])
    .select(['t.late_hours', 't.minimum_minutes', 't.rate_cents'])
    .select([
      sql<string | null>`null`.as('started_at'),
      sql<string | null>`null`.as('ended_at'),
      sql<number | null>`null::int`.as('confirmed_minutes'),
      sql<number>`0`.as('expense_cents'),
      sql<string | null>`null`.as('dispute_id'),
    ])
    .where('c.ambito_id', '=', ambito_id)
    .where('c.state', 'in', states)
    .where('a.starts_at', '<', to.toString())
    .where('a.ended_at', '>', sql<string>`a.starts_at - make_interval(hours => t.late_hours)`)
    .$if(mediator_id !== undefined, (query) => query.where('a.mediator_id', '=', mediator_id as string))
    .$if(body_id !== undefined, (query) => query.where('c.body_id', '=', body_id as string))
    .limit(2000)
    .execute()
type Late = { mediator_id?: string; body_id?: string; states?: readonly string[] }

export async function hold(
  { db, ambito_id, actor }: Ctx,
  row: {
    call_id: string
    body_id: string
    mediator_id: string
    contract_id: string
    on_day: string
    minutes: number
    cents: number
  },
) {
  await db
    .insertInto('mediation.held')
    .values({ ambito_id, ...row, recorded_by: actor.account_id })
    .execute()
}
export const heldOf = ({ db, ambito_id }: Ctx, call_id: string) =>
  db
    .selectFrom('mediation.held')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('call_id', '=', call_id)
    .executeTakeFirst()

export async function rate({ db, ambito_id }: Ctx, contact_id: string, month: string, rating: number) {
  await db
    .insertInto('mediation.satisfaction')
    .values({ ambito_id, contact_id, month, rating })
    .onConflict((conflict) => conflict.columns(['ambito_id', 'contact_id', 'month']).doUpdateSet({ rating }))
    .execute()
}
export const hasRated = async ({ db, ambito_id }: Ctx, contact_id: string, month: string) =>
  (await db
    .selectFrom('mediation.satisfaction')
    .select('rating')
    .where('ambito_id', '=', ambito_id)
    .where('contact_id', '=', contact_id)
    .where('month', '=', month)
    .executeTakeFirst()) !== undefined

/** Contacts with something to countersign, and since when. */
export const whoIsLate = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.call as c')
    .innerJoin('mediation.contact as k', (join) =>
      join.onRef('k.ambito_id', '=', 'c.ambito_id').onRef('k.id', '=', 'c.contact_id'),
    )
    .innerJoin('mediation.step as s', (join) =>
      join
        .onRef('s.ambito_id', '=', 'c.ambito_id')
        .onRef('s.call_id', '=', 'c.id')
        .on('s.state', 'in', ['reported', 'absent']),
    )
    .select(['k.id', 'k.name', 'k.email', 'k.lang'])
    .select(({ fn }) => [fn.count<number>('c.id').distinct().as('calls'), fn.min('s.at').as('since')])
    .where('c.ambito_id', '=', ambito_id)
    .where('c.state', 'in', ['reported', 'absent'])
    .groupBy(['k.id', 'k.name', 'k.email', 'k.lang'])
    .orderBy('since')
    .execute()

// --- signed on the screen -------------------------------------------------------------------------------------------

export async function insertSignature(
  { db, ambito_id }: Ctx,
  signature: {
    report_id: string
    side: 'mediator' | 'body'
    call_id: string
    signer: string
    job: string
    file_id: string
  },
) {
  await db
    .insertInto('mediation.signature')
    .values({ ambito_id, ...signature })
    .execute()
}
/** Of one report: what was signed before a correction signs nothing of it. */
export const signaturesOf = ({ db, ambito_id }: Ctx, report_id: string) =>
  db
    .selectFrom('mediation.signature')
    .select(['side', 'signer', 'job', 'file_id', 'signed_at'])
    .where('ambito_id', '=', ambito_id)
    .where('report_id', '=', report_id)
    .orderBy('side', 'desc')
    .execute()
