import type { Child } from 'hono/jsx'
import { languageName } from '../../territory/actions.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day, Minutes, Moment, Percent } from '../../ui/time.tsx'
import type { SheetLine } from '../actions/closing.ts'
import { isClaimable, isPayable } from '../rules/states.ts'
import type { CallLine } from '../store/calls.ts'
import type { Figure } from '../store/figures.ts'
import { mediation, open } from '../urls.ts'
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

export type MineProps = {
  offers: readonly { id: string; text: string; deadline: string }[]
  coming: readonly { id: string; number: number; text: string }[]
  to_report: readonly { id: string; number: number; text: string }[]
  profile: string
}
const Open = ({ kind, id, children }: { kind: string; id: string; children: Child }) => (
  <ButtonForm kind="quiet" action={mediation.openMine.href()} values={{ kind, id }}>
    {children}
  </ButtonForm>
)

/** Offers, calls to come, reports to write: on the phone, between two jobs. */
export function MinePage({ offers, coming, to_report, profile }: MineProps) {
  const { t } = useFrame()
  const list = (rows: MineProps['coming']) => (
    <ul class="plain mediation-list">
      {rows.map((one) => (
        <li>
          <Open kind="job" id={one.id}>{`M-${one.number} · ${one.text}`}</Open>
        </li>
      ))}
    </ul>
  )
  return (
    <Page title={t('mediation.mine.title')}>
      <h2>{t('mediation.mine.offers')}</h2>
      {offers.length === 0 && <p>{t('mediation.mine.no_offers')}</p>}
      <ul class="plain mediation-list">
        {offers.map((one) => (
          <li>
            <Open kind="offer" id={one.id}>
              {one.text}
            </Open>{' '}
            {t('mediation.offer.until')} <Moment at={one.deadline} as="short" />
          </li>
        ))}
      </ul>
      <h2>{t('mediation.mine.to_report')}</h2>
      {to_report.length === 0 ? <p>{t('mediation.mine.none')}</p> : list(to_report)}
      <h2>{t('mediation.mine.coming')}</h2>
      {coming.length === 0 ? <p>{t('mediation.mine.none')}</p> : list(coming)}
      <Actions>
        <a class="btn btn-outline-primary" href={mediation.month.href()}>
          {t('mediation.month.title')}
        </a>
        <a class="btn btn-outline-primary" href={profile}>
          {t('mediation.mine.profile')}
        </a>
      </Actions>
    </Page>
  )
}

