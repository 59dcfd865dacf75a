/** Providers, and the contracts under which mediators work. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { ContractInput } from '../forms.ts'

export async function insertProvider(
  { db, ambito_id, actor }: Ctx,
  provider: { name: string; coordinator_name: string; email: string; phone: string },
) {
  const { id } = await db
    .insertInto('mediation.provider')
    .values({ ambito_id, ...provider, recorded_by: actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const listProviders = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.provider')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('ended_on', 'is', null)
    .orderBy('name')
    .execute()
export const findProvider = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.provider')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)

type NewContract = Pick<
  ContractInput,
  'title' | 'dispatch' | 'starts_on' | 'minimum_minutes' | 'pays_travel' | 'late_hours'
> & {
  provider_id: string | null
  ends_on: string | null
  rate_cents: number
  rounding_minutes: number
  ceiling_minutes: number | null
}
export async function insertContract({ db, ambito_id, actor }: Ctx, contract: NewContract) {
  const { id } = await db
    .insertInto('mediation.contract')
    .values({ ambito_id, ...contract, recorded_by: actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const listContracts = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('mediation.contract as t')
    .leftJoin('mediation.provider as p', (join) =>
      join.onRef('p.ambito_id', '=', 't.ambito_id').onRef('p.id', '=', 't.provider_id'),
    )
    .selectAll('t')
    .select('p.name as provider_name')
    .select(({ selectFrom }) => [
      selectFrom('mediation.held as h')
        .select(sql<number>`coalesce(sum(h.minutes), 0)::int`.as('n'))
        .where('h.ambito_id', '=', ambito_id)
        .whereRef('h.contract_id', '=', 't.id')
        .as('held'),
    ])
    .where('t.ambito_id', '=', ambito_id)
    .orderBy('t.starts_on', 'desc')
    .execute()
export const findContract = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('mediation.contract')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(notFound)
export type Contract = Awaited<ReturnType<typeof findContract>>
