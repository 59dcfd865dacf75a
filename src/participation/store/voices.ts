/** Voices, who waits for an answer to them, what their readers decided, and the meetings some come from. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { alarmRoles, Topic } from '../codes.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type NewVoice = {
  channel: 'portal' | 'desk' | 'meeting' | 'mediator' | 'survey'
  meeting_id?: string | null
  on_day: string
  language: string
  topic: Topic
  comune: string | null
  text: string
  /** The public page they had read. */
  about?: string
  doubtful?: boolean
  demo?: boolean
}
export async function insertVoice({ db, ambito_id }: Here, voice: NewVoice) {
  const { id } = await db
    .insertInto('participation.voice')
    .values({ ambito_id, ...voice })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Each with its newest reading, its theme, its alarm, and whether somebody waits for an answer. */
const voices = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('participation.voice as v')
    .leftJoinLateral(
      (of) =>
        of
          .selectFrom('participation.reading as r')
          .select(['r.verdict', 'r.reason', 'r.recorded_at as read_at'])
          .whereRef('r.ambito_id', '=', 'v.ambito_id')
          .whereRef('r.voice_id', '=', 'v.id')
          .orderBy('r.recorded_at', 'desc')
          .orderBy('r.id', 'desc')
          .limit(1)
          .as('r'),
      (join) => join.onTrue(),
    )
    .leftJoin('participation.placement as p', (join) =>
      join.onRef('p.ambito_id', '=', 'v.ambito_id').onRef('p.voice_id', '=', 'v.id').on('p.ended_at', 'is', null),
    )
    .leftJoin('participation.theme as t', (join) =>
      join.onRef('t.ambito_id', '=', 'p.ambito_id').onRef('t.id', '=', 'p.theme_id'),
    )
    .leftJoin('participation.alarm as a', (join) =>
      join.onRef('a.ambito_id', '=', 'v.ambito_id').onRef('a.voice_id', '=', 'v.id'),
    )
    .leftJoin('participation.wish as w', (join) =>
      join.onRef('w.ambito_id', '=', 'v.ambito_id').onRef('w.voice_id', '=', 'v.id'),
    )
    .select([
      'v.id',
      'v.number',
      'v.channel',
      'v.meeting_id',
      'v.on_day',
      'v.language',
      'v.topic',
      'v.comune',
      'v.text',
      'v.about',
      'v.doubtful',
      'v.demo',
      'v.recorded_at',
      'r.verdict',
      'r.reason',
      'r.read_at',
      'p.theme_id',
      't.title as theme_title',
      'a.to_role',
      'a.recorded_at as alarmed_at',
      'a.taken_up_at',
      'w.language as wish_language',
      'w.told_at',
    ])
    .where('v.ambito_id', '=', ambito_id)
    .$narrowType<{ topic: Topic; channel: NewVoice['channel'] }>()

export const findVoice = (ctx: Here, id: string) => voices(ctx).where('v.id', '=', id).executeTakeFirstOrThrow(notFound)
export type Voice = Awaited<ReturnType<typeof findVoice>>

/** Held until this transaction ends: two readers of one voice come one after the other. */
export async function lockVoice(ctx: Here, id: string) {
  await ctx.db
    .selectFrom('participation.voice')
    .select('id')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)
  return findVoice(ctx, id)
}

export const voiceStates = ['unread', 'heard', 'unplaced', 'aside', 'alarm'] as const
export type VoiceState = (typeof voiceStates)[number]
export type VoicesAsked = { state?: VoiceState | undefined; topic?: string | undefined; language?: string | undefined }

const asked = (ctx: Here, { state, topic, language }: VoicesAsked) => {
  let query = voices(ctx)
  if (topic) query = query.where('v.topic', '=', topic)
  if (language) query = query.where('v.language', '=', language)
  if (state === 'unread') query = query.where('r.verdict', 'is', null)
  if (state === 'heard') query = query.where('r.verdict', '=', 'heard')
  if (state === 'unplaced') query = query.where('r.verdict', '=', 'heard').where('p.theme_id', 'is', null)
  if (state === 'aside') query = query.where('r.verdict', '=', 'aside')
  if (state === 'alarm') query = query.where('a.to_role', 'is not', null).where('a.taken_up_at', 'is', null)
  return query
}

/** What nobody has read comes first, what a machine may have written last; then the newest. */
export async function listVoices(ctx: Here, of: VoicesAsked, { limit = 50, offset = 0 } = {}) {
  const rows = await asked(ctx, of)
    .select(({ fn }) => fn.countAll<string>().over().as('total'))
    .orderBy(sql`r.verdict is not null`)
    .orderBy('v.doubtful')
    .orderBy('v.recorded_at', 'desc')
    .orderBy('v.id')
    .limit(limit)
    .offset(offset)
    .execute()
  return { rows, total: Number(rows[0]?.total ?? 0) }
}
export const voicesOfTheme = (ctx: Here, theme_id: string) =>
  voices(ctx).where('p.theme_id', '=', theme_id).orderBy('v.recorded_at', 'desc').orderBy('v.id').execute()
