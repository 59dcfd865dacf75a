/** The desk in schema.org's words, for search engines. */
import { locale } from '../../kernel/i18n.ts'
import { useFrame } from '../../ui/frame.ts'
import type { DeskToVisit } from '../actions.ts'
import { portal } from '../urls.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export function useServiceData({ address, mail, phone, weekly }: DeskToVisit) {
  const { ambito, base_url, lang, languages, t } = useFrame()
  const organisation = {
    '@type': 'GovernmentOrganization',
    '@id': `${base_url}/#ente`,
    name: ambito.name,
    url: base_url + portal.home.href({ l: lang }),
    ...(mail && { email: mail }),
    ...(phone && { telephone: phone }),
    ...(address && { address }),
  }
  const service = {
    '@type': 'GovernmentService',
    '@id': `${base_url}/#sportello`,
    name: t('portal.open.title'),
    description: t('portal.home.description'),
    inLanguage: locale(lang).replace(/-u-.*/, ''),
    areaServed: ambito.name,
    serviceOperator: { '@id': organisation['@id'] },
    isAccessibleForFree: true,
    availableChannel: {
      '@type': 'ServiceChannel',
      serviceUrl: base_url + portal.home.href({ l: lang }),
      availableLanguage: languages.map((one) => one.lang),
      ...(address && {
        serviceLocation: {
          '@type': 'Place',
          address,
          openingHoursSpecification: weekly.map(({ weekday, starts_at, ends_at }) => ({
            '@type': 'OpeningHoursSpecification',
            dayOfWeek: weekdays[weekday - 1],
            opens: starts_at,
            closes: ends_at,
          })),
        },
      }),
    },
  }
  return { '@graph': [organisation, service] }
}
