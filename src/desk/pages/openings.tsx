import type { Form } from '../../kernel/form.ts'
import { HearLink } from '../../participation/parts.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Time } from '../../ui/time.tsx'
import { openingKinds } from '../codes.ts'
import type { openingForm, seriesForm } from '../forms.ts'
import type { ExtraOpening, OpeningLine } from '../store/openings.ts'
import { desk } from '../urls.ts'
import { SlotFields } from './appointments.tsx'

type Series = { id: string; kind: string; weekday: number; starts_at: string; ends_at: string; place: string }
type Props = {
  openings: OpeningLine[]
  closed: string | null
  today: string
  form: Form<typeof openingForm>
  plans: boolean
}

/** Today's desks. */
export function OpeningsPage({ openings, closed, today, form, plans }: Props) {
  const { t } = useFrame()
  return (
    <Page
      title={t('desk.openings.title')}
      lead={<Day on={today} />}
      actions={
        <>
          <HearLink />
          <a class="btn btn-outline-primary" href={desk.appointments.href()}>
            {t('desk.agenda.title')}
          </a>
          {plans && (
            <a class="btn btn-outline-primary" href={desk.series.href()}>
              {t('desk.openings.series')}
            </a>
          )}
        </>
      }
    >
      {openings.length === 0 ? (
        <EmptyState pictogram="calendar">
          {closed ? t('desk.openings.closed', { why: closed }) : t('desk.openings.none')}
        </EmptyState>
      ) : (
        <ul class="opening-list">
          {openings.map((opening) => (
            <li>
              <a class="opening" href={desk.work.href({ opening: opening.id })}>
                <strong>{t(`desk.kind.${opening.kind as 'foreigners'}`)}</strong>
                <span>
                  <Time at={opening.starts_at} />–<Time at={opening.ends_at} />{' '}
                  {opening.place && <>· {opening.place}</>}
                </span>
                <span>{t('desk.openings.state', { waiting: opening.waiting, visits: opening.visits })}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <Details summary={t('desk.openings.extra')} open={Object.keys(form.errors).length > 0}>
        <FormCard form={form} submit={t('desk.openings.open')} quiet>
          <OpeningFields form={form} />
          <Field
            form={form}
            name="on_day"
            kind="date"
            label={t('desk.openings.on_day')}
            hint={t('desk.openings.on_day.hint')}
            optional
          />
          <SlotFields form={form as never} />
        </FormCard>
      </Details>
    </Page>
  )
}

function OpeningFields({ form }: { form: Form<typeof openingForm> }) {
  const { t } = useFrame()
  return (
    <>
      <Choice
        form={form}
        name="kind"
        label={t('desk.openings.kind')}
        options={openingKinds.map((value) => ({ value, text: t(`desk.kind.${value}`) }))}
        beside
      />
      <div class="fields-beside">
        <Field form={form} name="starts_at" kind="time" label={t('desk.openings.starts_at')} />
        <Field form={form} name="ends_at" kind="time" label={t('desk.openings.ends_at')} />
      </div>
      <Field form={form} name="place" label={t('desk.openings.place')} optional />
    </>
  )
}

export function SeriesPage({
  series,
  extra,
  form,
}: {
  series: Series[]
  /** Besides the weekly ones, to come. */
  extra: readonly ExtraOpening[]
  form: Form<typeof seriesForm>
}) {
  const { t } = useFrame()
  const weekdays = (['1', '2', '3', '4', '5', '6', '7'] as const).map((value) => ({
    value,
    text: t(`desk.weekday.${value}`),
  }))
  return (
    <Page title={t('desk.series.title')} lead={t('desk.series.lead')}>
      <Table
        caption={t('desk.series.title')}
        caption_hidden
        rows={series}
        empty={t('desk.series.empty')}
        columns={[
          { header: t('desk.openings.kind'), names: true, cell: (one) => t(`desk.kind.${one.kind as 'foreigners'}`) },
          { header: t('desk.series.weekday'), cell: (one) => t(`desk.weekday.${String(one.weekday) as '1'}`) },
          {
            header: t('desk.series.hours'),
            cell: (one) => (
              <span>
                <Time at={one.starts_at} />–<Time at={one.ends_at} />
              </span>
            ),
          },
          { header: t('desk.openings.place'), cell: (one) => one.place },
          {
            header: t('desk.agenda.title'),
            cell: (one) => (
              <a class="person-pick" href={desk.oneSeries.href({ series: one.id })}>
                {t('desk.series.change')}
              </a>
            ),
          },
          {
            header: t('desk.series.end'),
            cell: (one) => (
              <ButtonForm
                action={desk.endSeries.href({ series: one.id })}
                kind="quiet"
                sure={t('desk.series.end_sure')}
              >
                {t('desk.series.end')}
              </ButtonForm>
            ),
          },
        ]}
      />
      {extra.length > 0 && <Extra of={extra} />}
      <h2>{t('desk.series.new')}</h2>
      <FormCard form={form} submit={t('desk.series.save')}>
        <OpeningFields form={form as never} />
        <SlotFields form={form as never} />
        <div class="fields-beside">
          <Select form={form} name="weekday" label={t('desk.series.weekday')} options={weekdays} />
          <Field form={form} name="since" kind="date" label={t('desk.series.since')} />
        </div>
      </FormCard>
    </Page>
  )
}

function Extra({ of }: { of: readonly ExtraOpening[] }) {
  const { t } = useFrame()
  return (
    <>
      <h2>{t('desk.extra.title')}</h2>
      <Table
        caption={t('desk.extra.title')}
        caption_hidden
        rows={of}
        empty=""
        columns={[
          { header: t('desk.openings.kind'), names: true, cell: (one) => t(`desk.kind.${one.kind as 'foreigners'}`) },
          { header: t('desk.series.weekday'), cell: (one) => <Day on={one.on_day} /> },
          {
            header: t('desk.series.hours'),
            cell: (one) => (
              <span>
                <Time at={one.starts_at} />–<Time at={one.ends_at} />
              </span>
            ),
          },
          { header: t('desk.openings.place'), cell: (one) => one.place || '—' },
          {
            header: t('desk.agenda.title'),
            cell: (one) =>
              one.slot_minutes === null
                ? t('desk.extra.no_slots')
                : t(one.open_booking ? 'desk.extra.slots_open' : 'desk.extra.slots', { minutes: one.slot_minutes }),
          },
          {
            header: t('desk.extra.cancel'),
            cell: (one) => (
              <ButtonForm
                action={desk.cancelOpening.href({ opening: one.id })}
                kind="quiet"
                sure={t('desk.extra.cancel_sure')}
              >
                {t('desk.extra.cancel')}
              </ButtonForm>
            ),
          },
        ]}
      />
    </>
  )
}
