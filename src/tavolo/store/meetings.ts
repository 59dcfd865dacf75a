/** Meetings, who was invited to them and who came. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Answer, How, Mode } from '../codes.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type MeetingInput = {
  on_day: string
  starts_at: string
  ends_at: string
  mode: Mode
  link: string
  place: string
  chair: string
  about: string
  demo?: boolean
}
export async function insertMeeting({ db, ambito_id }: Here, meeting: MeetingInput) {
  const { id } = await db
    .insertInto('tavolo.meeting')
    .values({ ambito_id, ...meeting })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const meetings = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('tavolo.meeting')
    .select([
      'id',
      'number',
      'on_day',
      'starts_at',
      'ends_at',
      'mode',
      'link',
      'place',
      'chair',
      'about',
      'sequence',
      'invited_at',
      'reminded_at',
      'papers_sent_at',
      'cancelled_at',
      'cancelled_why',
      'held_at',
      'draft_sent_at',
      'approved_at',
      'approved_on',
      'approved_in',
    ])
    .where('ambito_id', '=', ambito_id)
    .$narrowType<{ mode: Mode }>()
export type Meeting = Awaited<ReturnType<typeof findMeeting>>

export const findMeeting = (ctx: Here, id: string) =>
  meetings(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export const lockMeeting = (ctx: Here, id: string) =>
  meetings(ctx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow(notFound)
export const listMeetings = (ctx: Here, limit = 200) => meetings(ctx).orderBy('on_day', 'desc').limit(limit).execute()
export const meetingOn = (ctx: Here, day: string) =>
  meetings(ctx).where('on_day', '=', day).where('cancelled_at', 'is', null).executeTakeFirst()
export const meetingNumbered = (ctx: Here, number: number) =>
  meetings(ctx).where('number', '=', number).executeTakeFirst()
/** The next one that is neither held nor cancelled, from a day on. */
export const nextMeeting = (ctx: Here, from: string) =>
  meetings(ctx)
    .where('on_day', '>=', from)
    .where('held_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .orderBy('on_day')
    .limit(1)
    .executeTakeFirst()
export const plannedBetween = (ctx: Here, from: string, to: string) =>
  meetings(ctx)
    .where('on_day', '>=', from)
    .where('on_day', '<=', to)
    .where('held_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .orderBy('on_day')
    .execute()
export const draftsWaiting = (ctx: Here) =>
  meetings(ctx).where('held_at', 'is not', null).where('approved_at', 'is', null).orderBy('on_day').execute()

type Change = Partial<
  MeetingInput & {
    sequence: number
    invited_at: string
    reminded_at: string | null
    papers_sent_at: string | null
    cancelled_at: string
    cancelled_by: string | null
    cancelled_why: string
    held_at: string
    held_by: string | null
    number: number
    draft_sent_at: string
    approved_at: string
    approved_by: string | null
    approved_on: string
    approved_in: string | null
  }
>
export async function updateMeeting({ db, ambito_id }: Here, id: string, change: Change) {
  await db.updateTable('tavolo.meeting').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

/** Numbers run without a hole: whoever asks for the next waits for the one before. */
export async function nextNumber({ db, ambito_id }: Here) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tavolo number ${ambito_id}`}, 0))`.execute(db)
  const { number } = await db
    .selectFrom('tavolo.meeting')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('ambito_id', '=', ambito_id)
    .executeTakeFirstOrThrow()
  return (number ?? 0) + 1
}

export async function insertMove(
  { db, ambito_id }: Here,
  move: { meeting_id: string; from_day: string; from_time: string; to_day: string; to_time: string; why: string },
) {
  await db
    .insertInto('tavolo.move')
    .values({ ambito_id, ...move })
    .execute()
}
export const movesOf = ({ db, ambito_id }: Here, meeting_id: string) =>
  db
    .selectFrom('tavolo.move')
    .select(['from_day', 'from_time', 'to_day', 'to_time', 'why', 'recorded_at'])
    .where('ambito_id', '=', ambito_id)
    .where('meeting_id', '=', meeting_id)
    .orderBy('recorded_at', 'desc')
    .execute()

// --- invitations ----------------------------------------------------------------------------------------------------

/** @returns the ids, in the order of the seats; those invited already keep theirs */
export async function insertInvitations({ db, ambito_id }: Here, meeting_id: string, seat_ids: readonly string[]) {
  if (seat_ids.length === 0) return []
  return db
    .insertInto('tavolo.invitation')
    .values(seat_ids.map((seat_id) => ({ ambito_id, meeting_id, seat_id })))
    .onConflict((conflict) => conflict.columns(['ambito_id', 'meeting_id', 'seat_id']).doNothing())
    .returning(['id', 'seat_id'])
    .execute()
}

const invitations = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('tavolo.invitation as i')
    .innerJoin('tavolo.seat as s', (join) =>
      join.onRef('s.ambito_id', '=', 'i.ambito_id').onRef('s.id', '=', 'i.seat_id'),
    )
    .innerJoin('tavolo.member as m', (join) =>
      join.onRef('m.ambito_id', '=', 's.ambito_id').onRef('m.id', '=', 's.member_id'),
    )
    .leftJoin('kernel.mail as p', (join) =>
      join.onRef('p.ambito_id', '=', 'i.ambito_id').onRef('p.id', '=', 'i.mail_id'),
    )
    .select([
      'i.id',
      'i.meeting_id',
      'i.seat_id',
      'i.answer',
      'i.answered_at',
      'i.by_link',
      'i.stand_in',
      's.member_id',
      's.organisation_id',
      's.kind',
      's.until_on',
      'm.name',
      'm.email',
      'i.mail_id',
      'p.sent_at',
      'p.failed_at',
    ])
    .where('i.ambito_id', '=', ambito_id)
    .$narrowType<{ answer: Answer | null; kind: 'member' | 'substitute' }>()
export type Invitation = Awaited<ReturnType<typeof findInvitation>>
export const findInvitation = (ctx: Here, id: string) =>
  invitations(ctx).where('i.id', '=', id).executeTakeFirstOrThrow(notFound)
export const invitationsOf = (ctx: Here, meeting_id: string) =>
  invitations(ctx).where('i.meeting_id', '=', meeting_id).orderBy('m.name').execute()

export async function updateInvitation(
  { db, ambito_id }: Here,
  id: string,
  change: Partial<{
    mail_id: string
    answer: Answer
    answered_at: string
    by_link: boolean
    stand_in: string | null
  }>,
) {
  await db
    .updateTable('tavolo.invitation')
    .set(change)
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

// --- attendance -----------------------------------------------------------------------------------------------------

export type Came = {
  meeting_id: string
  seat_id: string
  member_id: string
  organisation_id: string
  how: How
  minutes: number | null
  demo?: boolean
}
/** Written twice, somebody came once. @returns those that are new */
export async function insertAttendances({ db, ambito_id }: Here, came: readonly Came[]) {
  if (came.length === 0) return []
  return db
    .insertInto('tavolo.attendance')
    .values(came.map((one) => ({ ambito_id, ...one })))
    .onConflict((conflict) =>
      conflict.columns(['ambito_id', 'meeting_id', 'seat_id']).where('withdrawn_at', 'is', null).doNothing(),
    )
    .returning(['id', 'seat_id'])
    .execute()
}

const attendances = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('tavolo.attendance as a')
    .innerJoin('tavolo.member as m', (join) =>
      join.onRef('m.ambito_id', '=', 'a.ambito_id').onRef('m.id', '=', 'a.member_id'),
    )
    .select([
      'a.id',
      'a.meeting_id',
      'a.seat_id',
      'a.member_id',
      'a.organisation_id',
      'a.how',
      'a.minutes',
      'a.recorded_at',
      'a.told',
      'm.name',
    ])
    .where('a.ambito_id', '=', ambito_id)
    .where('a.withdrawn_at', 'is', null)
    .$narrowType<{ how: How }>()
export type Attendance = Awaited<ReturnType<typeof attendancesOf>>[number]
export const attendancesIn = (ctx: Here, meeting_ids: readonly string[]) =>
  meeting_ids.length === 0
    ? Promise.resolve([])
    : attendances(ctx)
        .where('a.meeting_id', 'in', [...meeting_ids])
        .orderBy('a.recorded_at')
        .orderBy('a.id')
        .execute()
export const attendancesOf = (ctx: Here, meeting_id: string) => attendancesIn(ctx, [meeting_id])

export async function countAttendances({ db, ambito_id }: Here, meeting_ids: readonly string[]) {
  if (meeting_ids.length === 0) return new Map<string, number>()
  const rows = await db
    .selectFrom('tavolo.attendance')
    .select(['meeting_id', ({ fn }) => fn.count<string>('member_id').distinct().as('people')])
    .where('ambito_id', '=', ambito_id)
    .where('meeting_id', 'in', [...meeting_ids])
    .where('withdrawn_at', 'is', null)
    .groupBy('meeting_id')
    .execute()
  return new Map(rows.map(({ meeting_id, people }) => [meeting_id, Number(people)]))
}

export async function withdrawAttendance({ db, ambito_id, now, actor }: Ctx, id: string) {
  await db
    .updateTable('tavolo.attendance')
    .set({ withdrawn_at: now.toString(), withdrawn_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

export async function markTold({ db, ambito_id }: Here, ids: readonly string[]) {
  if (ids.length === 0) return
  await db
    .updateTable('tavolo.attendance')
    .set({ told: true })
    .where('ambito_id', '=', ambito_id)
    .where('id', 'in', [...ids])
    .execute()
}
