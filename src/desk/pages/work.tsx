import type { Child } from 'hono/jsx'
import type { Form } from '../../kernel/form.ts'
import type { HeadLine } from '../../people/actions.ts'
import { PersonDetails, PersonLine, StandingChip, TitleChip } from '../../people/parts.tsx'
import { people } from '../../people/urls.ts'
import { spokenLanguages } from '../../territory/actions.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Choice, Choices, Select, Tick } from '../../ui/choice.tsx'
import { Combo } from '../../ui/combo.tsx'
import { Details } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { Day, Time } from '../../ui/time.tsx'
import { forWhom, helps, needLabel, needsFor, outcomes } from '../codes.ts'
import type { informationForm, searchForm, visitForm } from '../forms.ts'
import type { Opening, Visit, Waiting } from '../store.ts'
import { desk } from '../urls.ts'

export type Front = {
  opening: Opening
  queue: (Waiting & { head: HeadLine | null })[]
  /** Who has been called and stands in front of the desk. */
  arrival: string | null
  person: HeadLine | null
  history: Visit[]
  bodies: string[]
}
export type Search = { form: Form<typeof searchForm>; lines: HeadLine[]; needs_more: boolean } | null

/** The operator's screen: who waits, who is here and what they need, what is known of them. */
export function WorkPage({
  front,
  search,
  visit,
  information,
}: {
  front: Front
  search: Search
  visit: Form<typeof visitForm>
  information: Form<typeof informationForm>
}) {
  const { t } = useFrame()
  const { opening } = front
  return (
    <Page
      title={t(`desk.kind.${opening.kind as 'foreigners'}`)}
      lead={
        <>
          <Day on={opening.on_day} />, <Time at={opening.starts_at} />–<Time at={opening.ends_at} />{' '}
          {opening.place && <>· {opening.place}</>}
        </>
      }
      actions={
        <a class="btn btn-outline-primary" href={desk.list.href({ opening: opening.id })}>
          {t('desk.work.list')}
        </a>
      }
      wide
    >
      <div class="desk">
        <Queue front={front} />
        <div class="desk-middle">
          {front.person ? (
            <VisitCard front={front} form={visit} person={front.person} />
          ) : (
            <WhoIsIt front={front} search={search} information={information} />
          )}
        </div>
        <aside class="desk-side" aria-label={t('desk.work.known')}>
          {front.person ? (
            <Known person={front.person} history={front.history} />
          ) : (
            <EmptyState pictogram="users">{t('desk.work.nobody_chosen')}</EmptyState>
          )}
        </aside>
      </div>
    </Page>
  )
}

function Queue({ front: { opening, queue, arrival } }: { front: Front }) {
  const { t } = useFrame()
  return (
    <section class="desk-queue" aria-labelledby="queue">
      <h2 id="queue" class="h5">
        {t('desk.queue.title', { count: queue.length })}
      </h2>
      <QueueList opening={opening} queue={queue} arrival={arrival} />
      <form method="post" action={desk.arrivals.href({ opening: opening.id })} class="arrival-form">
        <ArrivalMarks />
        <label for="called_as">{t('desk.queue.called_as')}</label>
        <input
          id="called_as"
          name="called_as"
          class="form-control"
          autocomplete="off"
          dir="auto"
          maxlength={80}
          data-key="a"
        />
        <button class="btn btn-outline-primary" type="submit">
          {t('desk.queue.arrive')}
        </button>
      </form>
    </section>
  )
}

/** Kept up to date by itself; also the fragment it is refreshed with. */
export function QueueList({ opening, queue, arrival }: Pick<Front, 'opening' | 'queue' | 'arrival'>) {
  const { t } = useFrame()
  if (queue.length === 0) return <p class="text-muted">{t('desk.queue.empty')}</p>
  return (
    <ol class="queue">
      {queue.map((one) => (
        <li
          class={one.id === arrival ? 'queue-one queue-here' : 'queue-one'}
          {...(one.id === arrival && { 'aria-current': 'true' })}
        >
          <span class="queue-who">
            <strong>{one.number}</strong>{' '}
            {one.head ? (
              <Name latin={one.head.latin} original={one.head.original} />
            ) : (
              <bdi>{one.called_as || '—'}</bdi>
            )}{' '}
            <Time at={one.arrived_at} />
          </span>
          <span class="queue-deeds">
            {one.called_at ? (
              <a
                class="btn btn-sm btn-primary"
                href={desk.work.href({ opening: opening.id }, { arrivo: one.id, persona: one.person_id ?? undefined })}
              >
                {t('desk.queue.serve')}
              </a>
            ) : (
              <ButtonForm action={desk.call.href({ opening: opening.id, arrival: one.id })}>
                {t('desk.queue.call')}
              </ButtonForm>
            )}
            <ButtonForm action={desk.leave.href({ opening: opening.id, arrival: one.id })} kind="quiet">
              {t('desk.queue.leave')}
            </ButtonForm>
          </span>
        </li>
      ))}
    </ol>
  )
}

function ArrivalMarks() {
  const { ambito } = useFrame()
  return (
    <>
      <input type="hidden" name="_once" value={crypto.randomUUID()} />
      <input type="hidden" name="_ambito" value={ambito.id} />
    </>
  )
}

