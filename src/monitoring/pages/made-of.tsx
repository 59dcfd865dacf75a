import type { HeadLine } from '../../people/parts.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day, Minutes } from '../../ui/time.tsx'
import type { PeriodAsked } from '../rules/report.ts'
import type { Definition } from '../store/definitions.ts'
import type { Piece } from '../store/made-of.ts'
import { monitoring } from '../urls.ts'
import { periodIn } from './period.tsx'
import { ProofOf } from './proof.tsx'

export type MadeOf = {
  pieces: readonly (Piece & { body: string | null; words: string; href: string | null; head: HeadLine | undefined })[]
  page: number
  more: boolean
}

/** A row that counts no persons, opened: each fact of it, or each thing it counts once. */
export function MadeOfList({
  row,
  asked,
  only_new,
  of: { pieces, page, more },
}: {
  row: Definition
  asked: PeriodAsked
  only_new: boolean
  of: MadeOf
}) {
  const { t } = useFrame()
  const here = periodIn(asked)
  const own = { nuove: only_new ? '1' : undefined }
  const href = (asked: Record<string, string | undefined>) =>
    monitoring.figure.href({ code: row.code }, { ...here, ...asked })
  const has = (told: (piece: MadeOf['pieces'][number]) => unknown) => pieces.some(told)
  return (
    <section>
      <h2 class="h4">{t('monitoring.figure.pieces')}</h2>
      <p>
        <a href={href({})} {...(!only_new && { 'aria-current': 'true' as const })}>
          {t('monitoring.figure.pieces.all')}
        </a>
        {' · '}
        <a href={href({ nuove: '1' })} {...(only_new && { 'aria-current': 'true' as const })}>
          {t('monitoring.figure.pieces.only_new')}
        </a>
      </p>
      <p>
        <ExportLink href={monitoring.figureExport.href({ code: row.code }, { ...here, ...own })} />
      </p>
      <Table
        caption={t('monitoring.figure.pieces')}
        caption_hidden
        columns={[
          {
            header: has(({ facts }) => facts) ? t('monitoring.figure.pieces.first') : t('monitoring.evidence.day'),
            names: true,
            cell: ({ on_day }) => <Day on={on_day} as="short" />,
          },
          has(({ kind }) => kind) && { header: t('monitoring.evidence.what'), cell: ({ words }) => words },
          has(({ body }) => body) && { header: t('monitoring.figure.pieces.body'), cell: ({ body }) => body },
          has(({ person_id }) => person_id) && {
            header: t('monitoring.figure.people.name'),
            cell: ({ head }) =>
              head && (
                <a href={monitoring.evidence.href({ code: row.code, person: head.id }, { al: asked.period.to })}>
                  <Name latin={head.latin} original={head.original} />
                </a>
              ),
          },
          has(({ minutes }) => minutes !== null) && {
            header: t('monitoring.evidence.minutes'),
            align: 'end',
            cell: ({ minutes }) => minutes !== null && <Minutes of={minutes} />,
          },
          has(({ facts }) => facts) && {
            header: t('monitoring.figure.pieces.times'),
            align: 'end',
            cell: ({ facts }) => <Count of={facts ?? 0} />,
          },
          has(({ evidence }) => evidence) && {
            header: t('monitoring.evidence.proof'),
            cell: (piece) => <ProofOf of={piece} />,
          },
        ]}
        rows={pieces}
        empty={t('monitoring.figure.pieces.empty')}
      />
      {(page > 1 || more) && (
        <p>
          {page > 1 && <a href={href({ ...own, pagina: String(page - 1) })}>{t('ui.pager.before')}</a>}{' '}
          {more && <a href={href({ ...own, pagina: String(page + 1) })}>{t('ui.pager.after')}</a>}
        </p>
      )}
    </section>
  )
}
