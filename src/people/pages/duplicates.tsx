import { Chip } from '../../ui/chip.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import type { HeadLine, OpenPair } from '../actions.ts'
import { PersonDetails, PersonName } from '../parts.tsx'
import { people } from '../urls.ts'
import { type JustMerged, reasonsInWords, UndoMerge } from './pair.tsx'

type Props = {
  pairs: OpenPair[]
  heads: Map<string, HeadLine>
  done: number
  waiting: number
  all: boolean
  merged: JustMerged
}

/** Today's few pairs of files that may be one person, the most valuable first. */
export function DuplicatesPage({ pairs, heads, done, waiting, all, merged }: Props) {
  const { t } = useFrame()
  const file = (id: string) => {
    const head = heads.get(id)
    return (
      head && (
        <>
          <PersonName of={head} /> <PersonDetails of={head} />
        </>
      )
    )
  }
  return (
    <Page title={t('people.duplicates.title')} lead={t('people.duplicates.lead')} wide>
      <UndoMerge of={merged} />
      <p>{t('people.duplicates.done', { done, waiting })}</p>
      <Table
        caption={t('people.duplicates.title')}
        caption_hidden
        rows={pairs}
        empty={waiting > 0 ? t('people.duplicates.empty') : t('people.duplicates.none')}
        columns={[
          { header: t('people.duplicates.one'), names: true, cell: (pair) => file(pair.one) },
          { header: t('people.duplicates.other'), cell: (pair) => file(pair.other) },
          {
            header: t('people.duplicates.why'),
            cell: (pair) => (
              <>
                {reasonsInWords(pair.reasons, t)}{' '}
                {pair.changes_figure && <Chip state="info">{t('people.duplicates.changes')}</Chip>}
              </>
            ),
          },
          {
            header: t('people.duplicates.look'),
            cell: ({ one, other }) => (
              <a class="btn btn-sm btn-outline-primary" href={people.pair.href({ one, other })}>
                {t('people.duplicates.look')}
              </a>
            ),
          },
        ]}
      />
      {waiting > pairs.length && !all && (
        <p>
          <a href={people.duplicates.href({}, { tutte: 1 })}>{t('people.duplicates.all')}</a>
        </p>
      )}
      {all && (
        <p>
          <a href={people.duplicates.href()}>{t('people.duplicates.today')}</a>
        </p>
      )}
    </Page>
  )
}
