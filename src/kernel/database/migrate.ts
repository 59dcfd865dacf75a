import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import { CannotStart, type Config } from '../config.ts'
import { root } from '../root.ts'
import { appPassword } from './postgres.ts'
import { makeRoles } from './roles.ts'

const one_migrator = 7_020_062

const our_migrations = join(root, 'db/migrations')

/**
 * Forward only. Many processes may call it at once: the first does the work, the others wait and find it done.
 * @param until the last one to run; all of them when not given
 */
export async function migrate(owner_url: string, config: Config, folder = our_migrations, until?: string) {
  const client = new pg.Client({ connectionString: owner_url, application_name: 'labimpact migrate' })
  client.on('error', () => {})
  await client.connect().catch(({ message }: Error) => {
    throw new CannotStart(`The database does not let us in: ${message}. See DATABASE_URL in docs/operations.md.`)
  })
  try {
    await client.query('select pg_advisory_lock($1)', [one_migrator])
    const app_role = await makeRoles(client, config.database_app_url, appPassword(config))
    await client.query(`select set_config('labimpact.app_role', $1, false)`, [app_role])
    await runMigrations({ connectionString: owner_url, schema: 'graphile_worker', logger: silent })
    await runFiles(client, folder, until)
  } finally {
    await client.end()
  }
}

async function runFiles(client: pg.Client, folder: string, until?: string) {
  await client.query(`
    create schema if not exists kernel;
    create table if not exists kernel.migration (
      name text primary key,
      checksum text not null,
      at timestamptz not null default clock_timestamp()
    )`)
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from kernel.migration')
  const done = new Map(rows.map(({ name, checksum }) => [name, checksum]))
  const files = migrationsOf(folder)
  refuseNewer(done, files)
  for (const { name, sql, checksum } of files) {
    if (until && name > until) break
    if (!done.has(name)) await runFile(client, name, sql, checksum)
    else if (done.get(name) !== checksum) {
      throw new CannotStart(`Migration ${name} was changed after it ran here: put it back and write a new one.`)
    }
  }
}

function refuseNewer(done: Map<string, string>, files: { name: string }[]) {
  const unknown = [...done.keys()].find((name) => !files.some((file) => file.name === name))
  if (unknown)
    throw new CannotStart(`This database belongs to a newer release, which brought ${unknown}: start that one.`)
}

async function runFile(client: pg.Client, name: string, sql: string, checksum: string) {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into kernel.migration (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new Error(`Migration ${name} failed and left nothing behind: ${(error as Error).message}`, { cause: error })
  }
}

/** In the order in which they run. */
export function migrationsOf(folder = our_migrations) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

const silent = new Logger(() => () => {})
