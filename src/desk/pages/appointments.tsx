import type { Form } from '../../kernel/form.ts'
import { languages } from '../../kernel/i18n.ts'
import type { HeadLine } from '../../people/actions.ts'
import { PersonLine, PersonName } from '../../people/parts.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { Filters } from '../../ui/filters.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Moment, Time, TimeRange } from '../../ui/time.tsx'
import { ownName } from '../../ui/words-of-time.ts'
import { missedWhy, type OpeningKind, openingKinds } from '../codes.ts'
import type { dayForm, giveForm, moveForm, slotsForm } from '../forms.ts'
import type { Slot } from '../rules/slots.ts'
import type { Appointment, Series } from '../store/appointments.ts'
import { desk } from '../urls.ts'
import { useSlotWords } from './booking.tsx'

type State = 'booked' | 'arrived' | 'missed' | 'cancelled'
export const stateOf = ({ cancelled_at, arrival_id, missed_at }: Appointment): State =>
  cancelled_at ? 'cancelled' : arrival_id ? 'arrived' : missed_at ? 'missed' : 'booked'
const looks = { booked: 'info', arrived: 'good', missed: 'wait', cancelled: 'none' } as const

export function AppointmentChip({ of }: { of: Appointment }) {
  const { t } = useFrame()
  return <Chip state={looks[stateOf(of)]}>{t(`desk.state.${stateOf(of)}`)}</Chip>
}

/** Who comes in the next days. */
export function AgendaPage({
  rows,
  heads,
  calls,
}: {
  rows: readonly Appointment[]
  heads: ReadonlyMap<string, HeadLine>
  /** How many are to be called. */
  calls: number
}) {
  const { t } = useFrame()
  return (
    <Page
      title={t('desk.agenda.title')}
      lead={t('desk.agenda.lead')}
      actions={
        <>
          <a class="btn btn-primary" href={desk.give.href()}>
            {t('desk.agenda.give')}
          </a>
          {calls > 0 && (
            <a class="btn btn-outline-primary" href={desk.calls.href()}>
              {t('desk.calls.open', { count: calls })}
            </a>
          )}
          <a class="btn btn-outline-primary" href={desk.calendar.href()}>
            {t('desk.agenda.calendar')}
          </a>
        </>
      }
      wide
    >
      <Table
        caption={t('desk.agenda.title')}
        caption_hidden
        rows={rows}
        empty={t('desk.agenda.empty')}
        columns={[
          {
            header: t('desk.agenda.day'),
            names: true,
            cell: (one) => (
              <a href={desk.appointment.href({ appointment: one.id })}>
                <Day on={one.on_day} as="short" /> <Time at={one.starts_at} />
              </a>
            ),
          },
          { header: t('desk.openings.kind'), cell: (one) => t(`desk.kind.${one.kind as OpeningKind}`) },
          { header: t('desk.agenda.who'), cell: (one) => <Who of={one} head={heads.get(one.person_id ?? '')} /> },
          { header: t('desk.agenda.state'), cell: (one) => <AppointmentChip of={one} /> },
        ]}
      />
    </Page>
  )
}

function Who({ of, head }: { of: Appointment; head: HeadLine | undefined }) {
  return head ? <PersonName of={head} /> : <bdi>{of.called_as || '—'}</bdi>
}

