import type { Child } from 'hono/jsx'
import { useFrame } from './frame.ts'
import { Live } from './live.tsx'

/** Long work: how far it is, what is being done; it can be left. The page asks again by itself until it is over. */
export function Progress({
  doing,
  done,
  total,
  href,
}: {
  doing: Child
  done: number
  total: number /** Where the same page is asked for again. */
  href: string
}) {
  const { t } = useFrame()
  const over = done >= total
  return (
    <Live id="work" href={href} {...(!over && { every: 2 })}>
      <p id="work-name">{doing}</p>
      <progress class="progress" value={done} max={Math.max(total, 1)} aria-labelledby="work-name" />
      <p class="text-muted">
        {t('ui.progress.done', { done, total })}
        {!over && (
          <>
            {' · '}
            <a href={href}>{t('ui.progress.refresh')}</a>
          </>
        )}
      </p>
    </Live>
  )
}
