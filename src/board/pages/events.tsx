import type { Child } from 'hono/jsx'
import { dayOf, instantOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { locale } from '../../kernel/i18n.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { JsonLd } from '../../ui/json-ld.tsx'
import { Page } from '../../ui/page.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { Day, TimeRange } from '../../ui/time.tsx'
import type { MySignUp } from '../actions/events.ts'
import type { EventShown, EventShownLine, EventsShown } from '../actions/reading.ts'
import type { signUpForm } from '../forms.ts'
import { isOver } from '../rules/events.ts'
import { board } from '../urls.ts'
import { dayAnchor, MonthGrid, monthName } from './month.tsx'
import { Picture, PictureMeta } from './picture.tsx'
import { Where } from './services.tsx'
import { eventJson } from './structured.ts'
import { Body, Bring, beforeHeading, InTextLang, mapOf, Notes, Useful } from './words.tsx'

export function EventsPage({ events, total, page, month, months, days, size }: EventsShown & { size: number }) {
  const { lang, t } = useFrame()
  const list = (
    <div>
      {events.length === 0 ? (
        <EmptyState pictogram="calendar">{t('board.events.empty')}</EmptyState>
      ) : (
        <EventList events={events} by_day={month !== undefined} />
      )}
      <Pager
        page={page}
        total={total}
        size={size}
        href={(to) => board.events.href({ l: lang }, { mese: month, pagina: to > 1 ? to : undefined })}
      />
    </div>
  )
  return (
    <Page
      title={t('board.events.title')}
      lead={t('board.events.lead')}
      description={t('board.events.lead')}
      head={
        <link
          rel="alternate"
          type="text/calendar"
          title={t('board.events.title')}
          href={board.calendar.href({ l: lang })}
        />
      }
    >
      {months.length > 0 && <Months months={months} here={month} />}
      {month ? (
        <div class="halves">
          <MonthGrid month={month} days={days} />
          {list}
        </div>
      ) : (
        list
      )}
      <p>
        <a href={board.calendar.href({ l: lang })}>
          <Pictogram name="calendar-plus" size="s" /> {t('board.events.calendar')}
        </a>
      </p>
    </Page>
  )
}

function Months({ months, here }: { months: readonly string[]; here: string | undefined }) {
  const { lang, t } = useFrame()
  return (
    <nav aria-label={t('board.events.months')}>
      <ul class="months">
        <li>
          <a href={board.events.href({ l: lang })} {...(!here && { 'aria-current': 'page' as const })}>
            {t('board.events.all_months')}
          </a>
        </li>
        {months.slice(0, 12).map((month) => (
          <li>
            <a
              href={board.events.href({ l: lang }, { mese: month })}
              {...(month === here && { 'aria-current': 'page' as const })}
            >
              {monthName(month, lang)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** What is on, day by day: the date large at the side, then what, when, where, and whether there is room. */
export function EventList({ events, by_day = false }: { events: readonly EventShownLine[]; by_day?: boolean }) {
  const first = (at: number) => by_day && events[at - 1]?.on_day !== events[at]?.on_day
  return (
    <ul class="cards">
      {events.map((event, at) => (
        <EventCard of={event} {...(first(at) && { id: dayAnchor(event.on_day) })} />
      ))}
    </ul>
  )
}

/** `id`: the first of its day, where the month leads to. */
function EventCard({ of, id }: { of: EventShownLine; id?: string }) {
  const { lang, t } = useFrame()
  return (
    <li id={id}>
      <DateBlock on={of.on_day} />
      <div>
        <a class="card-title" href={board.event.href({ l: lang, slug: of.slug })}>
          <InTextLang notes={of.notes}>{of.title}</InTextLang>
        </a>{' '}
        <Notes of={of.notes} />
        <p class="text-muted">
          <Day on={of.on_day} as="short" /> <TimeRange from={of.starts_at} to={of.ends_at} />
        </p>
        <p class="text-muted">
          <bdi lang="it">{of.place?.name ?? of.place_text}</bdi>
        </p>
        {of.cancelled_at ? (
          <Chip state="bad">{t('board.event.cancelled')}</Chip>
        ) : of.full ? (
          <Chip state="wait">{t('board.event.full')}</Chip>
        ) : (
          of.sign_up && <Chip state="good">{t('board.event.room')}</Chip>
        )}
      </div>
    </li>
  )
}

function DateBlock({ on }: { on: string }) {
  const { lang } = useFrame()
  const month = new Intl.DateTimeFormat(locale(lang), { month: 'short', calendar: 'gregory', timeZone: 'UTC' }).format(
    new Date(`${on}T12:00:00Z`),
  )
  return (
    <span class="date-block" aria-hidden="true">
      <strong>{Number(on.slice(8))}</strong>
      <span>{month}</span>
    </span>
  )
}

export function EventPage({ text, event, full, place, organisation }: EventShown) {
  const { lang, now, t } = useFrame()
  const over = isOver(event, dayOf(now))
  const where = { l: lang, slug: text.slug }
  return (
    <Page
      title={text.title}
      heading={<InTextLang notes={text.notes}>{text.title}</InTextLang>}
      lead={text.summary && <InTextLang notes={text.notes}>{text.summary}</InTextLang>}
      description={text.summary || text.title}
      updated={dayOf(instantOf(text.changed_at))}
      {...beforeHeading(text, 'event')}
      head={
        <>
          <PictureMeta text={text} />
          <JsonLd data={eventJson(useFrame(), { text, event, full, place, organisation })} />
        </>
      }
    >
      {event.cancelled_at ? (
        <Callout state="bad" title={t('board.event.cancelled')}>
          <p>{t('board.event.cancelled.long')}</p>
        </Callout>
      ) : over ? (
        <Callout state="info">
          <p>{t('board.event.over')}</p>
        </Callout>
      ) : (
        full && (
          <Callout state="wait" title={t('board.event.full')}>
            <p>{t('board.event.full.long')}</p>
          </Callout>
        )
      )}
      <Facts
        of={[
          ...useWhenAndWhere({ event, place }),
          text.for_whom !== '' && [
            t('board.service.for_whom'),
            <InTextLang notes={text.notes}>{text.for_whom}</InTextLang>,
          ],
          text.cost !== '' && [t('board.service.cost'), <InTextLang notes={text.notes}>{text.cost}</InTextLang>],
          organisation !== undefined && [t('board.service.organisation'), <bdi lang="it">{organisation.name}</bdi>],
        ]}
      />
      {!over && (
        <p class="actions">
          {event.sign_up && !event.cancelled_at && !full && (
            <a class="btn btn-primary" href={board.signUp.href(where)}>
              {t('board.sign_up.do')}
            </a>
          )}
          {event.sign_up && !event.cancelled_at && !full && <Chip state="good">{t('board.event.room')}</Chip>}
          <a class="btn btn-outline-primary" href={board.eventCalendar.href(where)}>
            <Pictogram name="calendar-plus" size="s" /> {t('board.event.to_calendar')}
          </a>
          {place?.address && (
            <a class="btn btn-outline-primary" href={mapOf(place.address)} rel="noopener noreferrer">
              <Pictogram name="map-pin" size="s" /> {t('board.way.directions')}
            </a>
          )}
        </p>
      )}
      <Picture text={text} />
      <Body text={text} notes={text.notes} />
      <Bring text={text} notes={text.notes} />
      <Useful kind="event" slug={text.slug} />
      <p class="d-print-none">
        <a href={board.events.href({ l: lang })}>
          <Pictogram name="arrow-left" size="s" /> {t('board.events.all')}
        </a>
      </p>
      {text.demo && <p class="text-muted">{t('board.demo')}</p>}
    </Page>
  )
}

function When({
  event: { on_day, starts_at, ends_at },
}: {
  event: { on_day: string; starts_at: string; ends_at: string }
}) {
  return (
    <>
      <Day on={on_day} /> <TimeRange from={starts_at} to={ends_at} />
    </>
  )
}

function useWhenAndWhere({ event, place }: Pick<EventShown, 'event' | 'place'>): [string, Child][] {
  const { t } = useFrame()
  return [
    [t('board.event.when'), <When event={event} />],
    [t('board.service.where'), place ? <Where place={place} /> : <bdi lang="it">{event.place_text}</bdi>],
  ]
}

// --- signing up -----------------------------------------------------------------------------------------------------

export function SignUpPage({
  shown: { text, event, full, place },
  form,
}: {
  shown: EventShown
  form: Form<typeof signUpForm>
}) {
  const { lang, t } = useFrame()
  const closed = full || event.cancelled_at !== null || !event.sign_up
  return (
    <Page
      title={t('board.sign_up.title')}
      lead={<InTextLang notes={text.notes}>{text.title}</InTextLang>}
      head={<meta name="robots" content="noindex" />}
    >
      <Facts of={useWhenAndWhere({ event, place })} />
      {closed ? (
        <Callout state="wait">
          <p>
            {event.cancelled_at
              ? t('board.error.cancelled')
              : full
                ? t('board.error.full')
                : t('board.error.no_sign_up')}
          </p>
        </Callout>
      ) : (
        <FormCard form={form} submit={t('board.sign_up.do')}>
          <Field
            form={form}
            name="called_as"
            label={t('board.sign_up.name')}
            hint={t('board.sign_up.name.hint')}
            max_length={80}
            autocomplete="given-name"
          />
          <fieldset class="form-group">
            <legend class="form-label">{t('board.sign_up.contact')}</legend>
            <p class="form-text">{t('board.sign_up.contact.hint')}</p>
            <Field form={form} name="phone" kind="tel" label={t('board.sign_up.phone')} autocomplete="tel" />
            <Field form={form} name="email" kind="email" label={t('board.sign_up.email')} autocomplete="email" />
          </fieldset>
          <p class="text-muted">{t('board.sign_up.privacy')}</p>
        </FormCard>
      )}
      <p>
        <a href={board.event.href({ l: lang, slug: text.slug })}>{t('board.sign_up.back')}</a>
      </p>
    </Page>
  )
}

export function MySignUpPage({ of: { text, event, place, mine }, token }: { of: MySignUp; token: string }) {
  const { lang, now, t } = useFrame()
  const coming = !mine.withdrawn_at && !event.cancelled_at && !isOver(event, dayOf(now))
  const where = { l: lang, slug: text.slug }
  return (
    <Page
      title={mine.withdrawn_at ? t('board.mine.withdrawn') : t('board.mine.title')}
      lead={<InTextLang notes={text.notes}>{text.title}</InTextLang>}
      head={<meta name="robots" content="noindex, noarchive" />}
    >
      <Callout state={mine.withdrawn_at || event.cancelled_at ? 'wait' : 'good'} live>
        <p>
          {event.cancelled_at
            ? t('board.event.cancelled.long')
            : mine.withdrawn_at
              ? t('board.mine.withdrawn.long')
              : t('board.mine.long')}
        </p>
      </Callout>
      <Facts of={useWhenAndWhere({ event, place })} />
      <p class="actions">
        {coming && (
          <a class="btn btn-primary" href={board.eventCalendar.href(where)}>
            <Pictogram name="calendar-plus" size="s" /> {t('board.event.to_calendar')}
          </a>
        )}
        <a class="btn btn-outline-primary" href={board.event.href(where)}>
          {t('board.sign_up.back')}
        </a>
      </p>
      {coming && (
        <>
          <Bring text={text} notes={text.notes} />
          <p>{t('board.mine.keep')}</p>
          <ButtonForm action={board.mySignUp.href({ ...where, token })} kind="outline" sure={t('board.mine.sure')}>
            {t('board.mine.withdraw')}
          </ButtonForm>
        </>
      )}
    </Page>
  )
}
