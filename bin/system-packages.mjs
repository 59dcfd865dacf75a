import { spawnSync } from 'node:child_process'
import { run } from './run.mjs'

const needed = ['chromium', 'fonts-noto-core', 'fonts-noto-cjk', 'poppler-utils', 'openssl']

/** What the browser and document tests need from the system; answers whether all of it is there. */
export async function installSystemPackages() {
  const missing = needed.filter((name) => !isThere(name))
  if (missing.length === 0) return true
  const list = missing.join(' ')
  if (process.getuid() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) {
    console.error(
      `The tests need ${list}: install them (apt-get install --no-install-recommends ${list}) and start again.`,
    )
    return false
  }
  console.error(`Installing ${list} with apt; this takes a minute or two …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const quietly = { env, stdio: ['ignore', 'ignore', 2] }
  await run('apt-get', ['update', '-qq'], quietly)
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quietly)
  if (code === 0) return true
  console.error(`apt-get could not install ${list}: see above.`)
  return false
}

function isThere(name) {
  const { stdout, error } = spawnSync('dpkg', ['-s', name], { encoding: 'utf8' })
  if (!error) return stdout.includes('Status: install ok installed')
  return spawnSync(programOf[name] ?? 'true', ['--version']).error === undefined
}

const programOf = { chromium: 'chromium', 'poppler-utils': 'pdftotext', openssl: 'openssl' }
