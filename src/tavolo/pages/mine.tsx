/** What a member sees without an account: an invitation, their own page, a task, minutes to remark on. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Day, TimeRange } from '../../ui/time.tsx'
import type { Agenda, AgendaItem, TaskShown } from '../actions/reading.ts'
import type { answers } from '../codes.ts'
import type { answerForm, proposalForm, remarkForm, taskLinkForm } from '../forms.ts'
import type { Decision } from '../store/agenda.ts'
import type { Meeting } from '../store/meetings.ts'
import { open } from '../urls.ts'
import { Carried, Due, FromElsewhere, Owner, StandingChip, useItemTitle, useMeetingTitle, Written } from './words.tsx'

type Papers = readonly { id: string; title: string }[]

function MeetingFacts({ meeting }: { meeting: Meeting }) {
  const { t } = useFrame()
  return (
    <Facts
      of={[
        [t('tavolo.meeting.day'), <Day on={meeting.on_day} />],
        [t('tavolo.meeting.time'), <TimeRange from={meeting.starts_at} to={meeting.ends_at} />],
        [t('tavolo.meeting.mode'), t(`tavolo.mode.${meeting.mode}`)],
        meeting.mode !== 'in_person' &&
          meeting.link !== '' && [t('tavolo.meeting.link'), <Link href={meeting.link}>{meeting.link}</Link>],
        meeting.mode !== 'online' && meeting.place !== '' && [t('tavolo.meeting.place'), meeting.place],
      ]}
    />
  )
}

function ReadAgenda({ of, html }: { of: Agenda; html: ReadonlyMap<string, string> }) {
  const { t, now } = useFrame()
  const titleOf = useItemTitle()
  return (
    <>
      <h2>{t('tavolo.agenda.title')}</h2>
      {of.items.length === 0 && <p class="text-muted">{t('tavolo.agenda.empty')}</p>}
      <ol>
        {of.items.map((item) => (
          <li>
            <strong>{titleOf(item)}</strong> {item.brought_by && <span class="text-muted">{item.brought_by}</span>}
            <Written html={html.get(`explained ${item.id}`) ?? ''} />
            <FromElsewhere item={item} />
          </li>
        ))}
      </ol>
      <h2>{t('tavolo.carried.title')}</h2>
      <Carried tasks={of.carried} today={dayOf(now)} links={false} />
    </>
  )
}

function PaperList({ papers, token }: { papers: Papers; token: string }) {
  const { t, lang } = useFrame()
  if (papers.length === 0) return null
  return (
    <>
      <h2>{t('tavolo.papers.title')}</h2>
      <ul>
        {papers.map(({ id, title }) => (
          <li>
            <a href={open.paper.href({ l: lang, token, file: id })}>{title}</a>
          </li>
        ))}
      </ul>
    </>
  )
}

export function InvitationPage({
  agenda,
  invitation,
  body,
  token,
  form,
  papers,
  html,
}: {
  agenda: Agenda
  invitation: { answer: (typeof answers)[number] | null }
  body: string
  token: string
  form: Form<typeof answerForm>
  papers: Papers
  html: ReadonlyMap<string, string>
}) {
  const { t, lang, now } = useFrame()
  const titled = useMeetingTitle()
  const { meeting, standing } = agenda
  const asks = standing === 'planned' && meeting.on_day >= dayOf(now)
  return (
    <Page title={t('tavolo.title')} lead={titled(meeting)}>
      <p>
        {t('tavolo.invitation.for')} <strong>{body}</strong>
      </p>
      {standing === 'cancelled' && (
        <Callout state="wait" title={t('tavolo.standing.cancelled')}>
          <p>{meeting.cancelled_why}</p>
        </Callout>
      )}
      <MeetingFacts meeting={meeting} />
      <p>
        <a href={open.calendar.href({ l: lang, token })}>{t('tavolo.invitation.calendar')}</a>
      </p>
      {invitation.answer && (
        <p>
          {t('tavolo.invitation.answered')}{' '}
          <Chip state={invitation.answer === 'no' ? 'none' : 'good'}>{t(`tavolo.answer.${invitation.answer}`)}</Chip>
        </p>
      )}
      {asks && (
        <>
          <h2>{t('tavolo.invitation.ask')}</h2>
          <div class="actions">
            {invitation.answer !== 'yes' && <OneTap form={form} value="yes" primary={!invitation.answer} />}
            {invitation.answer !== 'no' && <OneTap form={form} value="no" />}
          </div>
          <Details summary={t('tavolo.answer.substitute')} open={Object.keys(form.errors).length > 0}>
            <FormCard form={form} submit={t('tavolo.invitation.substitute')} quiet>
              <Hidden name="answer" value="substitute" />
              <p>{t('tavolo.invitation.forwarded')}</p>
              <Field form={form} name="name" label={t('tavolo.member.name')} autocomplete="name" max_length={120} />
              <Field
                form={form}
                name="email"
                kind="email"
                label={t('tavolo.member.email')}
                autocomplete="email"
                optional
              />
            </FormCard>
          </Details>
        </>
      )}
      <ReadAgenda of={agenda} html={html} />
      <PaperList papers={papers} token={token} />
    </Page>
  )
}

/** One tap is an answer. */
function OneTap({ form, value, primary }: { form: Form<typeof answerForm>; value: 'yes' | 'no'; primary?: boolean }) {
  const { t } = useFrame()
  return (
    <form method="post" class="button-form">
      <Hidden name="_once" value={`${form.once.slice(0, -1)}${value === 'yes' ? 'a' : 'b'}`} />
      <Hidden name="_ambito" value={form.ambito_id} />
      <Hidden name="answer" value={value} />
      <button class={primary ? 'btn btn-primary' : 'btn btn-outline-primary'} type="submit">
        {t(`tavolo.answer.${value}`)}
      </button>
    </form>
  )
}

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

