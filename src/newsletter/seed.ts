/** A few readers who are made up, one issue that went to them, one that is being written. Their addresses reach nobody. */
import type { Ctx } from '../kernel/ctx.ts'
import { createIssue, itemsToChoose, saveContents, saveWords } from './actions/issues.ts'
import { lettersInAll } from './actions/letters.ts'
import { tokenOf } from './actions/links.ts'
import { markOf } from './actions/subscribing.ts'
import type { Topic } from './codes.ts'
import demonstration from './lists/demonstration.json' with { type: 'json' }
import * as delivery from './store/delivery.ts'
import { changeIssue, insertLetters } from './store/issues.ts'
import { putLinks, putSubscriber } from './store/subscribers.ts'

type Words = { subject: string; body: string }
type Example = { email: string; name: string; language: string; topics: Topic[] }

export async function fillDemonstration(ctx: Ctx) {
  if (ctx.ambito.slug !== 'lodi') return
  for (const reader of demonstration.subscribers as Example[]) {
    const { id } = await putSubscriber(ctx, {
      ...reader,
      mark: markOf(ctx, reader.email),
      source: 'example',
      consent_on: ctx.today,
      consent_where: ctx.words.translate(reader.language)('newsletter.consent'),
      confirmed_at: ctx.now.toString(),
      demo: true,
    })
    await putLinks(ctx, [{ token: tokenOf(ctx, id), subscriber_id: id, kind: 'mine' }])
  }
  const sent = await write(ctx, demonstration.sent)
  const now = ctx.now.toString()
  await changeIssue(ctx, sent, { planned_for: now, started_at: now })
  await insertLetters(ctx, sent, await lettersInAll(ctx, sent))
  await delivery.freezeReaders(ctx, sent, [])
  const readers = await delivery.readerIds(ctx, sent)
  await delivery.recordEndings(
    ctx,
    sent,
    readers.map((subscriber_id) => ({ subscriber_id, end: 'sent' as const, answer: '', again_at: null })),
  )
  await changeIssue(ctx, sent, { finished_at: now })
  await write(ctx, demonstration.draft)
}

async function write(ctx: Ctx, words: Readonly<Record<string, Words>>) {
  const { it, ...others } = words
  const id = await createIssue(ctx, it as Words, { demo: true })
  for (const [language, text] of Object.entries(others)) await saveWords(ctx, id, language, text)
  const items = (await itemsToChoose(ctx)).filter(({ kind }) => kind !== 'service').slice(0, 4)
  await saveContents(ctx, id, { items: items.map((item) => item.id), topics: [] })
  return id
}
