import type { HeadLine } from '../../people/parts.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Count, Day } from '../../ui/time.tsx'
import { participants } from '../rules/definitions.ts'
import { daysOf, reasonsToMend } from '../rules/report.ts'
import type { Served } from '../store/people.ts'
import { monitoring } from '../urls.ts'
import { monthInWords } from './period.tsx'

type Props = {
  month: string
  counts: { served: number; countable: number }
  people: readonly (Served & { head: HeadLine | undefined })[]
  only: 'conteggiabili' | 'non-conteggiabili' | undefined
  page: number
}

/** Who is behind a month of the data quality, and of each whether that month counts. */
export function ServedPage({ month, counts: { served, countable }, people, only, page }: Props) {
  const { t, lang } = useFrame()
  const href = (solo: Props['only'], at = 1) =>
    monitoring.served.href({}, { mese: month, solo, pagina: at > 1 ? at : undefined })
  const tabs = [
    { only: undefined, text: t('monitoring.served.all'), count: served },
    { only: 'conteggiabili', text: t('monitoring.quality.countable'), count: countable },
    { only: 'non-conteggiabili', text: t('monitoring.not_countable.title'), count: served - countable },
  ] as const
  return (
    <Page
      title={t('monitoring.served.title')}
      lead={monthInWords(month, lang)}
      actions={<a href={`${monitoring.notCountable.href()}#mesi`}>{t('monitoring.served.months')}</a>}
    >
      <Tabs of={tabs.map((tab) => ({ ...tab, href: href(tab.only), here: tab.only === only }))} />
      <Table
        caption={t('monitoring.served.title')}
        caption_hidden
        columns={[
          {
            header: t('monitoring.figure.people.name'),
            names: true,
            cell: ({ head }) =>
              head?.latin || head?.original ? (
                <Name latin={head.latin} original={head.original} />
              ) : (
                t('monitoring.figure.people.nameless')
              ),
          },
          { header: t('monitoring.not_countable.last'), cell: ({ last_day }) => <Day on={last_day} as="short" /> },
          { header: t('monitoring.figure.pieces.times'), align: 'end', cell: ({ facts }) => <Count of={facts} /> },
          {
            header: t('monitoring.served.standing'),
            cell: ({ countable, reason }) =>
              countable ? (
                <Chip state="good">{t('monitoring.evidence.counted')}</Chip>
              ) : (
                reason && (
                  <Chip state={reasonsToMend.has(reason) ? 'wait' : 'none'}>{t(`monitoring.reason.${reason}`)}</Chip>
                )
              ),
          },
          {
            header: t('monitoring.figure.people.evidence'),
            cell: ({ person_id }) => (
              <a href={monitoring.evidence.href({ code: participants, person: person_id }, { al: daysOf(month).to })}>
                {t('monitoring.figure.people.open')}
              </a>
            ),
          },
        ]}
        rows={people}
        empty={t('monitoring.served.empty')}
      />
      <Pager
        page={page}
        total={{ all: served, conteggiabili: countable, 'non-conteggiabili': served - countable }[only ?? 'all']}
        href={(at) => href(only, at)}
      />
    </Page>
  )
}
