/** The service in figures: what was asked and done, by many sides, and where. */
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day, Minutes, Percent } from '../../ui/time.tsx'
import type { Figure } from '../store/figures.ts'
import { Sections } from './calls.tsx'

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
