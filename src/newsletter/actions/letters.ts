/** One issue in every language; each reader gets theirs, and what nobody has translated says so. */
import { itemsForLetters } from '../../board/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { isLanguage, languages } from '../../kernel/i18n.ts'
import * as store from '../store/issues.ts'
import { letterOf } from './letter.tsx'
import { linksOf, tokenMark } from './links.ts'

export async function letterIn(
  ctx: Ctx,
  issue_id: string,
  language: string,
  links = linksOf(ctx, language, tokenMark),
) {
  const all = await store.wordsOf(ctx, issue_id)
  const words = all.find((one) => one.language === language) ?? all.find((one) => one.language === 'it')
  if (!words || !isLanguage(language)) throw new NotFound()
  return letterOf({
    lang: language,
    t: ctx.words.translate(language),
    today: ctx.today,
    base_url: ctx.base_url,
    ambito: ctx.ambito.name,
    words,
    items: await itemsForLetters(ctx, { lang: language, ids: await store.itemsOf(ctx, issue_id) }),
    ...links,
  })
}

export async function lettersInAll(ctx: Ctx, issue_id: string) {
  const letters: store.Letter[] = []
  for (const language of languages) letters.push(await letterIn(ctx, issue_id, language))
  return letters
}
