import { Chip } from '../../ui/chip.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Moment } from '../../ui/time.tsx'
import type { IssuesAndReaders } from '../actions/issues.ts'
import { standingOf } from '../rules/issues.ts'
import { newsletter } from '../urls.ts'
import { LanguageName, StandingChip } from './standing.tsx'

export function IssuesPage({
  issues,
  readers,
  writes,
  sees_addresses,
}: IssuesAndReaders & { writes: boolean; sees_addresses: boolean }) {
  const { t } = useFrame()
  const reading = readers.reduce((sum, row) => sum + row.reading, 0)
  return (
    <Page
      title={t('newsletter.issues.title')}
      lead={t('newsletter.issues.lead', { count: reading })}
      wide
      actions={
        <>
          {writes && (
            <a class="btn btn-primary" href={newsletter.create.href()}>
              {t('newsletter.issues.new')}
            </a>
          )}
          {sees_addresses && (
            <a class="btn btn-outline-primary" href={newsletter.subscribers.href()}>
              {t('newsletter.subscribers.title')}
            </a>
          )}
        </>
      }
    >
      <Table
        caption={t('newsletter.issues.title')}
        caption_hidden
        rows={issues}
        empty={t('newsletter.issues.empty')}
        columns={[
          {
            header: t('newsletter.field.subject'),
            names: true,
            cell: ({ id, subject }) => <a href={newsletter.issue.href({ id })}>{subject}</a>,
          },
          {
            header: t('newsletter.issues.state'),
            cell: (issue) => (
              <>
                <StandingChip of={standingOf(issue)} />{' '}
                {issue.trouble_at && !issue.finished_at && <Chip state="bad">{t('newsletter.standing.stuck')}</Chip>}
              </>
            ),
          },
          {
            header: t('newsletter.issues.when'),
            cell: ({ planned_for, started_at }) =>
              (started_at ?? planned_for) && <Moment at={(started_at ?? planned_for) as string} as="short" />,
          },
        ]}
      />
      <h2>{t('newsletter.readers.title')}</h2>
      <Table
        caption={t('newsletter.readers.title')}
        caption_hidden
        rows={readers}
        empty={t('newsletter.readers.empty')}
        columns={[
          {
            header: t('newsletter.register.language'),
            names: true,
            cell: ({ language }) => <LanguageName of={language} />,
          },
          { header: t('newsletter.readers.reading'), align: 'end', cell: (row) => <Count of={row.reading} /> },
          { header: t('newsletter.readers.paused'), align: 'end', cell: (row) => <Count of={row.paused} /> },
          { header: t('newsletter.readers.unconfirmed'), align: 'end', cell: (row) => <Count of={row.unconfirmed} /> },
          { header: t('newsletter.readers.suppressed'), align: 'end', cell: (row) => <Count of={row.suppressed} /> },
        ]}
      />
    </Page>
  )
}
