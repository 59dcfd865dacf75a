import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '../src/kernel/config.ts'
import { describeDatabase } from '../src/kernel/database/describe.ts'
import { migrate } from '../src/kernel/database/migrate.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import { root } from '../src/kernel/root.ts'

const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-db-'))
const config = parseConfig({ DATA_DIR: data_dir })
const postgres = await openPostgres(config)
try {
  await migrate(postgres.owner_url, config)
  const { schemas, rows } = await describeDatabase(postgres.owner_url)
  const folder = join(root, 'db/schema')
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
  for (const [schema, text] of schemas) writeFileSync(join(folder, `${schema}.txt`), text)
  writeFileSync(join(root, 'src/kernel/database/rows.ts'), rows)
  console.log(`Described: ${[...schemas.keys()].join(', ')}.`)
} finally {
  await postgres.stop()
  rmSync(data_dir, { recursive: true })
}