export function AskedByMePage({
  rows,
  contact,
}: {
  rows: readonly { id: string; number: number; state: string; text: string }[]
  contact: string | null
}) {
  const { t } = useFrame()
  return (
    <Page
      title={t('mediation.asked_by_me.title')}
      actions={
        <a class="btn btn-primary" href={open.request.href({ l: 'it' })}>
          {t('mediation.asked_by_me.new')}
        </a>
      }
    >
      {contact && (
        <Open kind="hours" id={contact}>
          {t('mediation.hours.title')}
        </Open>
      )}
      <Table
        caption={t('mediation.asked_by_me.title')}
        caption_hidden
        rows={rows}
        empty={t('mediation.asked_by_me.empty')}
        columns={[
          {
            header: t('mediation.call.number'),
            names: true,
            cell: ({ id, number }) => <Open kind="status" id={id}>{`M-${number}`}</Open>,
          },
          { header: t('mediation.gist.time'), cell: ({ text }) => text },
          { header: t('mediation.call.state'), cell: ({ state }) => <StateChip state={state} /> },
        ]}
      />
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

export type Dot = {
  code: string
  name: string
  x: number
  y: number
  calls: number
  covered: number
  confirmed: number
}
type FiguresProps = {
  from: string
  to: string
  by: Record<'language' | 'field' | 'body', readonly (Figure & { name: string })[]>
  months: readonly { month: string; calls: number; covered: number; confirmed: number; hours_to_cover: number | null }[]
  available: ReadonlyMap<string, number>
  rating: { answers: number; mean: number | null }
  dots: readonly Dot[]
  size: { width: number; height: number }
}

export function FiguresPage({ from, to, by, months, available, rating, dots, size }: FiguresProps) {
  const { t } = useFrame()
  const [calls, covered] = [
    months.reduce((all, one) => all + one.calls, 0),
    months.reduce((all, one) => all + one.covered, 0),
  ]
  const table = (caption: string, rows: readonly (Figure & { name: string })[], demand = false) => (
    <Table
      caption={caption}
      rows={rows}
      empty={t('mediation.figures.empty')}
      columns={[
        { header: caption, names: true, cell: ({ name }) => name },
        { header: t('mediation.figures.calls'), align: 'end', cell: (row) => row.calls },
        {
          header: t('mediation.figures.covered'),
          align: 'end',
          cell: (row) => <Percent of={row.calls ? row.covered / row.calls : 0} />,
        },
        { header: t('mediation.figures.not_covered'), align: 'end', cell: (row) => row.not_covered },
        { header: t('mediation.figures.confirmed'), align: 'end', cell: (row) => <Minutes of={row.confirmed} /> },
        demand && {
          header: t('mediation.figures.mediators'),
          align: 'end' as const,
          cell: (row: Figure & { name: string }) => available.get(row.key ?? '') ?? 0,
        },
      ]}
    />
  )
  return (
    <Page title={t('mediation.nav.figures')} wide>
      <Sections here="figures" />
      <p>
        <Day on={from} as="numeric" /> – <Day on={to} as="numeric" />:{' '}
        {t('mediation.figures.share', { calls, covered })} <Percent of={calls ? covered / calls : 0} />
      </p>
      {rating.mean !== null && (
        <p>
          {t('mediation.figures.rating')}: <Count of={rating.mean} decimals={1} /> (
          {t('mediation.figures.answers', { count: rating.answers })})
        </p>
      )}
      <Table
        caption={t('mediation.figures.by_month')}
        rows={months}
        empty={t('mediation.figures.empty')}
        columns={[
          {
            header: t('mediation.figures.month'),
            names: true,
            cell: ({ month }) => month.split('-').toReversed().join('/'),
          },
          { header: t('mediation.figures.calls'), align: 'end', cell: (row) => row.calls },
          {
            header: t('mediation.figures.covered'),
            align: 'end',
            cell: (row) => <Percent of={row.calls ? row.covered / row.calls : 0} />,
          },
          { header: t('mediation.figures.confirmed'), align: 'end', cell: (row) => <Minutes of={row.confirmed} /> },
          {
            header: t('mediation.figures.hours_to_cover'),
            align: 'end',
            cell: (row) => (row.hours_to_cover === null ? '' : <Count of={row.hours_to_cover} decimals={1} />),
          },
        ]}
      />
      {table(t('mediation.gist.language'), by.language, true)}
      {table(t('mediation.gist.field'), by.field)}
      {table(t('mediation.call.body'), by.body)}
      <ComuniMap dots={dots} size={size} />
    </Page>
  )
}

/** As many names as can be read on it. */
const named = 12
/** The Comuni as dots where they lie; every dot says its name and number, and the table below says the same. */
function ComuniMap({ dots, size }: { dots: readonly Dot[]; size: { width: number; height: number } }) {
  const { t } = useFrame()
  const most = Math.max(1, ...dots.map(({ calls }) => calls))
  const asked = dots.filter(({ calls }) => calls > 0).sort((a, b) => b.calls - a.calls)
  return (
    <>
      <h2>{t('mediation.figures.map')}</h2>
      <svg
        class="mediation-map"
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={t('mediation.figures.map_says', { comuni: asked.length, all: dots.length })}
      >
        {dots.map(({ name, x, y, calls }) => (
          <circle
            fill="currentColor"
            fill-opacity={calls > 0 ? '0.75' : '0.4'}
            cx={x.toFixed(1)}
            cy={y.toFixed(1)}
            r={(calls > 0 ? 5 + 15 * Math.sqrt(calls / most) : 4).toFixed(1)}
          >
            <title>{t('mediation.figures.dot', { comune: name, calls })}</title>
          </circle>
        ))}
        {asked.slice(0, named).map(({ name, x, y, calls }) => (
          <text x={(x + 8 + 15 * Math.sqrt(calls / most)).toFixed(1)} y={(y + 5).toFixed(1)}>
            {name} {calls}
          </text>
        ))}
      </svg>
      <Table
        caption={t('mediation.figures.by_comune')}
        rows={asked}
        empty={t('mediation.figures.empty')}
        columns={[
          { header: t('mediation.gist.comune'), names: true, cell: ({ name }) => name },
          { header: t('mediation.figures.calls'), align: 'end', cell: (row) => row.calls },
          { header: t('mediation.figures.covered'), align: 'end', cell: (row) => row.covered },
          { header: t('mediation.figures.confirmed'), align: 'end', cell: (row) => <Minutes of={row.confirmed} /> },
        ]}
      />
    </>
  )
}