export function GivePage({
  kind,
  slots,
  person,
  form,
}: {
  kind: OpeningKind
  slots: readonly Slot[]
  person: HeadLine | null
  form: Form<typeof giveForm>
}) {
  const { t } = useFrame()
  const words = useSlotWords()
  return (
    <Page title={t('desk.give.title')} lead={t('desk.give.lead')}>
      <Filters action={desk.give.href()} submit={t('desk.give.show')}>
        {person && <Hidden name="persona" value={person.id} />}
        <Select
          form={{ values: { tipo: kind }, errors: {} as { tipo?: string } }}
          name="tipo"
          label={t('desk.give.kind')}
          options={openingKinds.map((one) => ({ value: one, text: t(`desk.kind.${one}`) }))}
        />
      </Filters>
      {slots.length === 0 ? (
        <EmptyState pictogram="calendar">{t('desk.give.none')}</EmptyState>
      ) : (
        <FormCard form={form} submit={t('desk.give.save')}>
          <Select
            form={form}
            name="slot"
            label={t('desk.give.slot')}
            options={slots.map((one) => ({ value: one.key, text: words(one) }))}
          />
          {person ? (
            <>
              <Hidden name="person_id" value={person.id} />
              <p>
                <PersonLine of={person} />
              </p>
            </>
          ) : (
            <Field form={form} name="called_as" label={t('desk.give.name')} max_length={80} />
          )}
          <Field
            form={form}
            name="email"
            kind="email"
            label={t('desk.give.email')}
            hint={t('desk.give.email.hint')}
            optional
          />
          <Select
            form={form}
            name="lang"
            label={t('desk.give.language')}
            options={languages.map((one) => ({ value: one, text: ownName(one), lang: one }))}
            optional
          />
        </FormCard>
      )}
    </Page>
  )
}

export function AppointmentPage({
  of,
  person,
  slots,
  form,
  open,
}: {
  of: Appointment
  person: HeadLine | null
  slots: readonly Slot[]
  form: Form<typeof moveForm>
  open: boolean
}) {
  const { t } = useFrame()
  const words = useSlotWords()
  const at = { appointment: of.id }
  return (
    <Page title={t('desk.appointment.title')} lead={t(`desk.kind.${of.kind as OpeningKind}`)}>
      {form.errors.form && <Callout state="bad">{form.errors.form}</Callout>}
      <Facts
        of={[
          [
            t('desk.give.slot'),
            <>
              <Day on={of.on_day} /> · <TimeRange from={of.starts_at.slice(0, 5)} to={of.ends_at.slice(0, 5)} />
            </>,
          ],
          [t('desk.agenda.who'), person ? <PersonLine of={person} /> : <bdi>{of.called_as || '—'}</bdi>],
          [
            t('desk.agenda.state'),
            <>
              <AppointmentChip of={of} /> {of.cancelled_by && t(`desk.appointment.by.${of.cancelled_by as 'person'}`)}
              {of.missed_why && t(`desk.missed.${of.missed_why as 'not_come'}`)}
            </>,
          ],
          of.reminded_at !== null && [t('desk.appointment.reminded'), <Moment at={of.reminded_at} as="short" />],
        ]}
      />
      {open && (
        <>
          <ButtonForm action={desk.slip.href(at)}>{t('desk.appointment.slip')}</ButtonForm>
          <p class="form-text">{t('desk.appointment.slip.hint')}</p>
          <Details summary={t('desk.appointment.move')} open={Boolean(form.errors.slot)}>
            <FormCard form={form} action={desk.moveAppointment.href(at)} submit={t('desk.appointment.move.save')} quiet>
              <Select
                form={form}
                name="slot"
                label={t('desk.give.slot')}
                options={slots.map((one) => ({ value: one.key, text: words(one) }))}
              />
            </FormCard>
          </Details>
          <ButtonForm action={desk.cancelAppointment.href(at)} kind="quiet" sure={t('desk.appointment.cancel.sure')}>
            {t('desk.appointment.cancel')}
          </ButtonForm>
        </>
      )}
      <p>
        <a href={desk.appointments.href()}>{t('desk.agenda.title')}</a>
      </p>
    </Page>
  )
}

/** An address for a calendar: shown once, since only its hash is kept. */
export function CalendarPage({ address }: { address: string | null }) {
  const { t } = useFrame()
  return (
    <Page title={t('desk.agenda.calendar')} lead={t('desk.calendar.lead')}>
      {address && (
        <Callout state="good" title={t('desk.calendar.yours')}>
          <p>
            <bdi dir="ltr">{address}</bdi>
          </p>
        </Callout>
      )}
      <ButtonForm action={desk.calendar.href()}>{t('desk.calendar.make')}</ButtonForm>
    </Page>
  )
}

