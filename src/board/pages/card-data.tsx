/** The data of services and events: where, whom to call, when. */
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Select, Tick } from '../../ui/choice.tsx'
import { Combo } from '../../ui/combo.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Time } from '../../ui/time.tsx'
import { weekdayInWords } from '../../ui/words-of-time.ts'
import { cardPictograms, deskKinds } from '../codes.ts'
import type { eventForm, exceptionForm, hoursForm, serviceForm } from '../forms.ts'
import { board } from '../urls.ts'

type Named = readonly { id: string; name: string }[]
export type Offered = {
  organisations: Named
  places: Named
  needs: readonly { code: string; text: string }[]
  languages: readonly { code: string; name: string }[]
}

const options = (of: Named) => of.map(({ id, name }) => ({ value: id, text: name }))

export function ServiceDataPage({
  title,
  form,
  offered,
}: {
  title: string
  form: Form<typeof serviceForm>
  offered: Offered
}) {
  const { t } = useFrame()
  return (
    <Page title={t('board.service_data.title')} lead={title}>
      <FormCard form={form} submit={t('board.service_data.save')}>
        <Select
          form={form}
          name="organisation_id"
          label={t('board.service.organisation')}
          options={options(offered.organisations)}
          optional
        />
        <Select
          form={form}
          name="place_id"
          label={t('board.service.where')}
          hint={t('board.service_data.place.hint')}
          options={options(offered.places)}
          optional
        />
        <Field form={form} name="phone" kind="tel" label={t('board.service.phone')} optional />
        <Field form={form} name="email" kind="email" label={t('board.service.email')} optional />
        <Field form={form} name="website" label={t('board.service.website')} max_length={300} optional />
        <Tick form={form} name="free" label={t('board.service_data.free')} />
        <Combo
          form={form}
          name="languages"
          label={t('board.service_data.languages')}
          offers={offered.languages.map(({ code, name }) => ({ value: code, text: name }))}
          optional
        />
        <Needs form={form} offered={offered} />
        <Select
          form={form}
          name="pictogram"
          label={t('board.service_data.pictogram')}
          options={cardPictograms.map((value) => ({ value, text: t(`board.pictogram.${value}`) }))}
        />
        <Select
          form={form}
          name="hours_of"
          label={t('board.service_data.hours_of')}
          hint={t('board.service_data.hours_of.hint')}
          none={t('board.service_data.own_hours')}
          options={deskKinds.map((value) => ({ value, text: t(`board.desk_kind.${value}`) }))}
          optional
        />
        <Tick form={form} name="keeps_closures" label={t('board.service_data.keeps_closures')} />
      </FormCard>
    </Page>
  )
}

function Needs({ form, offered }: { form: Form<typeof serviceForm> | Form<typeof eventForm>; offered: Offered }) {
  const { t } = useFrame()
  return (
    <Combo
      form={form as Form<typeof eventForm>}
      name="needs"
      label={t('board.field.needs')}
      hint={t('board.field.needs.hint')}
      offers={offered.needs.map(({ code, text }) => ({ value: code, code, text }))}
      optional
    />
  )
}

type Week = readonly { id: string; weekday: number; starts_at: string; ends_at: string }[]
type Exceptions = readonly { id: string; on_day: string; starts_at: string | null; ends_at: string | null }[]

