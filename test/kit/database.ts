import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { parseConfig } from '../../src/kernel/config.ts'
import { migrate } from '../../src/kernel/database/migrate.ts'
import { openPostgres } from '../../src/kernel/database/postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    template_url: string
  }
}

export type Database = { owner_url: string; app_url: string }

/** One PostgreSQL for the whole run, with one migrated database that every test file copies. */
export async function setup({ provide }: TestProject) {
  await clearKilledRuns()
  const config = parseConfig({ DATA_DIR: mkdtempSync(join(shelf, `labimpact-test-${process.pid}-`)) })
  const postgres = await openPostgres(config)
  await migrate(postgres.owner_url, config)
  provide('template_url', postgres.owner_url)
  return async () => {
    await postgres.stop()
    rmSync(config.data_dir, { recursive: true })
  }
}

/** In memory where there is room: a copy takes 30 ms there and 250 ms on a disk. */
const shelf = hasRoom('/dev/shm') ? '/dev/shm' : tmpdir()

function hasRoom(folder: string) {
  if (!existsSync(folder)) return false
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize > 1_000_000_000
}

/** A run that was killed left its server and its folder. */
async function clearKilledRuns() {
  for (const name of readdirSync(shelf)) {
    const pid = /^labimpact-test-(\d+)-/.exec(name)?.[1]
    if (!pid || existsSync(`/proc/${pid}`)) continue
    const config = parseConfig({ DATA_DIR: join(shelf, name) })
    // Killed while it was being made, it holds no database to stop: the folder alone is cleared.
    await openPostgres(config).then(
      (postgres) => postgres.stop(),
      () => {},
    )
    rmSync(config.data_dir, { recursive: true, force: true })
  }
}

/** A database of its own for a test file, dropped when the file is done. */
export async function freshDatabase(): Promise<Database> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdministrator(`create database ${name} owner labimpact template labimpact`)
  afterAll(() => asAdministrator(`drop database ${name} with (force)`))
  return { owner_url: urlTo('labimpact', name), app_url: urlTo('labimpact_app', name) }
}

async function asAdministrator(sql: string) {
  const client = new pg.Client({ connectionString: urlTo('postgres', 'postgres') })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function urlTo(user: string, database: string) {
  const url = new URL(inject('template_url'))
  url.username = user
  url.pathname = database
  return url.href
}
