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
import { foundDemonstration } from './founding.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    template_url: string
  }
}

export type Database = { owner_url: string; app_url: string }

/** One PostgreSQL for the whole run, with a migrated database and a founded demonstration that test files copy. */
export async function setup({ provide }: TestProject) {
  await clearKilledRuns()
  const config = parseConfig({ DATA_DIR: mkdtempSync(join(shelf, `labimpact-test-${process.pid}-`)) })
  const postgres = await openPostgres(config)
  await migrate(postgres.owner_url, config)
  provide('template_url', postgres.owner_url)
  await run(postgres.owner_url, `create database ${founded} owner labimpact template labimpact`)
  const named = (url: string) => urlIn(url, { name: founded })
  await foundDemonstration({ owner_url: named(postgres.owner_url), app_url: named(postgres.app_url) })
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

const founded = 'labimpact_founded'

/** A database of its own for a test file, dropped when the file is done: empty, or with the demonstration in it. */
export async function freshDatabase(of: 'empty' | 'demonstration' = 'empty'): Promise<Database> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const template = of === 'empty' ? 'labimpact' : founded
  const here = inject('template_url')
  await run(here, `create database ${name} owner labimpact template ${template}`)
  afterAll(() => run(here, `drop database ${name} with (force)`))
  return { owner_url: urlIn(here, { name }), app_url: urlIn(here, { name, user: 'labimpact_app' }) }
}

async function run(template_url: string, sql: string) {
  const client = new pg.Client({ connectionString: urlIn(template_url, { name: 'postgres', user: 'postgres' }) })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function urlIn(template_url: string, { name, user }: { name: string; user?: string }) {
  const url = new URL(template_url)
  if (user) url.username = user
  url.pathname = name
  return url.href
}
