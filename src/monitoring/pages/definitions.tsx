import { Details } from '../../ui/details.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import type { Definition } from '../store/definitions.ts'
import { monitoring } from '../urls.ts'

export type Defined = { current: Definition; earlier: readonly Definition[] }
type Props = {
  rows: readonly Defined[]
  authors: ReadonlyMap<string, string>
  /** A kind of fact as people say it. */
  say: (kind: string) => string
  changes: boolean
}

export function DefinitionsPage({ rows, authors, say, changes }: Props) {
  const { t } = useFrame()
  return (
    <Page title={t('monitoring.definitions.title')} lead={t('monitoring.definitions.lead')} wide>
      <Table
        caption={t('monitoring.definitions.title')}
        caption_hidden
        columns={[
          {
            header: t('monitoring.sheet.code'),
            names: true,
            cell: ({ current }) => <a href={monitoring.figure.href({ code: current.code })}>{current.code}</a>,
          },
          { header: t('monitoring.sheet.name'), cell: (one) => <Named of={one} authors={authors} say={say} /> },
          { header: t('monitoring.definitions.counts'), cell: ({ current }) => <Counting of={current} /> },
          { header: t('monitoring.definitions.kinds'), cell: ({ current }) => <Kinds of={current} say={say} /> },
          { header: t('monitoring.definitions.since'), cell: ({ current }) => <Since of={current} /> },
          changes && {
            header: '',
            cell: ({ current }) => (
              <a href={monitoring.definition.href({ code: current.code })}>{t('monitoring.definitions.change')}</a>
            ),
          },
        ]}
        rows={rows}
        empty=""
      />
    </Page>
  )
}

function Named({ of: { current, earlier }, authors, say }: { of: Defined } & Pick<Props, 'authors' | 'say'>) {
  const { t, lang } = useFrame()
  return (
    <>
      {lang === 'en' ? current.name_en : current.name_it}
      <p class="form-text">{lang === 'en' ? current.says_en : current.says_it}</p>
      {current.note && <p class="form-text">{current.note}</p>}
      {earlier.length > 0 && (
        <Details summary={t('monitoring.definitions.history', { count: earlier.length })}>
          <Timeline
            of={earlier.map((version) => ({
              when: <Since of={version} />,
              what: lang === 'en' ? version.name_en : version.name_it,
              more: (
                <>
                  <p class="form-text">
                    <Counting of={version} />
                  </p>
                  <Kinds of={version} say={say} />
                  {version.recorded_by && (
                    <p class="form-text">
                      {t('monitoring.definitions.by', { name: authors.get(version.recorded_by) ?? '' })}
                    </p>
                  )}
                </>
              ),
            }))}
          />
        </Details>
      )}
    </>
  )
}

function Counting({ of }: { of: Definition }) {
  const { t } = useFrame()
  return (
    <>
      {[
        t(`monitoring.counts.${of.counts}`),
        of.parent && t('monitoring.definitions.parent', { code: of.parent }),
        of.actions.length > 0 && t('monitoring.definitions.actions', { actions: of.actions.join(', ') }),
      ]
        .filter(Boolean)
        .join(', ')}
    </>
  )
}

function Kinds({ of, say }: { of: Definition } & Pick<Props, 'say'>) {
  const { t } = useFrame()
  if (of.kinds.length === 0) return <>{t('monitoring.definitions.kinds.none')}</>
  return (
    <ul class="plain">
      {of.kinds.map((kind) => (
        <li>{say(kind)}</li>
      ))}
    </ul>
  )
}

function Since({ of }: { of: Definition }) {
  const { t } = useFrame()
  return of.since ? <Day on={of.since} as="short" /> : t('monitoring.definitions.since.start')
}
