/** The tavolo: what comes next, what was, and how to plan it. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { Actions } from '../../ui/actions.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choices } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day, TimeRange } from '../../ui/time.tsx'
import { dayInWords } from '../../ui/words-of-time.ts'
import type { Home } from '../actions/reading.ts'
import type { meetingForm, seriesForm } from '../forms.ts'
import { tavolo } from '../urls.ts'
import { DataFields } from './meeting-changes.tsx'
import { Carried, StandingChip, useItemTitle, useMeetingTitle } from './words.tsx'

export function TavoloNav({ keeps }: { keeps: boolean }) {
  const { t } = useFrame()
  return (
    <Actions>
      {keeps && (
        <a class="btn btn-primary" href={tavolo.create.href()}>
          {t('tavolo.plan.title')}
        </a>
      )}
      {keeps && (
        <a class="btn btn-outline-primary" href={tavolo.series.href()}>
          {t('tavolo.series.title')}
        </a>
      )}
      <a class="btn btn-outline-primary" href={tavolo.decisions.href()}>
        {t('tavolo.decisions.title')}
      </a>
      <a class="btn btn-outline-primary" href={tavolo.tasks.href()}>
        {t('tavolo.tasks.title')}
      </a>
      {keeps && (
        <a class="btn btn-outline-primary" href={tavolo.members.href()}>
          {t('tavolo.members.title')}
        </a>
      )}
      {keeps && (
        <a class="btn btn-outline-primary" href={tavolo.network.href()}>
          {t('tavolo.network.title')}
        </a>
      )}
    </Actions>
  )
}

export function HomePage({ of }: { of: Home }) {
  const { t, now } = useFrame()
  const titled = useMeetingTitle()
  const itemTitle = useItemTitle()
  const today = dayOf(now)
  return (
    <Page title={t('tavolo.title')} lead={t('tavolo.lead')} wide actions={<TavoloNav keeps={of.keeps} />}>
      {of.next && (
        <Callout state="info" title={t('tavolo.next')}>
          <p>
            <a href={tavolo.meeting.href({ meeting: of.next.id })}>
              <Day on={of.next.on_day} /> <TimeRange from={of.next.starts_at} to={of.next.ends_at} />
            </a>{' '}
            · {t(`tavolo.mode.${of.next.mode}`)}
          </p>
        </Callout>
      )}
      <p>
        <a href={tavolo.tasks.href()}>{t('tavolo.tasks.count', { open: of.tasks.open, late: of.tasks.late })}</a>
      </p>
      {of.mine.length > 0 && (
        <>
          <h2>{t('tavolo.mine.tasks')}</h2>
          <Carried tasks={of.mine} today={today} links />
        </>
      )}
      {of.keeps && of.waiting.length > 0 && (
        <>
          <h2>{t('tavolo.waiting')}</h2>
          <ul>
            {of.waiting.map((item) => (
              <li>
                <a href={tavolo.said.href({ item: item.id })}>{itemTitle(item)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <Table
        caption={t('tavolo.meetings')}
        rows={of.meetings}
        empty={t('tavolo.empty')}
        columns={[
          {
            header: t('tavolo.meeting'),
            names: true,
            cell: (one) => <a href={tavolo.meeting.href({ meeting: one.id })}>{titled(one)}</a>,
          },
          { header: t('tavolo.meeting.state'), cell: ({ standing }) => <StandingChip of={standing} /> },
          { header: t('tavolo.meeting.mode'), cell: ({ mode }) => t(`tavolo.mode.${mode}`) },
          {
            header: t('tavolo.meeting.present'),
            align: 'end',
            cell: ({ people, held_at }) => (held_at ? <Count of={people} /> : '—'),
          },
        ]}
      />
    </Page>
  )
}

export function PlanPage({ form }: { form: Form<typeof meetingForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('tavolo.plan.title')}>
      <FormCard
        form={form}
        submit={t('tavolo.plan.save')}
        cancel={{ href: tavolo.home.href(), text: t('tavolo.back') }}
      >
        <Field form={form} name="on_day" kind="date" label={t('tavolo.meeting.day')} />
        <Field form={form} name="starts_at" kind="time" label={t('tavolo.meeting.from')} />
        <Field form={form} name="ends_at" kind="time" label={t('tavolo.meeting.to')} />
        <DataFields form={form} />
      </FormCard>
    </Page>
  )
}

type Offered = { day: string; planned: boolean; closed: string | undefined; instead: string | undefined }
export function SeriesPage({ form, offered }: { form: Form<typeof seriesForm>; offered: readonly Offered[] }) {
  const { t, lang } = useFrame()
  const free = offered.filter(({ planned }) => !planned)
  const text = (day: string) => dayInWords(day, lang, '', 'long')
  return (
    <Page title={t('tavolo.series.title')} lead={t('tavolo.series.lead')}>
      {free.length === 0 ? (
        <p>{t('tavolo.series.all_planned')}</p>
      ) : (
        <FormCard
          form={form}
          submit={t('tavolo.series.save')}
          cancel={{ href: tavolo.home.href(), text: t('tavolo.back') }}
        >
          <Choices
            form={form}
            name="days"
            label={t('tavolo.series.days')}
            options={free.map(({ day, closed, instead }) => ({
              value: instead ?? day,
              text: text(instead ?? day),
              ...(closed && { hint: t('tavolo.series.closed', { day: text(day), why: closed }) }),
            }))}
          />
        </FormCard>
      )}
    </Page>
  )
}
