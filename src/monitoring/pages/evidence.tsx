import type { HeadLine } from '../../people/parts.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Minutes } from '../../ui/time.tsx'
import type { Definition } from '../store/definitions.ts'
import type { Evidence } from '../store/people.ts'
import { ProofOf } from './proof.tsx'

export type Papers = {
  titles: readonly { seen_on: string | null; expires_on: string | null }[]
  notices: readonly { given_on: string }[]
}
export type Proof = Evidence & { words: string; href: string | null }
type Props = { row: Definition; head: HeadLine; facts: readonly Proof[]; papers: Papers }

/** One person, from the figure down to the papers. The title names nobody; the heading does. */
export function EvidencePage({ row, head, facts, papers }: Props) {
  const { t, lang } = useFrame()
  return (
    <Page
      title={t('monitoring.evidence.title')}
      heading={<Name latin={head.latin} original={head.original} />}
      lead={`${row.code} · ${lang === 'en' ? row.name_en : row.name_it}`}
    >
      <h2 class="h4">{t('monitoring.evidence.chain')}</h2>
      <Chain head={head} papers={papers} />
      <h2 class="h4">{t('monitoring.evidence.facts')}</h2>
      <Table
        caption={t('monitoring.evidence.facts')}
        caption_hidden
        columns={[
          { header: t('monitoring.evidence.day'), names: true, cell: ({ on_day }) => <Day on={on_day} /> },
          { header: t('monitoring.evidence.what'), cell: ({ words }) => words },
          {
            header: t('monitoring.evidence.minutes'),
            align: 'end',
            cell: ({ minutes }) => minutes !== null && <Minutes of={minutes} />,
          },
          {
            header: t('monitoring.evidence.standing'),
            cell: ({ reason }) =>
              reason ? (
                <Chip state="wait">{t(`monitoring.reason.${reason}`)}</Chip>
              ) : (
                <Chip state="good">{t('monitoring.evidence.counted')}</Chip>
              ),
          },
          {
            header: t('monitoring.evidence.proof'),
            cell: (fact) => <ProofOf of={fact} />,
          },
        ]}
        rows={facts}
        empty={t('monitoring.evidence.facts.empty')}
      />
    </Page>
  )
}

function Chain({ head, papers }: Pick<Props, 'head' | 'papers'>) {
  const { t } = useFrame()
  return (
    <Facts
      of={[
        [
          t('monitoring.evidence.born'),
          head.born && (head.born_precision === 'year' ? head.born.slice(0, 4) : <Day on={head.born} as="numeric" />),
        ],
        [t('monitoring.evidence.gender'), head.gender && t(`people.gender.${head.gender as 'F'}`)],
        [
          t('monitoring.evidence.title_seen'),
          papers.titles.length === 0
            ? t('monitoring.evidence.no_title')
            : papers.titles.map(({ seen_on, expires_on }) => (
                <p>
                  {seen_on && <Day on={seen_on} as="numeric" />},{' '}
                  {expires_on ? (
                    <>
                      {t('monitoring.evidence.title_until')} <Day on={expires_on} as="numeric" />
                    </>
                  ) : (
                    t('monitoring.evidence.title_open')
                  )}
                </p>
              )),
        ],
        [
          t('monitoring.evidence.notice'),
          papers.notices.length === 0
            ? t('monitoring.evidence.no_notice')
            : papers.notices.map(({ given_on }) => (
                <p>
                  <Day on={given_on} as="numeric" />
                </p>
              )),
        ],
      ]}
    />
  )
}
