import type { Child } from 'hono/jsx'
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { isSigned, type Signing } from '../../kernel/scans/scans.ts'
import { Callout } from '../../ui/callout.tsx'
import { Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { Field } from '../../ui/field.tsx'
import { Filters } from '../../ui/filters.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day, Percent, Time } from '../../ui/time.tsx'
import { dayInWords } from '../../ui/words-of-time.ts'
import type { Figures, Sums } from '../actions/figures.ts'
import { topicWord } from '../codes.ts'
import type { pastForm } from '../forms.ts'
import { digital } from '../urls.ts'
import { Teaches } from './afternoon.tsx'

type Afternoon = {
  opening_id: string
  month_id: string
  on_day: string
  year: number
  number: number
  sessions: number | null
}
type Opening = { id: string; starts_at: string; ends_at: string; place: string; waiting: number | null }

/** Today's afternoon, those before it, and the months whose summary is to be signed. */
export function AfternoonsPage({
  today,
  last,
  months,
  signing,
  works,
  past,
  links,
}: {
  today: readonly Opening[]
  last: readonly (Afternoon & { place: string })[]
  months: readonly { id: string; first_day: string }[]
  /** Openings and months whose paper has come back. */
  signing: ReadonlyMap<string, Signing>
  works: boolean
  /** Days gone by without a sheet, for whoever comes back with paper. */
  past: { form: Form<typeof pastForm>; days: readonly string[] } | null
  links: { board: string; guide: string }
}) {
  const { t } = useFrame()
  const said = (id: string) => {
    const own = signing.get(id)
    return isSigned(own)
      ? 'digital.paper.is_signed'
      : own?.sheets
        ? 'digital.paper.partly_signed'
        : 'digital.paper.not_signed'
  }
  return (
    <Page
      title={t('digital.title')}
      actions={
        <a class="btn btn-outline-primary" href={digital.figures.href()}>
          {t('digital.figures.title')}
        </a>
      }
    >
      {works &&
        (today.length === 0 ? (
          <EmptyState pictogram="calendar">{t('digital.none_today')}</EmptyState>
        ) : (
          <ul class="opening-list">
            {today.map((opening) => (
              <li>
                <a class="opening" href={digital.afternoon.href({ opening: opening.id })}>
                  <strong>{t('digital.today')}</strong>
                  <span>
                    <Time at={opening.starts_at} />–<Time at={opening.ends_at} />{' '}
                    {opening.place && <>· {opening.place}</>}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        ))}
      {past && past.days.length > 0 && <PastDays of={past} />}
      <h2>{t('digital.held.title')}</h2>
      <Table
        caption={t('digital.held.title')}
        caption_hidden
        rows={last}
        empty={t('digital.held.none')}
        columns={[
          {
            header: t('digital.paper.number'),
            names: true,
            cell: (one) =>
              works ? (
                <a href={digital.afternoon.href({ opening: one.opening_id })}>
                  {one.number}/{one.year}
                </a>
              ) : (
                `${one.number}/${one.year}`
              ),
          },
          { header: t('digital.paper.day'), cell: (one) => <Day on={one.on_day} /> },
          { header: t('digital.paper.place'), cell: ({ place }) => place || '—' },
          { header: t('digital.sum.sessions'), align: 'end', cell: (one) => <Count of={Number(one.sessions ?? 0)} /> },
          {
            header: t('digital.paper.register_signed'),
            cell: (one) => t(said(one.opening_id)),
          },
        ]}
      />
      {months.length > 0 && (
        <>
          <h2>{t('digital.months')}</h2>
          <ul class="plain">
            {months.map(({ id, first_day }) => (
              <li>
                <a class="person-pick" href={digital.summary.href({ month: id })}>
                  {t('digital.paper.month', { month: first_day.slice(0, 7).split('-').reverse().join('/') })}
                </a>{' '}
                · {t(said(id))}
              </li>
            ))}
          </ul>
        </>
      )}
      <Teaches links={links} />
    </Page>
  )
}

export function FiguresPage({ of, problem }: { of: Figures | null; problem?: string | undefined }) {
  const { t } = useFrame()
  if (!of)
    return (
      <Page title={t('digital.figures.title')}>
        <Callout state="bad">{problem}</Callout>
        <p>
          <a href={digital.figures.href()}>{t('digital.figures.again')}</a>
        </p>
      </Page>
    )
  const { from, to, months, topics, whole } = of
  const asked = { values: { dal: from, al: to }, errors: {} as { dal?: string; al?: string } }
  return (
    <Page
      title={t('digital.figures.title')}
      lead={
        <>
          <Day on={from} as="date" /> – <Day on={to} as="date" />
        </>
      }
      actions={<ExportLink href={digital.figuresExport.href({}, { dal: from, al: to })} />}
      wide
    >
      <Filters action={digital.figures.href()} submit={t('digital.figures.show')}>
        <Field form={asked} name="dal" kind="date" label={t('digital.figures.from')} />
        <Field form={asked} name="al" kind="date" label={t('digital.figures.to')} />
      </Filters>
      <Sheets
        caption={t('digital.figures.by_month')}
        what={t('digital.figures.month')}
        rows={months.map(({ month, ...sums }) => ({ name: month.split('-').reverse().join('/'), ...sums }))}
        whole={whole}
      />
      <Sheets
        caption={t('digital.figures.by_topic')}
        what={t('digital.field.topics')}
        rows={topics.map(({ topic, ...sums }) => ({ name: t(`digital.topic.${topicWord(topic)}`), ...sums }))}
      />
      <p class="form-text">{t('digital.paper.topics_note')}</p>
    </Page>
  )
}

type Row = Sums & { name: string }
const figuresShown = ['sessions', 'people', 'new_people', 'yes', 'helped', 'no', 'identities'] as const

function Sheets({ caption, what, rows, whole }: { caption: string; what: string; rows: readonly Row[]; whole?: Sums }) {
  const { t } = useFrame()
  const share = ({ yes, sessions }: Sums): Child => (sessions > 0 ? <Percent of={yes / sessions} /> : '—')
  return (
    <Table
      caption={caption}
      rows={rows}
      empty={t('digital.held.none')}
      columns={[
        { header: what, names: true, cell: (row: Row) => row.name },
        whole !== undefined && {
          header: t('digital.sum.afternoons'),
          align: 'end',
          cell: (row: Row) => <Count of={row.afternoons} />,
        },
        ...figuresShown.map((name) => ({
          header: t(`digital.sum.${name}`),
          align: 'end' as const,
          cell: (row: Row) => <Count of={row[name]} />,
        })),
        { header: t('digital.figures.share'), align: 'end', cell: (row: Row) => share(row) },
      ]}
      {...(whole && {
        foot: [
          t('digital.figures.whole'),
          <Count of={whole.afternoons} />,
          ...figuresShown.map((name) => <Count of={whole[name]} />),
          share(whole),
        ],
      })}
    />
  )
}

function PastDays({ of: { form, days } }: { of: { form: Form<typeof pastForm>; days: readonly string[] } }) {
  const { lang, now, t } = useFrame()
  return (
    <Details summary={t('digital.past')} open={Object.keys(form.errors).length > 0}>
      <FormCard form={form} action={digital.past.href()} submit={t('digital.past.open')} quiet>
        <Select
          form={form}
          name="on_day"
          label={t('digital.past.day')}
          hint={t('digital.past.hint')}
          options={days.map((day) => ({ value: day, text: dayInWords(day, lang, dayOf(now)) }))}
        />
      </FormCard>
    </Details>
  )
}
