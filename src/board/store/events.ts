/** When and where an event is, who signed up, who came. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

export const findEvent = ({ db, ambito_id }: Ctx, item_id: string) =>
  db
    .selectFrom('board.event')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .executeTakeFirst()
export type EventRow = NonNullable<Awaited<ReturnType<typeof findEvent>>>
export type EventData = Pick<
  EventRow,
  'on_day' | 'starts_at' | 'ends_at' | 'place_id' | 'place_text' | 'organisation_id' | 'sign_up' | 'capacity'
>

export const lockEvent = ({ db, ambito_id }: Ctx, item_id: string) =>
  db
    .selectFrom('board.event')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)

/** As it is now, and not changed before this transaction ends; many who sign up may hold it at once. */
export const holdEvent = ({ db, ambito_id }: Ctx, item_id: string) =>
  db
    .selectFrom('board.event')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .forShare()
    .executeTakeFirstOrThrow(notFound)

export async function insertEvent({ db, ambito_id }: Ctx, item_id: string, data: EventData) {
  await db
    .insertInto('board.event')
    .values({ ambito_id, item_id, ...data })
    .execute()
}
export async function updateEvent(
  { db, ambito_id }: Ctx,
  item_id: string,
  change: Partial<EventData & Pick<EventRow, 'sequence' | 'cancelled_at' | 'cancelled_by'>>,
) {
  await db
    .updateTable('board.event')
    .set(change)
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .execute()
}

// --- seats ----------------------------------------------------------------------------------------------------------

/**
 * As many seats as the capacity says, numbered from 1. A seat somebody has, or had, stays: its row is what they took.
 * @returns false when more people have signed up than would fit
 */
export async function setSeats({ db, ambito_id }: Ctx, item_id: string, capacity: number | null) {
  const taken = await takenSeats({ db, ambito_id }, item_id)
  if (capacity !== null && taken.length > capacity) return false
  if (capacity === null) return true
  await sql`insert into board.seat (ambito_id, item_id, number)
    select ${ambito_id}, ${item_id}, n from generate_series(1, ${capacity}::int) n on conflict do nothing`.execute(db)
  // Whoever sits beyond the new end moves to a free place inside it.
  const free = Array.from({ length: capacity }, (_, at) => at + 1).filter(
    (number) => !taken.some((one) => one.seat === number),
  )
  for (const { id, seat } of taken)
    if (seat === null || seat > capacity)
      await db
        .updateTable('board.sign_up')
        .set({ seat: free.shift() as number })
        .where('ambito_id', '=', ambito_id)
        .where('id', '=', id)
        .execute()
  return true
}

const takenSeats = ({ db, ambito_id }: Pick<Ctx, 'db' | 'ambito_id'>, item_id: string) =>
  db
    .selectFrom('board.sign_up')
    .select(['id', 'seat'])
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .where('withdrawn_at', 'is', null)
    .execute()

/** A free seat, locked for this transaction; two who ask at once lock two different ones. */
export async function takeSeat({ db, ambito_id }: Ctx, item_id: string, capacity: number) {
  const { rows } = await sql<{ number: number }>`select number from board.seat s
    where ambito_id = ${ambito_id} and item_id = ${item_id} and number <= ${capacity}
      and not exists (select from board.sign_up u where u.ambito_id = s.ambito_id and u.item_id = s.item_id and u.seat = s.number and u.withdrawn_at is null)
    order by number limit 1 for update skip locked`.execute(db)
  return rows[0]?.number
}

export async function countSignedUp({ db, ambito_id }: Ctx, item_id: string) {
  return (await takenSeats({ db, ambito_id }, item_id)).length
}

/** How many have signed up, for many events at once. */
export async function signedUpOf({ db, ambito_id }: Ctx, item_ids: readonly string[]) {
  if (item_ids.length === 0) return new Map<string, number>()
  const rows = await db
    .selectFrom('board.sign_up')
    .select(({ fn }) => ['item_id', fn.countAll<number>().as('n')])
    .where('ambito_id', '=', ambito_id)
    .where('item_id', 'in', [...item_ids])
    .where('withdrawn_at', 'is', null)
    .groupBy('item_id')
    .execute()
  return new Map(rows.map(({ item_id, n }) => [item_id, Number(n)]))
}

// --- sign-ups -------------------------------------------------------------------------------------------------------

