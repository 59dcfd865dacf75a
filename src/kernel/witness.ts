/**
 * What must not be undone by bringing an old database back is also written outside it, in `witness.list`, in DATA_DIR and
 * beside every backup: a line for each person erased, one for each thing somebody had us take away, and one a day for the
 * head of each Ambito's trail.
 *
 *   erased 2026-11-23 <ambito> <person>
 *   taken 2026-11-23 <ambito> <id> newsletter.left
 *   trail 2026-11-23 <ambito> <position> <hash>
 *   anew 2026-11-23                                  the database was made anew or restored: earlier trails end here
 *
 * Ids, days and hashes; no name. Lines are only added.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import { commandLine } from './actor.ts'
import { looked } from './audit.ts'
import { makeDataDir } from './config.ts'
import { type Ambito, type Ctx, openCtx } from './ctx.ts'
import { later, slowJob } from './events.ts'
import type { House } from './house.ts'
import type { Timer } from './module.ts'

const inFolder = (folder: string) => join(folder, 'witness.list')
export const besideBackup = (file: string) => inFolder(dirname(file))
export const inDataDir = ({ data_dir }: { data_dir: string }) => inFolder(data_dir)

export const toldIn = (list: string) => (existsSync(list) ? readFileSync(list, 'utf8').split('\n').filter(Boolean) : [])

/** Adds what is not there yet; of a trail one line a day is enough. */
export function bearWitness(list: string, lines: readonly string[]) {
  const there = toldIn(list)
  const known = new Set([...there.filter((line) => /^(erased|taken) /.test(line)), ...sinceAnew(there)].map(toldBy))
  const fresh = lines.filter((line) => !known.has(toldBy(line)))
  if (fresh.length > 0) add(list, fresh)
}
const sinceAnew = (lines: string[]) => lines.slice(lines.findLastIndex((line) => line.startsWith('anew')) + 1)
const toldBy = (line: string) => (line.startsWith('trail') ? line.split(' ').slice(0, 3).join(' ') : line)

/** The database before is not this one: what is written of its trail from here on no longer follows. */
export const beginAnew = (list: string) => add(list, [`anew ${Temporal.Now.plainDateISO('UTC')}`])

function add(list: string, lines: readonly string[]) {
  makeDataDir(dirname(list))
  appendFileSync(list, `${lines.join('\n')}\n`, { mode: 0o600, flush: true })
}

/** What row-level security, or its absence, lets the asking connection see. */
const known = {
  'kernel.erasure': `select concat_ws(' ', 'erased', erased_on, ambito_id, person_id) as line from kernel.erasure`,
  'kernel.taken_away': `select concat_ws(' ', 'taken', taken_on, ambito_id, thing_id, what) as line from kernel.taken_away`,
  'kernel.audit_head': `select concat_ws(' ', 'trail', kernel.today(), ambito_id, position, encode(hash, 'hex')) as line from kernel.audit_head`,
}
const everything = Object.values(known).join(' union all ')

/** Of the tables that this database has already: it may be one of an older release. */
export async function seenBy(owner: pg.Client) {
  const lines: string[] = []
  for (const [table, asked] of Object.entries(known)) {
    const { rows: there } = await owner.query(`select to_regclass($1) is not null as is`, [table])
    if (there[0].is) for (const { line } of (await owner.query<{ line: string }>(asked)).rows) lines.push(line)
  }
  return lines
}

export const witness = slowJob<object>('kernel.witness', async ({ config, open }) => {
  const { rows } = await open(({ db }) => sql.raw<{ line: string }>(everything).execute(db))
  bearWitness(
    inDataDir(config),
    rows.map(({ line }) => line),
  )
})
export const witnessTimer: Timer = {
  name: 'kernel.witness_daily',
  cron: '7 1 * * *',
  run: async (ctx) => later(ctx, witness, {}),
}

/** Empties what names these persons in every module, and remembers it where no backup reaches. */
export async function erase(ctx: Ctx, person_ids: string[]) {
  for (const { personal_data } of ctx.modules) await personal_data?.erase(ctx, person_ids)
  await ctx.db
    .insertInto('kernel.erasure')
    .values(person_ids.map((person_id) => ({ ambito_id: ctx.ambito_id, person_id, erased_on: ctx.today })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  later(ctx, witness, {})
}

/** Remembers, where no backup reaches, that these things were taken away; how it is done again is in the module's `taken_away`. */
export async function tookAway(ctx: Ctx, what: string, ids: readonly string[]) {
  if (ids.length === 0) return
  await ctx.db
    .insertInto('kernel.taken_away')
    .values(ids.map((thing_id) => ({ ambito_id: ctx.ambito_id, thing_id, what, taken_on: ctx.today })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  later(ctx, witness, {}, { key: 'witness' })
}

/** At every start, before the doors open: what was erased or taken away before this database was brought back goes again. */
export async function eraseAgain(house: House) {
  const told = toldIn(inDataDir(house.config)).map((line) => line.split(' '))
  const { rows } = await sql<{ id: string; what: string | null }>`
    select person_id as id, null as what from kernel.erasure union all select thing_id, what from kernel.taken_away`.execute(
    house.owner_db,
  )
  const done = new Set(rows.map(({ id, what }) => `${id} ${what ?? 'person'}`))
  const again = told.filter(
    ([sort, , , id, what = 'person']) => (sort === 'erased' || sort === 'taken') && !done.has(`${id} ${what}`),
  )
  for (const id of again.length > 0 ? await house.everyAmbito() : []) {
    const here = Map.groupBy(
      again.filter(([, , ambito_id]) => ambito_id === id),
      ([, , , , what = 'person']) => what,
    )
    if (here.size > 0)
      await openCtx(
        house,
        async (db) => ({ ambito: (await house.ambitoById(db, id)) as Ambito, actor: commandLine, lang: 'it' }),
        async (ctx) => {
          for (const [what, lines] of here) await goAgain(ctx, what, [...new Set(lines.map(([, , , one = '']) => one))])
        },
      )
  }
  return again.length
}
async function goAgain(ctx: Ctx, what: string, ids: string[]) {
  if (what === 'person') {
    await erase(ctx, ids)
    for (const person_id of ids) looked(ctx, { what: 'kernel.erased_again', person_id })
    return
  }
  for (const { taken_away } of ctx.modules) await taken_away?.[what]?.(ctx, ids)
  await tookAway(ctx, what, ids)
}

/** The first day whose head the trail no longer has: its past was written anew. */
export async function rewrittenSince(list: string, owner: pg.Client) {
  for (const line of sinceAnew(toldIn(list))) {
    const [what, day, ...head] = line.split(' ')
    if (what !== 'trail') continue
    const { rowCount } = await owner.query(
      `select from kernel.audit where ambito_id = $1 and position = $2 and encode(hash, 'hex') = $3`,
      head,
    )
    if (rowCount !== 1) return day
  }
  return undefined
}
