import { dayOf, instantOf } from '../../kernel/clock.ts'
import { WhatIsMissing } from '../../participation/parts.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Labelled } from '../../ui/labelled.tsx'
import { Page } from '../../ui/page.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Day } from '../../ui/time.tsx'
import type { NoticesShown, TextShown } from '../actions/reading.ts'
import { board } from '../urls.ts'
import { Picture, PictureMeta } from './picture.tsx'
import { Body, Bring, beforeHeading, InTextLang, Notes, Useful } from './words.tsx'

type Notice = NoticesShown['notices'][number]

export function NoticesPage({ notices, total, page, size }: NoticesShown & { size: number }) {
  const { lang, t } = useFrame()
  return (
    <Page
      title={t('board.notices.title')}
      lead={t('board.notices.lead')}
      description={t('board.notices.lead')}
      head={
        <link
          rel="alternate"
          type="application/atom+xml"
          title={t('board.feed.title')}
          href={board.feed.href({ l: lang })}
        />
      }
    >
      <SearchBox />
      {notices.length === 0 ? (
        <EmptyState pictogram="speakerphone">{t('board.notices.empty')}</EmptyState>
      ) : (
        <ul class="cards">
          {notices.map((notice) => (
            <NoticeCard of={notice} />
          ))}
        </ul>
      )}
      <Pager
        page={page}
        total={total}
        size={size}
        href={(to) => board.notices.href({ l: lang }, { pagina: to > 1 ? to : undefined })}
      />
      <p>
        <a href={board.feed.href({ l: lang })}>{t('board.feed.follow')}</a>
      </p>
    </Page>
  )
}

function NoticeCard({ of }: { of: Notice }) {
  const { lang } = useFrame()
  return (
    <li>
      <Pictogram name="speakerphone" />
      <div>
        <a class="card-title" href={board.notice.href({ l: lang, slug: of.slug })}>
          <InTextLang notes={of.notes}>{of.title}</InTextLang>
        </a>{' '}
        <Notes of={of.notes} />
        <p class="text-muted">
          <Day on={of.published_from} />
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

/** A notice, or a page: words and nothing else. */
export function TextPage({ text }: { text: TextShown }) {
  const { lang, t } = useFrame()
  return (
    <Page
      title={text.title}
      heading={<InTextLang notes={text.notes}>{text.title}</InTextLang>}
      lead={text.summary && <InTextLang notes={text.notes}>{text.summary}</InTextLang>}
      description={text.summary || text.title}
      updated={dayOf(instantOf(text.changed_at))}
      {...beforeHeading(text, text.kind)}
      head={<PictureMeta text={text} />}
    >
      {text.kind === 'notice' && (
        <p class="text-muted">
          <Day on={text.published_from} />
          {text.published_until && (
            <>
              {' · '}
              <Labelled label={t('board.notice.until')}>
                <Day on={text.published_until} />
              </Labelled>
            </>
          )}
        </p>
      )}
      <Picture text={text} />
      <Body text={text} notes={text.notes} />
      <Bring text={text} notes={text.notes} />
      <Useful kind={text.kind} slug={text.slug} />
      <p class="d-print-none">
        <a href={board.notices.href({ l: lang })}>
          <Pictogram name="arrow-left" size="s" /> {t('board.notices.all')}
        </a>
      </p>
      {text.demo && <p class="text-muted">{t('board.demo')}</p>}
    </Page>
  )
}

export function ThanksPage({ back, page }: { back: string; page: string }) {
  const { t } = useFrame()
  return (
    <Page
      title={t('board.useful.thanks')}
      lead={t('board.useful.thanks.lead')}
      head={<meta name="robots" content="noindex" />}
    >
      <p class="actions">
        <a class="btn btn-primary" href={back}>
          {t('board.useful.back')}
        </a>
        <WhatIsMissing page={page} />
      </p>
    </Page>
  )
}
