/** What several public pages show of an item: its text, what must be said beside it, the two faces. */
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { dayOf } from '../../kernel/clock.ts'
import { Callout } from '../../ui/callout.tsx'
import { Details } from '../../ui/details.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Labelled } from '../../ui/labelled.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { dayInWords, ownName } from '../../ui/words-of-time.ts'
import type { OpenState } from '../rules/hours.ts'
import { htmlOf } from '../rules/markdown.ts'
import type { Kind } from '../rules/publication.ts'
import { linesOf, type Note } from '../rules/texts.ts'
import { board, kindInAddress, publicHref } from '../urls.ts'

/** The language a text is really in, for screen readers and fonts; nothing when it is the page's own. */
function useTextLang(notes: readonly Note[]) {
  const { lang } = useFrame()
  return notes.includes('in_italian') && lang !== 'it' ? { lang: 'it', dir: 'ltr' as const } : {}
}

/** Words inside a line of the page: they keep their own direction, the line keeps its side. */
export function InTextLang({ notes, children }: { notes: readonly Note[]; children: Child }) {
  const { lang } = useFrame()
  return <bdi lang={notes.includes('in_italian') && lang !== 'it' ? 'it' : undefined}>{children}</bdi>
}

/** Beside a title in a list. */
export function Notes({ of }: { of: readonly Note[] }) {
  const { t } = useFrame()
  return (
    <>
      {of.map((note) => (
        <span class="note-word">{t(`board.note.${note}`)}</span>
      ))}
    </>
  )
}

type Told = { slug: string; notes: readonly Note[]; also_in: readonly string[] }

/** What a page says before its heading, and that its text is not in its language: nobody could have checked that. */
export const beforeHeading = (text: Told, kind: Kind) => ({
  before: <NotesBefore of={text} kind={kind} />,
  untranslated: text.notes.includes('in_italian'),
})

/** Before a text: why it is in Italian, where else it can be read, or that it may not hold any more. */
function NotesBefore({ of: { notes, slug, also_in }, kind }: { of: Told; kind: Kind }) {
  const { languages, t } = useFrame()
  if (notes.length === 0) return null
  const readable = languages.filter(({ lang }) => also_in.includes(lang))
  return (
    <Callout state={notes.includes('in_italian') ? 'info' : 'wait'}>
      {notes.map((note) => (
        <p>{t(`board.note.${note}.long`)}</p>
      ))}
      {notes.includes('in_italian') && readable.length > 0 && (
        <p>
          <Labelled label={t('board.note.read_in')}>
            {readable.map(({ lang }, at) => (
              <>
                {at > 0 && ' · '}
                <a href={publicHref(kind, { l: lang, slug })} hreflang={lang} lang={lang}>
                  <bdi>{ownName(lang)}</bdi>
                </a>
              </>
            ))}
          </Labelled>
        </p>
      )}
      {notes.includes('maybe_old') && (
        <p>
          <a href={publicHref(kind, { l: 'it', slug })} hreflang="it">
            {t('board.note.read_italian')}
          </a>
        </p>
      )}
    </Callout>
  )
}

export function Body({ text, notes }: { text: { body: string; full_body: string }; notes: readonly Note[] }) {
  const { t } = useFrame()
  const in_lang = useTextLang(notes)
  return (
    <>
      {text.body && (
        <div class="prose" {...in_lang} data-listen={t('board.listen')} data-stop={t('board.listen.stop')}>
          {raw(htmlOf(text.body))}
        </div>
      )}
      {text.full_body && (
        <Details summary={t('board.full_text')}>
          <div class="prose" {...in_lang}>
            {raw(htmlOf(text.full_body))}
          </div>
        </Details>
      )}
    </>
  )
}

/** A list one can print and tick. */
export function Bring({ text, notes }: { text: { bring: string }; notes: readonly Note[] }) {
  const { t } = useFrame()
  const in_lang = useTextLang(notes)
  if (text.bring === '') return null
  return (
    <>
      <h2 data-element="service-needed">{t('board.service.bring')}</h2>
      <ul class="checks" {...in_lang}>
        {linesOf(text.bring).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </>
  )
}

/** "Open now until 18:00", or when next; nothing when nobody has said when. */
export function useOpenWords(state: OpenState | undefined) {
  const { lang, now, t } = useFrame()
  if (!state) return undefined
  if (state.open) return t('board.hours.now', { time: state.until })
  return t('board.hours.next', { day: state.day, date: dayInWords(state.on_day, lang, dayOf(now)), time: state.at })
}

/** The page is the same bytes for everybody, so this form carries no mark of its own: answers are only counted, and limited. */
export function Useful({ kind, slug }: { kind: Kind; slug: string }) {
  const { lang, t } = useFrame()
  return (
    <form
      method="post"
      action={board.useful.href({ l: lang, kind: kindInAddress[kind], slug })}
      class="useful"
      data-element="feedback"
    >
      <fieldset>
        <legend>{t('board.useful.question')}</legend>
        <button class="btn btn-outline-primary" type="submit" name="useful" value="yes">
          <Pictogram name="mood-happy" /> {t('board.useful.yes')}
        </button>
        <button class="btn btn-outline-primary" type="submit" name="useful" value="no">
          <Pictogram name="mood-sad" /> {t('board.useful.no')}
        </button>
      </fieldset>
    </form>
  )
}

// Opens the map most phones already have, with buses; nothing is sent anywhere until it is pressed.
export const mapOf = (address: string) =>
  `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(address)}`
