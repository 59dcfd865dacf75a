import { Actions } from '../../ui/actions.tsx'
import { Bar } from '../../ui/bar.tsx'
import { Details } from '../../ui/details.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { ProgressRow } from '../actions/figures.ts'
import { isFed, participants } from '../rules/definitions.ts'
import { countsPeople, isSmall, type PeriodAsked } from '../rules/report.ts'
import { monitoring } from '../urls.ts'
import { Figure } from './number.tsx'
import { PeriodFilter, periodIn } from './period.tsx'

type Sees = {
  /** Cells and totals under five. */ small: boolean
  not_countable: boolean
  export: boolean
  more: boolean
}
type Props = {
  rows: readonly ProgressRow[]
  /** The capabilities of this house, by name: the others cannot have recorded anything. */
  modules: readonly string[]
  asked: PeriodAsked
  sees: Sees
}

export function ProgressPage({ rows, modules, asked, sees }: Props) {
  const { t } = useFrame()
  const of = Map.groupBy(rows, (row) =>
    row.used !== 'yes' && row.used !== 'maybe'
      ? 'unused'
      : row.code === participants
        ? 'headline'
        : row.value > 0 || isFed(row, modules)
          ? 'now'
          : 'later',
  )
  const groups = Map.groupBy(of.get('now') ?? [], ({ family, action }) =>
    family === 'process' ? (action ?? '00') : 'fund',
  )
  return (
    <Page
      title={t('monitoring.progress.title')}
      lead={t('monitoring.progress.lead')}
      actions={<Ways asked={asked} sees={sees} />}
    >
      <PeriodFilter action={monitoring.progress.href()} asked={asked} />
      <div class="headline">
        <Rows of={of.get('headline') ?? []} asked={asked} sees={sees} />
      </div>
      {[...groups].map(([group, own]) => (
        <section>
          <h2 class="h4">
            {group === 'fund'
              ? t('monitoring.family.fund')
              : group === '00'
                ? t('monitoring.family.action.00')
                : t('monitoring.family.action', { action: group })}
          </h2>
          <Rows of={own} asked={asked} sees={sees} />
        </section>
      ))}
      <Folded summary="monitoring.progress.later" of={of.get('later')} asked={asked} sees={sees} />
      <Folded summary="monitoring.progress.unused" of={of.get('unused')} asked={asked} sees={sees} />
    </Page>
  )
}

type RowsProps = { of: readonly ProgressRow[] } & Pick<Props, 'asked' | 'sees'>

function Rows({ of, asked, sees }: RowsProps) {
  return (
    <div class="figures">
      {of.map((row) => (
        <Row of={row} asked={asked} sees={sees} />
      ))}
    </div>
  )
}

type FoldedProps = { summary: 'monitoring.progress.later' | 'monitoring.progress.unused' } & Omit<RowsProps, 'of'> & {
    of: readonly ProgressRow[] | undefined
  }

function Folded({ summary, of = [], asked, sees }: FoldedProps) {
  const { t } = useFrame()
  if (of.length === 0) return null
  return (
    <Details summary={t(summary, { count: of.length })}>
      <Rows of={of} asked={asked} sees={sees} />
    </Details>
  )
}

function Ways({ asked, sees }: Pick<Props, 'asked' | 'sees'>) {
  const { t } = useFrame()
  return (
    <Actions>
      {sees.not_countable && (
        <a class="btn btn-primary" href={monitoring.notCountable.href()}>
          {t('monitoring.progress.not_countable')}
        </a>
      )}
      <a class="btn btn-outline-primary" href={monitoring.definitions.href()}>
        {t('monitoring.progress.definitions')}
      </a>
      {sees.export && <ExportLink href={monitoring.export.href({}, periodIn(asked))} />}
    </Actions>
  )
}

/** Target, done, expected by the last day; a row without a target says so, and its number is still there. */
function Row({ of, asked, sees }: { of: ProgressRow; asked: PeriodAsked; sees: Sees }) {
  const { t, lang } = useFrame()
  const href = monitoring.figure.href({ code: of.code }, periodIn(asked))
  const hides = !sees.small
  const label = (
    <>
      {lang === 'en' ? of.name_en : of.name_it} <span class="text-muted">{of.code}</span>
    </>
  )
  const fresh = t('monitoring.progress.new', { count: of.new })
  const says = (
    <>
      {lang === 'en' ? of.says_en : of.says_it}{' '}
      {!(hides && countsPeople(of.counts) && isSmall(of.new)) &&
        (sees.more && of.new > 0 ? (
          <a href={monitoring.figure.href({ code: of.code }, { ...periodIn(asked), nuove: '1' })}>{fresh}</a>
        ) : (
          fresh
        ))}
      {of.target?.assumed && of.target.value !== null && <> · {t('monitoring.progress.assumed')}</>}
    </>
  )
  const hidden = hides && countsPeople(of.counts) && isSmall(of.value)
  if (of.target?.value && !hidden)
    return (
      <Bar
        label={label}
        target={of.target.value}
        done={of.value}
        {...(of.expected !== null && { expected: Math.round(of.expected * 10) / 10 })}
        href={href}
        says={says}
      />
    )
  return (
    <div class="bar">
      <p class="bar-words">
        <span class="bar-label">{label}</span>
        <span class="bar-done">
          <a href={href}>
            <Figure of={of.value} counts={of.counts} hides={hides} />
          </a>
        </span>
        {of.measure && <span class="text-muted">{t('monitoring.progress.no_target')}</span>}
      </p>
      <p class="bar-says">{says}</p>
    </div>
  )
}
