import { join } from 'node:path'
import { install } from './install.mjs'
import { findNode, root, run } from './run.mjs'

await install()
const node = findNode()
const style = await run(node, [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check'])
const types = await run(node, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit'])
process.exit(style || types)
