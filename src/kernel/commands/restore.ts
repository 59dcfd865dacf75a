/** `restore`: an installation again as it was when its backup was made, on this release or a newer one. */
import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrate, migrationsOf } from '../database/migrate.ts'
import { openPools } from '../database/pools.ts'
import { openPostgres, type Postgres } from '../database/postgres.ts'
import { buildHouse } from '../house.ts'
import { bearWitness, beginAnew, besideBackup, eraseAgain, inDataDir, seenBy, toldIn } from '../witness.ts'
import { type Head, holdsSomething, linesIn, openSum, type Sum, type Tail, tables, throwAway } from './backup-file.ts'
import type { HouseCommand } from './commands.ts'

/** What is wrong with the file or the place, in one sentence. */
class NotRestored extends Error {}

export const restore: HouseCommand = {
  name: 'restore',
  usage: 'FILE [--replace]',
  help: `Brings an installation back from a file that \`backup\` made. Stop the server first.
Nothing is changed unless the whole file is sound: its rows are counted and their checksums compared.
Who was erased since then is erased again, and so is what people had us take away: witness.list, in DATA_DIR and
beside FILE, says who and what.

  FILE        what \`backup\` wrote, by this release or an older one
  --replace   throws away what is in the database now; without it, only an empty one is filled`,
  async keep(argv, { config, modules, look, print, tell, cwd }) {
    const replace = argv.includes('--replace')
    const [name, ...more] = argv.filter((word) => word !== '--replace')
    if (!name || more.length > 0) {
      tell('One file is needed: restore labimpact-2026-11-22.backup.')
      return 2
    }
    const path = resolve(cwd, name)
    const postgres = await openPostgres(config)
    try {
      const head = await headOf(path)
      await checked(path)
      const list = inDataDir(config)
      bearWitness(list, toldIn(besideBackup(path)))
      await emptied(postgres, replace, list)
      await migrate(postgres.owner_url, config, undefined, head.migrations.at(-1)?.name)
      const rows = await filled(postgres, path)
      await migrate(postgres.owner_url, config)
      print(`${rows} rows as they were on ${head.made_at}.`)
      const pools = openPools(postgres)
      try {
        const erased = await eraseAgain(buildHouse(config, pools, modules, look))
        if (erased > 0) print(`What was erased since then was erased again: ${erased}.`)
      } finally {
        await pools.close()
      }
      tell('Start with the SECRET of then; with another one, codes apps and marks on paper are not recognised.')
      return 0
    } catch (error) {
      if (!(error instanceof NotRestored)) throw error
      tell(error.message)
      return 1
    } finally {
      await postgres.stop()
    }
  },
}

// --- reading --------------------------------------------------------------------------------------------------------

const linesOf = (path: string) => linesIn(createReadStream(path).pipe(createGunzip()))

