/** `doctor`: looks at everything a running installation needs, changes nothing, and says what to do about what it finds. */
import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import { migrationsOf } from '../database/migrate.ts'
import { openPostgres } from '../database/postgres.ts'
import { openLine } from '../mail-line.ts'
import { megabytesFree } from '../room.ts'
import { inDataDir, rewrittenSince } from '../witness.ts'
import type { HouseCommand } from './commands.ts'

type Finding = [state: 'ok' | 'mind' | 'bad', about: string, said: string]

export const doctor: HouseCommand = {
  name: 'doctor',
  usage: '',
  help: `Looks at the whole installation, changes nothing, and says what to do.

  ok    as it should be
  mind  works, and wants your attention
  bad   will not work, or not safely

Exits 1 when something is bad.`,
  async keep(argv, { config, print, tell }) {
    if (argv.length > 0) {
      tell(`doctor takes no '${argv[0]}'.`)
      return 2
    }
    const findings = [
      ...(await looked('folder', () => folder(config))),
      ...(await looked('database', () => database(config))),
      ...(await looked('mail', () => mail(config))),
      ...(await looked('address', () => address(config))),
    ]
    print(findings.map(([state, about, said]) => `${state.padEnd(5)} ${about.padEnd(9)} ${said}`).join('\n'))
    return findings.some(([state]) => state === 'bad') ? 1 : 0
  },
}

async function looked(about: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    return [['bad', about, (error as Error).message]]
  }
}

async function folder(config: Config): Promise<Finding[]> {
  const { data_dir, room_mb } = config
  accessSync(data_dir, constants.W_OK)
  const free = await megabytesFree(config)
  const room = `${Math.floor(free)} MB free in ${data_dir}`
  return [
    free < room_mb
      ? ['bad', 'folder', `${room}: nothing more is saved before there are ${room_mb} (ROOM_MB). Make room.`]
      : free < 4 * room_mb
        ? ['mind', 'folder', `${room}: make room soon; below ${room_mb} (ROOM_MB) nothing more is saved.`]
        : ['ok', 'folder', `${room}.`],
    ['ok', 'secret', 'There is one. It is in no backup: keep a copy of its own.'],
  ]
}

async function database(config: Config): Promise<Finding[]> {
  const postgres = await openPostgres(config)
  const owner = new pg.Client({ connectionString: postgres.owner_url, application_name: 'labimpact doctor' })
  owner.on('error', () => {})
  try {
    await owner.connect()
    const findings = [...(await server(owner)), ...(await schema(owner))]
    const stands = findings.every(([state, about]) => about !== 'schema' || state === 'ok')
    return stands
      ? [...findings, ...(await walls(owner)), ...(await work(owner)), ...(await trail(owner, config))]
      : findings
  } finally {
    await owner.end().catch(() => {})
    await postgres.stop()
  }
}

async function server(owner: pg.Client): Promise<Finding[]> {
  const { rows } = await owner.query<{
    number: number
    version: string
    encoding: string
    fsync: string
    apart: number
  }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
      current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
      abs(extract(epoch from clock_timestamp()) - $1)::float as apart`,
    [Date.now() / 1000],
  )
  const { number = 0, version, encoding, fsync, apart = 0 } = rows[0] ?? {}
  return [
    number < 150_000
      ? ['bad', 'database', `PostgreSQL ${version} is too old: 15 or newer is needed.`]
      : encoding !== 'UTF8'
        ? ['bad', 'database', `The database writes in ${encoding}: make it anew with encoding UTF8.`]
        : fsync !== 'on'
          ? ['bad', 'database', 'fsync is off: what was saved is lost when the power goes. Set fsync = on.']
          : ['ok', 'database', `PostgreSQL ${version}.`],
    apart > 5
      ? ['bad', 'clock', `The clocks of this machine and of the database are ${Math.round(apart)} seconds apart.`]
      : ['ok', 'clock', 'The same here and in the database.'],
  ]
}

async function schema(owner: pg.Client): Promise<Finding[]> {
  const ours = migrationsOf()
  const { rows: known } = await owner.query(`select to_regclass('kernel.migration') as known`)
  const { rows } = known[0].known
    ? await owner.query<{ name: string; checksum: string }>('select name, checksum from kernel.migration')
    : { rows: [] }
  const done = new Map(rows.map(({ name, checksum }) => [name, checksum]))
  const newer = rows.find(({ name }) => !ours.some((one) => one.name === name))
  const changed = ours.find(({ name, checksum }) => done.has(name) && done.get(name) !== checksum)
  const waiting = ours.filter(({ name }) => !done.has(name)).length
  if (newer) return [['bad', 'schema', `The database belongs to a newer release (${newer.name}): start that one.`]]
  if (changed) return [['bad', 'schema', `${changed.name} was changed after it ran here: put it back.`]]
  if (rows.length === 0) return [['mind', 'schema', 'The database is empty: the first start fills it.']]
  return waiting > 0
    ? [
        [
          'mind',
          'schema',
          `${waiting} of ${ours.length} migrations wait: the next start runs them. Make a backup first.`,
        ],
      ]
    : [['ok', 'schema', `All ${ours.length} migrations have run.`]]
}

/** What keeps one Ambito from another. */
async function walls(owner: pg.Client): Promise<Finding[]> {
  const { rows: open } = await owner.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('graphile_worker', 'information_schema')
      and not (c.relrowsecurity and c.relforcerowsecurity)
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'ambito_id' and not a.attisdropped)`)
  const { rows: strong } = await owner.query<{ name: string }>(
    `select rolname as name from pg_roles where (rolsuper or rolbypassrls) and rolname in (current_user, 'labimpact_app')`,
  )
  return [
    open.length > 0
      ? ['bad', 'walls', `Rows of one Ambito can be seen from another in ${open.map(({ name }) => name).join(', ')}.`]
      : strong.length > 0
        ? ['bad', 'walls', `${strong[0]?.name} walks through row security: take SUPERUSER and BYPASSRLS from it.`]
        : ['ok', 'walls', 'Every table of an Ambito is closed to the others.'],
  ]
}

