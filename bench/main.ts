/** `npm run bench`: every measure, each in a process of its own and beside its limit or control, into bench/results.md. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import flags from '../bin/node-flags.json' with { type: 'json' }

const measures = [
  { file: 'machine.ts', title: 'This machine beside the design’s' },
  { file: 'http.ts', title: 'Pages, start and memory' },
  { file: 'search.ts', title: 'Finding a person among 100,000' },
  { file: 'ledger.ts', title: 'The report over 1,000,000 facts' },
  { file: 'import.ts', title: 'Registers coming in', flags: flags.command },
  { file: 'mediation.ts', title: 'One mediator for one call' },
  { file: 'courses.ts', title: 'The last place of a course, its register and its certificates' },
  { file: 'tavolo.ts', title: 'The agenda and the memory of the tavolo' },
  { file: 'appointments.ts', title: 'Free hours of ten weekly openings' },
  { file: 'board.ts', title: 'A thousand events in eight languages' },
  { file: 'person-file.ts', title: 'The file of a person of whom two hundred things are known' },
  { file: 'lighthouse.ts', title: 'What Lighthouse says of the first pages' },
  { file: 'newsletter.ts', title: 'One issue to ten thousand readers' },
]
const asked = process.argv.slice(2)

const head = [
  '# Measured',
  '',
  `On ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, PostgreSQL of the project. Absolute times differ from machine to machine; ratios and growth do not. Made by \`npm run bench\`, each part on the day it bears.`,
]
const results = join(import.meta.dirname, 'results.md')
/** Parts that were not asked for stay as they were measured. */
const known = new Map(
  (existsSync(results) ? readFileSync(results, 'utf8') : '')
    .split(/^## /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n')).trim()]),
)
let failed = 0
for (const { file, title, flags = [] } of measures) {
  if (asked.length > 0 && !asked.some((name) => file.startsWith(name))) continue
  console.error(`${title} …`)
  const { stdout, status } = spawnSync(process.execPath, [...flags, join(import.meta.dirname, file)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NO_COLOR: '1', LOG_LEVEL: 'error' },
  })
  if (status !== 0) failed++
  process.stdout.write(stdout)
  const day = Temporal.Now.plainDateISO().toString()
  known.set(title, `${day}\n\n\`\`\`\n${stdout.trim() || 'It did not finish.'}\n\`\`\``)
}
const parts = measures.flatMap(({ title }) => (known.has(title) ? [`## ${title}`, '', known.get(title) ?? '', ''] : []))
writeFileSync(results, [...head, '', ...parts].join('\n'))
process.exit(failed > 0 ? 1 : 0)
