import type { TextKey } from '../../kernel/i18n.ts'
import { Chip } from '../../ui/chip.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Count, Day } from '../../ui/time.tsx'
import type { Edition, EditionLine } from '../store/editions.ts'
import { courses } from '../urls.ts'

export function EditionsPage({ editions, plans }: { editions: readonly EditionLine[]; plans: boolean }) {
  const { t } = useFrame()
  return (
    <Page
      title={t('courses.list.title')}
      lead={t('courses.list.lead')}
      wide
      actions={
        plans && (
          <a class="btn btn-primary" href={courses.create.href()}>
            {t('courses.edition.new')}
          </a>
        )
      }
    >
      <Table
        caption={t('courses.list.title')}
        caption_hidden
        rows={editions}
        empty={t('courses.list.empty')}
        columns={[
          {
            header: t('courses.edition.title'),
            names: true,
            cell: ({ id, title }) => <a href={courses.edition.href({ edition: id })}>{title}</a>,
          },
          { header: t('courses.edition.kind'), cell: ({ kind }) => t(`courses.kind.${kind}` as TextKey) },
          {
            header: t('courses.when'),
            cell: ({ first_day, last_day }) =>
              first_day && last_day ? (
                <>
                  <Day on={first_day} as="short" /> – <Day on={last_day} as="short" />
                </>
              ) : (
                ''
              ),
          },
          {
            header: t('courses.edition.enrolled'),
            align: 'end',
            cell: ({ enrolled, capacity }) => (
              <>
                <Count of={Number(enrolled)} /> / {capacity === null ? '—' : <Count of={capacity} />}
              </>
            ),
          },
          { header: t('courses.edition.waiting'), align: 'end', cell: ({ waiting }) => <Count of={Number(waiting)} /> },
          { header: t('courses.edition.state'), cell: (edition) => <EditionChip of={edition} /> },
        ]}
      />
    </Page>
  )
}

export function EditionChip({
  of,
}: {
  of: Pick<Edition, 'cancelled_at' | 'ended_on' | 'started_on' | 'published_at'>
}) {
  const { t } = useFrame()
  if (of.cancelled_at) return <Chip state="bad">{t('courses.edition.cancelled')}</Chip>
  if (of.ended_on) return <Chip state="none">{t('courses.edition.ended')}</Chip>
  if (of.started_on) return <Chip state="good">{t('courses.edition.running')}</Chip>
  return of.published_at ? (
    <Chip state="good">{t('courses.edition.published')}</Chip>
  ) : (
    <Chip state="wait">{t('courses.edition.draft')}</Chip>
  )
}

/** The parts of an edition, each with its address. */
export function Sections({
  of: { id },
  here,
}: {
  of: Pick<Edition, 'id'>
  here: 'edition' | 'calendar' | 'people' | 'certificates' | 'seals'
}) {
  const { t } = useFrame()
  return (
    <Tabs
      label={t('courses.nav')}
      of={(['edition', 'calendar', 'people', 'certificates', 'seals'] as const).map((part) => ({
        text: t(`courses.nav.${part}`),
        href: courses[part].href({ edition: id }),
        here: part === here,
      }))}
    />
  )
}
