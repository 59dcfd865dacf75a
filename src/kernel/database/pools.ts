import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './rows.ts'

export type Pools = {
  app: Kysely<DB>
  owner: Kysely<DB>
  /** A few connections more for what must be written while the others wait for it. */
  beside: Kysely<DB>
  beside_pool: pg.Pool
  app_pool: pg.Pool
  owner_pool: pg.Pool
  close(): Promise<void>
}

/**
 * Through `app` and `owner` days read as '2026-03-29' and instants as strings for Temporal.Instant.from, with their
 * microseconds. `owner_pool` is graphile-worker's and keeps pg's own reading (Date), which it counts on.
 */
export function openPools(urls: { owner_url: string; app_url: string }): Pools {
  const app_pool = openPool(urls.app_url, {
    max: 20,
    application_name: 'labimpact',
    statement_timeout: 5000,
    types: readers,
  })
  const beside_pool = openPool(urls.app_url, {
    max: 4,
    application_name: 'labimpact beside',
    statement_timeout: 5000,
    types: readers,
  })
  const our_owner_pool = openPool(urls.owner_url, { max: 3, application_name: 'labimpact owner', types: readers })
  const owner_pool = openPool(urls.owner_url, { max: 10, application_name: 'labimpact worker' })
  const app = new Kysely<DB>({ dialect: new PostgresDialect({ pool: app_pool }) })
  const beside = new Kysely<DB>({ dialect: new PostgresDialect({ pool: beside_pool }) })
  const owner = new Kysely<DB>({ dialect: new PostgresDialect({ pool: our_owner_pool }) })
  const close = async () => {
    await Promise.all([app.destroy(), beside.destroy(), owner.destroy(), owner_pool.end()])
  }
  return { app, beside, beside_pool, owner, app_pool, owner_pool, close }
}

function openPool(connectionString: string, options: pg.PoolConfig) {
  const pool = new pg.Pool({
    connectionString,
    connectionTimeoutMillis: 2000,
    options: '-c TimeZone=UTC -c IntervalStyle=iso_8601 -c DateStyle=ISO',
    ...options,
  })
  // The pool drops a connection that died; without a listener its error would end the process, idle or taken.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

type Reader = (text: string) => unknown
const { builtins } = pg.types
const asText: Reader = (text) => text

const scalars: Record<number, Reader> = {
  [builtins.DATE]: asText,
  [builtins.TIMESTAMP]: asText,
  [builtins.TIMESTAMPTZ]: readInstant,
  [builtins.INTERVAL]: asText,
  [builtins.INT8]: readInt8,
}

const array_of: Record<number, Reader> = { 1182: asText, 1115: asText, 1185: readInstant, 1187: asText, 1016: readInt8 }

const readTextArray: (text: string) => (string | null)[] = pg.types.getTypeParser(1009 as 25)

export const readers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) => {
    const element = array_of[oid]
    if (element) return (text: string) => readTextArray(text).map((item) => (item === null ? null : element(item)))
    return scalars[oid] ?? pg.types.getTypeParser(oid, format as 'text')
  },
}

/** '2026-03-29 01:30:00.123456+00' → '2026-03-29T01:30:00.123456Z'. */
function readInstant(text: string) {
  return text.replace(' ', 'T').replace(/\+00$/, 'Z')
}

function readInt8(text: string) {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}
