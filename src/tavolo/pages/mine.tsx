/** What a member has to do, without an account: all of it from one link, or one task from its own. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { Agenda, TaskShown } from '../actions/reading.ts'
import type { proposalForm, taskLinkForm } from '../forms.ts'
import type { Decision } from '../store/decisions.ts'
import type { Meeting } from '../store/meetings.ts'
import { open } from '../urls.ts'
import { MeetingFacts, PaperList, type Papers, ReadAgenda } from './meeting-read.tsx'
import { Due, StandingChip, useMeetingTitle } from './words.tsx'

export function MinePage({
  next,
  html,
  tasks,
  drafts,
  decisions,
  papers,
  token,
  task,
  proposal,
}: {
  next: Agenda | null
  html: ReadonlyMap<string, string>
  tasks: readonly TaskShown[]
  drafts: readonly (Meeting & { standing: Agenda['standing'] })[]
  decisions: readonly Decision[]
  papers: Papers
  token: string
  task: Form<typeof taskLinkForm>
  proposal: Form<typeof proposalForm>
}) {
  const { t, lang, now } = useFrame()
  const titled = useMeetingTitle()
  const today = dayOf(now)
  return (
    <Page title={t('tavolo.title')} lead={t('tavolo.mine.lead')}>
      <h2>{t('tavolo.mine.tasks')}</h2>
      {tasks.length === 0 && <p class="text-muted">{t('tavolo.mine.no_tasks')}</p>}
      {tasks.map((one) => (
        <section class="form-card">
          <p>
            <strong>{one.what}</strong> <Due task={one} today={today} />
          </p>
          <TaskDeeds form={task} id={one.id} />
        </section>
      ))}
      {drafts.length > 0 && <h2>{t('tavolo.mine.minutes')}</h2>}
      <ul class="plain">
        {drafts.map((one) => (
          <li>
            <a href={open.remark.href({ l: lang, token, meeting: one.id })}>{titled(one)}</a>{' '}
            <StandingChip of={one.standing} />
          </li>
        ))}
      </ul>
      {next && (
        <>
          <h2>{t('tavolo.next')}</h2>
          <MeetingFacts meeting={next.meeting} />
          <ReadAgenda of={next} html={html} />
          <PaperList papers={papers} token={token} />
        </>
      )}
      <Details summary={t('tavolo.propose.title')} open={Object.keys(proposal.errors).length > 0}>
        <FormCard
          form={proposal}
          action={open.propose.href({ l: lang, token })}
          submit={t('tavolo.propose.save')}
          quiet
        >
          <Field form={proposal} name="title" label={t('tavolo.item.title')} max_length={200} />
          <Field
            form={proposal}
            name="explained"
            kind="textarea"
            label={t('tavolo.item.explained')}
            hint={t('tavolo.markdown.hint')}
            optional
          />
        </FormCard>
      </Details>
      {decisions.length > 0 && <h2>{t('tavolo.decisions')}</h2>}
      {decisions.map(({ number, year, text }) => (
        <p>
          <strong>{t('tavolo.decision.number', { number: number ?? 0, year })}</strong> {text}
        </p>
      ))}
    </Page>
  )
}

function TaskDeeds({ form, id }: { form: Form<typeof taskLinkForm>; id: string }) {
  const { t } = useFrame()
  return (
    <FormCard form={form} submit={t('tavolo.task.save')} quiet>
      <Hidden name="task" value={id} />
      <Choice
        form={form}
        name="deed"
        id={`f-deed-${id}`}
        label={t('tavolo.task.deed')}
        options={(['done', 'moved'] as const).map((value) => ({ value, text: t(`tavolo.deed.${value}`) }))}
        beside
      />
      <Field
        form={form}
        name="due_on"
        id={`f-due-${id}`}
        kind="date"
        label={t('tavolo.task.new_due')}
        hint={t('tavolo.task.new_due.hint')}
        optional
      />
      <Field form={form} name="note" id={`f-note-${id}`} label={t('tavolo.task.note')} optional />
    </FormCard>
  )
}

export function TaskLinkPage({ task, form }: { task: TaskShown; form: Form<typeof taskLinkForm> }) {
  const { t, now } = useFrame()
  return (
    <Page title={t('tavolo.title')} lead={t('tavolo.task.yours')}>
      <p class="written">
        <strong>{task.what}</strong>
      </p>
      <p>
        <Due task={task} today={dayOf(now)} />
      </p>
      {task.closed_on ? (
        <Callout state="good">
          <p>{t('tavolo.task.thanks')}</p>
        </Callout>
      ) : (
        <TaskDeeds form={form} id={task.id} />
      )}
    </Page>
  )
}
