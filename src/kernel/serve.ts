/** A running process: database, house, worker, front door; and the way to stop it without losing anything. */
import type { Server } from 'node:http'
import { serve as listenHttp } from '@hono/node-server'
import type { Config } from './config.ts'
import { migrate } from './database/migrate.ts'
import { openPools } from './database/pools.ts'
import { openPostgres } from './database/postgres.ts'
import { foundInstallation } from './found.ts'
import { buildHouse, type House } from './house.ts'
import { buildHttp } from './http.ts'
import { startWorker } from './jobs.ts'
import { listenTo } from './listen.ts'
import { log } from './log.ts'
import type { Look } from './look.ts'
import type { Module } from './module.ts'
import { eraseAgain } from './witness.ts'

/** Opens the database and builds the house on it; commands and the server begin alike. */
export async function openHouse(config: Config, modules: readonly Module[], look: Look) {
  const postgres = await openPostgres(config)
  try {
    await migrate(postgres.owner_url, config)
    const pools = await openPools(postgres)
    const house = buildHouse(config, pools, modules, look)
    await foundInstallation(house)
    await eraseAgain(house)
    return {
      house,
      owner_url: postgres.owner_url,
      async close() {
        await pools.close()
        await postgres.stop()
      },
    }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

export async function startServer(config: Config, modules: readonly Module[], look: Look) {
  const { house, owner_url, close } = await openHouse(config, modules, look)
  const worker = await startWorker(house)
  const listening = listenTo(
    owner_url,
    { public_changed: (ambito_id) => house.cache.drop(ambito_id), live_changed: (topic) => house.live.heard(topic) },
    () => {
      worker.renew()
      house.live.missed()
      return dropAll(house)
    },
  )
  await listening.ready
  let server: Server
  try {
    server = await listen(house)
  } catch (error) {
    await listening.close()
    await worker.stop()
    await close()
    throw error
  }
  return {
    house,
    /** Takes no new requests, finishes those begun and the jobs in hand, then leaves the database. */
    async stop() {
      const closed = new Promise((done) => server.close(done))
      house.live.close()
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 5000).unref()
      await closed
      await worker.stop().catch((error: Error) => log.warn({ reason: error.message }, 'worker stopped late'))
      await listening.close()
      await close()
    },
  }
}

/**
 * Milliseconds, as Node names them. Who has not said all of a request by then is sent away (408), and holds no connection to
 * the database meanwhile: a form is read whole before its transaction begins.
 */
export const patience = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 10_000,
  keepAliveTimeout: 5_000,
}

function listen(house: House) {
  const { port, host } = house.config
  return new Promise<Server>((resolve, reject) => {
    const { fetch } = buildHttp(house)
    const server = listenHttp({ fetch, port, hostname: host, serverOptions: patience }, () => resolve(server)) as Server
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new PortTaken(
              `Port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1} npm start`,
            )
          : error,
      ),
    )
  })
}
export class PortTaken extends Error {}

async function dropAll(house: House) {
  try {
    for (const ambito_id of await house.everyAmbito()) house.cache.drop(ambito_id)
  } catch (error) {
    log.warn({ reason: (error as Error).message }, 'kept pages not dropped yet')
  }
}
