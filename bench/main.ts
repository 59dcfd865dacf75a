/** `npm run bench`: every measure, each in a process of its own and beside its limit or control, into bench/results.md. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

const measures = [
  { file: 'http.ts', title: 'Pages, start and memory' },
  { file: 'search.ts', title: 'Finding a person among 100,000' },
  { file: 'ledger.ts', title: 'The report over 1,000,000 facts' },
  { file: 'import.ts', title: 'Registers coming in' },
  { file: 'mediation.ts', title: 'One mediator for one call' },
  { file: 'courses.ts', title: 'The last place of a course, its register and its certificates' },
  { file: 'board.ts', title: 'A thousand events in eight languages' },
  { file: 'lighthouse.ts', title: 'What Lighthouse says of the first pages' },
  { file: 'newsletter.ts', title: 'One issue to ten thousand readers' },
]
const asked = process.argv.slice(2)

const parts = [
  '# Measured',
  '',
  `On ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, PostgreSQL of the project. Absolute times differ from machine to machine; ratios and growth do not. Made by \`npm run bench\`.`,
]
let failed = 0
for (const { file, title } of measures) {
  if (asked.length > 0 && !asked.some((name) => file.startsWith(name))) continue
  console.error(`${title} …`)
  const { stdout, status } = spawnSync(process.execPath, [join(import.meta.dirname, file)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NO_COLOR: '1', LOG_LEVEL: 'error' },
  })
  if (status !== 0) failed++
  process.stdout.write(stdout)
  parts.push('', `## ${title}`, '', '```', stdout.trim() || 'It did not finish.', '```')
}
if (asked.length === 0) writeFileSync(join(import.meta.dirname, 'results.md'), `${parts.join('\n')}\n`)
process.exit(failed > 0 ? 1 : 0)
