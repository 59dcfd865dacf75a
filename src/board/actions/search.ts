/** Finding things by words of any language, also with a wrong letter. */
import { needList } from '../../desk/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { settingOf } from '../../programme/actions.ts'
import { graceDays } from '../rules/publication.ts'
import { linesOf } from '../rules/texts.ts'
import { nearWords, tolerance, wordsOf } from '../rules/words.ts'
import * as items from '../store/items.ts'
import { listShown } from '../store/reading.ts'
import { translationsOf } from '../store/translations.ts'
import { everyWord, itemsByWord, writeWords } from '../store/words.ts'
import { noted } from './reading.ts'

/** A word of the title weighs most, then the summary and the needs, then the rest. A draft is found by nobody. */
export async function indexWords(ctx: Ctx, id: string) {
  const item = await items.findItem(ctx, id)
  if (item.published_from === null) return
  const source = await items.sourceOf(ctx, id, item.version)
  if (!source) return
  const needs = new Set(await items.needsOf(ctx, id))
  const words = new Map<string, number>()
  const add = (text: string, lang: string, weight: number) => {
    for (const word of wordsOf(text, lang)) words.set(word, Math.max(words.get(word) ?? 0, weight))
  }
  for (const text of [{ ...source, language: 'it' }, ...(await translationsOf(ctx, id))]) {
    add(text.title, text.language, 9)
    add(text.summary, text.language, 4)
    add([text.body, ...linesOf(text.bring), text.for_whom, text.booking].join('\n'), text.language, 1)
  }
  add(`${source.plain_summary}\n${source.plain_body}`, 'it', 1)
  for (const need of needList)
    if (needs.has(need.code)) {
      add([need.it, ...(need.aliases ?? [])].join('\n'), 'it', 4)
      add(need.en, 'en', 4)
    }
  await writeWords(ctx, id, words)
}

/** What holds every word that was typed comes first, then what holds some; `meant` is a word of ours that was probably meant. */
export async function searchBoard(ctx: Ctx, typed: string) {
  const words = wordsOf(typed.slice(0, 200), ctx.lang).slice(0, 8)
  const points = new Map<string, number>()
  const meant: string[] = []
  for (const word of words) {
    let hits = await itemsByWord(ctx, word)
    if (hits.length === 0 && tolerance(word) > 0) {
      const near = nearWords(word, await everyWord(ctx))
      meant.push(...near.slice(0, 3))
      hits = (await Promise.all(near.map((one) => itemsByWord(ctx, one)))).flat()
    }
    const best = new Map<string, number>()
    for (const hit of hits)
      best.set(hit.item_id, Math.max(best.get(hit.item_id) ?? 0, hit.weight + (hit.word === word ? 3 : 0)))
    for (const [id, weight] of best) points.set(id, (points.get(id) ?? 0) + 100 + weight)
  }
  const ids = [...points].sort((a, b) => b[1] - a[1]).map(([id]) => id)
  const grace = await settingOf(ctx, graceDays)
  const shown =
    ids.length > 0
      ? await listShown(ctx, ['service', 'notice', 'event', 'page'], grace, { ids: ids.slice(0, 500) }).execute()
      : []
  const found = shown
    .sort((a, b) => (points.get(b.id) ?? 0) - (points.get(a.id) ?? 0) || a.id.localeCompare(b.id))
    .slice(0, 40)
  return { found: found.map((line) => noted(ctx.lang, line)), meant }
}