export function HoursPage({
  id,
  title,
  follows_desk,
  weekly,
  exceptions,
  hours_form,
  exception_form,
}: {
  id: string
  title: string
  follows_desk: boolean
  weekly: Week
  exceptions: Exceptions
  hours_form: Form<typeof hoursForm>
  exception_form: Form<typeof exceptionForm>
}) {
  const { lang, t } = useFrame()
  const gone = (hours: string) => (
    <ButtonForm action={board.hoursGone.href({ id, hours })} kind="quiet">
      {t('board.hours_staff.remove')}
    </ButtonForm>
  )
  return (
    <Page title={t('board.hours_staff.title')} lead={title}>
      {follows_desk && (
        <Callout state="info">
          <p>{t('board.hours_staff.follows_desk')}</p>
        </Callout>
      )}
      <h2>{t('board.hours_staff.week')}</h2>
      <Table
        caption={t('board.hours_staff.week')}
        caption_hidden
        rows={weekly}
        empty={t('board.hours_staff.empty')}
        columns={[
          { header: t('board.hours_staff.weekday'), names: true, cell: (row) => weekdayInWords(row.weekday, lang) },
          {
            header: t('board.hours_staff.hours'),
            cell: (row) => (
              <>
                <Time at={row.starts_at} />–<Time at={row.ends_at} />
              </>
            ),
          },
          { header: t('board.hours_staff.remove'), cell: (row) => gone(row.id) },
        ]}
      />
      <FormCard form={hours_form} action={board.hours.href({ id })} submit={t('board.hours_staff.add')}>
        <div class="fields-beside">
          <Select
            form={hours_form}
            name="weekday"
            label={t('board.hours_staff.weekday')}
            options={(['1', '2', '3', '4', '5', '6', '7'] as const).map((value) => ({
              value,
              text: weekdayInWords(Number(value), lang),
            }))}
          />
          <Field form={hours_form} name="starts_at" kind="time" label={t('board.hours_staff.starts_at')} />
          <Field form={hours_form} name="ends_at" kind="time" label={t('board.hours_staff.ends_at')} />
        </div>
      </FormCard>
      <h2>{t('board.hours_staff.exceptions')}</h2>
      <Table
        caption={t('board.hours_staff.exceptions')}
        caption_hidden
        rows={exceptions}
        empty={t('board.hours_staff.no_exceptions')}
        columns={[
          { header: t('board.hours_staff.day'), names: true, cell: (row) => <Day on={row.on_day} /> },
          {
            header: t('board.hours_staff.hours'),
            cell: (row) =>
              row.starts_at && row.ends_at ? (
                <>
                  <Time at={row.starts_at} />–<Time at={row.ends_at} />
                </>
              ) : (
                t('board.hours_staff.closed')
              ),
          },
          { header: t('board.hours_staff.remove'), cell: (row) => gone(row.id) },
        ]}
      />
      <FormCard
        form={exception_form}
        action={board.exceptions.href({ id })}
        submit={t('board.hours_staff.add_exception')}
        quiet
      >
        <Field form={exception_form} name="on_day" kind="date" label={t('board.hours_staff.day')} />
        <Tick form={exception_form} name="closed" label={t('board.hours_staff.closed')} />
        <div class="fields-beside">
          <Field
            form={exception_form}
            name="starts_at"
            id="f-exception-starts"
            kind="time"
            label={t('board.hours_staff.starts_at')}
            optional
          />
          <Field
            form={exception_form}
            name="ends_at"
            id="f-exception-ends"
            kind="time"
            label={t('board.hours_staff.ends_at')}
            optional
          />
        </div>
      </FormCard>
    </Page>
  )
}

export function EventDataPage({
  id,
  title,
  form,
  offered,
  cancellable,
}: {
  id: string
  title: string
  form: Form<typeof eventForm>
  offered: Offered
  cancellable: boolean
}) {
  const { t } = useFrame()
  return (
    <Page title={t('board.event_data.title')} lead={title}>
      <FormCard form={form} submit={t('board.event_data.save')}>
        <div class="fields-beside">
          <Field form={form} name="on_day" kind="date" label={t('board.hours_staff.day')} />
          <Field form={form} name="starts_at" kind="time" label={t('board.hours_staff.starts_at')} />
          <Field form={form} name="ends_at" kind="time" label={t('board.hours_staff.ends_at')} />
        </div>
        <Select
          form={form}
          name="place_id"
          label={t('board.service.where')}
          hint={t('board.service_data.place.hint')}
          options={options(offered.places)}
          optional
        />
        <Field form={form} name="place_text" label={t('board.event_data.place_text')} max_length={300} optional />
        <Select
          form={form}
          name="organisation_id"
          label={t('board.service.organisation')}
          options={options(offered.organisations)}
          optional
        />
        <Tick form={form} name="sign_up" label={t('board.event_data.sign_up')} />
        <Field
          form={form}
          name="capacity"
          kind="number"
          label={t('board.event_data.capacity')}
          hint={t('board.event_data.capacity.hint')}
          optional
        />
        <Needs form={form} offered={offered} />
      </FormCard>
      {cancellable && (
        <>
          <p>{t('board.event_data.told')}</p>
          <ButtonForm action={board.cancellation.href({ id })} sure={t('board.event_data.cancel_sure')}>
            {t('board.event_data.cancel')}
          </ButtonForm>
        </>
      )}
    </Page>
  )
}
