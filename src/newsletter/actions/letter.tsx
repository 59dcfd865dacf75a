/** A letter as a mail program shows it: no picture from elsewhere, no table, its own style inside, since nothing else travels. */
import { raw } from 'hono/html'
import type { ItemForLetter } from '../../board/actions.ts'
import { htmlOf } from '../../board/actions.ts'
import { publicHref } from '../../board/urls.ts'
import { direction, type Translate } from '../../kernel/i18n.ts'
import { dayAndHour, dayInWords } from '../../ui/words-of-time.ts'
import { plainOf } from '../rules/plain.ts'
import type { Letter } from '../store/issues.ts'
import { emblemId } from './emblem.ts'
import { apart } from './links.ts'

export type LetterParts = {
  lang: string
  t: Translate
  today: string
  base_url: string
  ambito: string
  /** In the reader's language, or in Italian. */
  words: { language: string; subject: string; body: string }
  items: readonly ItemForLetter[]
  choices: string
  leave: string
}

export function letterOf(parts: LetterParts): Letter {
  const { lang, words, t } = parts
  const in_italian = words.language !== lang
  return {
    language: lang,
    subject: in_italian ? `${words.subject} (${t('newsletter.letter.in_italian')})` : words.subject,
    text: textOf(parts),
    html: `<!doctype html>${String(<Html {...parts} />)}`,
  }
}

const notesOf = (item: ItemForLetter, t: Translate) => item.notes.map((note) => t(`newsletter.letter.${note}`))

const hrefOf = ({ base_url, lang }: LetterParts, { kind, slug }: ItemForLetter) =>
  base_url + publicHref(kind, { l: lang, slug })

/** "lunedì 23 novembre, 15:00", and that it is off when it is. */
function whenOf({ lang, today, t }: LetterParts, { on_day, starts_at, cancelled_at }: ItemForLetter) {
  if (!on_day) return ''
  const day = dayInWords(on_day, lang, today)
  return [
    starts_at ? dayAndHour(day, starts_at.slice(0, 5), lang) : day,
    cancelled_at && t('newsletter.letter.cancelled'),
  ]
    .filter(Boolean)
    .join(' · ')
}

function textOf(parts: LetterParts) {
  const { lang, t, words, items, choices, leave, ambito } = parts
  const labelled = words.language === lang ? [] : [t('board.note.in_italian.long')]
  return [
    ...labelled,
    plainOf(htmlOf(words.body)),
    ...items.map((item) =>
      [
        [item.title, ...notesOf(item, t).map((note) => `(${note})`)].join(' '),
        whenOf(parts, item),
        item.summary,
        hrefOf(parts, item),
      ]
        .filter(Boolean)
        .join('\n'),
    ),
    '-- ',
    t('newsletter.letter.why', { ambito: apart(ambito, lang) }),
    `${t('newsletter.letter.choices')}\n${choices}`,
    `${t('newsletter.letter.leave')}\n${leave}`,
    t('ui.footer.funded'),
  ]
    .filter(Boolean)
    .join('\n\n')
}

const font = "font-family: system-ui, 'Noto Sans', 'Segoe UI', Roboto, Arial, sans-serif"
const look = {
  page: `margin: 0; padding: 16px; background: #ffffff; color: #17324d; ${font}; font-size: 17px; line-height: 1.6`,
  sheet: 'max-width: 600px; margin: 0 auto',
  head: 'margin: 0 0 24px; color: #455a64; font-size: 15px',
  title: 'margin: 0 0 16px; font-size: 26px; line-height: 1.25',
  item: 'margin: 24px 0 0; padding: 16px 0 0; border-top: 1px solid #c5cdd6',
  name: 'margin: 0 0 4px; font-size: 19px; line-height: 1.35',
  link: 'color: #0059b3; text-decoration: underline',
  note: 'color: #455a64; font-size: 15px',
  line: 'margin: 0 0 8px',
  foot: 'margin: 40px 0 0; padding: 16px 0 0; border-top: 3px solid #0059b3; color: #455a64; font-size: 15px',
  emblem: 'display: block; margin: 24px 0 8px',
}

function Html(parts: LetterParts) {
  const { lang, t, words, items, choices, leave, ambito } = parts
  const dir = direction(lang)
  // Programs that drop <html> and <body> keep the element inside them.
  const side = dir === 'rtl' ? 'text-align: right' : 'text-align: left'
  const of_words = words.language === lang ? {} : { lang: words.language, dir: 'ltr' as const }
  const words_side = words.language === lang ? side : 'text-align: left'
  return (
    <html lang={lang} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{words.subject}</title>
      </head>
      <body style={look.page}>
        <div style={`${look.sheet}; ${side}`} lang={lang} dir={dir}>
          <header>
            <p style={look.head}>
              <bdi lang="it">{ambito}</bdi>
            </p>
          </header>
          <main>
            {words.language !== lang && <p style={look.note}>{t('board.note.in_italian.long')}</p>}
            <div {...of_words} style={words_side}>
              <h1 style={look.title}>{words.subject}</h1>
              {raw(htmlOf(words.body))}
            </div>
            {items.map((item) => (
              <Item of={item} parts={parts} />
            ))}
          </main>
          <footer style={look.foot}>
            <p style={look.line}>{t('newsletter.letter.why', { ambito: apart(ambito, lang) })}</p>
            <p style={look.line}>
              <a href={choices} style={look.link}>
                {t('newsletter.letter.choices')}
              </a>
            </p>
            <p style={look.line}>
              <a href={leave} style={look.link}>
                {t('newsletter.letter.leave')}
              </a>
            </p>
            <img src={`cid:${emblemId}`} alt="" width={72} height={48} style={look.emblem} />
            <p style={look.line}>{t('ui.footer.funded')}</p>
          </footer>
        </div>
      </body>
    </html>
  )
}

function Item({ of, parts }: { of: ItemForLetter; parts: LetterParts }) {
  const { t } = parts
  const when = whenOf(parts, of)
  const foreign = of.notes.includes('in_italian') ? { lang: 'it' } : {}
  return (
    <section style={look.item}>
      <h2 style={look.name}>
        <a href={hrefOf(parts, of)} style={look.link}>
          <bdi {...foreign}>{of.title}</bdi>
        </a>
      </h2>
      {of.notes.length > 0 && <p style={`${look.line}; ${look.note}`}>({notesOf(of, t).join(' · ')})</p>}
      {when && (
        <p style={look.line}>
          <strong>{when}</strong>
        </p>
      )}
      {of.summary && (
        <p style={look.line}>
          <bdi {...foreign}>{of.summary}</bdi>
        </p>
      )}
    </section>
  )
}
