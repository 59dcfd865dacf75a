import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import type { LanguageState } from './rules.ts'

/** The last word about each language. */
export const languageStates = async ({ db, ambito_id }: Ctx) =>
  (await db
    .selectFrom('portal.language_state')
    .distinctOn('language')
    .select(['language', 'live', 'since', 'checked_by', 'checked_on'])
    .where('ambito_id', '=', ambito_id)
    .orderBy('language')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute()) as LanguageState[]

/** One switch at a time: two people pressing at once would each write over the other's. */
export const lockLanguages = ({ db, ambito_id }: Ctx) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`portal.languages ${ambito_id}`}, 0))`.execute(db)

export const addLanguageStates = ({ db, ambito_id, actor }: Ctx, states: readonly LanguageState[]) =>
  db
    .insertInto('portal.language_state')
    .values(states.map((state) => ({ ambito_id, ...state, recorded_by: actor.account_id })))
    .execute()
