/** Who asks: bodies with their ceilings and the mediators they prefer, and the contacts who write for them. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

export async function bodyNamed({ db, ambito_id }: Ctx, name: string, organisation_id: string | null, comune: string) {
  await sql`insert into mediation.body (ambito_id, name, organisation_id, comune) values (${ambito_id}, ${name}, ${organisation_id}, ${comune})
    on conflict (ambito_id, lower(name)) do nothing`.execute(db)
  return db
    .selectFrom('mediation.body')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where((e) => e(e.fn('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirstOrThrow()
}
export const findBody = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.body')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export async function updateBody(
  { db, ambito_id }: Ctx,
  id: string,
  change: {
    name?: string
    comune?: string | null
    organisation_id?: string | null
    known_at?: string
    known_by?: string | null
  },
) {
  await db.updateTable('mediation.body').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}
export const listBodies = ({ db, ambito_id, today }: Ctx) =>
  db
    .selectFrom('mediation.body as b')
    .leftJoin('mediation.ceiling as x', (join) =>
      join
        .onRef('x.ambito_id', '=', 'b.ambito_id')
        .onRef('x.body_id', '=', 'b.id')
        .on('x.from_day', '<=', today)
        .on('x.to_day', '>=', today),
    )
    .select([
      'b.id',
      'b.name',
      'b.comune',
      'b.known_at',
      'b.organisation_id',
      'x.minutes as ceiling',
      'x.from_day',
      'x.to_day',
    ])
    .select(({ selectFrom, fn }) => [
      selectFrom('mediation.call as c')
        .select(fn.countAll<number>().as('n'))
        .where('c.ambito_id', '=', ambito_id)
        .whereRef('c.body_id', '=', 'b.id')
        .as('calls'),
      selectFrom('mediation.held as h')
        .select(sql<number>`coalesce(sum(h.minutes), 0)::int`.as('n'))
        .where('h.ambito_id', '=', ambito_id)
        .whereRef('h.body_id', '=', 'b.id')
        .where(({ eb, or, ref }) => or([eb('x.from_day', 'is', null), eb('h.on_day', '>=', ref('x.from_day'))]))
        .as('held'),
    ])
    .where('b.ambito_id', '=', ambito_id)
    .orderBy(sql`lower(b.name)`)
    .execute()
export type BodyLine = Awaited<ReturnType<typeof listBodies>>[number]

export async function insertCeiling(
  { db, ambito_id, actor }: Ctx,
  body_id: string,
  ceiling: { from_day: string; to_day: string; minutes: number },
) {
  await db
    .insertInto('mediation.ceiling')
    .values({ ambito_id, body_id, ...ceiling, recorded_by: actor.account_id })
    .execute()
}
/** The ceiling of a body on a day, with what is held against it and what is promised. */
export async function ceilingOn({ db, ambito_id }: Ctx, body_id: string, day: string) {
  const { rows } = await sql<{ minutes: number; from_day: string; to_day: string; held: number; promised: number }>`
    select x.minutes, x.from_day, x.to_day,
      (select coalesce(sum(h.minutes), 0)::int from mediation.held h where h.ambito_id = x.ambito_id and h.body_id = x.body_id and h.on_day between x.from_day and x.to_day) as held,
      (select coalesce(sum(c.minutes), 0)::int from mediation.call c where c.ambito_id = x.ambito_id and c.body_id = x.body_id
        and c.state in ('approved', 'offered', 'assigned', 'done', 'reported', 'absent', 'confirmed', 'cancelled_by_mediator')) as promised
    from mediation.ceiling x where x.ambito_id = ${ambito_id} and x.body_id = ${body_id} and ${day}::date between x.from_day and x.to_day
    order by x.recorded_at desc limit 1`.execute(db)
  return rows[0]
}

export type NewContact = {
  name: string
  job: string
  email: string
  phone: string
  lang: string
  account_id?: string | null
}
/** One address is one contact; what is typed without proof changes nothing of a contact already verified. */
export async function contactOf(
  { db, ambito_id }: Ctx,
  { name, job, email, phone, lang, account_id = null }: NewContact,
) {
  await sql`insert into mediation.contact (ambito_id, name, job, email, phone, lang, account_id)
    values (${ambito_id}, ${name}, ${job}, ${email}, ${phone}, ${lang}, ${account_id})
    on conflict (ambito_id, lower(email)) do update set name = excluded.name, job = excluded.job, phone = excluded.phone, lang = excluded.lang
      where contact.verified_at is null`.execute(db)
  return db
    .selectFrom('mediation.contact')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where((e) => e(e.fn('lower', ['email']), '=', email.toLowerCase()))
    .executeTakeFirstOrThrow()
}
export const findContact = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.contact')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export type Contact = Awaited<ReturnType<typeof findContact>>
export async function verifyContact({ db, ambito_id, now, actor }: Ctx, id: string, how: 'mail' | 'call' | 'account') {
  await db
    .updateTable('mediation.contact')
    .set({ verified_at: now.toString(), verified_how: how, verified_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('verified_at', 'is', null)
    .execute()
}
export const contactOfAccount = ({ db, ambito_id }: Ctx, account_id: string) =>
  db
    .selectFrom('mediation.contact')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('account_id', '=', account_id)
    .executeTakeFirst()

// --- whom they prefer, and whom better not -------------------------------------------------------------------------

export async function setStance(
  { db, ambito_id, actor }: Ctx,
  body_id: string,
  mediator_id: string,
  kind: 'preferred' | 'excluded' | 'none',
) {
  if (kind === 'none')
    await db
      .deleteFrom('mediation.stance')
      .where('ambito_id', '=', ambito_id)
      .where('body_id', '=', body_id)
      .where('mediator_id', '=', mediator_id)
      .execute()
  else
    await db
      .insertInto('mediation.stance')
      .values({ ambito_id, body_id, mediator_id, kind, recorded_by: actor.account_id })
      .onConflict((conflict) => conflict.columns(['ambito_id', 'body_id', 'mediator_id']).doUpdateSet({ kind }))
      .execute()
}
export const stancesOf = ({ db, ambito_id }: Ctx, body_id: string) =>
  db
    .selectFrom('mediation.stance as s')
    .innerJoin('mediation.mediator as m', (join) =>
      join.onRef('m.ambito_id', '=', 's.ambito_id').onRef('m.id', '=', 's.mediator_id'),
    )
    .select(['s.kind', 'm.id', 'm.name'])
    .where('s.ambito_id', '=', ambito_id)
    .where('s.body_id', '=', body_id)
    .execute()

/** The bodies that prefer her, or better not. */
export const stancesAbout = ({ db, ambito_id }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.stance as s')
    .innerJoin('mediation.body as b', (join) =>
      join.onRef('b.ambito_id', '=', 's.ambito_id').onRef('b.id', '=', 's.body_id'),
    )
    .select(['s.kind', 'b.name'])
    .where('s.ambito_id', '=', ambito_id)
    .where('s.mediator_id', '=', mediator_id)
    .execute()
