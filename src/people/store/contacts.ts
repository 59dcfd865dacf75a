import type { Ctx } from '../../kernel/ctx.ts'

/** The files that are each person, erased ones left out: what may be used to reach them. */
export async function reachable({ db, ambito_id }: Ctx, person_ids: readonly string[]) {
  const files = await db
    .selectFrom('people.person as p')
    .innerJoin('people.person as asked', (join) =>
      join.onRef('asked.ambito_id', '=', 'p.ambito_id').onRef('asked.canonical_id', '=', 'p.canonical_id'),
    )
    .select(['asked.id as asked_id', 'p.id', 'p.canonical_id', 'p.born', 'p.channel', 'p.contact_safe', 'p.comune'])
    .where('p.ambito_id', '=', ambito_id)
    .where('asked.ambito_id', '=', ambito_id)
    .where('asked.id', 'in', [...person_ids])
    .where('p.erased_at', 'is', null)
    .orderBy(({ eb }) => eb('p.id', '=', eb.ref('p.canonical_id')), 'desc')
    .orderBy('p.created_at')
    .execute()
  return Map.groupBy(files, ({ asked_id }) => asked_id)
}

export async function countReadings({ db, ambito_id }: Ctx, person_ids: string[]) {
  const { readings } = await db
    .selectFrom('kernel.audit')
    .select(({ fn }) => fn.countAll<number>().as('readings'))
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .executeTakeFirstOrThrow()
  return Number(readings)
}
