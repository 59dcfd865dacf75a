import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { OrganisationKind } from '../rules/organisations.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type Organisation = Awaited<ReturnType<typeof listOrganisations>>[number]
export type OrganisationInput = {
  name: string
  kind: OrganisationKind
  comune?: string | undefined
  address?: string | undefined
  phone?: string | undefined
  email?: string | undefined
  website?: string | undefined
  note?: string | undefined
}

const organisation = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('territory.organisation as o')
    .leftJoin('territory.comune as c', (join) =>
      join.onRef('c.ambito_id', '=', 'o.ambito_id').onRef('c.code', '=', 'o.comune'),
    )
    .select([
      'o.id',
      'o.name',
      'o.kind',
      'o.comune',
      'c.name as comune_name',
      'o.address',
      'o.phone',
      'o.email',
      'o.website',
      'o.note',
      'o.ended_on',
    ])
    .where('o.ambito_id', '=', ambito_id)
    .$narrowType<{ kind: OrganisationKind }>()

export const listOrganisations = (
  ctx: Here,
  { kinds, ended = false }: { kinds?: readonly OrganisationKind[] | undefined; ended?: boolean } = {},
) =>
  organisation(ctx)
    .$if(!ended, (query) => query.where('o.ended_on', 'is', null))
    .$if(kinds !== undefined, (query) => query.where('o.kind', 'in', kinds ?? []))
    .orderBy(sql`lower(o.name)`)
    .execute()

export const findOrganisation = (ctx: Here, id: string) => organisation(ctx).where('o.id', '=', id).executeTakeFirst()

export const organisationNamed = ({ db, ambito_id }: Here, name: string) =>
  db
    .selectFrom('territory.organisation')
    .select(['id', 'name'])
    .where('ambito_id', '=', ambito_id)
    .where('ended_on', 'is', null)
    .where((e) => e(e.fn('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst()

export async function addOrganisations({ db, ambito_id }: Here, organisations: OrganisationInput[]) {
  return db
    .insertInto('territory.organisation')
    .values(organisations.map((input) => ({ ambito_id, ...input })))
    .returning(['id', 'name', 'kind'])
    .execute()
}

export const changeOrganisation = (
  { db, ambito_id }: Here,
  id: string,
  { comune, address = '', phone = '', email = '', website = '', note = '', ...input }: OrganisationInput,
) =>
  db
    .updateTable('territory.organisation')
    .set({ ...input, comune: comune ?? null, address, phone, email, website, note })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()

export const endOrganisation = ({ db, ambito_id }: Here, id: string, ended_on: string | null) =>
  db
    .updateTable('territory.organisation')
    .set({ ended_on })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()

export type Agreement = Awaited<ReturnType<typeof listAgreements>>[number]
export type AgreementInput = {
  subject: string
  starts_on: string
  ends_on?: string | undefined
  act?: string | undefined
  note?: string | undefined
}

export const listAgreements = ({ db, ambito_id }: Here, organisation: string) =>
  db
    .selectFrom('territory.agreement')
    .select(['id', 'subject', 'starts_on', 'ends_on', 'act', 'note', 'recorded_at'])
    .where('ambito_id', '=', ambito_id)
    .where('organisation', '=', organisation)
    .orderBy('starts_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .execute()

export const addAgreement = ({ db, ambito_id }: Here, organisation: string, input: AgreementInput) =>
  db
    .insertInto('territory.agreement')
    .values({ ambito_id, organisation, ...input })
    .execute()