async function headOf(path: string): Promise<Head> {
  let head: Head | undefined
  try {
    for await (const line of linesOf(path)) {
      head = JSON.parse(line.toString()) as Head
      break
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new NotRestored(code === 'ENOENT' ? `There is no file ${path}.` : `${path} is not a backup of ours.`)
  }
  if (head?.labimpact !== 1) throw new NotRestored(`${path} is not a backup of ours.`)
  const ours = migrationsOf()
  const strange = head.migrations.find(
    ({ name, checksum }) => !ours.some((one) => one.name === name && one.checksum === checksum),
  )
  if (strange)
    throw new NotRestored(`This backup was made by a newer release, which brought ${strange.name}: use that one.`)
  return head
}

type Part = { table: string; columns: string; rows: AsyncGenerator<Buffer> }

/** Each table in its turn; its rows must be read to the end before the next. Ends with the tail. */
async function* partsOf(path: string): AsyncGenerator<Part | Tail> {
  const lines = linesOf(path)
  await lines.next()
  for (;;) {
    const { value, done } = await lines.next()
    if (done) throw new NotRestored(`${path} is cut off: its last line is missing.`)
    const [, table, columns] = /^copy (\S+) \((.*)\)$/.exec(value.toString()) ?? []
    if (!table || !columns) {
      yield JSON.parse(value.toString()) as Tail
      return
    }
    yield { table, columns, rows: rowsOf(lines, table) }
  }
}

/** @throws NotRestored at their end, when they are not those that were written */
async function* rowsOf(lines: AsyncGenerator<Buffer>, table: string) {
  const sum = openSum()
  for (;;) {
    const { value, done } = await lines.next()
    if (done) throw new NotRestored(`The file is cut off within ${table}.`)
    if (value[0] === 92 && value[1] === 46) {
      const written = JSON.parse(value.subarray(3).toString()) as Sum
      const read = sum.ended()
      if (written.sha256 !== read.sha256 || written.rows !== read.rows)
        throw new NotRestored(`The rows of ${table} are not those that were written: use another copy of the file.`)
      return
    }
    sum.add(value)
    yield Buffer.concat([value, newline])
  }
}
const newline = Buffer.from('\n')

/** Before anything is touched. */
async function checked(path: string) {
  try {
    for await (const part of partsOf(path)) if ('rows' in part) for await (const _ of part.rows);
  } catch (error) {
    if (error instanceof NotRestored) throw error
    throw new NotRestored(`${path} is damaged: ${(error as Error).message}.`)
  }
}

// --- writing --------------------------------------------------------------------------------------------------------

async function inDatabase<Result>(
  { owner_url }: Pick<Postgres, 'owner_url'>,
  work: (owner: pg.Client) => Promise<Result>,
) {
  const owner = new pg.Client({ connectionString: owner_url, application_name: 'labimpact restore' })
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

function emptied(postgres: Postgres, replace: boolean, list: string) {
  return inDatabase(postgres, async (owner) => {
    const { rows: others } = await owner.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename = 'labimpact_app'`,
    )
    if (others.length > 0) throw new NotRestored('A server is at work on this database: stop it first.')
    if (!replace && (await holdsSomething(owner)))
      throw new NotRestored('There is an installation in this database: add --replace to throw it away.')
    bearWitness(list, await seenBy(owner))
    beginAnew(list)
    await throwAway(owner)
  })
}

/** One transaction: row security and triggers stand aside while the rows come in, and keys are made again at the end, over all of them. */
function filled(postgres: Postgres, path: string) {
  return inDatabase(postgres, async (owner) => {
    await owner.query('begin')
    const known = new Map((await tables(owner)).map(({ name, columns }) => [name, columns]))
    const { rows: keys } = await owner.query<{ table: string; name: string; definition: string }>(
      `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'f' and connamespace::regnamespace::text !~ '^pg_'`,
    )
    const { rows: forced } = await owner.query<{ name: string }>(
      `select oid::regclass::text as name from pg_class where relforcerowsecurity`,
    )
    for (const { table, name } of keys)
      await owner.query(`alter table ${table} drop constraint ${pg.escapeIdentifier(name)}`)
    for (const { name } of forced) await owner.query(`alter table ${name} no force row level security`)
    for (const table of known.keys())
      await owner.query(`alter table ${table} disable trigger user; delete from ${table}`)
    let rows = 0
    for await (const part of partsOf(path)) {
      if (!('rows' in part)) {
        for (const { name, value, called } of part.sequences)
          await owner.query(`select setval($1, $2, $3)`, [name, value, called])
        continue
      }
      if (known.get(part.table) !== part.columns) throw new NotRestored(`${part.table} has other columns here.`)
      const into = owner.query(copyFrom(`copy ${part.table} (${part.columns}) from stdin`))
      await pipeline(Readable.from(part.rows, { objectMode: false }), into)
      rows += into.rowCount
    }
    // A job in hand when the copy was made is nobody's now.
    await owner.query(
      `update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null`,
    )
    await owner.query(
      `update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null`,
    )
    for (const table of known.keys()) await owner.query(`alter table ${table} enable trigger user`)
    for (const { name } of forced) await owner.query(`alter table ${name} force row level security`)
    for (const { table, name, definition } of keys)
      await owner.query(`alter table ${table} add constraint ${pg.escapeIdentifier(name)} ${definition}`)
    await owner.query('commit')
    await owner.query('analyze')
    return rows
  })
}