export const voicesOfMeeting = (ctx: Here, meeting_id: string) =>
  voices(ctx).where('v.meeting_id', '=', meeting_id).orderBy('v.recorded_at').execute()

export async function countUnread({ db, ambito_id }: Here) {
  const row = await db
    .selectFrom('participation.voice as v')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('v.ambito_id', '=', ambito_id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('participation.reading as r')
            .select('r.id')
            .whereRef('r.ambito_id', '=', 'v.ambito_id')
            .whereRef('r.voice_id', '=', 'v.id'),
        ),
      ),
    )
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function updateVoice({ db, ambito_id }: Here, id: string, change: { text?: string; topic?: Topic }) {
  await db
    .updateTable('participation.voice')
    .set(change)
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}
export async function emptyVoices({ db, ambito_id, now }: Ctx, ids: readonly string[]) {
  await db
    .updateTable('participation.voice')
    .set({ text: '' })
    .where('ambito_id', '=', ambito_id)
    .where('id', 'in', [...ids])
    .execute()
  await db
    .updateTable('participation.wish')
    .set({ told_at: now.toString(), told_how: 'forgotten', email: '', phone: '' })
    .where('ambito_id', '=', ambito_id)
    .where('voice_id', 'in', [...ids])
    .where('told_at', 'is', null)
    .execute()
}
export async function insertReading(
  { db, ambito_id }: Here,
  voice_id: string,
  verdict: 'heard' | 'aside',
  reason: string,
) {
  await db.insertInto('participation.reading').values({ ambito_id, voice_id, verdict, reason }).execute()
}

// --- danger ---------------------------------------------------------------------------------------------------------

