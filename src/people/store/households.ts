import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

/** The household these files stand in today, if any: one person, whatever the number of files. */
export const householdOf = ({ db, ambito_id }: Ctx, person_ids: string[]) =>
  db
    .selectFrom('people.household_member')
    .select(['id', 'household_id', 'relation', 'since'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .where('ended', 'is', null)
    .orderBy('recorded_at')
    .limit(1)
    .executeTakeFirst()

export async function insertHousehold({ db, ambito_id, actor }: Ctx) {
  const { id } = await db
    .insertInto('people.household')
    .values({ ambito_id, recorded_by: actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function insertMember(
  { db, ambito_id, actor, today }: Ctx,
  household_id: string,
  person_id: string,
  relation: string,
) {
  await db
    .insertInto('people.household_member')
    .values({ ambito_id, household_id, person_id, relation, since: today, recorded_by: actor.account_id } as never)
    .execute()
}

/** Those of a household today, under their canonical files. */
export const membersOf = ({ db, ambito_id }: Ctx, household_id: string) =>
  db
    .selectFrom('people.household_member as m')
    .innerJoin('people.person as p', (join) =>
      join.onRef('p.ambito_id', '=', 'm.ambito_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select(['m.id', 'm.relation', 'm.since', 'p.canonical_id as person_id'])
    .where('m.ambito_id', '=', ambito_id)
    .where('m.household_id', '=', household_id)
    .where('m.ended', 'is', null)
    .orderBy('m.recorded_at')
    .execute()

export const lockMembership = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('people.household_member')
    .select(['id', 'household_id', 'person_id'])
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('ended', 'is', null)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)

export async function endMemberships({ db, ambito_id, today, actor }: Ctx, ids: string[]) {
  await db
    .updateTable('people.household_member')
    .set({ ended: today, ended_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('id', 'in', ids)
    .execute()
}

// --- who signs ------------------------------------------------------------------------------------------------------

export const guardiansOn = ({ db, ambito_id }: Ctx, person_ids: string[], day: string) =>
  db
    .selectFrom('people.guardian')
    .select([
      'id',
      'person_id',
      'role',
      'guardian_id',
      'name',
      'comune',
      'phone',
      'phone_e164',
      'email',
      'language',
      'since',
    ])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .where('since', '<=', day)
    .where(({ or, eb }) => or([eb('ended', 'is', null), eb('ended', '>', day)]))
    .execute()
export type Guardian = Awaited<ReturnType<typeof guardiansOn>>[number]

type GuardianRow = {
  role: string
  guardian_id: string | null
  name: string
  comune: string | null
  phone: string | null
  phone_e164: string | null
  email: string | null
  language: string | null
}
export async function insertGuardian({ db, ambito_id, actor, today }: Ctx, person_id: string, row: GuardianRow) {
  await db
    .insertInto('people.guardian')
    .values({ ambito_id, person_id, ...row, since: today, recorded_by: actor.account_id } as never)
    .execute()
}

export async function endGuardian({ db, ambito_id, today, actor }: Ctx, person_ids: string[], id: string) {
  const row = await db
    .updateTable('people.guardian')
    .set({ ended: today, ended_by: actor.account_id })
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .where('id', '=', id)
    .where('ended', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw notFound()
}

// --- giving back and erasing ----------------------------------------------------------------------------------------

export const membershipsOf = ({ db, ambito_id }: Ctx, person_ids: string[]) =>
  db
    .selectFrom('people.household_member')
    .select(['household_id', 'relation', 'since', 'ended'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .execute()
export const allGuardiansOf = ({ db, ambito_id }: Ctx, person_ids: string[]) =>
  db
    .selectFrom('people.guardian')
    .select(['role', 'name', 'comune', 'phone', 'email', 'language', 'since', 'ended'])
    .where('ambito_id', '=', ambito_id)
    .where('person_id', 'in', person_ids)
    .execute()

/** Who lived with whom goes; where the erased person signed, the row ends and names nobody any more. */
export async function forgetKin({ db, ambito_id, today }: Ctx, person_ids: string[]) {
  for (const table of ['people.household_member', 'people.guardian'] as const)
    await db.deleteFrom(table).where('ambito_id', '=', ambito_id).where('person_id', 'in', person_ids).execute()
  await db
    .updateTable('people.guardian')
    .set(({ fn, val }) => ({ guardian_id: null, ended: fn.coalesce('ended', val(today)) }))
    .where('ambito_id', '=', ambito_id)
    .where('guardian_id', 'in', person_ids)
    .execute()
}
