import { ExportLink } from '../../ui/export.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { Filters } from '../../ui/filters.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day, Minutes } from '../../ui/time.tsx'
import type { Figures, Period } from '../actions/figures.ts'
import { orientation } from '../urls.ts'
import { useWords } from './words.ts'

/** What the service did in a period; the figures of the fund are those of monitoring. */
export function FiguresPage({ figures, period }: { figures: Figures; period: Period }) {
  const { t, word } = useWords()
  const { people, plans, sessions, steps, milestones, results } = figures
  const asked = { values: { dal: period.from, al: period.to }, errors: {} as { dal?: string; al?: string } }
  return (
    <Page
      title={t('orientation.figures.title')}
      lead={
        <>
          <Day on={period.from} as="date" /> – <Day on={period.to} as="date" />
        </>
      }
      wide
      actions={<ExportLink href={orientation.figuresExport.href({}, { dal: period.from, al: period.to })} />}
    >
      <Filters action={orientation.figures.href()}>
        <Field form={asked} name="dal" kind="date" label={t('orientation.figures.from')} />
        <Field form={asked} name="al" kind="date" label={t('orientation.figures.to')} />
      </Filters>
      <Facts
        of={[
          [t('orientation.figures.people'), <Count of={people.people} />],
          [t('orientation.figures.new'), <Count of={people.new} />],
          [t('orientation.figures.alone'), <Count of={people.alone} />],
          [t('orientation.figures.sent'), <Count of={plans.sent} />],
          [t('orientation.figures.opened'), <Count of={plans.opened} />],
          [t('orientation.figures.agreed'), <Count of={plans.agreed} />],
          [t('orientation.figures.closed'), <Count of={plans.closed} />],
        ]}
      />
      <h2>{t('orientation.sessions')}</h2>
      <Table
        caption={t('orientation.sessions')}
        caption_hidden
        rows={sessions}
        empty={t('orientation.figures.nothing')}
        columns={[
          { header: t('orientation.field.kind'), names: true, cell: ({ kind }) => word('session', kind) },
          { header: t('orientation.figures.number'), align: 'end', cell: (one) => <Count of={one.sessions} /> },
          { header: t('orientation.figures.hours'), align: 'end', cell: ({ minutes }) => <Minutes of={minutes} /> },
        ]}
        foot={[
          '',
          <Count of={sessions.reduce((sum, one) => sum + one.sessions, 0)} />,
          <Minutes of={sessions.reduce((sum, one) => sum + one.minutes, 0)} />,
        ]}
      />
      <h2>{t('orientation.figures.steps')}</h2>
      <Table
        caption={t('orientation.figures.steps')}
        caption_hidden
        rows={steps}
        empty={t('orientation.figures.nothing')}
        columns={[
          { header: t('orientation.step'), names: true, cell: ({ kind }) => word('step', kind) },
          { header: t('orientation.figures.number'), align: 'end', cell: ({ done }) => <Count of={done} /> },
        ]}
      />
      <h2>{t('orientation.milestones')}</h2>
      <Table
        caption={t('orientation.milestones')}
        caption_hidden
        rows={milestones}
        empty={t('orientation.figures.nothing')}
        columns={[
          {
            header: t('orientation.field.what'),
            names: true,
            cell: ({ kind, what }) => (
              <span>
                {word('milestone', kind)}: {word('what', what)}
              </span>
            ),
          },
          { header: t('orientation.figures.number'), align: 'end', cell: ({ count }) => <Count of={count} /> },
          {
            header: t('orientation.figures.ended_well'),
            align: 'end',
            cell: ({ kind, ended_well }) => (kind === 'registration' ? '' : <Count of={ended_well} />),
          },
        ]}
      />
      <h2>{t('orientation.results')}</h2>
      <Table
        caption={t('orientation.results')}
        caption_hidden
        rows={results[0]?.groups.map(({ group }) => group) ?? []}
        empty={t('orientation.figures.nothing')}
        columns={[
          { header: t('orientation.field.employment'), names: true, cell: (group) => word('group', group) },
          ...results.map(({ months, groups }) => ({
            header: t('orientation.result.title', { months }),
            align: 'end' as const,
            cell: (of: string) => <Count of={groups.find(({ group }) => group === of)?.count ?? 0} />,
          })),
        ]}
      />
    </Page>
  )
}
