import type { Ctx } from '../../kernel/ctx.ts'
import { settingOf } from '../../programme/actions.ts'
import { graceDays } from '../rules/publication.ts'
import { listShown } from '../store/reading.ts'
import { noted } from './reading.ts'

/** What can be read on the board in one language, or only these of it; the newest change first. */
export async function itemsForLetters(
  ctx: Ctx,
  { lang = ctx.lang, ids }: { lang?: string; ids?: readonly string[] } = {},
) {
  const lines = await listShown(ctx, ['notice', 'event', 'service', 'page'], await settingOf(ctx, graceDays), {
    lang,
    ...(ids && { ids }),
  })
    .orderBy('i.changed_at', 'desc')
    .orderBy('i.id')
    .limit(200)
    .execute()
  return lines.map((line) => noted(lang, line))
}
export type ItemForLetter = Awaited<ReturnType<typeof itemsForLetters>>[number]
