/**
 * A register brought in from a page: read and tried at once, taken when somebody says so, a part to a transaction.
 *
 *   trying ── tried ── wanted ── part after part ── ended
 *               │                     └── its process killed ── goes on with the first part that is not done
 *               └── left for a week ── gone, with its rows
 */
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { NotFound, refuse } from '../errors.ts'
import { later, type OutsideJob, slowJob } from '../events.ts'
import {
  type Answer,
  chunksOf,
  type FileRow,
  findKind,
  lookAtSizes,
  openAnswer,
  type Register,
  type RegisterKind,
  type RowSaid,
  rows_at_once,
  type Taken,
  takeRows,
} from '../register.ts'

/** A row left out, as it stood in the file, with what is wrong with it. */
export type Reject = RowSaid & { raw: string[] }
type Outcome = { answer: Answer; rejects: Reject[]; remarks: RowSaid[] }
type Tried = { done: number; outcome?: Outcome }
export type Run = {
  id: string
  kind: string
  file_name: string
  rows: number
  recorded_at: string
  tried: Tried | null
  wanted_at: string | null
  answer: Answer | null
  ended_at: string | null
}
export type OpenRun = Run & {
  ignored_sheets: string[]
  /** Rows of a file that is only tried which came in before, with this file or another. */
  known: number
  /** Rows of the parts that are done. */
  taken: number
  /** Nothing has moved for a while: its worker is gone, or gave up. */
  stopped: boolean
  rejects: Reject[]
  remarks: RowSaid[]
}

/** @returns the run's id; it is tried in a job */
export async function startRun(ctx: Ctx, kind: RegisterKind, file_name: string, register: Register) {
  const chunks = chunksOf(register.rows)
  const { id } = await ctx.db
    .insertInto('kernel.register_run')
    .values({
      ambito_id: ctx.ambito_id,
      kind: kind.kind,
      file_name: file_name.slice(0, 200) || '-',
      delimiter: register.delimiter,
      header: JSON.stringify(register.header),
      rows: register.rows.length,
      parts: chunks.length,
      ignored_sheets: register.ignored_sheets,
      recorded_by: ctx.actor.account_id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const [number, rows] of chunks.entries())
    await ctx.db
      .insertInto('kernel.register_part')
      .values({ ambito_id: ctx.ambito_id, run_id: id, number, rows: JSON.stringify(rows) })
      .execute()
  later(ctx, tryRunJob, { run_id: id })
  return id
}

const columns = ['id', 'kind', 'file_name', 'rows', 'recorded_at', 'tried', 'wanted_at', 'answer', 'ended_at'] as const

export async function recentRuns({ db, ambito_id }: Ctx, kinds: readonly RegisterKind[]): Promise<Run[]> {
  if (kinds.length === 0) return []
  const runs = await db
    .selectFrom('kernel.register_run')
    .select(columns)
    .where('ambito_id', '=', ambito_id)
    .where(
      'kind',
      'in',
      kinds.map(({ kind }) => kind),
    )
    .orderBy('recorded_at', 'desc')
    .limit(30)
    .execute()
  return runs as unknown as Run[]
}

/** @throws NotFound */
export async function openRun(ctx: Ctx, id: string): Promise<OpenRun> {
  const { db, ambito_id } = ctx
  const run = await db
    .selectFrom('kernel.register_run')
    .select([...columns, 'ignored_sheets', sql<boolean>`moved_at < kernel.now() - interval '2 minutes'`.as('still')])
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!run) throw new NotFound()
  const parts = (await db
    .selectFrom('kernel.register_part')
    .select(['done_at', 'taken', 'rejects', 'remarks', 'people'])
    .where('ambito_id', '=', ambito_id)
    .where('run_id', '=', id)
    .orderBy('number')
    .execute()) as unknown as { done_at: string | null; rejects: Reject[]; remarks: RowSaid[]; people: string[] }[]
  const tried = run.tried as Tried | null
  const done = parts.filter(({ done_at }) => done_at).length
  return {
    ...(run as unknown as Run),
    answer: await answerNow(
      ctx,
      run as unknown as Run,
      parts.flatMap(({ people }) => people),
    ),
    ignored_sheets: run.ignored_sheets,
    known: tried?.outcome && !run.wanted_at ? await knownOf(ctx, id, run.kind) : 0,
    taken: run.ended_at ? run.rows : Math.min(done * rows_at_once, run.rows),
    stopped: run.still && !run.ended_at && (run.wanted_at !== null || !tried?.outcome),
    rejects: run.wanted_at ? parts.flatMap(({ rejects }) => rejects) : (tried?.outcome?.rejects ?? []),
    remarks: run.wanted_at ? parts.flatMap(({ remarks }) => remarks) : (tried?.outcome?.remarks ?? []),
  }
}

