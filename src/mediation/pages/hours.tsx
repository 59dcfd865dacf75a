import { languageName } from '../../territory/actions.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Minutes, Moment } from '../../ui/time.tsx'
import type { SheetLine } from '../actions/closing.ts'
import { isClaimable, isPayable } from '../rules/states.ts'
import type { CallLine } from '../store/calls.ts'
import { mediation } from '../urls.ts'
import { Sections, StateChip } from './calls.tsx'

const sum = (rows: readonly SheetLine[], which: (state: string) => boolean) =>
  rows
    .filter(({ state }) => which(state))
    .reduce((all, one) => all + (one.confirmed_minutes ?? one.paid_minutes ?? 0), 0)

export function Months({ month, href }: { month: string; href(month: string): string }) {
  const { t } = useFrame()
  const at = (months: number) => Temporal.PlainYearMonth.from(month).add({ months }).toString()
  return (
    <p>
      <a href={href(at(-1))}>{t('mediation.month.before')}</a> ·{' '}
      <strong>{month.split('-').toReversed().join('/')}</strong> ·{' '}
      <a href={href(at(1))}>{t('mediation.month.after')}</a>
    </p>
  )
}

/** `hers`: the lines of one mediator, with the button that asks the service to confirm. */
function WorkTable({ rows, caption, hers = false }: { rows: readonly SheetLine[]; caption: string; hers?: boolean }) {
  const { t, lang } = useFrame()
  return (
    <Table
      caption={caption}
      caption_hidden
      rows={rows}
      empty={t('mediation.month.empty')}
      columns={[
        { header: t('mediation.call.number'), names: true, cell: ({ number }) => `M-${number}` },
        {
          header: t('mediation.gist.time'),
          cell: ({ started_at, starts_at }) => <Moment at={started_at ?? starts_at} as="short" />,
        },
        { header: t('mediation.call.body'), cell: ({ body_name }) => body_name },
        !hers && { header: t('mediation.call.mediator'), cell: ({ mediator_name }: SheetLine) => mediator_name },
        {
          header: t('mediation.gist.language'),
          cell: ({ language }) => (language ? languageName(language, lang) : ''),
        },
        {
          header: t('mediation.month.minutes'),
          align: 'end',
          cell: ({ confirmed_minutes, paid_minutes }) => {
            const minutes = confirmed_minutes ?? paid_minutes
            return minutes === null ? '' : <Minutes of={minutes} />
          },
        },
        {
          header: t('mediation.call.state'),
          cell: ({ state, dispute_id, started_at, paid_minutes }) => (
            <>
              <StateChip state={state} /> {dispute_id && <Chip state="wait">{t('mediation.hours.disputed')}</Chip>}
              {started_at === null && paid_minutes !== null && <Chip state="info">{t('mediation.month.late')}</Chip>}
            </>
          ),
        },
        hers && {
          header: t('mediation.hours.remind'),
          cell: ({ id, state }: SheetLine) =>
            (state === 'reported' || state === 'absent') && (
              <ButtonForm action={mediation.remindMine.href()} values={{ id }}>
                {t('mediation.hours.remind')}
              </ButtonForm>
            ),
        },
      ]}
    />
  )
}

/** Il mio mese: done, to be confirmed, confirmed. */
export function MonthPage({
  month,
  rows,
  offers,
  coming,
}: {
  month: string
  rows: readonly SheetLine[]
  offers: readonly { id: string; call_id: string; deadline: string }[]
  coming: readonly CallLine[]
}) {
  const { t } = useFrame()
  const claimable = sum(rows, isClaimable)
  return (
    <Page
      title={t('mediation.month.title')}
      actions={
        <a class="btn btn-outline-primary" href={mediation.monthPaper.href({}, { mese: month })}>
          {t('mediation.month.paper')}
        </a>
      }
    >
      <Months month={month} href={(mese) => mediation.month.href({}, { mese })} />
      <Facts
        of={[
          [t('mediation.month.done'), <Minutes of={sum(rows, isPayable)} />],
          [t('mediation.month.to_confirm'), <Minutes of={sum(rows, isPayable) - claimable} />],
          [t('mediation.month.confirmed'), <Minutes of={claimable} />],
          offers.length > 0 && [t('mediation.mine.offers'), <Count of={offers.length} />],
          coming.length > 0 && [t('mediation.mine.coming'), <Count of={coming.length} />],
        ]}
      />
      <WorkTable rows={rows} caption={t('mediation.month.title')} hers />
    </Page>
  )
}

export type Late = { id: string; name: string; calls: number; since: string | null }
/** Payable when reported, claimable when countersigned; both totals, and who is late. */
export function HoursPage({
  month,
  rows,
  late,
  closes,
}: {
  month: string
  rows: readonly SheetLine[]
  late: readonly Late[]
  closes: boolean
}) {
  const { t } = useFrame()
  const confirmed = rows.filter(({ state }) => state === 'confirmed').length
  return (
    <Page title={t('mediation.nav.hours')} wide>
      <Sections here="hours" />
      <Months month={month} href={(mese) => mediation.hours.href({}, { mese })} />
      <Facts
        of={[
          [t('mediation.hours.payable'), <Minutes of={sum(rows, isPayable)} />],
          [t('mediation.hours.claimable'), <Minutes of={sum(rows, isClaimable)} />],
          [t('mediation.hours.locked'), <Minutes of={sum(rows, (state) => state === 'locked')} />],
        ]}
      />
      {closes && (
        <Actions>
          <ButtonForm
            action={mediation.closeMonth.href()}
            values={{ month }}
            sure={t('mediation.hours.close_sure', { count: confirmed })}
          >
            {t('mediation.hours.close')}
          </ButtonForm>
        </Actions>
      )}
      <WorkTable rows={rows} caption={t('mediation.nav.hours')} />
      <h2>{t('mediation.hours.late')}</h2>
      <Table
        caption={t('mediation.hours.late')}
        caption_hidden
        rows={late}
        empty={t('mediation.hours.nobody_late')}
        columns={[
          { header: t('mediation.job.contact'), names: true, cell: ({ name }) => <bdi>{name}</bdi> },
          { header: t('mediation.title'), align: 'end', cell: ({ calls }) => Number(calls) },
          { header: t('mediation.hours.since'), cell: ({ since }) => since && <Moment at={since} as="short" /> },
          {
            header: t('mediation.hours.remind'),
            cell: ({ id }) => (
              <ButtonForm action={mediation.remind.href({ contact: id })}>{t('mediation.hours.remind')}</ButtonForm>
            ),
          },
        ]}
      />
    </Page>
  )
}
