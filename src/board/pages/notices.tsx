import { dayOf, instantOf } from '../../kernel/clock.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { Day } from '../../ui/time.tsx'
import type { NoticesShown, TextShown } from '../actions/reading.ts'
import { linesOf } from '../rules/texts.ts'
import { board } from '../urls.ts'
import { SearchBox } from './search.tsx'
import { Body, Notes, NotesBefore, Useful, useTextLang } from './words.tsx'

type Notice = NoticesShown['notices'][number]

export function NoticesPage({ notices, total, page, size }: NoticesShown & { size: number }) {
  const { lang, t } = useFrame()
  return (
    <Page
      title={t('board.notices.title')}
      lead={t('board.notices.lead')}
      description={t('board.notices.lead')}
      head={<link rel="alternate" type="application/atom+xml" title={t('board.feed.title')} href={board.feed.href({ l: lang })} />}
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
      <Pager page={page} total={total} size={size} href={(to) => board.notices.href({ l: lang }, { pagina: to > 1 ? to : undefined })} />
      <p>
        <a href={board.feed.href({ l: lang })}>{t('board.feed.follow')}</a>
      </p>
    </Page>
  )
}

function NoticeCard({ of }: { of: Notice }) {
  const { lang } = useFrame()
  const in_lang = useTextLang(of.notes)
  return (
    <li>
      <Pictogram name="speakerphone" />
      <div>
        <a class="card-title" href={board.notice.href({ l: lang, slug: of.slug })} {...in_lang}>
          {of.title}
        </a>{' '}
        <Notes of={of.notes} />
        <p class="text-muted">
          <Day on={of.published_from} />
        </p>
        {of.summary && <p {...in_lang}>{of.summary}</p>}
      </div>
    </li>
  )
}

/** A notice, or a page: words and nothing else. */
export function TextPage({ text }: { text: TextShown }) {
  const { lang, t } = useFrame()
  const in_lang = useTextLang(text.notes)
  return (
    <Page
      title={text.title}
      heading={<span {...in_lang}>{text.title}</span>}
      lead={text.summary && <span {...in_lang}>{text.summary}</span>}
      description={text.summary || text.title}
      updated={dayOf(instantOf(text.changed_at))}
    >
      <NotesBefore of={text.notes} slug={text.slug} kind={text.kind} />
      {text.kind === 'notice' && (
        <p class="text-muted">
          <Day on={text.published_from} />
          {text.published_until && (
            <>
              {' · '}
              {t('board.notice.until')} <Day on={text.published_until} />
            </>
          )}
        </p>
      )}
      <Body text={text} notes={text.notes} />
      {text.bring && (
        <>
          <h2>{t('board.service.bring')}</h2>
          <ul class="checks" {...in_lang}>
            {linesOf(text.bring).map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </>
      )}
      <Useful kind={text.kind} slug={text.slug} />
      <p>
        <a href={board.notices.href({ l: lang })}>
          <Pictogram name="arrow-left" size="s" /> {t('board.notices.all')}
        </a>
      </p>
      {text.demo && <p class="text-muted">{t('board.demo')}</p>}
    </Page>
  )
}

export function ThanksPage({ back }: { back: string }) {
  const { t } = useFrame()
  return (
    <Page title={t('board.useful.thanks')} lead={t('board.useful.thanks.lead')} head={<meta name="robots" content="noindex" />}>
      <p>
        <a class="btn btn-primary" href={back}>
          {t('board.useful.back')}
        </a>
      </p>
    </Page>
  )
}
