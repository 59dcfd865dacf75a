import type { Child } from 'hono/jsx'
import { booking } from '../../desk/urls.ts'
import { dayOf, instantOf } from '../../kernel/clock.ts'
import { languageName, type Place } from '../../territory/actions.ts'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Filters } from '../../ui/filters.tsx'
import { useFrame } from '../../ui/frame.ts'
import { JsonLd } from '../../ui/json-ld.tsx'
import { Labelled } from '../../ui/labelled.tsx'
import { Link, safeHref } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Day, TimeRange } from '../../ui/time.tsx'
import { dayInWords, weekdayInWords } from '../../ui/words-of-time.ts'
import type { ServiceHours } from '../actions/cards.ts'
import type { ServiceLine, ServiceShown, ServicesAround } from '../actions/reading.ts'
import { pictogramOf } from '../codes.ts'
import usual from '../lists/usual.json' with { type: 'json' }
import { daysUnlike, type Hours, type UnlikeDay } from '../rules/hours.ts'
import { board } from '../urls.ts'
import { Picture, PictureMeta } from './picture.tsx'
import { serviceJson } from './structured.ts'
import { Body, Bring, beforeHeading, InTextLang, mapOf, Notes, Useful, useOpenWords } from './words.tsx'

/** The sentence most cards carry; it has words in every language, also where nobody has translated the card. */
const usualBooking = usual.booking

export function ServicesPage({ services, comuni, here }: ServicesAround) {
  const { lang, t } = useFrame()
  const near = here ? services.filter(({ place }) => place?.comune === here.comune.code) : services
  const far = here ? services.filter((service) => !near.includes(service)) : []
  return (
    <Page title={t('board.services.title')} lead={t('board.services.lead')} description={t('board.services.lead')}>
      <SearchBox />
      <Filters action={board.services.href({ l: lang })} active={here !== undefined}>
        <Select
          form={{ values: { comune: here ? [here.comune.code] : [] }, errors: {} as { comune?: string } }}
          name="comune"
          label={t('board.services.comune')}
          none={t('board.services.every_comune')}
          options={comuni.map(({ code, name }) => ({ value: code, text: name, lang: 'it' }))}
        />
      </Filters>
      {here && <h2>{t('board.services.in', { comune: here.comune.name })}</h2>}
      {near.length > 0 ? (
        <ServiceList services={near} />
      ) : here ? (
        <p>{t('board.services.none_here')}</p>
      ) : (
        <EmptyState pictogram="building-community">{t('board.services.empty')}</EmptyState>
      )}
      {here && here.offices.length > 0 && <Offices of={here.offices} />}
      {far.length > 0 && (
        <>
          <h2>{t('board.services.elsewhere')}</h2>
          <ServiceList services={far} />
        </>
      )}
    </Page>
  )
}

