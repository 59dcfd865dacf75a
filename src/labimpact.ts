/** The command line: `npm run -s labimpact -- <command>`. */
import { findCommand, keepHouse, runCommand, usage } from './kernel/command.ts'
import { readConfig } from './kernel/config.ts'
import { openHouse } from './kernel/serve.ts'
import { modules } from './modules.ts'
import { look } from './ui/look.tsx'

process.env.LOG_LEVEL ??= 'warn'
const argv = process.argv.slice(2)
const { commands, found } = findCommand(argv, modules)

if (!found) {
  const [word] = argv
  // `account --help` asks after all that begins so.
  const meant = commands.filter(({ name }) => name.split(' ')[0] === word)
  const asked =
    word === undefined || word === '--help' || word === 'help' || (meant.length > 0 && argv.includes('--help'))
  process[asked ? 'stdout' : 'stderr'].write(
    `${asked ? '' : `There is no command '${word}'.\n\n`}${usage(meant.length > 0 ? meant : commands)}\n`,
  )
  process.exit(asked ? 0 : 2)
}
if (argv.includes('--help')) {
  process.stdout.write(`npm run -s labimpact -- ${found.name} ${found.usage}\n\n${found.help}\n`)
  process.exit(0)
}
try {
  if ('keep' in found) process.exit(await keepHouse(found, argv, { config: readConfig(), modules, look }))
  const opened = await openHouse(readConfig(), modules, look)
  let status = 1
  try {
    status = await runCommand(opened.house, found, argv)
  } finally {
    await opened.close()
  }
  process.exit(status)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}
