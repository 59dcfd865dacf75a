/** The board as those see it who keep it: everything on it, and what each card waits for. */

import { Chip, type State } from '../../ui/chip.tsx'
import { Select } from '../../ui/choice.tsx'
import { asFilters, Filters } from '../../ui/filters.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Pager, rowsAtOnce } from '../../ui/pager.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import type { LineWithStanding } from '../actions/items.ts'
import { kinds, type Standing } from '../rules/publication.ts'
import { board } from '../urls.ts'

const looks = {
  draft: 'none',
  waiting: 'info',
  live: 'good',
  stale: 'wait',
  gone: 'none',
  withdrawn: 'bad',
} as const satisfies Record<Standing, State>

export function StandingChip({ of }: { of: Standing }) {
  const { t } = useFrame()
  return <Chip state={looks[of]}>{t(`board.standing.${of}`)}</Chip>
}

export const itemStates = ['draft', 'waiting', 'live', 'stale', 'gone', 'withdrawn', 'soon'] as const

type Props = {
  lines: readonly LineWithStanding[]
  total: number
  page: number
  query: URLSearchParams
  writes: boolean
}

export function ItemsPage({ lines, total, page, query, writes }: Props) {
  const { t } = useFrame()
  const filters = asFilters(query, ['tipo', 'stato'])
  return (
    <Page
      title={t('board.items.title')}
      lead={t('board.items.lead')}
      wide
      actions={
        <>
          {writes &&
            kinds.map((kind, at) => (
              <a class={at === 0 ? 'btn btn-primary' : 'btn btn-outline-primary'} href={board.create.href({ kind })}>
                {t(`board.items.new.${kind}`)}
              </a>
            ))}
          <a class="btn btn-outline-primary" href={board.translators.href()}>
            {t('board.translators.title')}
          </a>
        </>
      }
    >
      <Filters action={board.items.href()} active={query.has('tipo') || query.has('stato')}>
        <Select
          form={filters}
          name="tipo"
          label={t('board.items.kind')}
          none={t('board.items.all')}
          options={kinds.map((value) => ({ value, text: t(`board.staff_kind.${value}`) }))}
        />
        <Select
          form={filters}
          name="stato"
          label={t('board.items.state')}
          none={t('board.items.all')}
          options={itemStates.map((value) => ({ value, text: t(`board.standing.${value}`) }))}
        />
      </Filters>
      <Table
        caption={t('board.items.title')}
        caption_hidden
        rows={lines}
        empty={t('board.items.empty')}
        columns={[
          {
            header: t('board.field.title'),
            names: true,
            cell: (line) => <a href={board.item.href({ id: line.id })}>{line.title}</a>,
          },
          { header: t('board.items.kind'), cell: (line) => t(`board.staff_kind.${line.kind}`) },
          { header: t('board.items.state'), cell: (line) => <StandingChip of={line.standing} /> },
          { header: t('board.items.day'), cell: (line) => line.on_day && <Day on={line.on_day} as="short" /> },
          {
            header: t('board.items.until'),
            cell: (line) => line.published_until && <Day on={line.published_until} as="numeric" />,
          },
        ]}
      />
      <Pager
        page={page}
        total={total}
        size={rowsAtOnce}
        href={(to) =>
          board.items.href(
            {},
            { tipo: query.get('tipo') ?? undefined, stato: query.get('stato') ?? undefined, pagina: to },
          )
        }
      />
    </Page>
  )
}