function WhoIsIt({
  front,
  search,
  information,
}: {
  front: Front
  search: Search
  information: Form<typeof informationForm>
}) {
  const { t } = useFrame()
  const { opening, arrival } = front
  const form = search?.form ?? { values: {}, errors: {} }
  return (
    <>
      <search>
        <form
          method="post"
          action={desk.search.href({ opening: opening.id })}
          class="search-form"
          hx-post={desk.search.href({ opening: opening.id })}
          hx-target="#found"
          hx-trigger="input changed delay:250ms from:#f-who"
        >
          {arrival && <Hidden name="arrival_id" value={arrival} />}
          <Field
            form={form as Form<typeof searchForm>}
            name="who"
            kind="search"
            label={t('people.search.who')}
            hint={t('people.search.hint')}
            search
            autofocus
          />
          <button class="btn btn-primary" type="submit">
            {t('people.search.find')}
          </button>
        </form>
      </search>
      <div id="found" aria-live="polite">
        <FoundHere front={front} search={search} />
      </div>
      <p>
        <a
          class="btn btn-outline-primary"
          href={desk.newPerson.href({ opening: opening.id }, { arrivo: arrival ?? undefined })}
        >
          {t('people.search.create')}
        </a>
      </p>
      <Details summary={t('desk.information.title')}>
        <p>{t('desk.information.lead')}</p>
        <FormCard
          form={information}
          action={desk.information.href({ opening: opening.id })}
          submit={t('desk.information.save')}
          quiet
        >
          {arrival && <Hidden name="arrival_id" value={arrival} />}
          <Needs form={information} kind={opening.kind} id="f-information-needs" />
        </FormCard>
      </Details>
    </>
  )
}

export function FoundHere({
  front: { opening, arrival },
  search,
}: {
  front: Pick<Front, 'opening' | 'arrival'>
  search: Search
}) {
  const { t } = useFrame()
  if (!search) return null
  if (search.needs_more) return <p>{t('people.search.two_items')}</p>
  if (search.lines.length === 0) return <p>{t('people.search.nobody')}</p>
  return (
    <ul class="person-list">
      {search.lines.map((line) => (
        <li>
          <a
            class="person-pick"
            href={desk.work.href({ opening: opening.id }, { arrivo: arrival ?? undefined, persona: line.id })}
          >
            <Name latin={line.latin} original={line.original} />
          </a>{' '}
          <PersonDetails of={line} /> <TitleChip of={line} /> <StandingChip of={line} />
        </li>
      ))}
    </ul>
  )
}

function Needs({
  form,
  kind,
  id,
}: {
  form: Form<typeof visitForm> | Form<typeof informationForm>
  kind: string
  id?: string
}) {
  const { t, lang } = useFrame()
  return (
    <Combo
      form={form as Form<typeof visitForm>}
      name="needs"
      label={t('desk.visit.needs')}
      offers={needsFor(kind).map(({ code }) => ({ value: code, text: needLabel(code, lang), code }))}
      {...(id && { id })}
    />
  )
}

function VisitCard({ front, form, person }: { front: Front; form: Form<typeof visitForm>; person: HeadLine }) {
  const { t, lang } = useFrame()
  const words = <Code extends string>(codes: readonly Code[], text: (code: Code) => string) =>
    codes.map((value) => ({ value, text: text(value) }))
  return (
    <section aria-labelledby="visit">
      <h2 id="visit" class="h5">
        <PersonLine of={person} />
      </h2>
      <FormCard
        form={form}
        action={desk.work.href({ opening: front.opening.id })}
        submit={t('desk.visit.save_and_next')}
        second={{ name: 'after', value: 'stay', text: t('desk.visit.save') }}
        cancel={{
          href: desk.work.href({ opening: front.opening.id }, { arrivo: front.arrival ?? undefined }),
          text: t('desk.visit.not_this_one'),
        }}
      >
        <Hidden name="person_id" value={person.id} />
        {front.arrival && <Hidden name="arrival_id" value={front.arrival} />}
        <Needs form={form} kind={front.opening.kind} />
        <Choice
          form={form}
          name="outcome"
          label={t('desk.visit.outcome')}
          options={words(outcomes, (code) => t(`desk.outcome.${code}`))}
          beside
        />
        <div class="fields-beside">
          <Field
            form={form}
            name="sent_to"
            label={t('desk.visit.sent_to')}
            hint={t('desk.visit.sent_to_hint')}
            offered={front.bodies}
            optional
          />
          <Field
            form={form}
            name="minutes"
            kind="number"
            label={t('desk.visit.minutes')}
            hint={t('desk.visit.minutes_hint')}
            optional
          />
        </div>
        <Details summary={t('desk.visit.more')} open={Boolean(form.errors.mandate_seen)}>
          <Choice
            form={form}
            name="for_whom"
            label={t('desk.visit.for_whom')}
            options={words(forWhom, (code) => t(`desk.for.${code}`))}
            beside
            optional
          />
          <Tick form={form} name="mandate_seen" label={t('desk.visit.mandate_seen')} />
          <Choices
            form={form}
            name="help"
            label={t('desk.visit.help')}
            options={words(helps, (code) => t(`desk.help.${code}`))}
            beside
            optional
          />
          <Select
            form={form}
            name="language"
            label={t('desk.visit.language')}
            options={spokenLanguages.map(({ code, it, en }) => ({ value: code, text: lang === 'it' ? it : en }))}
            optional
          />
          <Tick form={form} name="mediator_present" label={t('desk.visit.mediator_present')} />
          <Tick form={form} name="answer_wanted" label={t('desk.visit.answer_wanted')} />
          <Field
            form={form}
            name="note"
            kind="textarea"
            label={t('desk.visit.note')}
            hint={t('desk.visit.note_hint')}
            optional
          />
        </Details>
      </FormCard>
    </section>
  )
}

function Known({ person, history }: { person: HeadLine; history: Visit[] }) {
  const { t } = useFrame()
  return (
    <>
      <h2 class="h5">{t('desk.work.known')}</h2>
      <VisitList visits={history} />
      <p>
        <a href={people.file.href({ id: person.id })}>{t('desk.work.whole_file')}</a>
      </p>
    </>
  )
}

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
