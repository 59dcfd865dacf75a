/** Where and when: the block that ends every public page with something one can do today. */

import { UnlikeDays } from '../../board/parts.tsx'
import { booking } from '../../desk/urls.ts'
import { dayOf } from '../../kernel/clock.ts'
import { Callout } from '../../ui/callout.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { safeHref } from '../../ui/link.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { Day, TimeRange } from '../../ui/time.tsx'
import { dayInWords, weekdayInWords } from '../../ui/words-of-time.ts'
import type { DeskToVisit } from '../actions.ts'
import type { DeskState } from '../rules.ts'
import { portal } from '../urls.ts'

type Kind = 'foreigners' | 'refugees' | 'digital' | 'self'

/** `on_contacts`: the week's hours stand there without asking, and so does the form to write. */
export function WhereAndWhen({ desk, on_contacts = false }: { desk: DeskToVisit; on_contacts?: boolean }) {
  const { t } = useFrame()
  return (
    <section aria-labelledby="sportello">
      <h2 id="sportello">{t('portal.open.title')}</h2>
      {/* Read on paper another day it would be wrong; the week is there in full. */}
      <div class="d-print-none">
        <Callout state={desk.state?.open ? 'good' : 'info'} title={useOpening(desk.state)}>
          <p>
            {desk.state && (
              <>
                {t(`portal.kind.${desk.state.opening.kind as Kind}`)}
                <br />
              </>
            )}
            {desk.address && <bdi lang="it">{desk.address}</bdi>}
          </p>
          {desk.how_to_get_there && <p lang="it">{desk.how_to_get_there}</p>}
          {desk.state && <p>{t('board.service.walk_in')}</p>}
        </Callout>
      </div>
      {desk.address && !on_contacts && (
        <p class="d-none d-print-block">
          <bdi lang="it">{desk.address}</bdi>
        </p>
      )}
      <WaysToReach desk={desk} write={!on_contacts} />
      {desk.weekly.length > 0 && <Week desk={desk} open={on_contacts} />}
    </section>
  )
}

/** "Open now until 18:00", or when next. */
export function useOpening(state: DeskState) {
  const { lang, now, t } = useFrame()
  if (!state) return t('portal.open.unknown')
  if (state.open) return t('portal.open.now', { time: state.until })
  const { on_day, starts_at } = state.opening
  return t('portal.open.next', { day: state.day, date: dayInWords(on_day, lang, dayOf(now)), time: starts_at })
}

function WaysToReach({ desk: { phone, address }, write }: { desk: DeskToVisit; write: boolean }) {
  const { lang, t } = useFrame()
  const call = phone && safeHref(`tel:${phone.replaceAll(/[^\d+]/g, '')}`)
  return (
    <p class="actions">
      {call && (
        <a class="btn btn-primary" href={call}>
          <Pictogram name="phone" size="s" /> {t('portal.where.call')}
        </a>
      )}
      {address && (
        <a class={call ? 'btn btn-outline-primary' : 'btn btn-primary'} href={mapOf(address)} rel="noopener noreferrer">
          <Pictogram name="map-pin" size="s" /> {t('portal.where.directions')}
        </a>
      )}
      <a class="btn btn-outline-primary" href={booking.kinds.href({ l: lang })}>
        <Pictogram name="calendar-plus" size="s" /> {t('portal.where.book')}
      </a>
      {write && (
        <a class="btn btn-outline-primary" href={`${portal.contacts.href({ l: lang })}#scrivi`}>
          <Pictogram name="mail" size="s" /> {t('portal.where.write')}
        </a>
      )}
    </p>
  )
}

// Opens the map most phones already have, with buses; nothing is sent anywhere until it is pressed.
const mapOf = (address: string) => `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(address)}`

function Week({ desk: { weekly, unlike, closed_days }, open }: { desk: DeskToVisit; open: boolean }) {
  const { lang, t } = useFrame()
  const days = Map.groupBy(weekly, ({ weekday }) => weekday)
  return (
    <Details summary={t('portal.open.week')} open={open}>
      <UnlikeDays days={unlike} what={({ kind }) => ` · ${t(`portal.kind.${kind as Kind}`)}`} />
      <Facts
        of={[...days].map(([weekday, openings]) => [
          weekdayInWords(weekday, lang),
          openings.map(({ kind, starts_at, ends_at }) => (
            <>
              <TimeRange from={starts_at} to={ends_at} /> · {t(`portal.kind.${kind as Kind}`)}
              <br />
            </>
          )),
        ])}
      />
      {closed_days.length > 0 && (
        <>
          <p>{t('portal.open.closed')}</p>
          <ul>
            {closed_days.map((day) => (
              <li>
                <Day on={day} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Details>
  )
}
