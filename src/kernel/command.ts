/** The command line: results on standard output, everything else on standard error; every command has `--help`. */
import { commandLine } from './actor.ts'
import { type HouseCommand, type HouseGround, houseCommands } from './commands/commands.ts'
import { type Ctx, openCtx } from './ctx.ts'
import type { House } from './house.ts'
import { runDueJobs } from './jobs.ts'
import type { Command, Module } from './module.ts'

const tell = (text: string) => void process.stderr.write(`${text}\n`)
const print = (text: string) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)

export function findCommand(argv: string[], modules: readonly Module[]) {
  const commands = [...modules.flatMap((module) => module.commands ?? []), ...houseCommands]
  const found = commands
    .filter(({ name }) => name.split(' ').every((word, index) => argv[index] === word))
    .sort((a, b) => b.name.length - a.name.length)[0]
  return { commands, found }
}

export function usage(commands: readonly (Command | HouseCommand)[]) {
  return [
    'Usage: npm run -s labimpact -- <command> [--ambito SLUG]',
    '',
    ...commands.map(({ name, usage, help }) => `  ${`${name} ${usage}`.trim()}\n      ${help.split('\n')[0]}\n`),
    'Each tells more with --help.',
  ].join('\n')
}

const after = (argv: string[], { name }: { name: string }) => argv.slice(name.split(' ').length)

/** Runs a command on the whole installation. */
export const keepHouse = (
  command: HouseCommand,
  argv: string[],
  ground: Pick<HouseGround, 'config' | 'modules' | 'look'>,
) => command.keep(after(argv, command), { ...ground, print, tell, cwd: process.cwd() })

/** Runs one command in an open house. */
export async function runCommand(house: House, command: Command, argv: string[]): Promise<number> {
  const rest = after(argv, command)
  const at = rest.indexOf('--ambito')
  const slug = at >= 0 ? rest.splice(at, 2)[1] : undefined
  const ambito = await ambitoFor(house, slug)
  if (!ambito) {
    tell(slug ? `No Ambito is called '${slug}'.` : 'There are several Ambiti here: say which with --ambito SLUG.')
    return 2
  }
  return command.run(rest, {
    print,
    tell,
    db: house.db,
    async inCtx<Result>(work: (ctx: Ctx) => Promise<Result>) {
      let announced = 0
      const result = await openCtx(house, { ambito, actor: commandLine, lang: 'it' }, async (ctx) => {
        const result = await work(ctx)
        announced = ctx.outbox.events.length
        return result
      })
      if (announced > 0) await deliverAnnounced(house, ambito.id)
      return result
    },
  })
}

async function ambitoFor(house: House, slug: string | undefined) {
  const all = await house.modules.find((module) => module.ambiti)?.ambiti?.all(house.db)
  const real = all?.filter((one) => !one.demo) ?? []
  return slug ? all?.find((one) => one.slug === slug) : real.length === 1 ? real[0] : undefined
}

/** Until the facts this command announced have been heard, here or by the server beside it. */
async function deliverAnnounced(house: House, ambito_id: string) {
  for (let round = 0; round < 600; round++) {
    await runDueJobs(house)
    const { rows } = await house.owner_pool.query<{ waiting: number; dead: number }>(
      `select count(*) filter (where attempts < max_attempts)::int as waiting, count(*) filter (where attempts >= max_attempts)::int as dead
       from graphile_worker.jobs where task_identifier like 'hear.%' and queue_name like $1`,
      [`%:${ambito_id}`],
    )
    if (rows[0]?.dead)
      throw new Error('A fact could not be recorded; see the log of the server, then run the command again.')
    if (!rows[0]?.waiting) return
    await new Promise((wait) => setTimeout(wait, 200))
  }
  throw new Error('The facts announced have not all been recorded after two minutes.')
}
