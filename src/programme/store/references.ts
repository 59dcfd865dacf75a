import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { ReferenceKind } from '../rules/references.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type NewReference = {
  kind: string
  thing_id: string
  what: ReferenceKind
  number: string
  dated?: string | undefined
  note?: string | undefined
}
export type Reference = Awaited<ReturnType<typeof listReferences>>[number]

export const listReferences = ({ db, ambito_id }: Here, kind: string, thing_ids: readonly string[]) =>
  db
    .selectFrom('programme.office_reference')
    .select(['id', 'kind', 'thing_id', 'what', 'number', 'dated', 'note'])
    .where('ambito_id', '=', ambito_id)
    .where('kind', '=', kind)
    .where('thing_id', 'in', [...thing_ids])
    .where('withdrawn_at', 'is', null)
    .orderBy('recorded_at')
    .orderBy('id')
    .$narrowType<{ what: ReferenceKind }>()
    .execute()

export const addReference = ({ db, ambito_id }: Here, reference: NewReference) =>
  db
    .insertInto('programme.office_reference')
    .values({ ambito_id, ...reference })
    .returning('id')
    .executeTakeFirstOrThrow()

export const withdrawReference = ({ db, ambito_id, actor }: Here & Pick<Ctx, 'actor'>, id: string) =>
  db
    .updateTable('programme.office_reference')
    .set({ withdrawn_at: sql`kernel.now()`, withdrawn_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning(['kind', 'thing_id'])
    .executeTakeFirst()
