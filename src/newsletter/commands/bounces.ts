import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Command } from '../../kernel/module.ts'
import { takeBounce } from '../actions/bounces.ts'
import { bounceIn, mailsIn } from '../rules/bounces.ts'

export const bouncesCommand: Command = {
  name: 'bounces',
  usage: 'FILE',
  help: `Takes in mails that say that a letter did not arrive, so that nobody writes again to an address that is gone.

  FILE            one mail, or many in one file (mbox); - reads them from standard input
  --ambito SLUG   where, when there are several`,
  async run([file, ...more], { inCtx, print, tell }) {
    if (!file || more.length > 0) {
      tell('Say which file. See: bounces --help')
      return 2
    }
    let mails: string[]
    try {
      mails = mailsIn(file === '-' ? await text(process.stdin) : await readFile(file, 'latin1'))
    } catch (error) {
      tell(`${file} cannot be read: ${(error as Error).message}`)
      return 1
    }
    const bounces = mails.flatMap((mail) => bounceIn(mail) ?? [])
    const taken = { back: 0, gone: 0 }
    await inCtx(async (ctx) => {
      for (const bounce of bounces) {
        if (!(await takeBounce(ctx, bounce))) continue
        taken.back += 1
        if (bounce.gone) taken.gone += 1
      }
    })
    print(
      `${mails.length} mails read, ${taken.back} letters came back, ${taken.gone} addresses are not written to again.`,
    )
    return 0
  },
}
