import { build } from './build.mjs'
import { install } from './install.mjs'
import { findNode, run } from './run.mjs'

await install()
const node = findNode()
await build()
process.exit(await run(node, ['--enable-source-maps', 'dist/main.js']))
