import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { CannotStart, type Config, makeDataDir } from '../config.ts'
import { alone } from './alone.ts'
import { type Cluster, findCluster } from './cluster.ts'
import { connectTo, type Server, startOrAdopt, stopServer } from './server.ts'

export type Postgres = { owner_url: string; app_url: string; stop(): Promise<void> }

/**
 * The embedded PostgreSQL, shared by every process of this DATA_DIR:
 *
 *   nobody ── first openPostgres: start ──► running ── more of them: join ──► running
 *   running ── last stop() ──► stopped          running ── its process is killed ──► orphan ── next one: adopt ──► running
 *
 * Whoever uses it sits on a connection with a shared advisory lock; who leaves and gets the exclusive one was the last.
 */
export async function openPostgres(config: Config): Promise<Postgres> {
  if (config.database_url) return { ...ownPostgres(config, config.database_url), stop: async () => {} }

  const lock = lockOf(config)
  const cluster = await alone(lock, async () => findCluster(config.data_dir))
  const seat: Seat = { lock, cluster, leaving: false, ...(await alone(lock, () => takeSeat(cluster))) }
  keepSeat(seat)
  return {
    owner_url: urlTo(seat.server.socket, 'labimpact'),
    app_url: urlTo(seat.server.socket, 'labimpact_app'),
    stop: () => leave(seat),
  }
}

export function appPassword(config: Config) {
  return createHmac('sha256', config.secret).update('labimpact_app').digest('base64url')
}

type Seat = { lock: string; cluster: Cluster; server: Server; client: pg.Client; leaving: boolean }

const in_use = 7_020_061

function lockOf({ data_dir }: Config) {
  try {
    makeDataDir(data_dir)
  } catch (error) {
    throw new CannotStart(`DATA_DIR ${data_dir} cannot be used: ${(error as Error).message}.`)
  }
  return join(data_dir, 'postgres.lock')
}

async function takeSeat(cluster: Cluster) {
  const server = await startOrAdopt(cluster)
  const client = connectTo(server.socket)
  client.on('error', () => {})
  await client.connect()
  await client.query('select pg_advisory_lock_shared($1)', [in_use])
  await makeDatabase(client)
  return { server, client }
}

async function makeDatabase(client: pg.Client) {
  const { rows } = await client.query(
    `select exists (select from pg_roles where rolname = 'labimpact') as role,
      exists (select from pg_database where datname = 'labimpact') as database`,
  )
  if (!rows[0].role) await client.query('create role labimpact login createrole')
  if (!rows[0].database) await client.query('create database labimpact owner labimpact')
}

/** When the server dies under us, start it again: nobody else will. */
function keepSeat(seat: Seat) {
  seat.client.once('end', async () => {
    while (!seat.leaving) {
      try {
        Object.assign(seat, await alone(seat.lock, () => takeSeat(seat.cluster)))
        return keepSeat(seat)
      } catch (error) {
        console.error(`The database is gone and does not come back yet: ${(error as Error).message}`)
        await sleep(1000)
      }
    }
  })
}

async function leave(seat: Seat) {
  if (seat.leaving) return
  seat.leaving = true
  await alone(seat.lock, async () => {
    const last = await isLast(seat.client)
    await seat.client.end().catch(() => {})
    if (last) await stopServer(seat.cluster, seat.server)
  })
}

async function isLast(client: pg.Client) {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [in_use])
    const { rows } = await client.query('select pg_try_advisory_lock($1) as last', [in_use])
    return rows[0].last as boolean
  } catch {
    return false
  }
}

function urlTo(socket: string, user: string) {
  return `postgres://${user}@localhost/labimpact?host=${encodeURIComponent(socket)}`
}

function ownPostgres(config: Config, owner_url: string) {
  if (config.database_app_url) return { owner_url, app_url: config.database_app_url }
  const app = new URL(owner_url)
  app.username = 'labimpact_app'
  app.password = appPassword(config)
  return { owner_url, app_url: app.href }
}
