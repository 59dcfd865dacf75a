/** Bulk writing for the desk's register: one statement per table and chunk. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

/** The openings of these days and kinds; where there is none, one is made with the weekly hours of that desk. */
export async function openingsFor({ db, ambito_id, actor }: Ctx, wanted: readonly { kind: string; on_day: string }[]) {
  const json = JSON.stringify(wanted)
  await sql`
    insert into desk.opening (ambito_id, kind, on_day, starts_at, ends_at, place, recorded_by)
    select ${ambito_id}, w.kind, w.on_day, coalesce(s.starts_at, '09:00'), coalesce(s.ends_at, '13:00'), coalesce(s.place, ''), ${actor.account_id}
    from (select distinct kind, on_day from jsonb_to_recordset(${json}::jsonb) r (kind text, on_day date)) w
    left join lateral (
      select starts_at, ends_at, place from desk.opening_series x where x.ambito_id = ${ambito_id} and x.kind = w.kind
      order by (x.weekday = extract(isodow from w.on_day)) desc, x.weekday, x.starts_at limit 1) s on true
    where not exists (select from desk.opening o where o.ambito_id = ${ambito_id} and o.on_day = w.on_day and o.kind = w.kind and o.cancelled_at is null)`.execute(
    db,
  )
  const { rows } = await sql<{ id: string; kind: string; on_day: string }>`
    select distinct on (o.kind, o.on_day) o.id, o.kind, o.on_day from desk.opening o
    where o.ambito_id = ${ambito_id} and o.cancelled_at is null and (o.kind, o.on_day) in (select kind, on_day from jsonb_to_recordset(${json}::jsonb) r (kind text, on_day date))
    order by o.kind, o.on_day, o.series_id nulls last, o.starts_at, o.id`.execute(db)
  return new Map(rows.map(({ id, kind, on_day }) => [`${kind} ${on_day}`, id]))
}

export type ImportedVisit = {
  id: string
  opening_id: string
  person_id: string | null
  on_day: string
  help: string[]
  outcome: string
  minutes: number | null
  language: string | null
  operator: string | null
  needs: string[]
  notes: string[]
  sent_to: string | null
}

export async function insertVisits({ db, ambito_id, actor }: Ctx, visits: readonly ImportedVisit[]) {
  if (visits.length === 0) return
  const by = actor.account_id
  const json = JSON.stringify(visits)
  await sql`
    insert into desk.visit (ambito_id, id, opening_id, person_id, on_day, channel, for_whom, help, outcome, minutes, language, operator, recorded_by)
    select ${ambito_id}, id, opening_id, person_id, on_day, 'walk_in', 'self', help, outcome, minutes, language, operator, ${by}
    from jsonb_to_recordset(${json}::jsonb) r (id uuid, opening_id uuid, person_id uuid, on_day date, help text[], outcome text, minutes smallint, language text, operator text)`.execute(
    db,
  )
  await sql`
    insert into desk.visit_need (ambito_id, visit_id, need)
    select ${ambito_id}, id, need from jsonb_to_recordset(${json}::jsonb) r (id uuid, needs text[]) cross join lateral unnest(needs) need`.execute(
    db,
  )
  await sql`
    insert into desk.note (ambito_id, person_id, visit_id, closed_to, text, recorded_by)
    select ${ambito_id}, person_id, id, 'desk', left(note, 4000), ${by}
    from jsonb_to_recordset(${json}::jsonb) r (id uuid, person_id uuid, notes text[]) cross join lateral unnest(notes) note where note <> ''`.execute(
    db,
  )
  await sql`
    insert into desk.referral (ambito_id, visit_id, person_id, to_whom, on_day, recorded_by)
    select ${ambito_id}, id, person_id, left(sent_to, 200), on_day, ${by}
    from jsonb_to_recordset(${json}::jsonb) r (id uuid, person_id uuid, sent_to text, on_day date) where sent_to <> ''`.execute(
    db,
  )
}

/** A visit taken for the wrong person, with what hangs on it; undefined when it was withdrawn meanwhile. */
export async function visitWithAll({ db, ambito_id }: Ctx, id: string) {
  const { rows } = await sql<ImportedVisit & { opening_kind: string }>`
    select v.id, v.opening_id, v.person_id, v.on_day, v.help, v.outcome, v.minutes, v.language, v.operator, o.kind as opening_kind,
      array(select n.need from desk.visit_need n where n.ambito_id = ${ambito_id} and n.visit_id = v.id) as needs,
      array(select n.text from desk.note n where n.ambito_id = ${ambito_id} and n.visit_id = v.id) as notes,
      (select r.to_whom from desk.referral r where r.ambito_id = ${ambito_id} and r.visit_id = v.id limit 1) as sent_to
    from desk.visit v join desk.opening o on o.ambito_id = ${ambito_id} and o.id = v.opening_id
    where v.ambito_id = ${ambito_id} and v.id = ${id}
      and not exists (select from desk.withdrawal w where w.ambito_id = ${ambito_id} and w.visit_id = v.id)`.execute(db)
  return rows[0]
}

/** Its notes are about somebody else: they went along with the copy. */
export async function dropNotes({ db, ambito_id }: Ctx, visit_id: string) {
  await db.deleteFrom('desk.note').where('ambito_id', '=', ambito_id).where('visit_id', '=', visit_id).execute()
}
