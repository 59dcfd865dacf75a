/** The house a process lives in: configuration, words, database, modules, look. Built once by `main.ts` or a test. */
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { type BytesCache, openBytesCache } from './bytes-cache.ts'
import type { Config } from './config.ts'
import type { Ambito, Ctx, Ground } from './ctx.ts'
import type { Pools } from './database/pools.ts'
import type { DB } from './database/rows.ts'
import type { Listener } from './events.ts'
import { openWords } from './i18n.ts'
import { type Limits, openLimits } from './limits.ts'
import { type Live, openLive } from './live.ts'
import type { Look } from './look.ts'
import type { Module } from './module.ts'
import { openSeal } from './seal.ts'

export type House = Ground & {
  config: Config
  look: Look
  cache: BytesCache
  live: Live
  limits: Limits
  app_pool: pg.Pool
  owner_pool: pg.Pool
  /** As owner, past row-level security: founding, listing and the command line only. */
  owner_db: Kysely<DB>
  ambitoOfHost(db: Ctx['db'], host: string): Promise<Ambito>
  ambitoById(db: Ctx['db'], id: string): Promise<Ambito | undefined>
  everyAmbito(): Promise<string[]>
  actorOfAccount: NonNullable<Module['actors']>['ofAccount']
}

export function buildHouse(
  config: Config,
  { app, beside, beside_pool, app_pool, owner_pool }: Omit<Pools, 'close'>,
  modules: readonly Module[],
  look: Look,
): House {
  const ambiti = theOne(modules, 'ambiti')
  const actors = theOne(modules, 'actors')
  const limits = openLimits(beside_pool)
  return {
    config,
    modules,
    look,
    db: app,
    beside,
    app_pool,
    owner_pool,
    owner_db: new Kysely<DB>({ dialect: new PostgresDialect({ pool: owner_pool }) }),
    limits,
    looks_into_files: config.scan_command !== undefined,
    private_webhooks: config.webhook_private,
    seal: openSeal(config.secret),
    words: openWords(),
    base_url: config.base_url,
    demo: config.demo,
    listeners: Map.groupBy(
      modules.flatMap((module) => module.listeners ?? []),
      (listener: Listener) => listener.event,
    ),
    cache: openBytesCache(),
    live: openLive(),
    ambitoOfHost: ambiti.ofHost,
    ambitoById: ambiti.byId,
    everyAmbito: async () => (await ambiti.all(app)).map((ambito) => ambito.id),
    actorOfAccount: actors.ofAccount,
  }
}

function theOne<Contribution extends 'ambiti' | 'actors'>(modules: readonly Module[], contribution: Contribution) {
  const [found, ...others] = modules.flatMap((module) => module[contribution] ?? [])
  if (!found || others.length > 0) throw new Error(`exactly one module contributes '${contribution}'`)
  return found as NonNullable<Module[Contribution]>
}
