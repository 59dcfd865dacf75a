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
import { Day } from '../../ui/time.tsx'
import type { DatedDeadline } from '../actions/calendar.ts'
import type { deadlineForm } from '../forms.ts'
import { Assumed } from '../parts.tsx'
import { deadlineKinds, monthlyRhythm, monthsLong, monthsOf } from '../rules/calendar.ts'
import { wordsIn } from '../rules/words.ts'
import type { Project } from '../store/project.ts'
import { programme } from '../urls.ts'
import { Sections } from './sections.tsx'

const states = { done: 'good', late: 'bad', soon: 'wait', later: 'none' } as const
type Props = { project: Project; deadlines: DatedDeadline[]; today: string; changes: boolean }

export function CalendarPage({ project, deadlines, today, changes }: Props) {
  const { t } = useFrame()
  const byMonth = Map.groupBy(deadlines, ({ due_on }) => due_on.slice(0, 7))
  const this_month = today.slice(0, 7)
  const months = monthsOf(project)
  const now = deadlines.filter(({ state }) => state === 'late' || state === 'soon')
  const after = deadlines.filter(({ due_on }) => due_on.slice(0, 7) > (months.at(-1) ?? ''))
  const month = (of: string) => (
    <Month month={of} deadlines={byMonth.get(of) ?? []} changes={changes} here={of === this_month} />
  )
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
    >
      <Sections here="calendar" />
      <h2>{t('programme.calendar.next')}</h2>
      {now.length === 0 ? (
        <EmptyState pictogram="calendar">{t('programme.calendar.next_none')}</EmptyState>
      ) : (
        <DeadlineList deadlines={now} changes={changes} deeds />
      )}
      <h2>{t('programme.calendar.coming')}</h2>
      {months.filter((of) => of >= this_month).map(month)}
      {after.length > 0 && (
        <>
          <h2>{t('programme.calendar.after')}</h2>
          <DeadlineList deadlines={after} changes={changes} />
        </>
      )}
      <Details summary={t('programme.calendar.past')}>
        {months
          .filter((of) => of < this_month)
          .reverse()
          .map(month)}
      </Details>
    </Page>
  )
}

function Month({
  month,
  deadlines,
  changes,
  here,
}: {
  month: string
  deadlines: DatedDeadline[]
  changes: boolean
  here: boolean
}) {
  const { t } = useFrame()
  const rhythm = t('programme.calendar.rhythm', {
    things: monthlyRhythm.map((thing) => t(`programme.rhythm.${thing}`)).join(', '),
  })
  return (
    <section id={`m-${month}`}>
      <h3>
        {t('programme.calendar.month', { at: Date.parse(`${month}-15T12:00:00Z`) })}{' '}
        {here && <Chip state="info">{t('programme.calendar.this_month')}</Chip>}
      </h3>
      {deadlines.length > 0 && <DeadlineList deadlines={deadlines} changes={changes} />}
      <p class="text-muted">{rhythm}</p>
    </section>
  )
}

function DeadlineList({
  deadlines,
  changes,
  deeds,
}: {
  deadlines: DatedDeadline[]
  changes: boolean
  deeds?: boolean
}) {
  return (
    <ul class="list-unstyled">
      {deadlines.map((deadline) => (
        <li class="mb-3">
          <DeadlineLine deadline={deadline} changes={changes} />
          {changes && deeds && <DoneButton id={deadline.id} />}
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
  return (
    <>
      <Day on={due_on} /> · <strong lang={words.lang}>{words.text}</strong>{' '}
      <Chip state={states[state]}>{t(`programme.deadline.state.${state}`)}</Chip> {assumed && <Assumed />}
      <br />
      <span class="text-muted">
        {t(`programme.deadline.kind.${kind}`)}
        {note && ` · ${note}`}
        {done_on && (
          <>
            {` · ${t('programme.deadline.done_on')} `}
            <Day on={done_on} as="numeric" />
          </>
        )}
      </span>
      {changes && (
        <>
          {' '}
          <a
            href={programme.deadline.href({ id })}
            aria-label={t('programme.deadline.change_of', { title: words.text })}
          >
            {t('programme.deadline.change')}
          </a>
        </>
      )}
    </>
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
