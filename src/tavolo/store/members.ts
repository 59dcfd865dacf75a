/** Who sits at the tavolo, for which body, from when to when. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { SeatKind } from '../codes.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type MemberInput = { name: string; email: string; phone: string; demo?: boolean }
export async function insertMember({ db, ambito_id }: Here, member: MemberInput) {
  const { id } = await db
    .insertInto('tavolo.member')
    .values({ ambito_id, ...member })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateMember({ db, ambito_id }: Here, id: string, member: Partial<MemberInput>) {
  await db.updateTable('tavolo.member').set(member).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

const members = ({ db, ambito_id }: Here) =>
  db.selectFrom('tavolo.member').select(['id', 'name', 'email', 'phone']).where('ambito_id', '=', ambito_id)
export const listMembers = (ctx: Here) => members(ctx).orderBy('name').execute()
export const findMember = (ctx: Here, id: string) => members(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export const memberWithEmail = (ctx: Here, email: string) =>
  email === ''
    ? Promise.resolve(undefined)
    : members(ctx).where(sql`lower(email)`, '=', email.toLowerCase()).executeTakeFirst()
export type Member = Awaited<ReturnType<typeof findMember>>

// --- seats ----------------------------------------------------------------------------------------------------------

export type SeatInput = {
  member_id: string
  organisation_id: string
  kind: SeatKind
  role: string
  from_on?: string
  until_on?: string | null
  demo?: boolean
}
export async function insertSeat({ db, ambito_id }: Here, seat: SeatInput) {
  const { id } = await db
    .insertInto('tavolo.seat')
    .values({ ambito_id, ...seat })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const seats = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('tavolo.seat as s')
    .innerJoin('tavolo.member as m', (join) =>
      join.onRef('m.ambito_id', '=', 's.ambito_id').onRef('m.id', '=', 's.member_id'),
    )
    .select([
      's.id',
      's.member_id',
      's.organisation_id',
      's.kind',
      's.role',
      's.from_on',
      's.until_on',
      'm.name',
      'm.email',
    ])
    .where('s.ambito_id', '=', ambito_id)
    .$narrowType<{ kind: SeatKind }>()
export type Seat = Awaited<ReturnType<typeof findSeat>>

export const findSeat = (ctx: Here, id: string) => seats(ctx).where('s.id', '=', id).executeTakeFirstOrThrow(notFound)
export const seatsOfMember = (ctx: Here, member_id: string) =>
  seats(ctx).where('s.member_id', '=', member_id).orderBy('s.from_on').execute()
/** Whoever sits at it on a day; members before their substitutes. */
export const seatsOn = (ctx: Here, day: string) =>
  seats(ctx)
    .where('s.from_on', '<=', day)
    .where((where) => where.or([where('s.until_on', 'is', null), where('s.until_on', '>=', day)]))
    .orderBy('s.kind')
    .orderBy('m.name')
    .orderBy('s.id')
    .execute()
export const allSeats = (ctx: Here) => seats(ctx).orderBy('s.kind').orderBy('m.name').orderBy('s.id').execute()

/** They came before we knew. */
export async function beginSeat({ db, ambito_id }: Here, id: string, from_on: string) {
  await db
    .updateTable('tavolo.seat')
    .set({ from_on })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('from_on', '>', from_on)
    .execute()
}

export async function endSeat({ db, ambito_id }: Here, id: string, until_on: string) {
  await db
    .updateTable('tavolo.seat')
    .set({ until_on, from_on: sql`least(from_on, ${until_on}::date)` })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

/** Somebody who left a year ago: no address is kept, the name stays in the minutes. */
export async function forgetAddresses({ db, ambito_id }: Here, before: string) {
  await sql`update tavolo.member m set email = '', phone = ''
    where m.ambito_id = ${ambito_id} and (m.email <> '' or m.phone <> '')
      and exists (select from tavolo.seat s where s.ambito_id = m.ambito_id and s.member_id = m.id)
      and not exists (select from tavolo.seat s where s.ambito_id = m.ambito_id and s.member_id = m.id
        and (s.until_on is null or s.until_on >= ${before}))`.execute(db)
}

// --- the network ----------------------------------------------------------------------------------------------------

export async function putInNetwork(
  { db, ambito_id }: Here,
  rows: readonly { organisation_id: string; role: string; joined_on: string; demo?: boolean }[],
) {
  if (rows.length === 0) return
  await db
    .insertInto('tavolo.network')
    .values(rows.map((row) => ({ ambito_id, ...row })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function updateBody(
  { db, ambito_id }: Here,
  organisation_id: string,
  change: { role?: string; joined_on?: string; ended_on?: string | null },
) {
  const { numUpdatedRows } = await db
    .updateTable('tavolo.network')
    .set(change)
    .where('ambito_id', '=', ambito_id)
    .where('organisation_id', '=', organisation_id)
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}

/** Every body of the network, how many sit for it today, and when it last came. */
export async function listNetwork({ db, ambito_id }: Here, today: string) {
  const { rows } = await sql<{
    organisation_id: string
    role: string
    joined_on: string
    ended_on: string | null
    seats: number
    last_came: string | null
  }>`
    select n.organisation_id, n.role, n.joined_on, n.ended_on,
      (select count(*)::int from tavolo.seat s where s.ambito_id = n.ambito_id and s.organisation_id = n.organisation_id
         and (s.until_on is null or s.until_on >= ${today})) as seats,
      (select max(m.on_day) from tavolo.attendance a
         join tavolo.meeting m on m.ambito_id = a.ambito_id and m.id = a.meeting_id
         where a.ambito_id = n.ambito_id and a.organisation_id = n.organisation_id and a.withdrawn_at is null) as last_came
    from tavolo.network n where n.ambito_id = ${ambito_id}`.execute(db)
  return rows
}
export type NetworkRow = Awaited<ReturnType<typeof listNetwork>>[number]
