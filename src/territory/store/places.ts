import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type Accessible = 'yes' | 'partly' | 'no' | 'unknown'
export type Place = Awaited<ReturnType<typeof listPlaces>>[number]
export type PlaceInput = {
  name: string
  address: string
  comune?: string | undefined
  organisation?: string | undefined
  how_to_get_there?: string | undefined
  accessible?: Accessible | undefined
}

const place = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('territory.place as p')
    .leftJoin('territory.comune as c', (join) =>
      join.onRef('c.ambito_id', '=', 'p.ambito_id').onRef('c.code', '=', 'p.comune'),
    )
    .leftJoin('territory.organisation as o', (join) =>
      join.onRef('o.ambito_id', '=', 'p.ambito_id').onRef('o.id', '=', 'p.organisation'),
    )
    .select([
      'p.id',
      'p.name',
      'p.address',
      'p.comune',
      'c.name as comune_name',
      'p.organisation',
      'o.name as organisation_name',
      'p.how_to_get_there',
      'p.accessible',
      'p.ended_on',
    ])
    .where('p.ambito_id', '=', ambito_id)
    .$narrowType<{ accessible: Accessible }>()

export const listPlaces = (ctx: Here, { ended = false } = {}) =>
  place(ctx)
    .$if(!ended, (query) => query.where('p.ended_on', 'is', null))
    .orderBy(sql`lower(p.name)`)
    .execute()
export const findPlace = (ctx: Here, id: string) => place(ctx).where('p.id', '=', id).executeTakeFirst()

export const placeNamed = ({ db, ambito_id }: Here, name: string) =>
  db
    .selectFrom('territory.place')
    .select('id')
    .where('ambito_id', '=', ambito_id)
    .where('ended_on', 'is', null)
    .where((e) => e(e.fn('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst()

export const addPlace = ({ db, ambito_id }: Here, input: PlaceInput) =>
  db
    .insertInto('territory.place')
    .values({ ambito_id, ...input })
    .returning('id')
    .executeTakeFirstOrThrow()

export const changePlace = (
  { db, ambito_id }: Here,
  id: string,
  { comune, organisation, how_to_get_there = '', ...input }: PlaceInput,
) =>
  db
    .updateTable('territory.place')
    .set({ ...input, comune: comune ?? null, organisation: organisation ?? null, how_to_get_there })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()

export const endPlace = ({ db, ambito_id }: Here, id: string, ended_on: string | null) =>
  db.updateTable('territory.place').set({ ended_on }).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
