/** Services and events in schema.org's words, for search engines. */
import type { Frame } from '../../kernel/look.ts'
import type { EventShown, ServiceShown } from '../actions/reading.ts'
import { endOf, startOf } from '../rules/events.ts'
import { board } from '../urls.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const placeJson = (place: { name: string; address: string }) => ({
  '@type': 'Place',
  name: place.name,
  address: place.address,
})

export function serviceJson(
  { ambito, base_url, lang }: Frame,
  {
    text,
    service,
    hours,
    place,
    organisation,
  }: Pick<ServiceShown, 'text' | 'service' | 'hours' | 'place' | 'organisation'>,
) {
  const url = base_url + board.service.href({ l: lang, slug: text.slug })
  return {
    '@type': 'GovernmentService',
    '@id': `${base_url}/#${text.id}`,
    name: text.title,
    description: text.summary,
    inLanguage: text.notes.includes('in_italian') ? 'it' : lang,
    serviceType: text.title,
    areaServed: ambito.name,
    serviceOperator: { '@type': 'GovernmentOrganization', name: organisation?.name ?? ambito.name },
    ...(service?.free && { isAccessibleForFree: true }),
    ...(text.for_whom && { audience: { '@type': 'Audience', audienceType: text.for_whom } }),
    availableChannel: {
      '@type': 'ServiceChannel',
      serviceUrl: url,
      ...(service && service.languages.length > 0 && { availableLanguage: service.languages }),
      ...(service?.phone && { servicePhone: { '@type': 'ContactPoint', telephone: service.phone } }),
      ...(place && {
        serviceLocation: {
          ...placeJson(place),
          ...(hours &&
            hours.weekly.length > 0 && {
              openingHoursSpecification: hours.weekly.map(({ weekday, starts_at, ends_at }) => ({
                '@type': 'OpeningHoursSpecification',
                dayOfWeek: weekdays[weekday - 1],
                opens: starts_at,
                closes: ends_at,
              })),
            }),
        },
      }),
    },
  }
}

const moment = (time: Temporal.ZonedDateTime) => time.toString({ timeZoneName: 'never', smallestUnit: 'second' })

export function eventJson({ ambito, base_url, lang }: Frame, { text, event, place, organisation }: EventShown) {
  return {
    '@type': 'Event',
    '@id': `${base_url}/#${text.id}`,
    name: text.title,
    description: text.summary,
    url: base_url + board.event.href({ l: lang, slug: text.slug }),
    inLanguage: text.notes.includes('in_italian') ? 'it' : lang,
    startDate: moment(startOf(event)),
    endDate: moment(endOf(event)),
    eventStatus: `https://schema.org/${event.cancelled_at ? 'EventCancelled' : 'EventScheduled'}`,
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    location: placeJson(place ?? { name: event.place_text || ambito.name, address: event.place_text || ambito.name }),
    organizer: { '@type': 'Organization', name: organisation?.name ?? ambito.name, url: base_url },
    ...(event.capacity !== null && { maximumAttendeeCapacity: event.capacity }),
  }
}
