/** What every house of the tests has in common, and the demonstration that is founded once for all of them. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '../../src/kernel/config.ts'
import { openPools } from '../../src/kernel/database/pools.ts'
import { foundInstallation } from '../../src/kernel/found.ts'
import { buildHouse } from '../../src/kernel/house.ts'
import { modules } from '../../src/modules.ts'
import { look } from '../../src/ui/look.tsx'
import type { Database } from './database.ts'

/** The secret is one and the same: what the demonstration sealed with it is read by each house. */
export const configOf = (database: Database, demo: boolean, env: Record<string, string> = {}) =>
  parseConfig({
    DATABASE_URL: database.owner_url,
    DATABASE_APP_URL: database.app_url,
    DATA_DIR: mkdtempSync(join(tmpdir(), 'labimpact-house-')),
    SECRET: 'il segreto di tutte le prove',
    ROOM_MB: '1',
    DEMO: demo ? '1' : '0',
    DEMO_PASSWORD: 'prova-di-notte-2026',
    ...env,
  })

export async function foundDemonstration(database: Database) {
  const pools = openPools(database)
  try {
    await foundInstallation(buildHouse(configOf(database, true), pools, modules, look))
  } finally {
    await pools.close()
  }
}
