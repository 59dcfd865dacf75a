import { build } from './build.mjs'
import { install } from './install.mjs'
import flags from './node-flags.json' with { type: 'json' }
import { findNode, run } from './run.mjs'

await install()
const node = findNode()
await build()
// A small room for what lives briefly saves thirty megabytes at rest. Source maps would take sixty: the bundle is not minified,
// and names its sources in its comments.
process.exit(await run(node, [...flags.server, 'dist/main.js']))
