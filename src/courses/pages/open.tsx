/** For everybody: what courses there are, one course, enrolling. */
import { dayOf, instantOf } from '../../kernel/clock.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Details } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { JsonLd } from '../../ui/json-ld.tsx'
import { Labelled } from '../../ui/labelled.tsx'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { Day, Time, TimeRange } from '../../ui/time.tsx'
import { weekdayInWords } from '../../ui/words-of-time.ts'
import type { CourseShown } from '../actions/reading.ts'
import { levelLabel } from '../codes.ts'
import { rhythmOf } from '../rules/lessons.ts'
import { open } from '../urls.ts'
import { courseJson } from './structured.ts'

export type Of = { of: CourseShown }

/** The words of a course in the language they are really in. */
export function InItsLanguage({ of, children }: { of: { own: boolean; language: string }; children: string }) {
  return <bdi lang={of.own ? undefined : 'it'}>{children}</bdi>
}

export function TextNote({ of: { own, old } }: { of: { own: boolean; old: boolean } }) {
  const { t } = useFrame()
  if (own && !old) return null
  return <p class="text-muted">{own ? t('courses.note.old') : t('courses.note.italian')}</p>
}

export function CoursesPage({ courses }: { courses: readonly CourseShown[] }) {
  const { t } = useFrame()
  return (
    <Page title={t('courses.title')} lead={t('courses.lead')} description={t('courses.lead')}>
      {courses.length === 0 ? (
        <EmptyState pictogram="school">{t('courses.empty')}</EmptyState>
      ) : (
        <ul class="cards">
          {courses.map((course) => (
            <CourseCard of={course} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function CourseCard({ of }: Of) {
  const { lang, t } = useFrame()
  const { edition, text, lessons } = of
  const { first, begun } = useBeginning(lessons)
  const kind = useKind(of)
  return (
    <li>
      <div>
        <a class="card-title" href={open.course.href({ l: lang, slug: edition.slug })}>
          <InItsLanguage of={text}>{text.title}</InItsLanguage>
        </a>
        {(kind || (first && !begun)) && (
          <p class="text-muted">
            {kind}
            {kind && first && !begun && ' · '}
            {first && !begun && <Day on={first.on_day} as="short" />}
          </p>
        )}
        {begun && <Begun lessons={lessons} />}
        {lessons.length > 0 && <Rhythm lessons={lessons} />}
        <RoomChip of={of} /> {edition.women_only && <Chip state="info">{t('courses.women_only')}</Chip>}{' '}
        {edition.childcare && <Chip state="info">{t('courses.childcare')}</Chip>}
      </div>
    </li>
  )
}

function RoomChip({ of: { edition, free, closed } }: Of) {
  const { t } = useFrame()
  if (edition.cancelled_at) return <Chip state="bad">{t('courses.cancelled')}</Chip>
  if (closed) return <Chip state="none">{t('courses.closed')}</Chip>
  if (free > 0) return <Chip state="good">{t('courses.places', { count: free })}</Chip>
  return <Chip state="wait">{t('courses.full')}</Chip>
}

/** A course that has begun says so, and when whoever enrols now would come first. */
export function Begun({ lessons }: { lessons: CourseShown['lessons'] }) {
  const { now, t } = useFrame()
  const next = lessons.find(({ on_day }) => on_day >= dayOf(now))
  return (
    <p class="mb-0">
      {t('courses.begun')}{' '}
      {next && (
        <Labelled label={t('courses.status.next')}>
          <Day on={next.on_day} /> <Time at={next.starts_at} />
        </Labelled>
      )}
    </p>
  )
}

/** What kind of course it is, unless its title says just that. */
function useKind({ edition, text }: CourseShown) {
  const { lang, t } = useFrame()
  const kind = t(`courses.kind.${edition.kind}` as TextKey)
  return kind.localeCompare(text.title, lang, { sensitivity: 'base' }) === 0 ? '' : kind
}

/** The first lesson of all, and whether it is behind us. */
export function useBeginning([first]: CourseShown['lessons']) {
  const { now } = useFrame()
  return { first, begun: first !== undefined && first.on_day < dayOf(now) }
}

function Rhythm({ lessons }: { lessons: CourseShown['lessons'] }) {
  const { lang, t } = useFrame()
  const rhythm = rhythmOf(lessons)
  if (!rhythm || rhythm.days.length > 3) return <p class="mb-0">{t('courses.lessons', { count: lessons.length })}</p>
  const days = new Intl.ListFormat(lang, { type: 'conjunction' }).format(
    rhythm.days.map((day) => weekdayInWords(day, lang)),
  )
  return (
    <p class="mb-0">
      {days} · <TimeRange from={rhythm.from} to={rhythm.to} />
    </p>
  )
}

export function CoursePage({ of }: Of) {
  const { lang, now, t } = useFrame()
  const { edition, text, lessons, place, provider, closed, free } = of
  const { first, begun } = useBeginning(lessons)
  const last = lessons.at(-1)
  // Over New Year both ends carry their year.
  const style = first?.on_day.slice(0, 4) === last?.on_day.slice(0, 4) ? 'long' : 'date'
  const where = { l: lang, slug: edition.slug }
  const kind = useKind(of)
  return (
    <Page
      title={text.title}
      heading={<InItsLanguage of={text}>{text.title}</InItsLanguage>}
      lead={text.summary && <InItsLanguage of={text}>{text.summary}</InItsLanguage>}
      description={text.summary || text.title}
      updated={dayOf(instantOf(text.written_at))}
      head={<JsonLd data={courseJson(useFrame(), of)} />}
    >
      <TextNote of={text} />
      {edition.cancelled_at ? (
        <Callout state="bad" title={t('courses.cancelled')}>
          <p>{t('courses.cancelled.long')}</p>
        </Callout>
      ) : closed ? (
        <Callout state="info">
          <p>{t('courses.closed.long')}</p>
        </Callout>
      ) : (
        free === 0 && (
          <Callout state="wait" title={t('courses.full')}>
            <p>{t('courses.full.long')}</p>
          </Callout>
        )
      )}
      {!closed && (
        <p class="actions">
          <a class="btn btn-primary" href={open.enrol.href(where)}>
            {free > 0 || edition.choice === 'selection' ? t('courses.enrol') : t('courses.join_list')}
          </a>
          {free > 0 && <RoomChip of={of} />}
        </p>
      )}
      <Facts
        of={[
          kind !== '' && [t('courses.what'), kind],
          first &&
            last && [
              t('courses.when'),
              <>
                <Day on={first.on_day} as={style} /> – <Day on={last.on_day} as={style} />
                {begun && <Begun lessons={lessons} />}
                <Rhythm lessons={lessons} />
              </>,
            ],
          [
            t('courses.where'),
            place ? (
              <bdi lang="it">
                {place.name}, {place.address}
              </bdi>
            ) : edition.link ? (
              t('courses.online')
            ) : (
              edition.place_text && <bdi lang="it">{edition.place_text}</bdi>
            ),
          ],
          [t('courses.hours'), t('courses.hours.of', { hours: (edition.planned_minutes ?? 0) / 60 })],
          edition.entry_level !== null && [t('courses.entry_level'), levelLabel(edition.entry_level, lang)],
          edition.target_level !== null && [t('courses.target_level'), levelLabel(edition.target_level, lang)],
          edition.women_only && [t('courses.for_whom'), t('courses.women_only')],
          edition.childcare && [t('courses.childcare'), t('courses.childcare.long')],
          edition.enrol_until !== null && [t('courses.enrol_until'), <Day on={edition.enrol_until} />],
          provider !== null && [t('courses.provider'), <bdi lang="it">{provider}</bdi>],
          edition.contact !== '' && [t('courses.contact'), <Reach of={edition.contact} />],
          [t('courses.cost'), t('courses.cost.free')],
        ]}
      />
      {text.body !== '' && (
        <div class="body-text" lang={text.own ? undefined : 'it'} dir={text.own ? undefined : 'ltr'}>
          {text.body.split(/\n{2,}/).map((paragraph) => (
            <p>{paragraph}</p>
          ))}
        </div>
      )}
      {lessons.length > 0 && (
        <Details summary={t('courses.lessons', { count: lessons.length })}>
          <ul>
            {lessons.map((lesson) => (
              <li class={lesson.on_day < dayOf(now) ? 'text-muted' : undefined}>
                <Day on={lesson.on_day} /> <TimeRange from={lesson.starts_at} to={lesson.ends_at} />
              </li>
            ))}
          </ul>
          <p>
            <a href={open.calendar.href(where)}>
              <Pictogram name="calendar-plus" size="s" /> {t('courses.to_calendar')}
            </a>
          </p>
        </Details>
      )}
      <p class="d-print-none">
        <a href={open.list.href({ l: lang })}>
          <Pictogram name="arrow-left" size="s" /> {t('courses.all')}
        </a>
      </p>
      {edition.demo && <p class="text-muted">{t('courses.demo')}</p>}
    </Page>
  )
}

/** A telephone number or an address somebody typed becomes a link; anything else stays words. */
function Reach({ of }: { of: string }) {
  const scheme = /^\S+@\S+\.\S+$/.test(of) ? 'mailto:' : /^[+\d][\d\s/.-]{5,}$/.test(of) ? 'tel:' : undefined
  if (!scheme) return <bdi>{of}</bdi>
  return (
    <Link href={`${scheme}${scheme === 'tel:' ? of.replaceAll(/[\s/.-]/g, '') : of}`}>
      <bdi dir="ltr">{of}</bdi>
    </Link>
  )
}
