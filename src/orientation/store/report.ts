/** The figures of a period. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

type Period = { from: string; to: string }

export async function sessionFigures({ db, ambito_id }: Ctx, { from, to }: Period) {
  const { rows } = await sql<{ kind: string; sessions: number; minutes: number }>`
    select kind, count(*)::int sessions, sum(minutes)::int minutes from orientation.session
    where ambito_id = ${ambito_id} and on_day between ${from} and ${to} and withdrawn_on is null group by kind`.execute(
    db,
  )
  return rows
}

/** A person is one, however many files; new is whoever came for the first time. */
export async function peopleFigures({ db, ambito_id }: Ctx, { from, to }: Period) {
  const { rows } = await sql<{ people: number; new: number; alone: number }>`
    select count(*)::int people, count(*) filter (where first >= ${from})::int new, count(*) filter (where alone)::int alone from (
      select coalesce(c.canonical_id, a.person_id) person, min(s.on_day) first,
        bool_or(s.kind = 'individual' and s.on_day >= ${from}) alone, max(s.on_day) last
      from orientation.session s
      join orientation.attendance a on a.ambito_id = s.ambito_id and a.session_id = s.id
      left join lateral (select canonical_id from people.standing t where t.ambito_id = a.ambito_id and t.person_id = a.person_id limit 1) c on true
      where s.ambito_id = ${ambito_id} and s.on_day <= ${to} and s.withdrawn_on is null
      group by 1) each where last >= ${from}`.execute(db)
  return rows[0] as { people: number; new: number; alone: number }
}

export async function planFigures({ db, ambito_id }: Ctx, { from, to }: Period) {
  const { rows } = await sql<{ sent: number; opened: number; agreed: number; closed: number }>`select
    (select count(*)::int from orientation.referral where ambito_id = ${ambito_id} and on_day between ${from} and ${to} and end_reason is distinct from 'withdrawn') sent,
    count(*) filter (where opened_on between ${from} and ${to})::int opened,
    count(*) filter (where agreed_on between ${from} and ${to})::int agreed,
    count(*) filter (where closed_on between ${from} and ${to})::int closed
    from orientation.plan where ambito_id = ${ambito_id}`.execute(db)
  return rows[0] as { sent: number; opened: number; agreed: number; closed: number }
}

export async function stepFigures({ db, ambito_id }: Ctx, { from, to }: Period) {
  const { rows } = await sql<{ kind: string; done: number }>`
    select kind, count(*)::int done from orientation.step
    where ambito_id = ${ambito_id} and state = 'done' and state_on between ${from} and ${to} group by kind order by 2 desc, 1`.execute(
    db,
  )
  return rows
}

export async function milestoneFigures({ db, ambito_id }: Ctx, { from, to }: Period) {
  const { rows } = await sql<{ kind: string; what: string; count: number; ended_well: number }>`
    select kind, what, count(*)::int count,
      count(*) filter (where outcome in ('recognised', 'partly', 'completed', 'hired', 'joined'))::int ended_well
    from orientation.milestone
    where ambito_id = ${ambito_id} and withdrawn_on is null and on_day between ${from} and ${to}
    group by kind, what order by kind, what`.execute(db)
  return rows
}

/** The last word on each plan at three and at six months. */
export async function resultFigures({ db, ambito_id }: Ctx, { from, to }: Period) {
  const { rows } = await sql<{ months: number; employment: string; count: number }>`
    select months, employment, count(*)::int count from (
      select distinct on (plan_id, months) months, employment, on_day from orientation.result
      where ambito_id = ${ambito_id} order by plan_id, months, position desc) last
    where on_day between ${from} and ${to} group by 1, 2 order by 1, 3 desc`.execute(db)
  return rows
}
