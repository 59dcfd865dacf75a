/** configuration → database → modules → listen */
import { CannotStart, readConfig } from './kernel/config.ts'
import { WrongKind } from './kernel/found.ts'
import { PortTaken, startServer } from './kernel/serve.ts'
import { modules, welcome } from './modules.ts'
import { look } from './ui/look.tsx'

const config = readConfig()
try {
  const running = await startServer(config, modules, look)
  process.stdout.write(await welcome(running.house))
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, async () => {
      // From a terminal the signal comes twice: to the whole group, and handed on by npm.
      if (stopping) return
      stopping = true
      process.stderr.write('Stopping…\n')
      await running.stop()
      process.exit(0)
    })
} catch (error) {
  const plain = error instanceof CannotStart || error instanceof PortTaken || error instanceof WrongKind
  process.stderr.write(`${plain ? error.message : error instanceof Error ? (error.stack ?? error.message) : error}\n`)
  process.exit(plain ? 2 : 1)
}
