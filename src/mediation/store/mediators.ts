/** Who comes. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { MediatorInput } from '../forms.ts'

export type NewMediator = Omit<MediatorInput, 'phone' | 'base_comune' | 'monthly_hours' | 'fields'> & {
  phone: string
  base_comune: string | null
  monthly_minutes: number | null
  fields: string[]
  account_id?: string | null
  ended_on?: string | null
}
export async function insertMediator({ db, ambito_id, actor }: Ctx, mediator: NewMediator) {
  const { id } = await db
    .insertInto('mediation.mediator')
    .values({ ambito_id, ...mediator, recorded_by: actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export async function updateMediator(
  { db, ambito_id }: Ctx,
  id: string,
  change: Partial<NewMediator> & { ended_on?: string | null },
) {
  await db
    .updateTable('mediation.mediator')
    .set(change)
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}
export const listMediators = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.mediator as m')
    .innerJoin('mediation.contract as t', (join) =>
      join.onRef('t.ambito_id', '=', 'm.ambito_id').onRef('t.id', '=', 'm.contract_id'),
    )
    .leftJoin('mediation.provider as p', (join) =>
      join.onRef('p.ambito_id', '=', 't.ambito_id').onRef('p.id', '=', 't.provider_id'),
    )
    .selectAll('m')
    .select(['t.title as contract_title', 't.dispatch', 't.provider_id', 'p.name as provider_name'])
    .select(({ selectFrom }) => [
      selectFrom('mediation.mediator_language as l')
        .select(sql<string[]>`array_agg(distinct l.language)`.as('n'))
        .where('l.ambito_id', '=', ambito_id)
        .whereRef('l.mediator_id', '=', 'm.id')
        .as('languages'),
    ])
    .where('m.ambito_id', '=', ambito_id)
    .where('m.ended_on', 'is', null)
    .orderBy('m.name')
    .execute()
export type MediatorLine = Awaited<ReturnType<typeof listMediators>>[number]
/** Those of old registers, who no longer work. */
export const endedMediators = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.mediator')
    .select(['id', 'name'])
    .where('ambito_id', '=', ambito_id)
    .where('ended_on', 'is not', null)
    .execute()
/** Has a living booking with one more minute of travel than none: what the constraints would refuse. */
export async function isElsewhere(
  { db, ambito_id }: Ctx,
  number: number,
  starts_at: Temporal.Instant,
  ends_at: Temporal.Instant,
) {
  const found = await db
    .selectFrom('mediation.assignment')
    .select('id')
    .where('ambito_id', '=', ambito_id)
    .where('mediator_number', '=', number)
    .where('ended_at', 'is', null)
    .where('starts_at', '<', ends_at.toString())
    .where('ends_at', '>', starts_at.toString())
    .executeTakeFirst()
  return found !== undefined
}
export const findMediator = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.mediator')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export type Mediator = Awaited<ReturnType<typeof findMediator>>
export const mediatorOfAccount = ({ db, ambito_id }: Ctx, account_id: string) =>
  db
    .selectFrom('mediation.mediator')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('account_id', '=', account_id)
    .where('ended_on', 'is', null)
    .executeTakeFirst()
