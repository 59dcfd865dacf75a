/** A whole running server, as `npm start` opens it: worker, listening, front door; on a database of its own. */
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { parseConfig } from '../../src/kernel/config.ts'
import { startServer } from '../../src/kernel/serve.ts'
import { modules } from '../../src/modules.ts'
import { look } from '../../src/ui/look.tsx'
import { freshDatabase } from './database.ts'

export const password = 'prova-di-notte-2026'

export async function openLiveServer() {
  const { owner_url, app_url } = await freshDatabase()
  const port = await freePort()
  const address = `http://localhost:${port}`
  const config = parseConfig({
    DATABASE_URL: owner_url,
    DATABASE_APP_URL: app_url,
    DATA_DIR: mkdtempSync(join(tmpdir(), 'labimpact-live-')),
    DEMO: '1',
    DEMO_PASSWORD: password,
    PORT: String(port),
    BASE_URL: address,
  })
  const server = await startServer(config, modules, look)
  afterAll(() => server.stop())
  return { ...server, address, sql: server.house.owner_pool }
}

const freePort = () =>
  new Promise<number>((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })
