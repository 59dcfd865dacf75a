/** What is to be done, until it is. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { Choice, Select } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Day } from '../../ui/time.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import type { TaskShown } from '../actions/reading.ts'
import { taskDeeds } from '../codes.ts'
import type { taskDeedForm } from '../forms.ts'
import { tavolo } from '../urls.ts'
import { Due, Owner, useMeetingTitle } from './words.tsx'

export function TasksPage({ tasks, closed }: { tasks: readonly TaskShown[]; closed: boolean }) {
  const { t, now } = useFrame()
  const today = dayOf(now)
  return (
    <Page title={t('tavolo.tasks.title')} lead={t('tavolo.tasks.lead')} wide>
      <Tabs
        of={[
          { text: t('tavolo.tasks.open'), href: tavolo.tasks.href(), here: !closed },
          { text: t('tavolo.tasks.closed'), href: tavolo.tasks.href({}, { stato: 'fatti' }), here: closed },
        ]}
      />
      <Table
        caption={t('tavolo.tasks.title')}
        caption_hidden
        rows={tasks}
        empty={t(closed ? 'tavolo.tasks.none_closed' : 'tavolo.carried.none')}
        columns={[
          {
            header: t('tavolo.task.what'),
            names: true,
            cell: ({ id, what }) => <a href={tavolo.task.href({ task: id })}>{what}</a>,
          },
          { header: t('tavolo.task.owner'), cell: (task) => <Owner task={task} /> },
          { header: t('tavolo.task.due'), cell: (task) => <Due task={task} today={today} /> },
          { header: t('tavolo.task.given'), cell: ({ given_on }) => <Day on={given_on} as="numeric" /> },
        ]}
      />
    </Page>
  )
}

type Step = { step: string; due_on: string | null; note: string; by_link: boolean; on_day: string }
export function TaskPage({
  task,
  steps,
  may_do,
  keeps,
  owners,
  form,
}: {
  task: TaskShown
  steps: readonly (Step & { step: (typeof taskDeeds)[number] | 'given' })[]
  may_do: boolean
  keeps: boolean
  owners: readonly { value: string; text: string }[]
  form: Form<typeof taskDeedForm>
}) {
  const { t, now } = useFrame()
  const titled = useMeetingTitle()
  const closed = task.closed_on !== null
  const deeds = taskDeeds.filter(
    (deed) => (deed === 'reopened') === closed && (keeps || deed === 'done' || deed === 'moved'),
  )
  return (
    <Page title={t('tavolo.task.title')} heading={task.what}>
      <Facts
        of={[
          [t('tavolo.task.owner'), <Owner task={task} />],
          [t('tavolo.task.due'), <Due task={task} today={dayOf(now)} />],
          [
            t('tavolo.task.given'),
            task.meeting_id ? (
              <a href={tavolo.meeting.href({ meeting: task.meeting_id })}>
                {titled({ number: task.meeting_number, on_day: task.meeting_day ?? task.given_on })}
              </a>
            ) : (
              <Day on={task.given_on} as="date" />
            ),
          ],
        ]}
      />
      {may_do && deeds.length > 0 && (
        <FormCard form={form} submit={t('tavolo.task.save')}>
          <Choice
            form={form}
            name="deed"
            label={t('tavolo.task.deed')}
            options={deeds.map((value) => ({ value, text: t(`tavolo.deed.${value}`) }))}
          />
          {!closed && (
            <Field
              form={form}
              name="due_on"
              kind="date"
              label={t('tavolo.task.new_due')}
              hint={t('tavolo.task.new_due.hint')}
              optional
            />
          )}
          {!closed && keeps && (
            <Select form={form} name="owner" label={t('tavolo.task.new_owner')} options={owners} optional />
          )}
          <Field form={form} name="note" label={t('tavolo.task.note')} optional />
        </FormCard>
      )}
      <h2>{t('tavolo.task.history')}</h2>
      <Timeline
        of={steps.map(({ step, due_on, note, by_link, on_day }) => ({
          when: <Day on={on_day} as="date" />,
          what: (
            <>
              {t(`tavolo.step.${step}`)} {due_on && <Day on={due_on} as="numeric" />}{' '}
              {by_link && <span class="text-muted">{t('tavolo.task.by_link')}</span>}
            </>
          ),
          ...(note && { more: <p class="written">{note}</p> }),
        }))}
      />
    </Page>
  )
}