export type NewSignUp = {
  item_id: string
  seat: number | null
  called_as: string
  email: string
  phone: string
  token_hash: Buffer
}
export async function insertSignUp({ db, ambito_id, lang }: Ctx, row: NewSignUp) {
  const { id } = await db
    .insertInto('board.sign_up')
    .values({ ambito_id, language: lang, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function countOfContact(
  { db, ambito_id }: Ctx,
  item_id: string,
  { email, phone }: { email: string; phone: string },
) {
  const row = await db
    .selectFrom('board.sign_up')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .where('withdrawn_at', 'is', null)
    .where(({ or, and, eb }) =>
      or([
        and([eb('email', '=', email), eb('email', '<>', '')]),
        and([eb('phone', '=', phone), eb('phone', '<>', '')]),
      ]),
    )
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export const signUpsOf = ({ db, ambito_id }: Ctx, item_id: string) =>
  db
    .selectFrom('board.sign_up')
    .select(['id', 'seat', 'called_as', 'email', 'phone', 'language', 'signed_up_at', 'withdrawn_at'])
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .orderBy('signed_up_at')
    .orderBy('id')
    .execute()
export type SignUp = Awaited<ReturnType<typeof signUpsOf>>[number]

export const signUpByToken = ({ db, ambito_id }: Ctx, item_id: string, token_hash: Buffer) =>
  db
    .selectFrom('board.sign_up')
    .select(['id', 'seat', 'withdrawn_at'])
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .where('token_hash', '=', token_hash)
    .executeTakeFirstOrThrow(notFound)

export async function withdrawSignUp({ db, ambito_id, now }: Ctx, id: string) {
  await db
    .updateTable('board.sign_up')
    .set({ withdrawn_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute()
}

/** Names and contacts of events before that day. @returns how many people were forgotten */
export async function forgetContacts({ db, ambito_id }: Ctx, before: string) {
  const { numUpdatedRows } = await db
    .updateTable('board.sign_up as u')
    .set({ called_as: '', email: '', phone: '' })
    .where('u.ambito_id', '=', ambito_id)
    .where(({ or, eb }) => or([eb('u.called_as', '<>', ''), eb('u.email', '<>', ''), eb('u.phone', '<>', '')]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('board.event as e')
          .select('e.item_id')
          .where('e.ambito_id', '=', ambito_id)
          .whereRef('e.item_id', '=', 'u.item_id')
          .where('e.on_day', '<', before),
      ),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

// --- who came -------------------------------------------------------------------------------------------------------

export type NewAttendance = {
  item_id: string
  sign_up_id: string | null
  person_id: string | null
  on_day: string
  minutes: number
}
export async function insertAttendance({ db, ambito_id }: Ctx, row: NewAttendance) {
  const { id } = await db
    .insertInto('board.attendance')
    .values({ ambito_id, ...row })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const attendances = ({ db, ambito_id }: Pick<Ctx, 'db' | 'ambito_id'>) =>
  db
    .selectFrom('board.attendance as a')
    .leftJoin('board.attendance_withdrawal as w', (join) =>
      join.onRef('w.ambito_id', '=', 'a.ambito_id').onRef('w.attendance_id', '=', 'a.id'),
    )
    .select([
      'a.id',
      'a.item_id',
      'a.sign_up_id',
      'a.person_id',
      'a.on_day',
      'a.minutes',
      'a.recorded_at',
      'w.recorded_at as withdrawn_at',
    ])
    .where('a.ambito_id', '=', ambito_id)

export const attendanceOf = (ctx: Ctx, item_id: string) =>
  attendances(ctx).where('a.item_id', '=', item_id).orderBy('a.recorded_at').orderBy('a.id').execute()
export type Attendance = Awaited<ReturnType<typeof attendanceOf>>[number]

export const findAttendance = (ctx: Ctx, item_id: string, id: string) =>
  attendances(ctx).where('a.item_id', '=', item_id).where('a.id', '=', id).executeTakeFirstOrThrow(notFound)

export const attendanceOfPersons = (ctx: Ctx, person_ids: string[]) =>
  attendances(ctx).where('a.person_id', 'in', person_ids).orderBy('a.on_day').execute()

export async function insertAttendanceWithdrawal({ db, ambito_id }: Ctx, attendance_id: string) {
  const row = await db
    .insertInto('board.attendance_withdrawal')
    .values({ ambito_id, attendance_id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('attendance_id')
    .executeTakeFirst()
  return row !== undefined
}

/** The sign-ups a person came with: name and contact go, the seat and the attendance stay. */
export async function emptySignUps({ db, ambito_id }: Ctx, person_ids: string[]) {
  await db
    .updateTable('board.sign_up as u')
    .set({ called_as: '', email: '', phone: '' })
    .where('u.ambito_id', '=', ambito_id)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('board.attendance as a')
          .select('a.id')
          .where('a.ambito_id', '=', ambito_id)
          .whereRef('a.sign_up_id', '=', 'u.id')
          .where('a.person_id', 'in', person_ids),
      ),
    )
    .execute()
}
