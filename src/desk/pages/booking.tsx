/** For everybody: an appointment, without an account and without JavaScript. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Tick } from '../../ui/choice.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Labelled } from '../../ui/labelled.tsx'
import { Page } from '../../ui/page.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { Day, Time, TimeRange } from '../../ui/time.tsx'
import { privacyPage } from '../../ui/urls.ts'
import { dayInWords } from '../../ui/words-of-time.ts'
import type { OpeningKind } from '../codes.ts'
import type { bookForm, codeForm, moveForm } from '../forms.ts'
import type { Slot } from '../rules/slots.ts'
import type { Appointment } from '../store/appointments.ts'
import { booking } from '../urls.ts'

const unfound = <meta name="robots" content="noindex" />

/** Which desks may be booked, each with its first free hour. */
export function KindsPage({ first }: { first: readonly Slot[] }) {
  const { lang, t } = useFrame()
  return (
    <Page title={t('desk.book.title')} lead={t('desk.book.lead')} description={t('desk.book.lead')}>
      {first.length === 0 ? (
        <EmptyState pictogram="calendar">{t('desk.book.none')}</EmptyState>
      ) : (
        <ul class="cards">
          {first.map(({ kind, on_day, starts_at }) => (
            <li>
              <div>
                <a class="card-title" href={booking.slots.href({ l: lang, kind })}>
                  {t(`desk.book.kind.${kind as OpeningKind}`)}
                </a>
                <p>
                  <Labelled label={t('desk.book.first')}>
                    <Day on={on_day} /> <Time at={starts_at} />
                  </Labelled>
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <p class="mt-4">
        <a href={booking.byCode.href({ l: lang })}>{t('desk.code.title')}</a>
      </p>
    </Page>
  )
}

/** Some days with their free hours, and the way to the days after. */
export function SlotsPage({
  kind,
  slots,
  later,
  begun,
}: {
  kind: OpeningKind
  slots: readonly Slot[]
  /** The first day that is not shown any more. */
  later: string | null
  begun: boolean
}) {
  const { lang, t } = useFrame()
  return (
    <Page title={t('desk.book.when')} lead={t(`desk.book.kind.${kind}`)} head={unfound}>
      {slots.length === 0 && <EmptyState pictogram="calendar">{t('desk.book.none')}</EmptyState>}
      {[...Map.groupBy(slots, ({ on_day }) => on_day)].map(([on_day, own]) => (
        <section aria-labelledby={`d${on_day}`}>
          <h2 id={`d${on_day}`}>
            <Day on={on_day} />
          </h2>
          <ul class="hours">
            {own.map(({ key, starts_at }) => (
              <li>
                <a class="btn btn-outline-primary" href={booking.book.href({ l: lang, kind, slot: key })}>
                  <Time at={starts_at} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p class="actions">
        {later && (
          <a class="btn btn-outline-primary" href={booking.slots.href({ l: lang, kind }, { dal: later })}>
            {t('desk.book.later')}
          </a>
        )}
        {begun && <a href={booking.slots.href({ l: lang, kind })}>{t('desk.book.from_start')}</a>}
      </p>
      <p>
        <a href={booking.kinds.href({ l: lang })}>
          <Pictogram name="arrow-left" size="s" /> {t('desk.book.all')}
        </a>
      </p>
    </Page>
  )
}

/** `near`: what is free around it, when somebody else was quicker. */
export function BookPage({
  kind,
  slot,
  near,
  form,
}: {
  kind: OpeningKind
  slot: Slot | null
  near: readonly Slot[]
  form: Form<typeof bookForm>
}) {
  const { lang, t } = useFrame()
  return (
    <Page title={t('desk.book.title')} lead={t(`desk.book.kind.${kind}`)} head={unfound}>
      {slot && <WhenAndWhere of={slot} />}
      {!slot && near.length === 0 ? (
        <EmptyState pictogram="calendar">{form.errors.slot ?? t('desk.book.none')}</EmptyState>
      ) : (
        <FormCard form={form} submit={t('desk.book.send')}>
          {!slot && <Hours form={form} near={near} />}
          <Field
            form={form}
            name="called_as"
            label={t('desk.book.name')}
            hint={t('desk.book.name.hint')}
            max_length={80}
            autocomplete="given-name"
          />
          <Field
            form={form}
            name="email"
            kind="email"
            label={t('desk.book.email')}
            hint={t('desk.book.email.hint')}
            autocomplete="email"
            optional
          />
          <Tick
            form={form}
            name="privacy"
            label={t('desk.book.privacy')}
            hint={
              <a href={privacyPage.href({ l: lang })} target="_blank" rel="noopener">
                {t('desk.book.privacy.read')}
              </a>
            }
          />
        </FormCard>
      )}
      <p class="mt-4">
        <a href={booking.slots.href({ l: lang, kind })}>
          <Pictogram name="arrow-left" size="s" /> {t('desk.book.when')}
        </a>
      </p>
    </Page>
  )
}

function Hours({ form, near }: { form: Form<typeof bookForm> | Form<typeof moveForm>; near: readonly Slot[] }) {
  const words = useSlotWords()
  const { t } = useFrame()
  return (
    <Choice
      form={form as Form<typeof moveForm>}
      name="slot"
      label={t('desk.book.another')}
      options={near.map((one) => ({ value: one.key, text: words(one) }))}
    />
  )
}

/** "lunedì 23 novembre, ore 15:00", for a choice. */
export function useSlotWords() {
  const { lang, now, t } = useFrame()
  return ({ on_day, starts_at }: { on_day: string; starts_at: string }) =>
    t('desk.mail.when', { day: dayInWords(on_day, lang, dayOf(now)), time: starts_at.slice(0, 5) })
}

const long = ({ starts_at, ends_at }: { starts_at: string; ends_at: string }) =>
  Number(ends_at.slice(0, 2)) * 60 +
  Number(ends_at.slice(3, 5)) -
  Number(starts_at.slice(0, 2)) * 60 -
  Number(starts_at.slice(3, 5))

function WhenAndWhere({ of }: { of: { on_day: string; starts_at: string; ends_at: string; place: string } }) {
  const { t } = useFrame()
  return (
    <>
      <Facts
        of={[
          [
            t('desk.mine.when'),
            <>
              <Day on={of.on_day} /> · <TimeRange from={of.starts_at.slice(0, 5)} to={of.ends_at.slice(0, 5)} />
            </>,
          ],
          of.place !== '' && [t('desk.mine.where'), <bdi lang="it">{of.place}</bdi>],
        ]}
      />
      <p class="text-muted">{t('desk.book.how_long', { minutes: long(of) })}</p>
    </>
  )
}

/** One appointment, for whoever has its code. */
export function MinePage({
  of,
  code,
  form,
  open,
}: {
  of: Appointment
  code: string
  form: { errors: { form?: string } }
  /** It can still be moved or cancelled. */
  open: boolean
}) {
  const { lang, t } = useFrame()
  const at = { l: lang, code }
  return (
    <Page title={t('desk.mine.title')} head={unfound}>
      {form.errors.form && <Callout state="bad">{form.errors.form}</Callout>}
      {of.cancelled_at ? (
        <Callout state="bad" title={t('desk.mine.cancelled')}>
          {of.cancelled_by === 'house' && <p>{t('desk.mine.by_house')}</p>}
        </Callout>
      ) : (
        !open && (
          <Callout state="info">
            <p>{t('desk.mine.past')}</p>
          </Callout>
        )
      )}
      <WhenAndWhere of={of} />
      {open && (
        <>
          <h2>{t('desk.mine.code')}</h2>
          <p class="booking-code">
            <bdi dir="ltr">{code}</bdi>
          </p>
          <p>{t('desk.mine.keep')}</p>
          <p class="actions">
            <a class="btn btn-outline-primary" href={booking.calendar.href(at)}>
              <Pictogram name="calendar-plus" size="s" /> {t('desk.mine.calendar')}
            </a>
            <a class="btn btn-outline-primary" href={booking.move.href(at)}>
              {t('desk.mine.move')}
            </a>
          </p>
          <ButtonForm action={booking.cancel.href(at)} kind="quiet" sure={t('desk.mine.sure')}>
            {t('desk.mine.cancel')}
          </ButtonForm>
        </>
      )}
      {!open && (
        <p>
          <a class="btn btn-primary" href={booking.kinds.href({ l: lang })}>
            {t('desk.mine.again')}
          </a>
        </p>
      )}
    </Page>
  )
}

export function MovePage({
  of,
  code,
  slots,
  form,
}: {
  of: Appointment
  code: string
  slots: readonly Slot[]
  form: Form<typeof moveForm>
}) {
  const { lang, t } = useFrame()
  return (
    <Page title={t('desk.mine.move')} head={unfound}>
      <WhenAndWhere of={of} />
      {slots.length === 0 ? (
        <EmptyState pictogram="calendar">{t('desk.book.none')}</EmptyState>
      ) : (
        <FormCard form={form} submit={t('desk.mine.save_move')}>
          <Hours form={form} near={slots} />
        </FormCard>
      )}
      <p class="mt-4">
        <a href={booking.mine.href({ l: lang, code })}>{t('desk.mine.title')}</a>
      </p>
    </Page>
  )
}

export function CodePage({ form }: { form: Form<typeof codeForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('desk.code.title')} head={unfound}>
      <FormCard form={form} submit={t('desk.code.open')}>
        <Field form={form} name="code" label={t('desk.code.field')} max_length={40} width="medium" />
      </FormCard>
    </Page>
  )
}