type AlarmRole = (typeof alarmRoles)[number]
/** @returns false when it had been handed on before */
export async function insertAlarm({ db, ambito_id }: Here, voice_id: string, to_role: AlarmRole) {
  const row = await db
    .insertInto('participation.alarm')
    .values({ ambito_id, voice_id, to_role })
    .onConflict((conflict) => conflict.doNothing())
    .returning('voice_id')
    .executeTakeFirst()
  return row !== undefined
}
export async function takeUpAlarm({ db, ambito_id, now, actor }: Ctx, voice_id: string) {
  await db
    .updateTable('participation.alarm')
    .set({ taken_up_at: now.toString(), taken_up_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('voice_id', '=', voice_id)
    .where('taken_up_at', 'is', null)
    .execute()
}
export async function countAlarms({ db, ambito_id }: Here, roles: readonly string[]) {
  const row = await db
    .selectFrom('participation.alarm')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('ambito_id', '=', ambito_id)
    .where('taken_up_at', 'is', null)
    .where('to_role', 'in', [...roles, ''])
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

// --- who waits for an answer ----------------------------------------------------------------------------------------

export async function insertWish(
  { db, ambito_id }: Here,
  wish: { voice_id: string; language: string; email: string; phone: string },
) {
  const known = await db
    .selectFrom('participation.wish')
    .select('mark')
    .where('ambito_id', '=', ambito_id)
    .where('told_at', 'is', null)
    .where(({ or, and, eb }) =>
      or([
        and([eb('email', '=', wish.email), eb('email', '<>', '')]),
        and([eb('phone', '=', wish.phone), eb('phone', '<>', '')]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  await db
    .insertInto('participation.wish')
    .values({ ambito_id, ...wish, mark: known?.mark ?? crypto.randomUUID() })
    .execute()
}

const waiting = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('participation.wish as w')
    .innerJoin('participation.placement as p', (join) =>
      join.onRef('p.ambito_id', '=', 'w.ambito_id').onRef('p.voice_id', '=', 'w.voice_id').on('p.ended_at', 'is', null),
    )
    .select(['w.id', 'w.language', 'w.email', 'w.phone', 'p.theme_id'])
    .where('w.ambito_id', '=', ambito_id)
    .where('w.told_at', 'is', null)

/** Of one theme, locked: nobody is told twice. */
export const waitingForTheme = (ctx: Here, theme_id: string) =>
  waiting(ctx).where('p.theme_id', '=', theme_id).forUpdate('w').execute()

/** Whose theme has its answer, and who left a number and no address. */
export const waitingForCall = (ctx: Here) =>
  waiting(ctx)
    .innerJoin('participation.publication as b', (join) =>
      join
        .onRef('b.ambito_id', '=', 'p.ambito_id')
        .onRef('b.theme_id', '=', 'p.theme_id')
        .on('b.withdrawn_at', 'is', null),
    )
    .where('w.email', '=', '')
    .orderBy('b.recorded_at')
    .execute()
export type WaitingForCall = Awaited<ReturnType<typeof waitingForCall>>[number]

/** The contact goes in the same moment. @returns whether somebody was still waiting */
export async function markTold({ db, ambito_id, now, actor }: Ctx, id: string, told_how: 'email' | 'phone') {
  const { numUpdatedRows } = await db
    .updateTable('participation.wish')
    .set({ told_at: now.toString(), told_by: actor.account_id, told_how, email: '', phone: '' })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('told_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
export async function forgetWishes({ db, ambito_id, now }: Ctx, before: string) {
  await db
    .updateTable('participation.wish as w')
    .set({ told_at: now.toString(), told_how: 'forgotten', email: '', phone: '' })
    .where('w.ambito_id', '=', ambito_id)
    .where('w.told_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('participation.voice as v')
          .select('v.id')
          .whereRef('v.ambito_id', '=', 'w.ambito_id')
          .whereRef('v.id', '=', 'w.voice_id')
          .where('v.on_day', '<', before),
      ),
    )
    .execute()
}

/** Which voices were left by the same contact, and how many surely stand behind a theme (rules/figures.ts). */
export async function behindTheme({ db, ambito_id }: Here, theme_ids: readonly string[]) {
  if (theme_ids.length === 0) return []
  return db
    .selectFrom('participation.placement as p')
    .innerJoin('participation.voice as v', (join) =>
      join.onRef('v.ambito_id', '=', 'p.ambito_id').onRef('v.id', '=', 'p.voice_id'),
    )
    .leftJoin('participation.wish as w', (join) =>
      join.onRef('w.ambito_id', '=', 'v.ambito_id').onRef('w.voice_id', '=', 'v.id'),
    )
    .leftJoin('participation.answer as a', (join) =>
      join.onRef('a.ambito_id', '=', 'v.ambito_id').onRef('a.voice_id', '=', 'v.id'),
    )
    .leftJoin('participation.survey as s', (join) =>
      join.onRef('s.ambito_id', '=', 'a.ambito_id').onRef('s.id', '=', 'a.survey_id'),
    )
    .select([
      'p.theme_id',
      'v.id',
      'v.channel',
      'v.meeting_id',
      'v.language',
      'w.language as wish_language',
      's.person_id',
      'w.mark',
    ])
    .where('p.ambito_id', '=', ambito_id)
    .where('p.ended_at', 'is', null)
    .where('p.theme_id', 'in', [...theme_ids])
    .execute()
}

// --- meetings -------------------------------------------------------------------------------------------------------

export type NewMeeting = { on_day: string; place: string; attended: number; about: string; demo?: boolean }
export async function insertMeeting({ db, ambito_id }: Here, meeting: NewMeeting) {
  const { id } = await db
    .insertInto('participation.meeting')
    .values({ ambito_id, ...meeting })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const findMeeting = ({ db, ambito_id }: Here, id: string) =>
  db
    .selectFrom('participation.meeting')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export const listMeetings = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('participation.meeting as m')
    .select((of) => [
      'm.id',
      'm.on_day',
      'm.place',
      'm.attended',
      'm.about',
      of
        .selectFrom('participation.voice as v')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .whereRef('v.ambito_id', '=', 'm.ambito_id')
        .whereRef('v.meeting_id', '=', 'm.id')
        .as('voices'),
    ])
    .where('m.ambito_id', '=', ambito_id)
    .orderBy('m.on_day', 'desc')
    .orderBy('m.id')
    .limit(200)
    .execute()
export type Meeting = Awaited<ReturnType<typeof findMeeting>>
export type MeetingLine = Awaited<ReturnType<typeof listMeetings>>[number]

// --- the questionnaire ----------------------------------------------------------------------------------------------

export type NewQuestionnaire = {
  language: string
  comune: string | null
  living: string
  helped: string
  heard: string
  taking_part: string
  hardest: string[]
  doubtful: boolean
  on_day?: string
  demo?: boolean
}
export async function insertQuestionnaires({ db, ambito_id }: Here, rows: readonly NewQuestionnaire[]) {
  if (rows.length > 0)
    await db
      .insertInto('participation.questionnaire')
      .values(rows.map((row) => ({ ambito_id, ...row })))
      .execute()
}
export const questionnairesSince = ({ db, ambito_id }: Here, from: string, to: string) =>
  db
    .selectFrom('participation.questionnaire')
    .select(['language', 'comune', 'living', 'helped', 'heard', 'taking_part', 'hardest'])
    .where('ambito_id', '=', ambito_id)
    .where('doubtful', '=', false)
    .where('on_day', '>=', from)
    .where('on_day', '<=', to)
    .execute()
