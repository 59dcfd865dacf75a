import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { CannotStart } from '../config.ts'
import { asItsUser, type Cluster, socketFolder } from './cluster.ts'

/** A PostgreSQL that answers. */
export type Server = { pid: number; socket: string }

const settings = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Values of rows are names of people: none may reach the log.
  log_error_verbosity: 'terse',
  // An error repeats the value that was wrong (`invalid input syntax for type uuid: "Rossi"`); what is worse is still told.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
}

export async function startOrAdopt(cluster: Cluster): Promise<Server> {
  const running = await adopt(cluster)
  if (running) return running
  if (isEmpty(cluster)) await makeCluster(cluster)
  assertVersion(cluster)
  return await start(cluster)
}

/** Fast shutdown: open transactions are rolled back, everything acknowledged is on the disk. */
export async function stopServer(cluster: Cluster, { pid, socket }: Server) {
  signal(pid, 'SIGINT')
  await until(() => !processesIn(cluster.data).includes(pid), 60_000)
  if (socket !== cluster.data) rmSync(socket, { recursive: true, force: true })
}

export function connectTo(socket: string, database = 'postgres') {
  return new pg.Client({ host: socket, port: 5432, user: 'postgres', database, connectionTimeoutMillis: 5000 })
}

/** A server that outlived its process (kill -9) is ours when it sits in our folder and says so itself. */
async function adopt(cluster: Cluster): Promise<Server | undefined> {
  const left = readPidFile(cluster)
  if (!left) return undefined
  if (!processesIn(cluster.data).includes(left.pid)) {
    await clearAfterCrash(cluster)
    return undefined
  }
  const alive = () => processesIn(cluster.data).includes(left.pid)
  if (await answers(cluster, left.socket, alive, 30_000)) return { pid: left.pid, socket: left.socket }
  signal(left.pid, 'SIGINT')
  if (await until(() => !alive(), 30_000)) return undefined
  throw new CannotStart(
    `A PostgreSQL (process ${left.pid}) holds ${cluster.data} and neither answers nor stops: end it by hand.`,
  )
}

/** Backends of a killed server leave by themselves; a new server would refuse to start beside them. */
async function clearAfterCrash(cluster: Cluster) {
  if (!(await until(() => processesIn(cluster.data).length === 0, 30_000))) {
    throw new CannotStart(
      `Processes ${processesIn(cluster.data).join(', ')} still use ${cluster.data}: end them by hand.`,
    )
  }
  // The number in it may meanwhile belong to another program, which PostgreSQL would take for itself.
  rmSync(join(cluster.data, 'postmaster.pid'), { force: true })
}

/** An interrupted start leaves the mark beside a half database, which nobody has ever written to: it is made anew. */
async function makeCluster(cluster: Cluster) {
  console.error('Making the database …')
  writeFileSync(cluster.half_made, 'This database was never finished. The next start makes it anew.\n')
  await clearAfterCrash(cluster)
  for (const name of readdirSync(cluster.data)) rmSync(join(cluster.data, name), { recursive: true })
  const options = [
    `--pgdata=${cluster.data}`,
    '--username=postgres',
    // Only who can enter the folder of the socket can connect, and that folder is closed (0700).
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]
  // An initdb that outlived us would write into the folder that the next start is clearing.
  const [command, args] = asItsUser(cluster, join(cluster.native, 'bin/initdb'), options, true)
  try {
    execFileSync(command, args, { cwd: '/', env: environment, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    throw new CannotStart(`The database cannot be made in ${cluster.data}: ${lastWords(stderr ?? String(error))}`)
  }
  rmSync(cluster.half_made)
}

function isEmpty({ data, half_made }: Cluster) {
  return existsSync(half_made) || readdirSync(data).length === 0
}

function assertVersion(cluster: Cluster) {
  const file = join(cluster.data, 'PG_VERSION')
  if (!existsSync(file)) throw new CannotStart(`${cluster.data} holds something that is not a database: move it away.`)
  const made = readFileSync(file, 'utf8').trim()
  const ours = /\d+/.exec(execFileSync(join(cluster.native, 'bin/postgres'), ['--version'], { encoding: 'utf8' }))?.[0]
  if (made === ours) return
  throw new CannotStart(
    `${cluster.data} was made by PostgreSQL ${made} and this release brings ${ours}: take a backup with the old release and restore it with this one.`,
  )
}

async function start(cluster: Cluster): Promise<Server> {
  const socket = socketFolder(cluster)
  const quoted = `"${socket.replaceAll('"', '""')}"`
  const options = Object.entries({ ...settings, unix_socket_directories: quoted })
  const [command, args] = asItsUser(cluster, join(cluster.native, 'bin/postgres'), [
    ...['-D', cluster.data],
    ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const { file, log } = openLog(cluster)
  const child = spawn(command, args, { cwd: '/', env: environment, detached: true, stdio: ['ignore', log, log] })
  child.on('error', (error) => console.error(`PostgreSQL: ${error.message}`))
  child.unref()
  closeSync(log)
  if (await answers(cluster, socket, () => runs(child), 600_000)) return { pid: child.pid as number, socket }
  throw new CannotStart(`PostgreSQL does not start: ${lastWords(readFileSync(file, 'utf8'))} (all of it in ${file})`)
}

function openLog(cluster: Cluster) {
  const file = join(cluster.data, 'server.log')
  if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.old`)
  return { file, log: openSync(file, 'a', 0o600) }
}

/** Waits as long as the server lives: after a crash it reads its log again, which may take a while. */
async function answers(cluster: Cluster, socket: string, alive: () => boolean, patience: number) {
  const began = Date.now()
  for (let told = began; alive() && Date.now() - began < patience; await sleep(25)) {
    if (await isOurs(cluster, socket)) return true
    if (Date.now() - told < 5000) continue
    told = Date.now()
    console.error('Waiting for PostgreSQL …')
  }
  return false
}

async function isOurs(cluster: Cluster, socket: string) {
  const client = connectTo(socket)
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      `select current_setting('data_directory') as data, extract(epoch from pg_postmaster_start_time())::int as started,
        current_setting('fsync') || current_setting('synchronous_commit') || current_setting('full_page_writes') as safe`,
    )
    const [found] = rows
    if (found.safe !== 'ononon') throw new CannotStart(`PostgreSQL in ${cluster.data} runs without fsync: refused.`)
    return found.data === cluster.data && Math.abs(found.started - (readPidFile(cluster)?.started ?? 0)) <= 1
  } catch (error) {
    if (error instanceof CannotStart) throw error
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function readPidFile(cluster: Cluster) {
  const file = join(cluster.data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pid, , started, , socket] = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(pid), started: Number(started), socket: socket || cluster.data }
}

/** Every process of a cluster stands in its folder; a mere number may have passed to another program. */
function processesIn(folder: string) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && standsIn(name, folder))
    .map(Number)
}

function standsIn(pid: string, folder: string) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

function runs(child: ChildProcess) {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function until(done: () => boolean, patience: number) {
  for (const began = Date.now(); Date.now() - began < patience; await sleep(20)) if (done()) return true
  return done()
}

function lastWords(text: string) {
  const lines = text.trim().split('\n')
  // Our own knocking at the door is in the log too.
  const reasons = lines.filter(
    (line) => /FATAL|ERROR|error:|PANIC/.test(line) && !line.includes('the database system is'),
  )
  return (reasons.at(-1) ?? lines.at(-1) ?? '').trim()
}

const environment = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
