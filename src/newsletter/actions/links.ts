/** What opens a subscription without account. */
import type { Ctx } from '../../kernel/ctx.ts'
import { direction } from '../../kernel/i18n.ts'
import { newsletter } from '../urls.ts'

/** Stands in a letter where the secret of each reader goes. */
export const tokenMark = '~~reader~~'

/** The secret of a subscriber's personal page: made again for every letter, kept nowhere but as a hash. */
export const tokenOf = ({ seal }: Pick<Ctx, 'seal'>, id: string) =>
  seal(`newsletter.mine:1:${id}`) + seal(`newsletter.mine:2:${id}`)

/** A Latin name inside a line written from right to left keeps its full stop behind it. */
export const apart = (name: string, lang: string) => (direction(lang) === 'rtl' ? `\u2068${name}\u2069` : name)

/** `token`: of the reader, or the mark it takes the place of. */
export const linksOf = ({ base_url }: Pick<Ctx, 'base_url'>, l: string, token: string) => ({
  choices: base_url + newsletter.mine.href({ l, token }),
  leave: base_url + newsletter.leave.href({ l, token }),
})