/** Whoever has an appointment here today and is not here yet: one press brings them into the queue. */
export function Expected({ rows, opening, now }: { rows: readonly Appointment[]; opening: string; now: string }) {
  const { t } = useFrame()
  const waiting = rows.filter((one) => stateOf(one) === 'booked')
  if (waiting.length === 0) return null
  return (
    <>
      <h2 class="h5">{t('desk.queue.appointments')}</h2>
      <ol class="queue">
        {waiting.map((one) => (
          <li class="queue-one">
            <span class="queue-who">
              <Time at={one.starts_at} /> <bdi>{one.called_as || '—'}</bdi>
            </span>
            <span class="queue-deeds">
              <ButtonForm action={desk.arrived.href({ opening, appointment: one.id })}>
                {t('desk.queue.arrived')}
              </ButtonForm>
              {one.starts_at.slice(0, 5) <= now && (
                <Details summary={t('desk.queue.missed')}>
                  {missedWhy.map((why) => (
                    <ButtonForm
                      action={desk.missed.href({ opening, appointment: one.id })}
                      values={{ why }}
                      kind="quiet"
                    >
                      {t(`desk.missed.${why}`)}
                    </ButtonForm>
                  ))}
                </Details>
              )}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

// --- the shift they belong to ---------------------------------------------------------------------------------------

export function SlotFields({ form: given }: { form: Form<typeof slotsForm> | Form<never> }) {
  const { t } = useFrame()
  const form = given as Form<typeof slotsForm>
  return (
    <>
      <div class="fields-beside">
        <Field
          form={form}
          name="slot_minutes"
          kind="number"
          label={t('desk.slots.minutes')}
          hint={t('desk.slots.minutes.hint')}
          optional
        />
        <Field form={form} name="slot_places" kind="number" label={t('desk.slots.places')} optional />
      </div>
      <Tick form={form} name="open_booking" label={t('desk.slots.open')} />
    </>
  )
}

export function OneSeriesPage({
  of,
  slots,
  day,
}: {
  of: Series
  slots: Form<typeof slotsForm>
  day: Form<typeof dayForm>
}) {
  const { t } = useFrame()
  return (
    <Page
      title={t('desk.one_series.title')}
      lead={
        <>
          {t(`desk.kind.${of.kind as OpeningKind}`)}, {t(`desk.weekday.${String(of.weekday) as '1'}`)}{' '}
          <Time at={of.starts_at} />–<Time at={of.ends_at} />
        </>
      }
    >
      <h2>{t('desk.one_series.slots')}</h2>
      <FormCard form={slots} action={desk.oneSeries.href({ series: of.id })} submit={t('desk.slots.save')}>
        <SlotFields form={slots} />
      </FormCard>
      <h2>{t('desk.one_series.day')}</h2>
      <FormCard form={day} action={desk.seriesDay.href({ series: of.id })} submit={t('desk.day.save')} quiet>
        <Field form={day} name="on_day" kind="date" label={t('desk.day.on')} />
        <Choice
          form={day}
          name="what"
          label={t('desk.day.what')}
          options={[
            { value: 'closed', text: t('desk.day.closed') },
            { value: 'hours', text: t('desk.day.hours') },
          ]}
          beside
        />
        <div class="fields-beside">
          <Field form={day} name="starts_at" kind="time" label={t('desk.openings.starts_at')} optional />
          <Field form={day} name="ends_at" kind="time" label={t('desk.openings.ends_at')} optional />
        </div>
      </FormCard>
      <p>
        <a href={desk.series.href()}>{t('desk.openings.series')}</a>
      </p>
    </Page>
  )
}
