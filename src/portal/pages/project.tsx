import { dayOf } from '../../kernel/clock.ts'
import { monitoring } from '../../monitoring/urls.ts'
import { TavoloLink } from '../../tavolo/parts.tsx'
import { Bar } from '../../ui/bar.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Labelled } from '../../ui/labelled.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Money, Percent } from '../../ui/time.tsx'
import { dayInWords } from '../../ui/words-of-time.ts'
import type { ProjectToShow } from '../actions.ts'
import { plainAreas, plainRows, plainTargets } from '../codes.ts'
import { Mail } from './contacts.tsx'

const known = <Code extends string>(codes: readonly Code[], code: string) => codes.find((one) => one === code)

export function ProjectPage({ project, areas, targets, people, spending }: ProjectToShow) {
  const { lang, now, t } = useFrame()
  const today = dayOf(now)
  const day = (on: string) => dayInWords(on, lang, today, 'date')
  const reached = targets.flatMap(({ done, ...target }) => (done === null ? [] : [{ ...target, done }]))
  const aims = targets.filter(({ done }) => done === null)
  return (
    <Page title={t('portal.project.title')} lead={t('portal.project.lead')} description={t('portal.project.lead')}>
      <h2>{t('portal.project.actions')}</h2>
      {areas.map((area) => (
        <Area area={area} />
      ))}
      <h2>{t('portal.project.facts')}</h2>
      <Facts
        of={[
          [
            t('portal.project.when'),
            t('portal.project.dates', { from: day(project.starts_on), to: day(project.ends_on) }),
          ],
          [t('portal.project.total'), <Money cents={project.total_cents} />],
          [t('portal.project.contribution'), <Money cents={project.contribution_cents} />],
          [t('portal.project.fund'), <bdi lang="it">{project.fund}</bdi>],
          [t('portal.project.lead_body'), <bdi lang="it">{project.lead}</bdi>],
          [t('portal.project.partner'), <bdi lang="it">{project.partner}</bdi>],
          project.contact !== '' && [t('portal.contacts.title'), <Mail to={project.contact} />],
        ]}
      />
      <p>{t('portal.project.eu')}</p>
      <h2>{t('portal.project.reached')}</h2>
      {people === null && reached.length === 0 && <p>{t('portal.project.not_yet')}</p>}
      {people !== null && (
        <div class="bar">
          <p class="bar-words">
            <span class="bar-label">{t('portal.project.people')}</span>
            <span class="bar-done">
              <Count of={people} />
            </span>
          </p>
          <p class="bar-says">{t('portal.project.people_says')}</p>
        </div>
      )}
      {reached.map((target) => (
        <Reached target={target} />
      ))}
      {reached.length > 0 && <Numbers of={reached} />}
      {aims.length > 0 && (
        <>
          <h2>{t('portal.project.targets')}</h2>
          <p>{t('portal.project.by', { day: day(project.ends_on) })}</p>
          <dl class="facts">
            {aims.map((target) => (
              <Aim target={target} />
            ))}
          </dl>
        </>
      )}
      {spending.length > 0 && <Spending of={spending} />}
      <TavoloLink />
      <p>
        <Labelled label={t('portal.project.open_data')}>
          <a href={monitoring.openCsv.href()} type="text/csv">
            CSV
          </a>{' '}
          ·{' '}
          <a href={monitoring.openJson.href()} type="application/json">
            JSON
          </a>
        </Labelled>
      </p>
    </Page>
  )
}

function Area({ area }: { area: ProjectToShow['areas'][number] }) {
  const { t } = useFrame()
  const code = known(plainAreas, area.code)
  return (
    <>
      <h3>{code ? t(`portal.project.area.${code}`) : <InItalian>{area.it}</InItalian>}</h3>
      <ul>
        {area.rows.map((row) => (
          <Row row={row} />
        ))}
      </ul>
    </>
  )
}

function Row({ row }: { row: ProjectToShow['areas'][number]['rows'][number] }) {
  const { t } = useFrame()
  const code = known(plainRows, row.code)
  return <li>{code ? t(`portal.project.row.${code}`) : <InItalian>{row.title.it}</InItalian>}</li>
}

/** What the bars draw, for those who would rather read it. */
function Numbers({ of }: { of: readonly (Target & { done: number })[] }) {
  const { t } = useFrame()
  return (
    <Details summary={t('portal.project.numbers')}>
      <Table
        caption={t('portal.project.numbers')}
        caption_hidden
        rows={of}
        empty={t('portal.project.not_yet')}
        columns={[
          { header: t('portal.project.targets'), names: true, cell: (target) => <Measure of={target} /> },
          { header: t('portal.project.done'), align: 'end', cell: ({ done }) => <Count of={done} /> },
          {
            header: t('portal.project.expected'),
            align: 'end',
            cell: ({ expected }) => expected !== null && <Count of={Math.round(expected)} />,
          },
          { header: t('portal.project.goal'), align: 'end', cell: ({ value }) => <Count of={value} /> },
        ]}
      />
    </Details>
  )
}

/** Every bar stands in the row of its numbers. */
function Spending({ of }: { of: ProjectToShow['spending'] }) {
  const { t } = useFrame()
  const most = of[0]?.share || 1
  return (
    <>
      <h2>{t('portal.project.budget')}</h2>
      <Table
        caption={t('portal.project.budget')}
        caption_hidden
        rows={of}
        empty={t('portal.project.not_yet')}
        columns={[
          {
            header: t('portal.project.budget.kind'),
            names: true,
            cell: ({ family, share }) => (
              <div class="share">
                {t(`portal.project.cost.${family}`)}
                <svg class="bar-drawn" aria-hidden="true" focusable="false">
                  <rect class="bar-fill" width={`${((share / most) * 100).toFixed(1)}%`} height="12" y="4" rx="6" />
                </svg>
              </div>
            ),
          },
          { header: t('portal.project.budget.amount'), align: 'end', cell: ({ cents }) => <Money cents={cents} /> },
          { header: t('portal.project.budget.share'), align: 'end', cell: ({ share }) => <Percent of={share} /> },
        ]}
      />
    </>
  )
}

type Target = Omit<ProjectToShow['targets'][number], 'done'>

function Reached({ target: { value, expected, done, assumed, ...of } }: { target: Target & { done: number } }) {
  const { t } = useFrame()
  return (
    <Bar
      label={<Measure of={of} />}
      target={value}
      done={done}
      {...(expected !== null && { expected: Math.round(expected) })}
      {...(assumed && { says: t('portal.project.assumed') })}
    />
  )
}

/** A number nobody has counted yet is only an aim. */
function Aim({ target: { value, assumed, ...of } }: { target: Target }) {
  const { t } = useFrame()
  return (
    <div class="fact">
      <dt>
        <Measure of={of} />
      </dt>
      <dd>
        <Count of={value} />
        {assumed && <div class="text-muted">{t('portal.project.assumed')}</div>}
      </dd>
    </div>
  )
}

function Measure({ of: { indicator, title } }: { of: Pick<Target, 'indicator' | 'title'> }) {
  const { t } = useFrame()
  const code = known(plainTargets, indicator)
  return code ? t(`portal.target.${code}`) : <InItalian>{title.it}</InItalian>
}

/** Words of the programme that nobody has written in the reader's language. */
function InItalian({ children }: { children: string }) {
  const { lang, t } = useFrame()
  if (lang === 'it') return <>{children}</>
  return (
    <>
      <bdi lang="it">{children}</bdi> ({t('portal.only_italian')})
    </>
  )
}