async function knownOf({ db, ambito_id }: Ctx, id: string, kind: string) {
  const { rows } = await sql<{ known: number }>`
    select count(*)::int as known from kernel.register_part p cross join lateral jsonb_array_elements(p.rows) as r
    join kernel.register_row k on k.ambito_id = ${ambito_id} and k.kind = ${kind} and k.id = (r ->> 'id')::uuid
    where p.ambito_id = ${ambito_id} and p.run_id = ${id}`.execute(db)
  return rows[0]?.known ?? 0
}

/** Who may be one person is looked for beside the taking, and decided after it: what is left is counted when it is asked. */
async function answerNow(ctx: Ctx, { kind, answer, ended_at }: Run, people: readonly string[]) {
  if (!answer || !ended_at) return answer
  const duplicates = findKind(ctx, kind)?.duplicates
  return { ...answer, possible_duplicates: (await duplicates?.count(ctx, [...new Set(people)])) ?? 0 }
}

/** The header and the separator of the file, for the rows that are given back. */
export async function headOfRun({ db, ambito_id }: Ctx, id: string) {
  const head = await db
    .selectFrom('kernel.register_run')
    .select(['header', 'delimiter'])
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return head as unknown as Pick<Register, 'header' | 'delimiter'>
}

/** Whoever presses at the same time waits here, and then sees what the first has done. */
async function heldRun(ctx: Ctx, id: string) {
  const { db, ambito_id } = ctx
  const one = db.selectFrom('kernel.register_run').select('id').where('ambito_id', '=', ambito_id).where('id', '=', id)
  await one.forUpdate().execute()
  return openRun(ctx, id)
}

/** The rows are to be taken. */
export async function wantRun(ctx: Ctx, id: string) {
  const run = await heldRun(ctx, id)
  refuse({ form: run.wanted_at || !run.tried?.outcome ? 'kernel.register.not_now' : undefined })
  await move(ctx, id, { wanted_at: ctx.now.toString() })
  later(ctx, takeRunJob, { run_id: id }, { key: `register ${id}` })
}

/** Goes on where it stopped. */
export async function resumeRun(ctx: Ctx, id: string) {
  const run = await heldRun(ctx, id)
  refuse({ form: run.stopped ? undefined : 'kernel.register.not_now' })
  await move(ctx, id, {})
  later(ctx, run.wanted_at ? takeRunJob : tryRunJob, { run_id: id }, { key: `register ${id}` })
}

type Change = { tried?: string; wanted_at?: string; answer?: string; ended_at?: string }
async function move({ db, ambito_id, now }: Ctx, id: string, change: Change) {
  await db
    .updateTable('kernel.register_run')
    .set({ ...change, moved_at: now.toString() })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()
}

function rejectsOf(rows: readonly FileRow[], { refused }: Taken): Reject[] {
  const raw = new Map(rows.map((row) => [row.line, row.raw]))
  return refused.map((one) => ({ ...one, raw: raw.get(one.line) ?? [] }))
}

class TriedOut extends Error {}

