/** Who writes to the project, and what is answered. */
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type NewLetter = {
  language: string
  called_as: string
  email: string
  phone: string
  token_hash: Buffer
  doubtful: boolean
  demo?: boolean
}
/** @returns undefined when it is here already */
export const insertLetter = ({ db, ambito_id }: Here, letter: NewLetter) =>
  db
    .insertInto('participation.letter')
    .values({ ambito_id, ...letter })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'number'])
    .executeTakeFirst()

export async function insertWord({ db, ambito_id }: Here, letter_id: string, way: 'in' | 'out', text: string) {
  await db.insertInto('participation.letter_word').values({ ambito_id, letter_id, way, text }).execute()
}
type NewStep = { step: 'given' | 'closed' | 'reopened'; to_account?: string }
export async function insertStep({ db, ambito_id }: Here, letter_id: string, step: NewStep) {
  await db
    .insertInto('participation.letter_step')
    .values({ ambito_id, letter_id, ...step })
    .execute()
}

const letters = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('participation.letter as l')
    .leftJoinLateral(
      (of) =>
        of
          .selectFrom('participation.letter_step as s')
          .select(['s.step', 's.recorded_at as at'])
          .whereRef('s.ambito_id', '=', 'l.ambito_id')
          .whereRef('s.letter_id', '=', 'l.id')
          .where('s.step', 'in', ['closed', 'reopened'])
          .orderBy('s.recorded_at', 'desc')
          .orderBy('s.id', 'desc')
          .limit(1)
          .as('e'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (of) =>
        of
          .selectFrom('participation.letter_step as s')
          .select('s.to_account')
          .whereRef('s.ambito_id', '=', 'l.ambito_id')
          .whereRef('s.letter_id', '=', 'l.id')
          .where('s.step', '=', 'given')
          .orderBy('s.recorded_at', 'desc')
          .orderBy('s.id', 'desc')
          .limit(1)
          .as('g'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (of) =>
        of
          .selectFrom('participation.letter_word as w')
          .select(['w.way', 'w.recorded_at as at', 'w.text'])
          .whereRef('w.ambito_id', '=', 'l.ambito_id')
          .whereRef('w.letter_id', '=', 'l.id')
          .orderBy('w.recorded_at', 'desc')
          .orderBy('w.id', 'desc')
          .limit(1)
          .as('w'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (of) =>
        of
          .selectFrom('participation.letter_word as f')
          .select('f.recorded_at as at')
          .whereRef('f.ambito_id', '=', 'l.ambito_id')
          .whereRef('f.letter_id', '=', 'l.id')
          .where('f.way', '=', 'out')
          .orderBy('f.recorded_at')
          .orderBy('f.id')
          .limit(1)
          .as('f'),
      (join) => join.onTrue(),
    )
    .select([
      'l.id',
      'l.number',
      'l.language',
      'l.called_as',
      'l.email',
      'l.phone',
      'l.doubtful',
      'l.demo',
      'l.recorded_at',
      'e.step',
      'g.to_account',
      'w.way as last_way',
      'w.at as last_at',
      'w.text as last_text',
      'f.at as answered_at',
    ])
    .where('l.ambito_id', '=', ambito_id)

export const findLetter = (ctx: Here, id: string) =>
  letters(ctx).where('l.id', '=', id).executeTakeFirstOrThrow(notFound)
export type Letter = Awaited<ReturnType<typeof findLetter>>
export const letterOfLink = (ctx: Here, token_hash: Buffer) =>
  letters(ctx)
    .where(({ or, eb, selectFrom }) =>
      or([
        eb('l.token_hash', '=', token_hash),
        eb(
          'l.id',
          'in',
          selectFrom('participation.letter_link as k')
            .select('k.letter_id')
            .where('k.ambito_id', '=', ctx.ambito_id)
            .where('k.token_hash', '=', token_hash),
        ),
      ]),
    )
    .executeTakeFirstOrThrow(notFound)
export async function insertLink({ db, ambito_id }: Here, letter_id: string, token_hash: Buffer) {
  await db.insertInto('participation.letter_link').values({ ambito_id, letter_id, token_hash }).execute()
}
/** Held until this transaction ends. */
export async function lockLetter(ctx: Here, id: string) {
  await ctx.db
    .selectFrom('participation.letter')
    .select('id')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)
  return findLetter(ctx, id)
}

export const letterStates = ['waiting', 'answered', 'closed', 'doubtful'] as const
export type LetterState = (typeof letterStates)[number]

/** waiting: the last word is theirs · answered: ours · closed · doubtful: perhaps a machine, and nobody has looked. */
export async function listLetters(ctx: Here, state: LetterState | undefined, { limit = 50, offset = 0 } = {}) {
  let query = letters(ctx).select(({ fn }) => fn.countAll<string>().over().as('total'))
  const open = query.where(({ or, eb }) => or([eb('e.step', 'is', null), eb('e.step', '=', 'reopened')]))
  if (state === 'closed') query = query.where('e.step', '=', 'closed')
  if (state === 'waiting') query = open.where('w.way', '=', 'in').where('l.doubtful', '=', false)
  if (state === 'answered') query = open.where('w.way', '=', 'out')
  if (state === 'doubtful') query = open.where('l.doubtful', '=', true).where('w.way', '=', 'in')
  const rows = await query
    .orderBy('w.at', state === 'waiting' ? 'asc' : 'desc')
    .orderBy('l.id')
    .limit(limit)
    .offset(offset)
    .execute()
  return { rows, total: Number(rows[0]?.total ?? 0) }
}

export const wordsOf = ({ db, ambito_id }: Here, letter_id: string) =>
  db
    .selectFrom('participation.letter_word')
    .select(['id', 'way', 'text', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('letter_id', '=', letter_id)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
export type LetterWord = Awaited<ReturnType<typeof wordsOf>>[number]
export const stepsOf = ({ db, ambito_id }: Here, letter_id: string) =>
  db
    .selectFrom('participation.letter_step')
    .select(['step', 'to_account', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('letter_id', '=', letter_id)
    .orderBy('recorded_at', 'desc')
    .execute()

/** Of threads whose last word is older than that day: who wrote, and what. The thread and its times stay. */
export async function forgetLetters({ db, ambito_id }: Here, before: string) {
  const old = db
    .selectFrom('participation.letter as l')
    .select('l.id')
    .where('l.ambito_id', '=', ambito_id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('participation.letter_word as w')
            .select('w.id')
            .whereRef('w.ambito_id', '=', 'l.ambito_id')
            .whereRef('w.letter_id', '=', 'l.id')
            .where('w.recorded_at', '>=', before as never),
        ),
      ),
    )
  await db
    .updateTable('participation.letter_word')
    .set({ text: '' })
    .where('ambito_id', '=', ambito_id)
    .where('letter_id', 'in', old)
    .where('text', '<>', '')
    .execute()
  await db
    .deleteFrom('participation.letter_link')
    .where('ambito_id', '=', ambito_id)
    .where('letter_id', 'in', old)
    .execute()
  await db
    .updateTable('participation.letter')
    .set({ called_as: '', email: '', phone: '' })
    .where('ambito_id', '=', ambito_id)
    .where('id', 'in', old)
    .execute()
}
