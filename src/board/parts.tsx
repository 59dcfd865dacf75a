/** What other pages show of the board. */
import type { Child } from 'hono/jsx'
import { useFrame } from '../ui/frame.ts'
import type { EventShownLine, ServiceLine } from './actions/reading.ts'
import { EventList } from './pages/events.tsx'
import { ServiceList } from './pages/services.tsx'
import { board } from './urls.ts'

export { UnlikeDays } from './pages/services.tsx'

/** Who helps with this; nothing when nobody has written it down. */
export function ServicesHere({ services }: { services: readonly ServiceLine[] }) {
  const { lang, t } = useFrame()
  if (services.length === 0) return null
  return (
    <section aria-labelledby="servizi">
      <h2 id="servizi">{t('board.services.title')}</h2>
      <ServiceList services={services} />
      <p>
        <a href={board.services.href({ l: lang })}>{t('board.services.all')}</a>
      </p>
    </section>
  )
}

/** The next things on; nothing when there is none. */
export function NextEvents({ events }: { events: readonly EventShownLine[] }) {
  const { lang, t } = useFrame()
  if (events.length === 0) return null
  return (
    <section aria-labelledby="eventi">
      <h2 id="eventi">{t('board.events.title')}</h2>
      <EventList events={events} />
      <p>
        <a href={board.events.href({ l: lang })}>{t('board.events.all')}</a>
      </p>
    </section>
  )
}

/** The other ways in, for the front page. */
export function WaysIn({ children }: { children?: Child }) {
  const { lang, t } = useFrame()
  return (
    <ul class="months">
      <li>
        <a href={board.services.href({ l: lang })}>{t('board.services.title')}</a>
      </li>
      <li>
        <a href={board.notices.href({ l: lang })}>{t('board.notices.title')}</a>
      </li>
      <li>
        <a href={board.events.href({ l: lang })}>{t('board.events.title')}</a>
      </li>
      {children}
    </ul>
  )
}
