import { type HeadLine, StandingChip } from '../../people/parts.tsx'
import { people as peopleUrls } from '../../people/urls.ts'
import { Callout } from '../../ui/callout.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day } from '../../ui/time.tsx'
import type { MonthSeen } from '../actions/shares.ts'
import { type Reason, reasonsToMend } from '../rules/report.ts'
import type { Waiting } from '../store/people.ts'
import { monitoring } from '../urls.ts'
import { Figure } from './number.tsx'
import { monthInWords } from './period.tsx'

export type Waits = Waiting & { head: HeadLine | undefined }
type Props = {
  counts: readonly { reason: Reason; people: number }[]
  people: readonly Waits[]
  reason: Reason | undefined
  page: number
  /** May open the form that mends. */
  mends: boolean
  months: readonly MonthSeen[]
  /** May see who stands behind a month. */
  opens: boolean
}

export function NotCountablePage({ counts, people, reason, page, mends, months, opens }: Props) {
  const { t } = useFrame()
  const total = counts.filter((one) => !reason || one.reason === reason).reduce((sum, one) => sum + one.people, 0)
  const here = (at: number) => monitoring.notCountable.href({}, { motivo: reason, pagina: at > 1 ? at : undefined })
  return (
    <Page
      title={t('monitoring.not_countable.title')}
      lead={t('monitoring.not_countable.lead')}
      actions={<ExportLink href={monitoring.notCountableExport.href({}, { motivo: reason })} />}
    >
      <Table
        caption={t('monitoring.not_countable.reasons')}
        columns={[
          {
            header: t('monitoring.not_countable.reason'),
            names: true,
            cell: (one) =>
              one.people === 0 ? (
                t(`monitoring.reason.${one.reason}`)
              ) : (
                <a
                  href={monitoring.notCountable.href({}, { motivo: one.reason })}
                  {...(one.reason === reason && { 'aria-current': 'true' as const })}
                >
                  {t(`monitoring.reason.${one.reason}`)}
                </a>
              ),
          },
          { header: t('monitoring.not_countable.people'), align: 'end', cell: (one) => <Count of={one.people} /> },
        ]}
        rows={counts}
        empty=""
        foot={[
          <a href={monitoring.notCountable.href()}>{t('monitoring.not_countable.all')}</a>,
          <Count of={counts.reduce((sum, one) => sum + one.people, 0)} />,
        ]}
      />
      <h2 class="h4">{reason ? t(`monitoring.reason.${reason}`) : t('monitoring.not_countable.people')}</h2>
      {people.length === 0 ? (
        <Callout state="good">{t('monitoring.not_countable.empty')}</Callout>
      ) : (
        <Table
          caption={t('monitoring.not_countable.people')}
          caption_hidden
          columns={[
            { header: t('monitoring.figure.people.name'), names: true, cell: (one) => <Who of={one} mends={mends} /> },
            { header: t('monitoring.not_countable.last'), cell: (one) => <Day on={one.last_day} as="short" /> },
            {
              header: t('monitoring.not_countable.mend'),
              cell: (one) => <Mend of={one} mends={mends} then={here(page)} />,
            },
          ]}
          rows={people}
          empty=""
        />
      )}
      <Pager page={page} total={total} href={here} />
      <Quality months={months} opens={opens} />
    </Page>
  )
}

/** Month by month, the latest first: how many of those served can be counted, as a number and as a bar. */
function Quality({ months, opens }: Pick<Props, 'months' | 'opens'>) {
  const { t, lang } = useFrame()
  const number = (month: string, of: number | null, solo?: string) => {
    const shown = <Figure of={of} counts="persons" hides={false} />
    return opens ? <a href={monitoring.served.href({}, { mese: month, solo })}>{shown}</a> : shown
  }
  return (
    <section id="mesi">
      <h2 class="h4">{t('monitoring.quality.title')}</h2>
      <p class="form-text">{t('monitoring.quality.lead')}</p>
      <Table
        caption={t('monitoring.quality.title')}
        caption_hidden
        columns={[
          { header: t('monitoring.quality.month'), names: true, cell: ({ month }) => monthInWords(month, lang) },
          {
            header: t('monitoring.quality.served'),
            align: 'end',
            cell: ({ month, served }) => number(month, served),
          },
          {
            header: t('monitoring.quality.countable'),
            align: 'end',
            cell: ({ month, countable }) => number(month, countable, 'conteggiabili'),
          },
          {
            header: t('monitoring.quality.share'),
            cell: ({ served, countable }) =>
              countable !== null && (
                <>
                  <meter min={0} max={served} value={countable} aria-hidden="true" />{' '}
                  {t('monitoring.quality.percent', { percent: Math.floor((countable * 100) / served) })}
                </>
              ),
          },
        ]}
        rows={[...months].reverse()}
        empty={t('monitoring.quality.empty')}
      />
    </section>
  )
}

function Who({ of: { head, person_id }, mends }: { of: Waits; mends: boolean }) {
  const { t } = useFrame()
  const name =
    head?.latin || head?.original ? (
      <Name latin={head.latin} original={head.original} />
    ) : (
      t('monitoring.figure.people.nameless')
    )
  return mends ? <a href={peopleUrls.file.href({ id: person_id })}>{name}</a> : name
}

/** One tap to exactly the missing field, for those who may fill it in. */
function Mend({ of: { person_id, reason }, mends, then }: { of: Waits; mends: boolean; then: string }) {
  const { t } = useFrame()
  const words = t(`monitoring.reason.${reason}`)
  // Which kinds the fund accepts stands in the matrix, which the office keeps.
  if (!mends && reason === 'kind_to_decide') return <a href={peopleUrls.matrix.href()}>{words}</a>
  if (!mends || !reasonsToMend.has(reason)) return words
  return <StandingChip of={{ id: person_id, verdict: 'no', reason }} then={then} />
}
