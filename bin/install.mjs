import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { alone } from './alone.mjs'
import { root, run } from './run.mjs'

/** Installs the packages of package-lock.json unless they are all there. */
export async function install() {
  if (isInstalled()) return
  await alone(join(root, 'package.json'), async () => {
    if (isInstalled()) return
    console.error("Installing Lab'Impact's packages from npm; this takes a minute or two …")
    if ((await npm(['ci'], 'ignore')) !== 0) await installWithWhatTheRegistryHas()
    if (isInstalled()) return
    console.error('The packages could not be installed: see above, then start again.')
    process.exit(1)
  })
}

/** npm ci wants even the packages of other platforms to be known to the registry; a mirror may lack some. */
function installWithWhatTheRegistryHas() {
  return npm(['install', '--no-save'], 2)
}

function npm(command, output) {
  const quietly = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const env = { ...process.env, PATH: pathWithoutOurs() }
  return run('npm', [...command, ...quietly], { stdio: ['ignore', output, output], env })
}

/** npm writes its own list last, so an interrupted installation is seen as none. */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json')
  if (!installed) return false
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, { version, optional }]) =>
      path === '' || installed[path]?.version === version || (optional && !installed[path]),
  )
}

function packagesOf(file) {
  const whole = join(root, file)
  return existsSync(whole) ? JSON.parse(readFileSync(whole, 'utf8')).packages : undefined
}

/** npm must not run on the Node that it is about to replace. */
function pathWithoutOurs() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.filter((folder) => !folder.endsWith('node_modules/.bin')).join(delimiter)
}
