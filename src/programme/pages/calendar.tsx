import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import type { DatedDeadline } from '../actions/calendar.ts'
import type { deadlineForm } from '../forms.ts'
import { Assumed } from '../parts.tsx'
import { deadlineKinds, monthlyRhythm, monthsLong, monthsOf } from '../rules/calendar.ts'
import { wordsIn } from '../rules/words.ts'
import type { Project } from '../store/project.ts'
import { programme } from '../urls.ts'
import { Sections } from './sections.tsx'

const states = { done: 'good', late: 'bad', past: 'none', soon: 'wait', later: 'none' } as const
type Props = { project: Project; deadlines: DatedDeadline[]; today: string; changes: boolean }

export function CalendarPage({ project, deadlines, today, changes }: Props) {
  const { t } = useFrame()
  const this_month = today.slice(0, 7)
  const months = monthsOf(project)
  const now = deadlines.filter(({ state }) => state === 'late' || state === 'soon')
  const after = deadlines.filter(({ due_on }) => due_on.slice(0, 7) > (months.at(-1) ?? ''))
  const byMonth = Map.groupBy(deadlines, ({ due_on }) => due_on.slice(0, 7))
  const table = (of: string[]) => <MonthTable months={of} byMonth={byMonth} this_month={this_month} changes={changes} />
  return (
    <Page
      title={t('programme.calendar.title')}
      lead={t('programme.calendar.intro', { months: monthsLong(project) })}
      actions={
        changes && (
          <a class="btn btn-primary" href={programme.newDeadline.href()}>
            {t('programme.calendar.add')}
          </a>
        )
      }
      wide
    >
      <Sections here="calendar" />
      <h2>{t('programme.calendar.next')}</h2>
      {now.length === 0 ? (
        <EmptyState pictogram="calendar">{t('programme.calendar.next_none')}</EmptyState>
      ) : (
        <NowTable deadlines={now} changes={changes} />
      )}
      <h2>{t('programme.calendar.coming')}</h2>
      <p>
        {t('programme.calendar.rhythm', {
          things: monthlyRhythm.map((thing) => t(`programme.rhythm.${thing}`)).join(', '),
        })}
      </p>
      {table(months.filter((month) => month >= this_month))}
      {after.length > 0 && (
        <>
          <h2>{t('programme.calendar.after')}</h2>
          <DeadlineList deadlines={after} changes={changes} />
        </>
      )}
      <Details summary={t('programme.calendar.past')}>
        {table(months.filter((month) => month < this_month).reverse())}
      </Details>
    </Page>
  )
}

function NowTable({ deadlines, changes }: { deadlines: DatedDeadline[]; changes: boolean }) {
  const { t } = useFrame()
  return (
    <Table
      caption={t('programme.calendar.now_caption')}
      caption_hidden
      rows={deadlines}
      empty=""
      columns={[
        {
          header: t('programme.calendar.what'),
          names: true,
          cell: (deadline) => <DeadlineLine deadline={deadline} changes={changes} />,
        },
        changes && { header: t('programme.deadline.mark_done'), cell: ({ id }) => <DoneButton id={id} /> },
      ]}
    />
  )
}

type MonthProps = {
  months: string[]
  byMonth: ReadonlyMap<string, DatedDeadline[]>
  this_month: string
  changes: boolean
}

function MonthTable({ months, byMonth, this_month, changes }: MonthProps) {
  const { t } = useFrame()
  return (
    <Table
      caption={t('programme.calendar.months_caption')}
      caption_hidden
      rows={months}
      empty=""
      columns={[
        {
          header: t('programme.calendar.month_header'),
          names: true,
          cell: (month) => (
            <span>
              {t('programme.calendar.month', { at: Date.parse(`${month}-15T12:00:00Z`) })}{' '}
              {month === this_month && <Chip state="info">{t('programme.calendar.this_month')}</Chip>}
            </span>
          ),
        },
        {
          header: t('programme.calendar.what'),
          cell: (month) => <DeadlineList deadlines={byMonth.get(month) ?? []} changes={changes} />,
        },
      ]}
    />
  )
}

function DeadlineList({ deadlines, changes }: { deadlines: DatedDeadline[]; changes: boolean }) {
  if (deadlines.length === 0) return <>—</>
  return (
    <ul class="list-unstyled mb-0">
      {deadlines.map((deadline) => (
        <li class="mb-2">
          <DeadlineLine deadline={deadline} changes={changes} />
        </li>
      ))}
    </ul>
  )
}

function DeadlineLine({
  deadline: { id, due_on, title, kind, state, assumed, note, done_on },
  changes,
}: {
  deadline: DatedDeadline
  changes: boolean
}) {
  const { t, lang } = useFrame()
  const words = wordsIn(title, lang)
  const named = <span lang={words.lang}>{words.text}</span>
  return (
    <div>
      <Day on={due_on} as="short" /> ·{' '}
      {changes ? (
        <a href={programme.deadline.href({ id })} aria-label={t('programme.deadline.change_of', { title: words.text })}>
          {named}
        </a>
      ) : (
        named
      )}{' '}
      {state !== 'later' && <Chip state={states[state]}>{t(`programme.deadline.state.${state}`)}</Chip>}{' '}
      {assumed && <Assumed />}
      <span class="form-text d-block">
        {t(`programme.deadline.kind.${kind}`)}
        {note && ` · ${note}`}
        {done_on && (
          <>
            {` · ${t('programme.deadline.done_on')} `}
            <Day on={done_on} as="numeric" />
          </>
        )}
      </span>
    </div>
  )
}

function DoneButton({ id }: { id: string }) {
  const { t } = useFrame()
  return <ButtonForm action={programme.deadlineDone.href({ id })}>{t('programme.deadline.mark_done')}</ButtonForm>
}

export function DeadlinePage({
  form,
  known,
}: {
  form: Form<typeof deadlineForm>
  known?: { id: string; done_on: string | null }
}) {
  const { t } = useFrame()
  return (
    <Page
      title={t(known ? 'programme.deadline.edit' : 'programme.deadline.new')}
      actions={
        known && (
          <>
            {!known.done_on && <DoneButton id={known.id} />}
            <ButtonForm
              action={programme.deadlineDropped.href({ id: known.id })}
              kind="quiet"
              sure={t('programme.deadline.drop_sure')}
            >
              {t('programme.deadline.drop')}
            </ButtonForm>
          </>
        )
      }
    >
      <FormCard
        form={form}
        submit={t('programme.deadline.save')}
        cancel={{ href: programme.calendar.href(), text: t('programme.nav.calendar') }}
      >
        <Field form={form} name="title" label={t('programme.deadline.title')} />
        <Field form={form} name="due_on" kind="date" label={t('programme.deadline.due_on')} />
        <Select
          form={form}
          name="kind"
          label={t('programme.deadline.kind')}
          options={deadlineKinds.map((kind) => ({ value: kind, text: t(`programme.deadline.kind.${kind}`) }))}
        />
        <Field form={form} name="remind_days" kind="number" label={t('programme.deadline.remind_days')} />
        <Tick form={form} name="assumed" label={t('programme.deadline.assumed_tick')} />
        <Field form={form} name="note" label={t('programme.deadline.note')} optional />
      </FormCard>
    </Page>
  )
}
