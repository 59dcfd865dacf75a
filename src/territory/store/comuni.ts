import type { Ctx } from '../../kernel/ctx.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type Comune = Awaited<ReturnType<typeof listComuni>>[number]

export const listComuni = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('territory.comune')
    .select(['code', 'name', 'province', 'cadastral', 'cap', 'lat', 'lon', 'also_called'])
    .where('ambito_id', '=', ambito_id)
    .orderBy('name')
    .execute()

export type NewComune = {
  code: string
  name: string
  province: string
  cadastral: string
  cap: string
  lat: number
  lon: number
  also_called: string[]
}

export const addComuni = ({ db, ambito_id }: Here, comuni: NewComune[]) =>
  db
    .insertInto('territory.comune')
    .values(comuni.map((comune) => ({ ambito_id, ...comune })))
    .execute()

export const listCompetences = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('territory.competence as c')
    .innerJoin('territory.organisation as o', (join) =>
      join.onRef('o.ambito_id', '=', 'c.ambito_id').onRef('o.id', '=', 'c.organisation'),
    )
    .select(['c.comune', 'o.id', 'o.name', 'o.kind', 'o.address', 'o.phone', 'o.email', 'o.website'])
    .where('c.ambito_id', '=', ambito_id)
    .where('o.ended_on', 'is', null)
    .orderBy('o.kind')
    .orderBy('o.name')

export async function setCompetences({ db, ambito_id }: Here, comune: string, organisations: string[]) {
  await db.deleteFrom('territory.competence').where('ambito_id', '=', ambito_id).where('comune', '=', comune).execute()
  if (organisations.length === 0) return
  await db
    .insertInto('territory.competence')
    .values(organisations.map((organisation) => ({ ambito_id, comune, organisation })))
    .execute()
}
