/** Writes rows into the embedded database of a folder until it is ended; says each one once it was acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { parseConfig } from '../../src/kernel/config.ts'
import { openPostgres } from '../../src/kernel/database/postgres.ts'

const postgres = await openPostgres(parseConfig({ DATA_DIR: process.argv[2] }))
const pool = new pg.Pool({ connectionString: postgres.owner_url, max: 1, connectionTimeoutMillis: 2000 })
pool.on('error', () => {})
pool.on('connect', (client) => client.on('error', () => {}))
await pool.query(`
  select pg_advisory_xact_lock(1);
  create table if not exists written (value text primary key)`)

let ending = false
process.once('SIGTERM', () => {
  ending = true
})
for (let number = 1; !ending; number++) {
  const value = `${process.pid}-${number}`
  try {
    await pool.query('insert into written values ($1)', [value])
    process.stdout.write(`${value}\n`)
  } catch {
    // The server may be killed under us: this row was not acknowledged, and the next one tries again.
    await sleep(20)
  }
}
await pool.end()
await postgres.stop()
