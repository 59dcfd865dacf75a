import type { Child } from 'hono/jsx'
import { useFrame } from '../../ui/frame.ts'
import { Day } from '../../ui/time.tsx'
import { needLabel } from '../codes.ts'
import type { Visit } from '../store.ts'
import { desk } from '../urls.ts'

/** Earlier visits of a person, newest first. */
export function VisitList({ visits }: { visits: Visit[] }) {
  const { t } = useFrame()
  if (visits.length === 0) return <p class="text-muted">{t('desk.visit.first_time')}</p>
  return (
    <ol class="timeline">
      {visits.map((visit) => (
        <li>
          <p class="timeline-when">
            <a href={desk.visit.href({ visit: visit.id })}>
              <Day on={visit.on_day} as="short" />
            </a>
          </p>
          <p>
            <NeedWords needs={visit.needs ?? []} /> ·{' '}
            {visit.withdrawn_at ? t('desk.visit.withdrawn') : t(`desk.outcome.${visit.outcome as 'solved'}`)}
          </p>
        </li>
      ))}
    </ol>
  )
}

export function NeedWords({ needs }: { needs: readonly string[] }): Child {
  const { lang } = useFrame()
  return needs.map((need) => needLabel(need, lang)).join(', ')
}
