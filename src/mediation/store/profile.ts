/** What is known of a mediator besides her name: languages, the usual week and what departs from it, papers. */
import type { Ctx } from '../../kernel/ctx.ts'

export async function setLanguage(
  { db, ambito_id }: Ctx,
  mediator_id: string,
  { language, variety = '', level }: { language: string; variety?: string | undefined; level: string },
) {
  await db
    .insertInto('mediation.mediator_language')
    .values({ ambito_id, mediator_id, language, variety, level })
    .onConflict((conflict) =>
      conflict.columns(['ambito_id', 'mediator_id', 'language', 'variety']).doUpdateSet({ level }),
    )
    .execute()
}
export async function dropLanguage({ db, ambito_id }: Ctx, mediator_id: string, language: string, variety: string) {
  await db
    .deleteFrom('mediation.mediator_language')
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .where('language', '=', language)
    .where('variety', '=', variety)
    .execute()
}
export const languagesOf = ({ db, ambito_id }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.mediator_language')
    .select(['language', 'variety', 'level'])
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .orderBy('language')
    .execute()
export async function addHours(
  { db, ambito_id }: Ctx,
  mediator_id: string,
  hours: { weekday: number; starts_at: string; ends_at: string },
) {
  await db
    .insertInto('mediation.availability')
    .values({ ambito_id, mediator_id, ...hours })
    .onConflict((conflict) =>
      conflict.columns(['ambito_id', 'mediator_id', 'weekday', 'starts_at']).doUpdateSet({ ends_at: hours.ends_at }),
    )
    .execute()
}
export async function dropHours({ db, ambito_id }: Ctx, mediator_id: string, weekday: number, starts_at: string) {
  await db
    .deleteFrom('mediation.availability')
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .where('weekday', '=', weekday)
    .where('starts_at', '=', starts_at)
    .execute()
}
export const weekOf = ({ db, ambito_id }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.availability')
    .select(['weekday', 'starts_at', 'ends_at'])
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .orderBy('weekday')
    .orderBy('starts_at')
    .execute()
export async function addException(
  { db, ambito_id }: Ctx,
  mediator_id: string,
  kind: string,
  starts_at: Temporal.Instant,
  ends_at: Temporal.Instant,
  source = 'typed',
) {
  await db
    .insertInto('mediation.exception')
    .values({ ambito_id, mediator_id, kind, starts_at: starts_at.toString(), ends_at: ends_at.toString(), source })
    .execute()
}
export async function dropCalendarExceptions({ db, ambito_id }: Ctx, mediator_id: string) {
  await db
    .deleteFrom('mediation.exception')
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .where('source', '=', 'calendar')
    .execute()
}
export async function dropException({ db, ambito_id }: Ctx, mediator_id: string, id: string) {
  await db
    .deleteFrom('mediation.exception')
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .where('id', '=', id)
    .execute()
}
export const exceptionsOf = ({ db, ambito_id, now }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.exception')
    .select(['id', 'kind', 'starts_at', 'ends_at', 'source'])
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .where('ends_at', '>', now.toString())
    .orderBy('starts_at')
    .execute()
export async function addCredential(
  { db, ambito_id, actor }: Ctx,
  mediator_id: string,
  credential: { kind: string; on_day: string; expires_on: string | null },
) {
  await db
    .insertInto('mediation.credential')
    .values({ ambito_id, mediator_id, ...credential, recorded_by: actor.account_id })
    .execute()
}
export const credentialsOf = ({ db, ambito_id }: Ctx, mediator_id: string) =>
  db
    .selectFrom('mediation.credential')
    .select(['kind', 'on_day', 'expires_on'])
    .where('ambito_id', '=', ambito_id)
    .where('mediator_id', '=', mediator_id)
    .orderBy('on_day', 'desc')
    .execute()
