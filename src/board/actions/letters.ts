/** Mails to who signed up for an event, each in the language they signed up in. Nobody is named in them. */
import type { Ctx } from '../../kernel/ctx.ts'
import { isLanguage, openWords, type Translate } from '../../kernel/i18n.ts'
import { sendMail } from '../../kernel/mail.ts'
import { places } from '../../territory/actions.ts'
import { dayAndHour, dayInWords } from '../../ui/words-of-time.ts'
import * as store from '../store/events.ts'
import * as items from '../store/items.ts'
import { findShown } from '../store/reading.ts'
import { board } from '../urls.ts'
import type { EventShown } from './reading.ts'

/** A letter may be in another language than the one of whoever causes it. */
let words: ReturnType<typeof openWords> | undefined
const wordsIn = (lang: string): Translate => {
  words ??= openWords()
  return words.translate(lang)
}

export async function tellSignedUp(ctx: Ctx, { text, event, place }: EventShown, to: string, token: string) {
  const { t, lang } = ctx
  const link = ctx.base_url + board.mySignUp.href({ l: lang, slug: text.slug, token })
  await sendMail(ctx, {
    to,
    kind: 'board.signed_up',
    subject: t('board.mail.signed_up.subject', { title: text.title }),
    text: [
      t('board.mail.signed_up.text', { title: text.title }),
      whenAndWhere(lang, ctx.today, event, place?.name ?? event.place_text, place?.address ?? ''),
      t('board.mail.signed_up.link'),
      link,
    ].join('\n\n'),
  })
}

export const tellMoved = (ctx: Ctx, item_id: string) => tellEverybody(ctx, item_id, 'moved')
export const tellCancelled = (ctx: Ctx, item_id: string) => tellEverybody(ctx, item_id, 'cancelled')

async function tellEverybody(ctx: Ctx, item_id: string, what: 'moved' | 'cancelled') {
  const item = await items.findItem(ctx, item_id)
  const event = await store.findEvent(ctx, item_id)
  const readers = (await store.signUpsOf(ctx, item_id)).filter((one) => one.withdrawn_at === null && one.email !== '')
  if (!event || readers.length === 0) return
  const place = (await places(ctx)).find(({ id }) => id === event.place_id)
  for (const [language, people] of Map.groupBy(readers, (one) => (isLanguage(one.language) ? one.language : 'it'))) {
    const t = wordsIn(language)
    const title = (await findShown(ctx, 'event', item.slug, 0, language))?.title ?? ''
    const text = [
      t(`board.mail.${what}.text`, { title }),
      whenAndWhere(language, ctx.today, event, place?.name ?? event.place_text, place?.address ?? ''),
      ctx.base_url + board.event.href({ l: language, slug: item.slug }),
    ].join('\n\n')
    for (const { email } of people)
      await sendMail(ctx, {
        to: email,
        kind: `board.${what}`,
        subject: t(`board.mail.${what}.subject`, { title }),
        text,
      })
  }
}

type Times = { on_day: string; starts_at: string; ends_at: string }
const whenAndWhere = (
  lang: string,
  today: string,
  { on_day, starts_at, ends_at }: Times,
  place: string,
  address: string,
) =>
  [
    dayAndHour(dayInWords(on_day, lang, today), `${starts_at.slice(0, 5)}–${ends_at.slice(0, 5)}`, lang),
    [place, address].filter(Boolean).join(', '),
  ]
    .filter(Boolean)
    .join('\n')
