import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { findNode, root, run } from './run.mjs'

await install()
const node = findNode()
if (!existsSync(join(root, 'bench/main.ts'))) {
  console.error('There is nothing to measure: bench/main.ts is missing.')
  process.exit(1)
}
await build()
process.exit(await run(node, ['bench/main.ts', ...process.argv.slice(2)]))
