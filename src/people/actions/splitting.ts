/** A row of a register was taken for the wrong person: it is given a file of its own, and takes back all it had brought. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import type { Cells } from '../../kernel/register.ts'
import { personCreated, rowSplitOff } from '../events.ts'
import type { Said } from '../rules/register-cells.ts'
import { worth } from '../rules/register-learning.ts'
import { may } from '../rules.ts'
import { decidePairs } from '../store/duplicates.ts'
import { knownPersons, standingAnew, writeLearned } from '../store/registers.ts'
import * as store from '../store/splitting.ts'
import { lockPerson } from '../store.ts'
import { refile } from './duplicates.ts'
import { begin, type Gave, learn, nothingLearned, somebodies } from './register-learning.ts'
import { readPersons } from './registers.ts'

export const rowsOf = store.rowsOf
export type { RowOfPerson } from '../store/splitting.ts'

/** @returns the new file; what hangs on the row elsewhere (a visit) follows it */
export async function splitRow(ctx: Ctx, joined_id: string): Promise<string> {
  const row = await store.lockRow(ctx, joined_id)
  allow(ctx.actor.can(may.merge))
  // Whoever the row made has nothing else to begin with: the other rows are split off instead.
  refuse({
    ...((row.reason === 'new' || row.reason === 'split_off') && { form: 'people.error.founding_row' as const }),
  })
  await lockPerson(ctx, row.person_id)
  await store.endRow(ctx, row.id)
  await takeBack(ctx, row.person_id, row.gave as Gave, await saidBy(ctx, row))
  await relearn(ctx, row.person_id)
  const to = await newFile(ctx, row)
  await decidePairs(
    ctx,
    row.person_id < to ? { one: row.person_id, other: to } : { one: to, other: row.person_id },
    'different',
  )
  await standingAnew(ctx, [row.person_id, to])
  await refile(ctx, [row.person_id, to])
  announce(ctx, personCreated, { person_id: to, on: ctx.today })
  announce(ctx, rowSplitOff, { register: row.register, row_id: row.row_id, from: row.person_id, to })
  return to
}

async function saidBy(ctx: Ctx, { row_id, on_day, said }: store.RowOfPerson): Promise<Said | null> {
  const [row] = await readPersons(ctx, [{ id: row_id, line: '', on: on_day, cells: said as Cells }])
  return row?.read.said ?? null
}

/** What the row gave goes; a field somebody has changed since stays as it is. */
async function takeBack(ctx: Ctx, person_id: string, gave: Gave, said: Said | null) {
  await store.withdraw(ctx, person_id, gave)
  const [person] = (await knownPersons(ctx, [person_id])).filter(({ id }) => id === person_id)
  if (!person) return
  const given = {
    born: said?.born,
    born_precision: said?.born_precision,
    gender: said?.gender,
    comune: said?.comune,
    tax_code: said?.tax_code,
  }
  const back = Object.entries(gave.fields ?? {}).filter(
    ([field]) => person[field as keyof typeof given] === given[field as keyof typeof given],
  )
  if (back.length > 0) await store.restoreFields(ctx, person_id, Object.fromEntries(back))
  if (!person.names.some(({ kind }) => kind === 'main')) {
    const [best] = [...person.names].sort((a, b) => worth(b) - worth(a))
    if (best) await store.makeMain(ctx, best.id)
  }
}

/** What the rows that are left say and had no need to bring, since the one that went had brought it before them. */
async function relearn(ctx: Ctx, person_id: string) {
  for (const row of await store.rowsOf(ctx, [person_id])) {
    const said = await saidBy(ctx, row)
    const person = somebodies(await knownPersons(ctx, [person_id])).find(({ id }) => id === person_id)
    if (!said || !person) continue
    const learned = nothingLearned()
    const more: Gave = {}
    learn(learned, person, said, more)
    await writeLearned(ctx, row.register, learned)
    await store.addGave(ctx, row.id, row.gave as Gave, more)
  }
}

async function newFile(ctx: Ctx, row: store.RowOfPerson) {
  const learned = nothingLearned()
  const person = begin(learned)
  const gave: Gave = {}
  const said = await saidBy(ctx, row)
  if (said) learn(learned, person, said, gave)
  learned.joined.push({
    row_id: row.row_id,
    person_id: person.id,
    reason: 'split_off',
    on_day: row.on_day,
    said: row.said,
    remarks: row.remarks,
    gave,
  })
  await writeLearned(ctx, row.register, learned)
  return person.id
}