/** The town hall, the Questura, the Prefettura: who answers for those who live here. */
function Offices({ of }: { of: NonNullable<ServicesAround['here']>['offices'] }) {
  const { t } = useFrame()
  return (
    <>
      <h2>{t('board.services.offices')}</h2>
      <ul class="cards">
        {of.map(({ name, phone, website }) => (
          <li>
            <Pictogram name="building" />
            <div>
              <bdi lang="it">{name}</bdi>
              {phone && (
                <p>
                  <Phone number={phone} />
                </p>
              )}
              {website && (
                <p>
                  <Link href={website} />
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

/** One line a service: what it is, and whether it is open. */
export function ServiceList({ services }: { services: readonly ServiceLine[] }) {
  return (
    <ul class="cards">
      {services.map((service) => (
        <ServiceCard of={service} />
      ))}
    </ul>
  )
}

function ServiceCard({ of }: { of: ServiceLine }) {
  const { lang } = useFrame()
  const open = useOpenWords(of.hours?.state)
  return (
    <li>
      <Pictogram name={pictogramOf(of.pictogram)} />
      <div>
        <a class="card-title" href={board.service.href({ l: lang, slug: of.slug })}>
          <InTextLang notes={of.notes}>{of.title}</InTextLang>
        </a>{' '}
        <Notes of={of.notes} />
        {of.summary && (
          <p>
            <InTextLang notes={of.notes}>{of.summary}</InTextLang>
          </p>
        )}
        {of.place?.comune_name && (
          <p class="text-muted">
            <bdi lang="it">{of.place.comune_name}</bdi>
          </p>
        )}
        {open && (
          <span class="d-print-none">
            <Chip state={of.hours?.state?.open ? 'good' : 'info'}>{open}</Chip>
          </span>
        )}
      </div>
    </li>
  )
}

export function ServicePage({ text, service, hours, place, organisation, checked, stale }: ServiceShown) {
  const { lang, t } = useFrame()
  const open = useOpenWords(hours?.state)
  return (
    <Page
      title={text.title}
      heading={<InTextLang notes={text.notes}>{text.title}</InTextLang>}
      lead={text.summary && <InTextLang notes={text.notes}>{text.summary}</InTextLang>}
      description={text.summary || text.title}
      updated={checked?.on_day ?? dayOf(instantOf(text.changed_at))}
      {...beforeHeading(text, 'service')}
      head={
        <>
          <PictureMeta text={text} />
          <JsonLd data={serviceJson(useFrame(), { text, service, hours, place, organisation })} />
        </>
      }
    >
      {stale && (
        <Callout state="wait">
          <p>{t('board.card.stale')}</p>
        </Callout>
      )}
      {open && (
        // Read on paper another day it would be wrong; the week is there in full.
        <div class="d-print-none">
          <Callout state={hours?.state?.open ? 'good' : 'info'} title={open}>
            {place && (
              <p>
                <bdi lang="it">{place.address}</bdi>
              </p>
            )}
          </Callout>
        </div>
      )}
      <Ways
        phone={service?.phone ?? ''}
        email={service?.email ?? ''}
        address={place?.address ?? ''}
        book={service?.hours_of && hours?.books ? booking.slots.href({ l: lang, kind: service.hours_of }) : ''}
      />
      <Picture text={text} />
      <Body text={text} notes={text.notes} />
      <Bring text={text} notes={text.notes} />
      <h2>{t('board.service.know')}</h2>
      <Facts
        of={[
          text.for_whom !== '' && [
            t('board.service.for_whom'),
            <span data-element="service-addressed">
              <InTextLang notes={text.notes}>{text.for_whom}</InTextLang>
            </span>,
          ],
          [
            t('board.service.cost'),
            <Cost
              free={service?.free ?? false}
              words={text.cost && <InTextLang notes={text.notes}>{text.cost}</InTextLang>}
            />,
          ],
          text.booking !== '' && [
            t('board.service.booking'),
            <span data-element="service-booking-access">
              {text.booking === usualBooking ? (
                t('board.service.walk_in')
              ) : (
                <InTextLang notes={text.notes}>{text.booking}</InTextLang>
              )}
            </span>,
          ],
          service !== undefined &&
            service.languages.length > 0 && [
              t('board.service.languages'),
              service.languages.map((code) => languageName(code, lang)).join(' · '),
            ],
          place !== undefined && [t('board.service.where'), <Where place={place} />],
          organisation !== undefined && [t('board.service.organisation'), <bdi lang="it">{organisation.name}</bdi>],
          service !== undefined && service.phone !== '' && [t('board.service.phone'), <Phone number={service.phone} />],
          service !== undefined &&
            service.email !== '' && [
              t('board.service.email'),
              <Link href={`mailto:${service.email}`}>
                <bdi dir="ltr">{service.email}</bdi>
              </Link>,
            ],
          service !== undefined &&
            service.website !== '' && [t('board.service.website'), <Link href={service.website} />],
        ]}
      />
      {hours && hours.weekly.length > 0 && <Week hours={hours} />}
      <p class="text-muted">
        {checked ? (
          <Labelled label={t('board.card.checked', { by: checked.by_whom })}>
            <Day on={checked.on_day} />
          </Labelled>
        ) : (
          t('board.card.not_checked')
        )}
      </p>
      <Useful kind="service" slug={text.slug} />
      <p class="d-print-none">
        <a href={board.services.href({ l: lang })}>
          <Pictogram name="arrow-left" size="s" /> {t('board.services.all')}
        </a>
      </p>
      {text.demo && <p class="text-muted">{t('board.demo')}</p>}
    </Page>
  )
}

function Cost({ free, words }: { free: boolean; words: Child }) {
  const { t } = useFrame()
  if (!free) return words || null
  return (
    <span data-element="service-cost">
      {t('board.service.free')} {words}
    </span>
  )
}

export function Phone({ number }: { number: string }) {
  return (
    <Link href={`tel:${number.replaceAll(/[^\d+]/g, '')}`}>
      <bdi dir="ltr">{number}</bdi>
    </Link>
  )
}

export function Where({ place }: { place: Place }) {
  const { t } = useFrame()
  return (
    <>
      <bdi lang="it">
        {place.name}, {place.address}
      </bdi>
      {place.how_to_get_there && (
        <p>
          <bdi lang="it">{place.how_to_get_there}</bdi>
        </p>
      )}
      {place.accessible !== 'unknown' && <p>{t(`board.place.accessible.${place.accessible}`)}</p>}
    </>
  )
}

/** `book`: a desk of ours takes appointments. */
export function Ways({
  phone,
  email,
  address,
  book = '',
}: {
  phone: string
  email: string
  address: string
  book?: string
}) {
  const { t } = useFrame()
  const call = phone && safeHref(`tel:${phone.replaceAll(/[^\d+]/g, '')}`)
  const write = email && safeHref(`mailto:${email}`)
  if (!call && !write && !address && !book) return null
  return (
    <p class="actions">
      {call && (
        <a class="btn btn-primary" href={call}>
          <Pictogram name="phone" size="s" /> {t('board.way.call')}
        </a>
      )}
      {address && (
        <a class={call ? 'btn btn-outline-primary' : 'btn btn-primary'} href={mapOf(address)} rel="noopener noreferrer">
          <Pictogram name="map-pin" size="s" /> {t('board.way.directions')}
        </a>
      )}
      {book && (
        <a class="btn btn-outline-primary" href={book}>
          <Pictogram name="calendar-plus" size="s" /> {t('desk.book.title')}
        </a>
      )}
      {write && (
        <a class="btn btn-outline-primary" href={write}>
          <Pictogram name="mail" size="s" /> {t('board.way.write')}
        </a>
      )}
    </p>
  )
}

function Week({ hours: { weekly, openings, closed_days } }: { hours: ServiceHours }) {
  const { lang, now, t } = useFrame()
  return (
    <Details summary={t('board.hours.week')}>
      <UnlikeDays days={daysUnlike(openings, weekly, closed_days, dayOf(now))} />
      <Facts
        of={[...Map.groupBy(weekly, ({ weekday }) => weekday)].map(([weekday, openings]) => [
          weekdayInWords(weekday, lang),
          openings.map(({ starts_at, ends_at }, at) => (
            <>
              {at > 0 && ' · '}
              <TimeRange from={starts_at} to={ends_at} />
            </>
          )),
        ])}
      />
      {closed_days.length > 0 && (
        <>
          <p>{t('board.hours.closed')}</p>
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

/** The days that do not keep to the week, before the week itself. */
export function UnlikeDays<One extends Hours>({
  days,
  what,
}: {
  days: readonly UnlikeDay<One>[]
  what?: (opening: One) => Child
}) {
  const { lang, now, t } = useFrame()
  if (days.length === 0) return null
  const today = dayOf(now)
  return (
    <Facts
      of={days.map(({ on_day, openings }) => [
        t('ui.time.only_on', { near: on_day === today ? 'today' : 'other', day: dayInWords(on_day, lang, today) }),
        openings.length === 0
          ? t('ui.time.closed')
          : openings.map((opening) => (
              <>
                <TimeRange from={opening.starts_at} to={opening.ends_at} />
                {what?.(opening)}
                <br />
              </>
            )),
      ])}
    />
  )
}
