import { join, resolve } from 'node:path'
import { build } from './build.mjs'
import { install } from './install.mjs'
import flags from './node-flags.json' with { type: 'json' }
import { findNode, root, run } from './run.mjs'

await install()
const node = findNode()
await build()
// A register leaves much behind that lives briefly: with room for it a tenth of the time is saved.
const args = [...flags.command, '--enable-source-maps', join(root, 'dist/labimpact.js'), ...process.argv.slice(2)]
// npm moves to the checkout before it runs us; the files named on the command line are where the person stands.
const cwd = process.env.INIT_CWD ?? process.cwd()
const env = { ...process.env, DATA_DIR: resolve(root, process.env.DATA_DIR || 'var') }
process.exit(await run(node, args, { cwd, env }))
