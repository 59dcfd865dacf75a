/** Questionnaires at the end of an activity: asked, opened by a link, answered, withdrawn. */
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Face, Service } from '../codes.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type NewSurvey = {
  person_id: string
  service: Service
  thing_id: string | null
  language: string
  mailed: boolean
  asked_on?: string
  demo?: boolean
}
/** @returns undefined when this person was already asked about this very thing */
export const insertSurvey = ({ db, ambito_id }: Here, survey: NewSurvey) =>
  db
    .insertInto('participation.survey')
    .values({ ambito_id, ...survey })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()

const surveys = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('participation.survey as s')
    .leftJoin('participation.answer as a', (join) =>
      join.onRef('a.ambito_id', '=', 's.ambito_id').onRef('a.survey_id', '=', 's.id').on('a.withdrawn_at', 'is', null),
    )
    .select([
      's.id',
      's.person_id',
      's.service',
      's.thing_id',
      's.language',
      's.asked_on',
      's.mailed',
      's.demo',
      'a.id as answer_id',
      'a.on_day as answered_on',
      'a.filled',
      'a.useful',
      'a.changed',
      'a.missing',
      'a.again',
    ])
    .where('s.ambito_id', '=', ambito_id)
    .$narrowType<{ service: Service; useful: Face | null }>()

export const findSurvey = (ctx: Here, id: string) =>
  surveys(ctx).where('s.id', '=', id).executeTakeFirstOrThrow(notFound)
export type Survey = Awaited<ReturnType<typeof findSurvey>>
export const surveysOfPersons = (ctx: Here, person_ids: readonly string[]) =>
  surveys(ctx)
    .where('s.person_id', 'in', [...person_ids])
    .orderBy('s.asked_on', 'desc')
    .orderBy('s.id')
    .execute()

export const surveysNamed = (ctx: Here, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : surveys(ctx)
        .where('s.id', 'in', [...ids])
        .execute()

export const surveyAbout = (ctx: Here, person_id: string, service: Service, thing_id: string) =>
  surveys(ctx)
    .where('s.person_id', '=', person_id)
    .where('s.service', '=', service)
    .where('s.thing_id', '=', thing_id)
    .executeTakeFirstOrThrow(notFound)

/** Asked and not answered yet. */
export const openSurveys = (ctx: Here) =>
  surveys(ctx).where('a.id', 'is', null).orderBy('s.asked_on', 'desc').limit(200).execute()

// --- links ----------------------------------------------------------------------------------------------------------

export async function insertLink({ db, ambito_id }: Here, survey_id: string, token_hash: Buffer, expires_at: string) {
  await db.insertInto('participation.survey_link').values({ ambito_id, survey_id, token_hash, expires_at }).execute()
}
export const surveyOfLink = ({ db, ambito_id, now }: Ctx, token_hash: Buffer) =>
  db
    .selectFrom('participation.survey_link')
    .select('survey_id')
    .where('ambito_id', '=', ambito_id)
    .where('token_hash', '=', token_hash)
    .where('expires_at', '>', now.toString())
    .executeTakeFirstOrThrow(notFound)
export async function sweepLinks({ db, ambito_id, now }: Ctx) {
  await db
    .deleteFrom('participation.survey_link')
    .where('ambito_id', '=', ambito_id)
    .where('expires_at', '<', now.toString())
    .execute()
}

// --- answers --------------------------------------------------------------------------------------------------------

export type NewAnswer = {
  survey_id: string
  on_day: string
  language: string
  filled: 'alone' | 'operator' | 'mediator' | 'paper'
  useful: Face
  changed: string[]
  missing: string
  again: string
  voice_id: string | null
  demo?: boolean
}
/** @returns undefined when somebody has answered in the meantime */
export async function insertAnswer({ db, ambito_id }: Here, answer: NewAnswer) {
  const row = await db
    .insertInto('participation.answer')
    .values({ ambito_id, ...answer })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}
export async function withdrawAnswer({ db, ambito_id, now, actor }: Ctx, id: string) {
  await db
    .updateTable('participation.answer')
    .set({ withdrawn_at: now.toString(), withdrawn_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute()
}

/** One line for each answer that stands; nobody is named. */
export const answersGiven = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('participation.answer as a')
    .innerJoin('participation.survey as s', (join) =>
      join.onRef('s.ambito_id', '=', 'a.ambito_id').onRef('s.id', '=', 'a.survey_id'),
    )
    .select([
      'a.id',
      's.person_id',
      's.service',
      'a.on_day',
      'a.language',
      'a.filled',
      'a.useful',
      'a.changed',
      'a.again',
    ])
    .where('a.ambito_id', '=', ambito_id)
    .where('a.withdrawn_at', 'is', null)
    .orderBy('a.on_day')
    .orderBy('a.id')
    .$narrowType<{ service: Service; useful: Face; again: Again; filled: NewAnswer['filled'] }>()
    .execute()
type Again = 'yes' | 'maybe' | 'no'
export type AnswerGiven = Awaited<ReturnType<typeof answersGiven>>[number]

/** The words a person left, and the voices made of them; the answers stay, so that counts stay. */
export async function eraseWords({ db, ambito_id }: Here, person_ids: readonly string[]) {
  const theirs = await db
    .selectFrom('participation.survey as s')
    .innerJoin('participation.answer as a', (join) =>
      join.onRef('a.ambito_id', '=', 's.ambito_id').onRef('a.survey_id', '=', 's.id'),
    )
    .select(['a.id', 'a.voice_id'])
    .where('s.ambito_id', '=', ambito_id)
    .where('s.person_id', 'in', [...person_ids])
    .execute()
  const surveys = db
    .selectFrom('participation.survey')
    .select('id')
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', [...person_ids])
  await db
    .deleteFrom('participation.survey_link')
    .where('ambito_id', '=', ambito_id)
    .where('survey_id', 'in', surveys)
    .execute()
  if (theirs.length === 0) return
  await db
    .updateTable('participation.answer')
    .set({ missing: '' })
    .where('ambito_id', '=', ambito_id)
    .where(
      'id',
      'in',
      theirs.map(({ id }) => id),
    )
    .execute()
  const voices = theirs.flatMap(({ voice_id }) => voice_id ?? [])
  if (voices.length > 0)
    await db
      .updateTable('participation.voice')
      .set({ text: '' })
      .where('ambito_id', '=', ambito_id)
      .where('id', 'in', voices)
      .execute()
}
