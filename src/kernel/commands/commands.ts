/** What is done to the whole installation from the command line, not in one Ambito; opened by hand, so that it works on a house that does not stand. */
import type { Config } from '../config.ts'
import type { Look } from '../look.ts'
import type { Command, Module } from '../module.ts'
import { backup } from './backup.ts'
import { demoReset } from './demo-reset.ts'
import { doctor } from './doctor.ts'
import { restore } from './restore.ts'

export type HouseGround = {
  config: Config
  modules: readonly Module[]
  look: Look
  /** Results: standard output. */
  print(text: string): void
  /** Everything else: standard error. */
  tell(text: string): void
  /** The folder in which the person stands. */
  cwd: string
}
export type HouseCommand = Pick<Command, 'name' | 'usage' | 'help'> & {
  /** @returns the exit status */
  keep(argv: string[], ground: HouseGround): Promise<number>
}

export const houseCommands: readonly HouseCommand[] = [backup, restore, demoReset, doctor]