export function DraftPage({
  agenda,
  html,
  came,
  mine,
  token,
  form,
}: {
  agenda: Agenda
  html: ReadonlyMap<string, string>
  came: readonly { body: string }[]
  /** Their own remarks, and whether they were seen to. */
  mine: readonly { text: string; settled_at: string | null; settled_how: string }[]
  token: string
  form: Form<typeof remarkForm>
}) {
  const { t, lang, now } = useFrame()
  const titled = useMeetingTitle()
  const titleOf = useItemTitle()
  const { meeting, standing } = agenda
  const bodies = [...new Set(came.map(({ body }) => body))].sort((a, b) => a.localeCompare(b, 'it'))
  return (
    <Page title={titled(meeting)} lead={<StandingChip of={standing} />}>
      <p>
        <a href={open.minutes.href({ l: lang, token, meeting: meeting.id })}>{t('tavolo.minutes.pdf')}</a>
      </p>
      <p>
        {t('tavolo.presence.bodies')} {bodies.join(', ')}
      </p>
      {agenda.items.map((item: AgendaItem, at) => (
        <section aria-labelledby={`p-${item.id}`}>
          <h2 id={`p-${item.id}`}>
            {at + 1}. {titleOf(item)}
          </h2>
          <FromElsewhere item={item} />
          <Written html={html.get(item.id) ?? ''} />
          {item.decisions.map(({ number, year, text }) => (
            <p>
              <strong>{t('tavolo.decision.number', { number: number ?? 0, year })}</strong> {text}
            </p>
          ))}
          {item.tasks.map((task) => (
            <p>
              <strong>{t('tavolo.task.title')}</strong> {task.what} · <Owner task={task} /> ·{' '}
              <Due task={task} today={dayOf(now)} />
            </p>
          ))}
        </section>
      ))}
      {mine.length > 0 && <h2>{t('tavolo.remarks.mine')}</h2>}
      {mine.map(({ text, settled_at, settled_how }) => (
        <p class="written">
          {text} {settled_at && <Chip state="good">{t('tavolo.remarks.settled')}</Chip>} {settled_how}
        </p>
      ))}
      {standing === 'draft' && (
        <FormCard form={form} submit={t('tavolo.remarks.send')}>
          <Field form={form} name="text" kind="textarea" label={t('tavolo.remarks.text')} />
        </FormCard>
      )}
      <p>
        <a href={open.mine.href({ l: lang, token })}>{t('tavolo.back')}</a>
      </p>
    </Page>
  )
}
