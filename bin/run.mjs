import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The Node that comes with the checkout, or the machine's own where it is new enough. */
export function findNode() {
  const ours = join(root, 'node_modules/.bin/node')
  const candidates = [...(existsSync(ours) ? [ours] : []), process.execPath]
  const found = candidates.find((node) => majorOf(node) >= 26)
  if (found) return found
  console.error(
    `Lab'Impact needs Node.js 26 or later, and this is ${process.version}: install it from https://nodejs.org.`,
  )
  process.exit(2)
}

/** Runs a program to its end with our terminal, handing on the signals we get, and answers its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    const handOn = (signal) => child.kill(signal)
    for (const signal of signals) process.on(signal, handOn)
    // Whoever kills npm means us as well.
    const parent = process.ppid
    setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref()
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const signal of signals) process.off(signal, handOn)
      resolve(signal ? 128 + constants.signals[signal] : code)
    })
  })
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

function majorOf(node) {
  if (node === process.execPath) return Number(process.versions.node.split('.')[0])
  return Number(/^v(\d+)/.exec(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0)
}
