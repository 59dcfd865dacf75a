/** Writes rows into the embedded database of a folder until it is ended; says each one once it was acknowledged. */
import pg from 'pg'
import { parseConfig } from '../../src/kernel/config.ts'
import { openPostgres } from '../../src/kernel/database/postgres.ts'

const postgres = await openPostgres(parseConfig({ DATA_DIR: process.argv[2] }))
const client = new pg.Client({ connectionString: postgres.owner_url.replace('//labimpact@', '//postgres@') })
await client.connect()
await client.query(
  'select pg_advisory_lock(1); create table if not exists written (value text primary key); grant all on written to public',
)
await client.query('select pg_advisory_unlock(1)')

let ending = false
process.once('SIGTERM', () => {
  ending = true
})
for (let number = 1; !ending; number++) {
  const value = `${process.pid}-${number}`
  await client.query('insert into written values ($1)', [value])
  process.stdout.write(`${value}\n`)
}
await client.end()
await postgres.stop()
