import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { findNode, root, run } from './run.mjs'
import { installSystemPackages } from './system-packages.mjs'

const long = process.argv.includes('--long')
const total = { passed: 0, failed: 0 }

await install()
const node = findNode()
if (!(await installSystemPackages())) finish({ passed: 0, failed: 1 })

await step('Build', build)
if (!long) {
  await step('Style', () => program('@biomejs/biome/bin/biome', ['check']))
  await step('Types', () => program('typescript/bin/tsc', ['--noEmit']))
}
await test()
finish(total)

/** A check that fails counts as one failed test; one that passes is not a test. */
async function step(name, work) {
  console.log(`${name} …`)
  try {
    await work()
  } catch (error) {
    console.error(error.message)
    total.failed += 1
  }
}

async function program(path, args) {
  const code = await run(node, [join(root, 'node_modules', path), ...args])
  if (code !== 0) throw new Error(`${path} ended with ${code}.`)
}

async function test() {
  const report = join(root, 'dist/test-results.json')
  rmSync(report, { force: true })
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)]
  const env = { ...process.env, LONG_TESTS: long ? '1' : '0' }
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), ...args.filter((arg) => arg !== '--long')]
  const code = await run(node, vitest, { env })
  const counted = countsOf(report)
  total.passed += counted.passed
  // Vitest can also fail without a failed test: an error outside all of them, or its own end.
  total.failed += counted.failed || (code === 0 ? 0 : 1)
}

function countsOf(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const unread = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + unread.length }
}

function finish({ passed, failed }) {
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}
