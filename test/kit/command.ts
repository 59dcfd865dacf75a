/** A command of ours, run in a test house as from a shell: its exit status, and what it printed and told. */
import { findCommand, keepHouse, runCommand } from '../../src/kernel/command.ts'
import type { TestHouse } from './house.ts'

export async function command({ house }: Pick<TestHouse, 'house'>, ...argv: string[]) {
  const { found } = findCommand(argv, house.modules)
  if (!found) throw new Error(`no command ${argv[0]}`)
  const said = { out: '', err: '' }
  const write = { out: process.stdout.write, err: process.stderr.write }
  const hear = (what: 'out' | 'err') =>
    ((text: string) => {
      said[what] += text
      return true
    }) as never
  process.stdout.write = hear('out')
  process.stderr.write = hear('err')
  try {
    return {
      status: await ('keep' in found ? keepHouse(found, argv, house) : runCommand(house, found, argv)),
      ...said,
      get json() {
        return JSON.parse(said.out)
      },
    }
  } finally {
    process.stdout.write = write.out
    process.stderr.write = write.err
  }
}
