/**
 * Builds `dist/assets`: two style sheets (public, staff), each for both writing directions; the browser scripts; the icon.
 * Names carry a hash of what is inside, so that browsers may keep them for ever; `manifest.json` says which is which.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { Features, transform } from 'lightningcss'
import { PurgeCSS } from 'purgecss'
import rtlcss from 'rtlcss'
import { compile, Logger } from 'sass'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const sources = join(root, 'assets')
const folder = join(root, 'dist/assets')

/** Classes written by the browser scripts are read there. */
const pages = [join(root, 'src/**/*.tsx'), join(root, 'assets/*.js')]

/** Android 8 WebView and what came after. */
const targets = { chrome: 80 << 16, safari: 14 << 16, firefox: 78 << 16 }

/** @returns the manifest: plain name → name with hash */
export async function build() {
  const files = new Map([
    ...(await styles()),
    ...scripts(),
    ...['icon.svg', 'icon-192.png', 'icon-512.png'].map((name) => [name, readFileSync(join(sources, name))]),
  ])
  mkdirSync(folder, { recursive: true })
  const manifest = {}
  for (const [name, text] of files) {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 10)
    manifest[name] = name.replace(/(\.\w+)$/, `.${hash}$1`)
    writeFileSync(join(folder, manifest[name]), text)
  }
  // A server may be reading: the new list takes the old one's place at once, and only then what nobody names goes.
  writeFileSync(join(folder, `manifest.${process.pid}`), JSON.stringify(manifest, null, 2))
  renameSync(join(folder, `manifest.${process.pid}`), join(folder, 'manifest.json'))
  const named = new Set([...Object.values(manifest), 'manifest.json'])
  for (const name of readdirSync(folder)) if (!named.has(name)) rmSync(join(folder, name), { force: true })
  return manifest
}

async function styles() {
  const made = []
  const ground = await used(compiled('_bootstrap-italia'))
  for (const name of ['public', 'staff']) {
    const css = ground + compiled(name)
    for (const dir of ['ltr', 'rtl'])
      made.push([`${name}.${dir}.css`, smallest(dir === 'rtl' ? rtlcss.process(css) : css, name)])
  }
  return made
}

const compiled = (name) =>
  compile(join(sources, `${name}.scss`), {
    loadPaths: [join(root, 'node_modules/bootstrap-italia/src/scss')],
    silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
    logger: Logger.silent,
  }).css

/** What our pages use of the library; our own rules are all meant. */
async function used(css) {
  const [purged] = await new PurgeCSS().purge({
    content: pages,
    css: [{ raw: css, extension: 'css' }],
    variables: true,
    safelist: { standard: [/^h[1-6]$/], variables: ['--bootstrap-italia-version'] },
  })
  return purged.css
}

const smallest = (css, name) =>
  transform({
    filename: `${name}.css`,
    code: Buffer.from(css),
    minify: true,
    targets,
    exclude: Features.LogicalProperties | Features.DirSelector | Features.LightDark,
  }).code.toString()

function scripts() {
  const own = readdirSync(sources)
    .filter((name) => name.endsWith('.js'))
    .map((name) => [name, bundled(join(sources, name))])
  return [...own, ['htmx.js', readFileSync(join(root, 'node_modules/htmx.org/dist/htmx.min.js'), 'utf8')]]
}

const bundled = (path) =>
  buildSync({
    entryPoints: [path],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2019',
    write: false,
    legalComments: 'none',
  }).outputFiles[0].text

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = await build()
  for (const name of Object.values(manifest))
    process.stdout.write(`${name} ${readFileSync(join(folder, name)).length}\n`)
}
