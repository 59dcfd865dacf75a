import type { Ctx } from '../../kernel/ctx.ts'
import { settingOf } from '../../programme/actions.ts'
import { graceDays, type Kind } from '../rules/publication.ts'
import { listShown } from '../store/reading.ts'
import { noted } from './reading.ts'

const inLetters: readonly Kind[] = ['event', 'notice', 'service', 'page']

/** What can be read on the board in one language, or only these of it: what is on, by its day, then the newest change first. */
export async function itemsForLetters(
  ctx: Ctx,
  { lang = ctx.lang, ids }: { lang?: string; ids?: readonly string[] } = {},
) {
  const lines = await listShown(ctx, inLetters, await settingOf(ctx, graceDays), {
    lang,
    ...(ids && { ids }),
  })
    .orderBy('i.changed_at', 'desc')
    .orderBy('i.id')
    .limit(200)
    .execute()
  const when = ({ on_day, starts_at }: (typeof lines)[number]) => (on_day ? `${on_day} ${starts_at}` : '')
  return lines
    .sort((a, b) => inLetters.indexOf(a.kind) - inLetters.indexOf(b.kind) || when(a).localeCompare(when(b)))
    .map((line) => noted(lang, line))
}
export type ItemForLetter = Awaited<ReturnType<typeof itemsForLetters>>[number]
