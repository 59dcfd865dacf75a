import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alone } from './alone.mjs'
import { install } from './install.mjs'
import { findNode, root, run } from './run.mjs'

const sources = ['src', 'assets', 'bin', 'package.json', 'package-lock.json']
const seal = join(root, 'dist/built-from')

/** Bundles the server and the command line, and makes the assets, unless the sources are those of the last time. */
export async function build() {
  if (isBuilt()) return
  await alone(join(root, 'package.json'), async () => {
    const print = fingerprint()
    if (isBuilt(print)) return
    console.error('Building …')
    await bundle(['main', 'labimpact'])
    if (existsSync(join(root, 'bin/assets.mjs'))) await makeAssets()
    write(seal, print)
  })
}

function isBuilt(print = fingerprint()) {
  return existsSync(seal) && readFileSync(seal, 'utf8') === print
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesUnder)) hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function filesUnder(path) {
  const whole = join(root, path)
  if (!existsSync(whole)) return []
  if (statSync(whole).isFile()) return [path]
  return readdirSync(whole)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

async function bundle(names) {
  const esbuild = await import('esbuild')
  const { outputFiles } = await esbuild.build({
    entryPoints: names.map((name) => join(root, `src/${name}.ts`)),
    outdir: join(root, 'dist/bundle'),
    absWorkingDir: root,
    bundle: true,
    write: false,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node26',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: 'linked',
    logLevel: 'warning',
  })
  await esbuild.stop()
  for (const { path, contents } of outputFiles) write(path, contents)
  for (const name of names) write(join(root, `dist/${name}.js`), door(name))
}

/** Modules load before any line of theirs runs, so an old Node must be told before the bundle is touched. */
function door(name) {
  return `if (Number(process.versions.node.split('.')[0]) < 26) {
  console.error("Lab'Impact needs Node.js 26 or later, and this is " + process.version + ': use npm start, which brings it.')
  process.exit(2)
}
await import('./bundle/${name}.js')
`
}

async function makeAssets() {
  const code = await run(findNode(), [join(root, 'bin/assets.mjs')], { stdio: ['ignore', 'ignore', 2] })
  if (code !== 0) throw new Error('The assets could not be made: see above.')
}

/** Renamed into place: whoever starts meanwhile finds the old file or the new one, whole. */
function write(path, contents) {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, contents)
  renameSync(draft, path)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await install()
  await build()
}
