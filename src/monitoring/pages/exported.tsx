import type { Exported } from '../../kernel/exports/exports.ts'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Moment } from '../../ui/time.tsx'
import { monitoring } from '../urls.ts'

type Props = { lines: readonly Exported[]; names: ReadonlyMap<string, string>; more: boolean }

/** Whoever answers for the data sees which lists left the house, by whom and what for; no list is opened from here. */
export function ExportedPage({ lines, names, more }: Props) {
  const { t } = useFrame()
  const last = lines.at(-1)
  return (
    <Page title={t('monitoring.exported.title')} lead={t('monitoring.exported.lead')} wide>
      <Table
        caption={t('monitoring.exported.title')}
        caption_hidden
        rows={lines}
        empty={t('monitoring.exported.empty')}
        columns={[
          {
            header: t('monitoring.exported.what'),
            names: true,
            cell: ({ detail }) => detail.title ?? <code>{detail.list}</code>,
          },
          { header: t('monitoring.exported.when'), cell: ({ at }) => <Moment at={at} as="short" /> },
          { header: t('monitoring.exported.who'), cell: ({ account_id }) => names.get(account_id ?? '') ?? '' },
          {
            header: t('monitoring.exported.rows'),
            align: 'end',
            cell: ({ detail }) => <Count of={detail.rows} />,
          },
          { header: t('monitoring.exported.format'), cell: ({ detail }) => detail.format.toUpperCase() },
          {
            header: t('monitoring.exported.why'),
            cell: ({ detail: { purpose, purpose_text } }) => (
              <>
                {t(`ui.export.purpose.${purpose}`)}
                {purpose_text && <p class="form-text">{purpose_text}</p>}
              </>
            ),
          },
        ]}
      />
      {more && last && (
        <p>
          <a href={monitoring.exported.href({}, { prima: last.position })}>{t('monitoring.exported.more')}</a>
        </p>
      )}
    </Page>
  )
}
