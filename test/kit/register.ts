/** What came of a register, laid beside the truth of who is who. */
import { sql } from 'kysely'
import type { Ctx } from '../../src/kernel/ctx.ts'

/** Who every row was taken for, in the order of the file; only rows in force. */
export async function rowsTaken({ db, ambito_id }: Ctx, register = 'visits') {
  const { rows } = await sql<{ row_id: string; person_id: string; reason: string; said: Record<string, string> }>`
    select row_id, person_id, reason, said from people.joined_row where ambito_id = ${ambito_id} and register = ${register} and ended_at is null order by recorded_at, id`.execute(
    db,
  )
  return rows
}

/** Files that hold rows of more than one person: there must be none. */
export function joinedWrongly(taken: readonly { person_id: string }[], truth: readonly number[]) {
  const whose = new Map<string, Set<number>>()
  for (const [at, { person_id }] of taken.entries())
    whose.set(person_id, (whose.get(person_id) ?? new Set()).add(truth[at] as number))
  return [...whose.values()].filter((persons) => persons.size > 1)
}

/** Of each file, the true person. */
export const truthOf = (taken: readonly { person_id: string }[], truth: readonly number[]) =>
  new Map(taken.map(({ person_id }, at) => [person_id, truth[at] as number]))