/** Everything in one transaction, which is then taken back; how far it is stands beside it. */
export const tryRunJob = slowJob<{ run_id: string }>('kernel.try_register', async ({ open }, { run_id }) => {
  const { answer, add } = openAnswer()
  const outcome: Outcome = { answer, rejects: [], remarks: [] }
  await open(async (ctx) => {
    const [run] = await runs(ctx, run_id)
    const kind = run && findKind(ctx, run.kind)
    if (!run || !kind || (run.tried as Tried | null)?.outcome) throw new TriedOut()
    const people = new Set<string>()
    for (let number = 0; number < run.parts; number++) {
      const rows = await rowsOf(ctx, run_id, number)
      if (!rows) throw new TriedOut()
      const taken = await takeRows(ctx, kind, rows, number)
      await kind.duplicates?.find(ctx, taken.people)
      add(rows.length, { ...taken, refused: taken.refused.length })
      outcome.rejects.push(...rejectsOf(rows, taken))
      outcome.remarks.push(...taken.remarks)
      for (const person of taken.people) people.add(person)
      await open((beside) => move(beside, run_id, { tried: JSON.stringify({ done: answer.rows }) }))
    }
    answer.possible_duplicates = (await kind.duplicates?.count(ctx, [...people])) ?? 0
    throw new TriedOut()
  }).catch((end: Error) => {
    if (!(end instanceof TriedOut)) throw end
  })
  if (answer.rows > 0)
    await open((ctx) => move(ctx, run_id, { tried: JSON.stringify({ done: answer.rows, outcome } satisfies Tried) }))
})

export const takeRunJob = slowJob<{ run_id: string }>('kernel.take_register', async (outside, { run_id }) => {
  const run = await outside.open(async (ctx) => (await runs(ctx, run_id))[0])
  if (!run || run.ended_at) return
  for (let number = 0; number < run.parts; number++) await takePart(outside, run_id, run.kind, number)
  await outside.open(lookAtSizes)
  await outside.open((ctx) => endRun(ctx, run_id))
})

const takePart = ({ open }: OutsideJob, run_id: string, kind_name: string, number: number) =>
  open(async (ctx) => {
    const kind = findKind(ctx, kind_name)
    const rows = await rowsOf(ctx, run_id, number)
    if (!kind || !rows) return
    const taken = await takeRows(ctx, kind, rows, number)
    const { people_found, people_created, facts, remarks, people } = taken
    await ctx.db
      .updateTable('kernel.register_part')
      .set({
        rows: null,
        done_at: ctx.now.toString(),
        taken: JSON.stringify({
          rows: rows.length,
          refused: taken.refused.length,
          people_found,
          people_created,
          facts,
        }),
        rejects: JSON.stringify(rejectsOf(rows, taken)),
        remarks: JSON.stringify(remarks),
        people,
      })
      .where('ambito_id', '=', ctx.ambito_id)
      .where('run_id', '=', run_id)
      .where('number', '=', number)
      .execute()
    await move(ctx, run_id, {})
  })

async function endRun(ctx: Ctx, run_id: string) {
  const parts = (await ctx.db
    .selectFrom('kernel.register_part')
    .select('taken')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('run_id', '=', run_id)
    .execute()) as unknown as { taken: { rows: number; refused: number } & Omit<Answer, 'rows'> }[]
  const { answer, add } = openAnswer()
  for (const { taken } of parts) add(taken.rows, taken)
  await move(ctx, run_id, { answer: JSON.stringify(answer), ended_at: ctx.now.toString() })
}

const runs = ({ db, ambito_id }: Ctx, id: string) =>
  db
    .selectFrom('kernel.register_run')
    .select(['kind', 'parts', 'tried', 'ended_at'])
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .execute()

/** The rows of a part that is still to be taken; two workers at it wait for each other. */
async function rowsOf({ db, ambito_id }: Ctx, run_id: string, number: number) {
  const part = await db
    .selectFrom('kernel.register_part')
    .select('rows')
    .where('ambito_id', '=', ambito_id)
    .where('run_id', '=', run_id)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst()
  return part?.rows as unknown as FileRow[] | null | undefined
}

/** Rows nobody wanted go after a week; those given back and the run itself after a month. */
export async function forgetRuns({ db, ambito_id }: Ctx) {
  const old = sql`select id from kernel.register_run where ambito_id = ${ambito_id} and (wanted_at is null and recorded_at < kernel.now() - interval '7 days'
    or recorded_at < kernel.now() - interval '30 days')`
  await sql`delete from kernel.register_part where ambito_id = ${ambito_id} and run_id in (${old})`.execute(db)
  await sql`delete from kernel.register_run where ambito_id = ${ambito_id} and id in (${old})`.execute(db)
}
