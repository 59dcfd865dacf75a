/** "You said, we did", for everybody. */
import { direction } from '../../kernel/i18n.ts'
import { Callout } from '../../ui/callout.tsx'
import { Details } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { Day } from '../../ui/time.tsx'
import { ownName } from '../../ui/words-of-time.ts'
import type { RepliesShown } from '../actions/replies.ts'
import { topicList } from '../codes.ts'
import { open } from '../urls.ts'

const pictogramOf = new Map(topicList.map(({ code, pictogram }) => [code, pictogram]))

export function RepliesPage({ lines, page, total, size }: RepliesShown & { size: number }) {
  const { lang, t } = useFrame()
  const l = { l: lang }
  return (
    <Page
      title={t('participation.replies.title')}
      lead={t('participation.replies.lead')}
      description={t('participation.replies.lead')}
    >
      {lines.length === 0 ? (
        <EmptyState pictogram="messages">{t('participation.replies.empty')}</EmptyState>
      ) : (
        lines.map((line) => <OneReply line={line} />)
      )}
      <Pager
        page={page}
        total={total}
        size={size}
        href={(to) => open.replies.href(l, { pagina: to > 1 ? to : undefined })}
      />
      <p class="actions">
        <a class="btn btn-primary" href={open.voice.href(l)}>
          {t('participation.voice.title')}
        </a>
      </p>
    </Page>
  )
}

function OneReply({
  line: { id, topic, text, elsewhere, people, on_day, demo },
}: {
  line: RepliesShown['lines'][number]
}) {
  const { lang, t } = useFrame()
  const other = text.language !== lang
  const words = other ? { lang: text.language, dir: 'ltr' as const } : {}
  return (
    <section class="reply" id={`t-${id}`} aria-labelledby={`h-${id}`}>
      <p class="text-muted">
        <Pictogram name={pictogramOf.get(topic) ?? 'message-circle'} size="s" /> {t(`participation.topic.${topic}`)} ·{' '}
        <Day on={on_day} as="date" />
      </p>
      <h2 id={`h-${id}`}>
        <bdi {...(other && { lang: text.language })}>{text.title}</bdi>
      </h2>
      {(other || text.origin === 'machine') && (
        <Callout state="wait">
          <p>{t(other ? 'participation.replies.in_italian' : 'participation.replies.by_machine')}</p>
        </Callout>
      )}
      <h3>{t('participation.replies.you_said')}</h3>
      {people !== null && <p class="text-muted">{t('participation.replies.people', { count: people })}</p>}
      <p class="written" {...words}>
        {text.you_said}
      </p>
      <h3>{t('participation.replies.we_did')}</h3>
      <p class="written" {...words}>
        {text.we_did}
      </p>
      {elsewhere.map((other_text) => (
        <Details summary={<bdi lang={other_text.language}>{ownName(other_text.language)}</bdi>}>
          <div lang={other_text.language} dir={direction(other_text.language)}>
            <p class="written">{other_text.you_said}</p>
            <p class="written">{other_text.we_did}</p>
          </div>
        </Details>
      ))}
      {demo && <p class="text-muted">{t('participation.demo')}</p>}
    </section>
  )
}
