import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Pager, rowsAtOnce } from '../../ui/pager.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import { ownName } from '../../ui/words-of-time.ts'
import type { SubscriberLine } from '../store/subscribers.ts'
import { newsletter } from '../urls.ts'

type Props = { lines: readonly SubscriberLine[]; total: number; page: number }

/** Who is written to: to take out who asks for it at the desk, and to hand the list over. */
export function SubscribersPage({ lines, total, page }: Props) {
  const { t } = useFrame()
  return (
    <Page
      title={t('newsletter.subscribers.title')}
      lead={t('newsletter.subscribers.lead')}
      wide
      actions={
        <>
          <ExportLink href={newsletter.subscribersExport.href()} />
          <a class="btn btn-outline-primary" href={newsletter.issues.href()}>
            {t('newsletter.back')}
          </a>
        </>
      }
    >
      <Table
        caption={t('newsletter.subscribers.title')}
        caption_hidden
        rows={lines}
        empty={t('newsletter.subscribers.empty')}
        columns={[
          { header: t('newsletter.subscribers.email'), names: true, cell: ({ email }) => <bdi dir="ltr">{email}</bdi> },
          { header: t('newsletter.subscribers.name'), cell: ({ name }) => <bdi>{name}</bdi> },
          {
            header: t('newsletter.register.language'),
            cell: ({ language }) => <bdi lang={language}>{ownName(language)}</bdi>,
          },
          {
            header: t('newsletter.subscribers.consent'),
            cell: ({ consent_on }) => <Day on={consent_on} as="numeric" />,
          },
          { header: t('newsletter.issues.state'), cell: (line) => <SubscriberChip of={line} /> },
          {
            header: t('newsletter.subscribers.remove'),
            cell: ({ id }) => (
              <ButtonForm action={newsletter.remove.href({ id })} kind="quiet" sure={t('newsletter.subscribers.sure')}>
                {t('newsletter.subscribers.remove')}
              </ButtonForm>
            ),
          },
        ]}
      />
      <Pager
        page={page}
        total={total}
        size={rowsAtOnce}
        href={(to) => newsletter.subscribers.href({}, { pagina: to > 1 ? to : undefined })}
      />
    </Page>
  )
}

function SubscriberChip({ of }: { of: SubscriberLine }) {
  const { t } = useFrame()
  if (of.suppressed_at) return <Chip state="bad">{t('newsletter.subscriber.suppressed')}</Chip>
  if (!of.confirmed_at) return <Chip state="wait">{t('newsletter.subscriber.unconfirmed')}</Chip>
  if (of.paused_at) return <Chip state="none">{t('newsletter.subscriber.paused')}</Chip>
  return <Chip state="good">{t('newsletter.subscriber.reading')}</Chip>
}
