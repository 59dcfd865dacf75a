import { EmptyState } from '../../ui/empty-state.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Labelled } from '../../ui/labelled.tsx'
import { Page } from '../../ui/page.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Day } from '../../ui/time.tsx'
import type { Note } from '../rules/texts.ts'
import type { ShownLine } from '../store/reading.ts'
import { publicHref } from '../urls.ts'
import { InTextLang, Notes } from './words.tsx'

type Found = ShownLine & { notes: Note[] }

export function SearchPage({
  typed,
  found,
  meant,
}: {
  typed: string
  found: readonly Found[]
  meant: readonly string[]
}) {
  const { t } = useFrame()
  return (
    <Page title={t('board.search.title')} head={<meta name="robots" content="noindex" />}>
      <SearchBox typed={typed} />
      {typed !== '' && (
        <p role="status">
          {t('board.search.found', { count: found.length })}
          {meant.length > 0 && (
            <>
              {' '}
              <Labelled label={t('board.search.meant')}>
                <bdi>{meant.join(' ')}</bdi>
              </Labelled>
            </>
          )}
        </p>
      )}
      {typed !== '' && found.length === 0 && <EmptyState pictogram="search">{t('board.search.nothing')}</EmptyState>}
      <ul class="cards">
        {found.map((item) => (
          <FoundLine of={item} />
        ))}
      </ul>
    </Page>
  )
}

const pictograms = {
  service: 'building-community',
  notice: 'speakerphone',
  event: 'calendar-event',
  page: 'file-text',
} as const

function FoundLine({ of }: { of: Found }) {
  const { lang, t } = useFrame()
  return (
    <li>
      <Pictogram name={pictograms[of.kind]} />
      <div>
        <a class="card-title" href={publicHref(of.kind, { l: lang, slug: of.slug })}>
          <InTextLang notes={of.notes}>{of.title}</InTextLang>
        </a>{' '}
        <Notes of={of.notes} />
        <p class="text-muted">
          {t(`board.kind.${of.kind}`)}
          {of.on_day && (
            <>
              {' · '}
              <Day on={of.on_day} />
            </>
          )}
        </p>
        {of.summary && (
          <p>
            <InTextLang notes={of.notes}>{of.summary}</InTextLang>
          </p>
        )}
      </div>
    </li>
  )
}