async function work(owner: pg.Client): Promise<Finding[]> {
  const { rows } = await owner.query<{ dead: number; late: number; failed: number; unsent: number }>(`
    select (select count(*)::int from graphile_worker.jobs where attempts >= max_attempts) as dead,
      (select count(*)::int from graphile_worker.jobs where attempts < max_attempts and locked_at is null and run_at < kernel.now() - interval '15 minutes') as late,
      (select count(*)::int from kernel.mail where failed_at > kernel.now() - interval '7 days') as failed,
      (select count(*)::int from kernel.mail where sent_at is null and failed_at is null and queued_at < kernel.now() - interval '1 hour') as unsent`)
  const { dead = 0, late = 0, failed = 0, unsent = 0 } = rows[0] ?? {}
  return [
    dead > 0
      ? ['bad', 'jobs', `${dead} were given up: look for "job" in the log of the server.`]
      : late > 0
        ? ['mind', 'jobs', `${late} have waited for more than a quarter of an hour: is the server running?`]
        : ['ok', 'jobs', 'None waits.'],
    unsent > 0
      ? ['mind', 'letters', `${unsent} have waited for more than an hour.`]
      : failed > 0
        ? ['mind', 'letters', `${failed} of the last seven days could not be delivered.`]
        : ['ok', 'letters', 'None waits.'],
  ]
}

/** Who looked at whom: a chain that shows when a link was changed. */
async function trail(owner: pg.Client, config: Config): Promise<Finding[]> {
  const { rows } = await owner.query<{ ambito_id: string; position: string }>(`
    select ambito_id, position from (select distinct ambito_id from kernel.audit) a
    cross join lateral (select kernel.broken_audit(a.ambito_id) as position) b where position is not null`)
  const [broken] = rows
  const since = broken ? undefined : await rewrittenSince(inDataDir(config), owner)
  return [
    broken
      ? [
          'bad',
          'trail',
          `The record of who looked was changed at row ${broken.position} of Ambito ${broken.ambito_id}.`,
        ]
      : since
        ? ['bad', 'trail', `The record of who looked no longer holds what witness.list saw on ${since}.`]
        : ['ok', 'trail', 'The record of who looked is whole.'],
  ]
}

async function mail({ smtp_url, demo, data_dir }: Config): Promise<Finding[]> {
  if (!smtp_url)
    return demo
      ? [['ok', 'mail', `Written to ${join(data_dir, 'mail')}, as a demonstration does.`]]
      : [['bad', 'mail', 'No SMTP_URL: nobody receives what is sent.']]
  const { host } = new URL(smtp_url)
  return openLine(smtp_url).then(
    (line): Finding[] => {
      line.close()
      return [['ok', 'mail', `${host} takes our letters.`]]
    },
    ({ message }: Error) => [['bad', 'mail', `${host} does not take our letters: ${message}`]],
  )
}

async function address({ base_url, demo, host, port }: Config): Promise<Finding[]> {
  const { protocol, hostname } = new URL(base_url)
  const local = hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1'
  const answers = await fetch(`http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}/readyz`, {
    signal: AbortSignal.timeout(3000),
  }).then(
    ({ status }) => status,
    () => 0,
  )
  return [
    demo
      ? ['ok', 'address', base_url]
      : local
        ? ['bad', 'address', `BASE_URL is ${base_url}: links in letters lead nowhere. Set the public address.`]
        : protocol !== 'https:'
          ? ['bad', 'address', `${base_url} is not https: what people type can be read on the way.`]
          : ['ok', 'address', base_url],
    answers === 200
      ? ['ok', 'server', `Listens on port ${port}.`]
      : answers === 0
        ? ['mind', 'server', `Nothing listens on port ${port}.`]
        : ['bad', 'server', `Port ${port} answers ${answers} when asked whether it is ready.`],
  ]
}
