/** A course in schema.org's words, for search engines. */
import { dayOf, instantOf } from '../../kernel/clock.ts'
import type { Frame } from '../../kernel/look.ts'
import type { CourseShown } from '../actions/reading.ts'
import { levelLabel } from '../codes.ts'
import { minutesBetween } from '../rules/lessons.ts'
import { open } from '../urls.ts'

export function courseJson(
  { ambito, base_url, lang }: Frame,
  { edition, text, lessons, place, provider }: CourseShown,
) {
  const url = base_url + open.course.href({ l: lang, slug: edition.slug })
  const where = place?.name ?? edition.place_text
  const minutes =
    edition.planned_minutes ??
    lessons.reduce((sum, { starts_at, ends_at }) => sum + minutesBetween(starts_at, ends_at), 0)
  return {
    '@type': 'Course',
    '@id': `${base_url}/#${edition.id}`,
    name: text.title,
    description: text.summary || text.title,
    url,
    inLanguage: text.own ? lang : 'it',
    dateModified: dayOf(instantOf(text.written_at)),
    provider: { '@type': 'Organization', name: provider ?? ambito.name, url: base_url },
    isAccessibleForFree: true,
    offers: { '@type': 'Offer', category: 'Free', price: 0, priceCurrency: 'EUR' },
    ...(edition.entry_level && { coursePrerequisites: levelLabel(edition.entry_level, lang) }),
    ...(edition.target_level && { educationalLevel: levelLabel(edition.target_level, lang) }),
    hasCourseInstance: {
      '@type': 'CourseInstance',
      courseMode: where ? 'Onsite' : 'Online',
      courseWorkload: `PT${Math.max(1, Math.round(minutes / 60))}H`,
      ...(lessons[0] && { startDate: lessons[0].on_day, endDate: lessons.at(-1)?.on_day }),
      ...(where && { location: { '@type': 'Place', name: where, address: place?.address ?? where } }),
    },
  }
}
