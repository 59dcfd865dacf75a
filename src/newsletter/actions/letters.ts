/** One issue in every language; each reader gets theirs, and what nobody has translated says so. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { itemsForLetters } from '../../board/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { isLanguage, type Language, languages } from '../../kernel/i18n.ts'
import { root } from '../../kernel/root.ts'
import { projectOf } from '../../programme/actions.ts'
import * as store from '../store/issues.ts'
import { newsletter } from '../urls.ts'
import { emblemId, letterOf, tokenMark } from './letter.tsx'

let bytes: Buffer | undefined
/** Travels inside every letter: nothing is fetched when one opens it. */
export function emblem() {
  bytes ??= readFileSync(join(root, 'src/newsletter/documents/european-emblem.png'))
  return { name: 'european-emblem.png', type: 'image/png', body: bytes, id: emblemId }
}

/** `token`: of the reader, or the mark it takes the place of. */
export const linksOf = ({ base_url }: Pick<Ctx, 'base_url'>, l: string, token: string) => ({
  choices: base_url + newsletter.mine.href({ l, token }),
  leave: base_url + newsletter.leave.href({ l, token }),
})

export async function letterIn(
  ctx: Ctx,
  issue_id: string,
  language: string,
  links = linksOf(ctx, language, tokenMark),
) {
  const all = await store.wordsOf(ctx, issue_id)
  const words = all.find((one) => one.language === language) ?? all.find((one) => one.language === 'it')
  if (!words || !isLanguage(language)) throw new NotFound()
  const ids = await store.itemsOf(ctx, issue_id)
  const shown = new Map(
    (ids.length > 0 ? await itemsForLetters(ctx, { lang: language, ids }) : []).map((item) => [item.id, item]),
  )
  return letterOf({
    lang: language,
    t: ctx.words.translate(language),
    today: ctx.today,
    base_url: ctx.base_url,
    ambito: ctx.ambito.name,
    words,
    items: ids.flatMap((id) => shown.get(id) ?? []),
    ...links,
  })
}

export async function lettersInAll(ctx: Ctx, issue_id: string) {
  const letters: store.Letter[] = []
  for (const language of languages) letters.push(await letterIn(ctx, issue_id, language))
  return letters
}

/** Where answers go; an Ambito without a project has none. */
export async function replyTo(ctx: Ctx) {
  try {
    return (await projectOf(ctx)).contact
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

export const readable = (language: string): Language => (isLanguage(language) ? language : 'it')
