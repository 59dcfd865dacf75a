import { useFrame } from './frame.ts'
import { Pictogram } from './pictogram.tsx'

export const rowsAtOnce = 50

/** Where one is in a long list. `page` counts from 1. */
export function Pager({
  page,
  total,
  size = rowsAtOnce,
  href,
}: {
  page: number
  total: number
  size?: number
  href(page: number): string
}) {
  const { t } = useFrame()
  if (total <= size) return null
  const last = Math.ceil(total / size)
  return (
    <nav aria-label={t('ui.pager.title')}>
      <ul class="pagination">
        {page > 1 && (
          <li class="page-item">
            <a class="page-link" href={href(page - 1)} rel="prev">
              <Pictogram name="chevron-left" size="s" />
              <span>{t('ui.pager.before')}</span>
            </a>
          </li>
        )}
        <li class="page-item" aria-current="page">
          {t('ui.pager.here', { from: (page - 1) * size + 1, to: Math.min(page * size, total), total })}
        </li>
        {page < last && (
          <li class="page-item">
            <a class="page-link" href={href(page + 1)} rel="next">
              <span>{t('ui.pager.after')}</span>
              <Pictogram name="chevron-right" size="s" />
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}
