/** One meeting: its agenda, what was said, and what there is to do with it now. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { References } from '../../programme/parts.tsx'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FileLine } from '../../ui/file-line.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Live } from '../../ui/live.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Minutes, Moment, TimeRange } from '../../ui/time.tsx'
import { Upload } from '../../ui/upload.tsx'
import { languageInWords } from '../../ui/words-of-time.ts'
import type { AgendaItem, MeetingWhole } from '../actions/reading.ts'
import { modes } from '../codes.ts'
import type {
  approvalForm,
  cancelForm,
  correctionForm,
  dataForm,
  inviteForm,
  itemForm,
  moveForm,
  paperForm,
  settleForm,
} from '../forms.ts'
import { open, tavolo } from '../urls.ts'
import { Carried, Due, FromElsewhere, Owner, StandingChip, useItemTitle, useMeetingTitle, Written } from './words.tsx'

export type MeetingForms = {
  data: Form<typeof dataForm>
  move: Form<typeof moveForm>
  cancel: Form<typeof cancelForm>
  invite: Form<typeof inviteForm>
  item: Form<typeof itemForm>
  approval: Form<typeof approvalForm>
  correction: Form<typeof correctionForm>
  paper: Form<typeof paperForm>
  settle: Form<typeof settleForm>
}
type Props = {
  of: MeetingWhole
  forms: MeetingForms
  html: ReadonlyMap<string, string>
  problem: string | undefined
  others: readonly { id: string; number: number | null; on_day: string }[]
  languages: readonly string[]
}
const wrong = (form: { errors: object }) => Object.keys(form.errors).length > 0

export function MeetingPage(props: Props) {
  const { of, problem } = props
  const { t, now } = useFrame()
  const titled = useMeetingTitle()
  const id = { meeting: of.meeting.id }
  const today = dayOf(now)
  return (
    <Page
      title={titled(of.meeting)}
      lead={<StandingChip of={of.standing} />}
      wide
      actions={
        <Actions>
          {of.keeps && of.standing !== 'cancelled' && (
            <a class="btn btn-outline-primary" href={tavolo.attendance.href(id)}>
              {t('tavolo.presence.title')}
            </a>
          )}
          <a class="btn btn-outline-primary" href={tavolo.agendaPaper.href(id)}>
            {t('tavolo.agenda.pdf')}
          </a>
          {of.meeting.number !== null && (
            <>
              <a class="btn btn-outline-primary" href={tavolo.minutesPaper.href(id)}>
                {t('tavolo.minutes.pdf')}
              </a>
              <a class="btn btn-outline-primary" href={tavolo.minutesWord.href(id)}>
                {t('tavolo.minutes.word')}
              </a>
            </>
          )}
        </Actions>
      }
    >
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      <About of={of} />
      {of.keeps && <NextStep {...props} />}
      <Live id="odg" href={tavolo.meeting.href(id)} changes={tavolo.changes.href(id)}>
        <h2>{t('tavolo.carried.title')}</h2>
        <Carried tasks={of.carried} today={today} links />
        <h2>{t('tavolo.agenda.title')}</h2>
        {of.items.length === 0 && <p class="text-muted">{t('tavolo.agenda.empty')}</p>}
        {of.items.map((item, at) => (
          <Point item={item} at={at} html={props.html} keeps={of.keeps} />
        ))}
        <Loose of={of} />
      </Live>
      {of.keeps && of.standing !== 'approved' && of.standing !== 'cancelled' && (
        <Details summary={t('tavolo.item.add')} open={wrong(props.forms.item)}>
          <ItemForm form={props.forms.item} action={tavolo.addItem.href(id)} submit={t('tavolo.item.add_save')} />
        </Details>
      )}
      <Corrections {...props} />
      <Papers {...props} />
      {of.keeps && (
        <References
          rows={of.references}
          of={{ kind: 'tavolo.meeting', thing_id: id.meeting, back: tavolo.meeting.href(id) }}
        />
      )}
      {of.keeps && (
        <>
          <Came of={of} />
          <Invited {...props} />
          <Extracts {...props} />
          <Changes {...props} />
        </>
      )}
    </Page>
  )
}

function About({ of: { meeting, moves } }: { of: MeetingWhole }) {
  const { t } = useFrame()
  return (
    <>
      <Facts
        of={[
          [t('tavolo.meeting.day'), <Day on={meeting.on_day} />],
          [t('tavolo.meeting.time'), <TimeRange from={meeting.starts_at} to={meeting.ends_at} />],
          [t('tavolo.meeting.mode'), t(`tavolo.mode.${meeting.mode}`)],
          meeting.mode !== 'in_person' && [
            t('tavolo.meeting.link'),
            meeting.link && <Link href={meeting.link}>{meeting.link}</Link>,
          ],
          meeting.mode !== 'online' && [t('tavolo.meeting.place'), meeting.place],
          meeting.chair !== '' && [t('tavolo.meeting.chair'), meeting.chair],
          meeting.approved_on !== null && [t('tavolo.minutes.approved'), <Day on={meeting.approved_on} as="date" />],
        ]}
      />
      {meeting.about && <p class="written">{meeting.about}</p>}
      {meeting.cancelled_at && (
        <Callout state="wait" title={t('tavolo.standing.cancelled')}>
          <p>{meeting.cancelled_why}</p>
        </Callout>
      )}
      {moves.map((move) => (
        <p class="text-muted">
          {t('tavolo.moved_from')} <Day on={move.from_day} as="short" /> {move.from_time.slice(0, 5)}
          {move.why && ` – ${move.why}`}
        </p>
      ))}
    </>
  )
}

/** The one thing that comes next. */
function NextStep({ of, forms, others }: Props) {
  const { t, now } = useFrame()
  const id = { meeting: of.meeting.id }
  const titled = useMeetingTitle()
  const today = dayOf(now)
  if (of.standing === 'planned' && !of.meeting.invited_at && of.meeting.on_day >= today)
    return (
      <ButtonForm action={tavolo.invitations.href(id)} kind="primary">
        {t('tavolo.invite.all')}
      </ButtonForm>
    )
  if (of.standing === 'planned' && of.meeting.on_day <= today)
    return (
      <ButtonForm
        action={tavolo.holding.href(id)}
        kind="primary"
        sure={t('tavolo.hold.sure', { count: of.came.length })}
      >
        {t('tavolo.hold')}
      </ButtonForm>
    )
  if (of.standing === 'held')
    return (
      <ButtonForm action={tavolo.draft.href(id)} kind="primary">
        {t('tavolo.draft.send')}
      </ButtonForm>
    )
  if (of.standing !== 'draft') return null
  return (
    <>
      <h2>{t('tavolo.remarks.title')}</h2>
      {of.remarks.length === 0 && <p class="text-muted">{t('tavolo.remarks.none')}</p>}
      {of.remarks.map((remark) => (
        <div class="form-card">
          <p class="written" dir="auto">
            {remark.text}
          </p>
          <p class="text-muted">
            <bdi>{remark.member_name ?? '—'}</bdi> · <Moment at={remark.recorded_at} as="short" />
          </p>
          {remark.settled_at ? (
            <p>
              <Chip state="good">{t('tavolo.remarks.settled')}</Chip> {remark.settled_how}
            </p>
          ) : (
            <FormCard
              form={forms.settle}
              action={tavolo.remark.href({ remark: remark.id })}
              submit={t('tavolo.remarks.settle')}
              quiet
            >
              <Field
                form={forms.settle}
                name="how"
                id={`f-how-${remark.id}`}
                label={t('tavolo.remarks.how')}
                optional
              />
            </FormCard>
          )}
        </div>
      ))}
      <Details summary={t('tavolo.approve.title')} open={wrong(forms.approval)}>
        <FormCard form={forms.approval} action={tavolo.approval.href(id)} submit={t('tavolo.approve')}>
          <p>{t('tavolo.approve.lead')}</p>
          <Field form={forms.approval} name="on_day" id="f-approved-on" kind="date" label={t('tavolo.approve.on')} />
          <Select
            form={forms.approval}
            name="approved_in"
            label={t('tavolo.approve.in')}
            options={others.map((one) => ({ value: one.id, text: titled(one) }))}
            optional
          />
        </FormCard>
      </Details>
      <ButtonForm action={tavolo.draft.href(id)} kind="quiet">
        {t('tavolo.draft.again')}
      </ButtonForm>
    </>
  )
}

function Point({
  item,
  at,
  html,
  keeps,
}: {
  item: AgendaItem
  at: number
  html: ReadonlyMap<string, string>
  keeps: boolean
}) {
  const { t, now } = useFrame()
  const titleOf = useItemTitle()
  const today = dayOf(now)
  return (
    <section class="form-card" aria-labelledby={`p-${item.id}`}>
      <h3 id={`p-${item.id}`}>
        {at + 1}. {titleOf(item)}
      </h3>
      <p class="text-muted">
        {item.kind !== 'topic' && <Chip state="none">{t(`tavolo.kind.${item.kind}`)}</Chip>}{' '}
        {item.brought_by && <bdi>{item.brought_by}</bdi>} {item.minutes !== null && <Minutes of={item.minutes} />}
        {item.answered_on && (
          <Chip state="good">
            {t('tavolo.theme.answered')} <Day on={item.answered_on} as="numeric" />
          </Chip>
        )}
      </p>
      <Written html={html.get(`explained ${item.id}`) ?? ''} />
      <FromElsewhere item={item} />
      <Written html={html.get(item.id) ?? ''} />
      {item.decisions.map((decision) => (
        <p>
          <a href={tavolo.decision.href({ decision: decision.id })}>
            <strong>
              {decision.number
                ? t('tavolo.decision.number', { number: decision.number, year: decision.year })
                : t('tavolo.decision.title')}
            </strong>
          </a>{' '}
          {decision.text}
        </p>
      ))}
      {item.tasks.map((task) => (
        <p>
          <a href={tavolo.task.href({ task: task.id })}>
            <strong>{t('tavolo.task.title')}</strong>
          </a>{' '}
          {task.what} · <Owner task={task} /> · <Due task={task} today={today} />
        </p>
      ))}
      {keeps && (
        <p>
          <a href={tavolo.said.href({ item: item.id })}>{t('tavolo.item.write')}</a>
        </p>
      )}
    </section>
  )
}

/** What the register of before says without a point of its own. */
function Loose({ of: { loose } }: { of: MeetingWhole }) {
  const { t, now } = useFrame()
  if (loose.decisions.length + loose.tasks.length === 0) return null
  return (
    <>
      <h3>{t('tavolo.loose')}</h3>
      {loose.decisions.map((decision) => (
        <p>
          <a href={tavolo.decision.href({ decision: decision.id })}>
            {t('tavolo.decision.number', { number: decision.number ?? 0, year: decision.year })}
          </a>{' '}
          {decision.text}
        </p>
      ))}
      {loose.tasks.map((task) => (
        <p>
          <a href={tavolo.task.href({ task: task.id })}>{t('tavolo.task.title')}</a> {task.what} · <Owner task={task} />{' '}
          · <Due task={task} today={dayOf(now)} />
        </p>
      ))}
    </>
  )
}

export function ItemForm({ form, action, submit }: { form: Form<typeof itemForm>; action: string; submit: string }) {
  const { t } = useFrame()
  return (
    <FormCard form={form} action={action} submit={submit} quiet>
      <Field form={form} name="title" id="f-item-title" label={t('tavolo.item.title')} max_length={200} />
      <Field
        form={form}
        name="explained"
        id="f-item-explained"
        kind="textarea"
        label={t('tavolo.item.explained')}
        hint={t('tavolo.markdown.hint')}
        optional
      />
      <Field form={form} name="brought_by" id="f-item-by" label={t('tavolo.item.brought_by')} optional />
      <Field form={form} name="minutes" id="f-item-minutes" kind="number" label={t('tavolo.item.minutes')} optional />
      <Field
        form={form}
        name="position"
        id="f-item-position"
        kind="number"
        label={t('tavolo.item.position')}
        hint={t('tavolo.item.position.hint')}
        optional
      />
    </FormCard>
  )
}

function Corrections({ of, forms }: Props) {
  const { t } = useFrame()
  if (of.standing !== 'approved') return null
  return (
    <>
      {of.corrections.length > 0 && <h2>{t('tavolo.corrections.title')}</h2>}
      {of.corrections.map(({ on_day, text }) => (
        <p>
          <Day on={on_day} as="date" />: {text}
        </p>
      ))}
      {of.keeps && (
        <Details summary={t('tavolo.corrections.add')} open={wrong(forms.correction)}>
          <FormCard
            form={forms.correction}
            action={tavolo.correction.href({ meeting: of.meeting.id })}
            submit={t('tavolo.corrections.save')}
            quiet
          >
            <p>{t('tavolo.corrections.lead')}</p>
            <Field form={forms.correction} name="text" kind="textarea" label={t('tavolo.corrections.text')} />
          </FormCard>
        </Details>
      )}
    </>
  )
}

function Papers({ of, forms }: Props) {
  const { t } = useFrame()
  return (
    <>
      <h2>{t('tavolo.papers.title')}</h2>
      {of.papers.length === 0 && <p class="text-muted">{t('tavolo.papers.none')}</p>}
      <ul class="plain">
        {of.papers.map((file) => (
          <li>
            {file.title} <FileLine of={file} href={tavolo.paper.href({ file: file.id })} />
            {of.keeps && (
              <ButtonForm action={tavolo.paperGone.href({ file: file.id })} kind="quiet" sure={t('tavolo.papers.sure')}>
                {t('tavolo.papers.remove')}
              </ButtonForm>
            )}
          </li>
        ))}
      </ul>
      {of.keeps && of.standing !== 'cancelled' && (
        <Details summary={t('tavolo.papers.add')} open={wrong(forms.paper)}>
          <FormCard
            form={forms.paper}
            action={tavolo.papers.href({ meeting: of.meeting.id })}
            submit={t('tavolo.papers.save')}
            quiet
          >
            <Field
              form={forms.paper}
              name="title"
              id="f-paper-title"
              label={t('tavolo.papers.name')}
              max_length={160}
            />
            <Upload
              form={forms.paper}
              name="file"
              label={t('tavolo.papers.file')}
              accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt,.ods"
              kinds="PDF, JPG, PNG, DOCX, XLSX, ODT, ODS"
              megabytes={10}
            />
          </FormCard>
        </Details>
      )}
    </>
  )
}

function Came({ of }: { of: MeetingWhole }) {
  const { t } = useFrame()
  const people = new Set(of.came.map(({ member_id }) => member_id)).size
  return (
    <>
      <h2>{t('tavolo.presence.count', { count: people })}</h2>
      <ul class="plain">
        {of.came.map((one) => (
          <li>
            <bdi>{one.body}</bdi> – <bdi>{one.name}</bdi> <span class="text-muted">{t(`tavolo.how.${one.how}`)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Invited({ of, forms }: Props) {
  const { t } = useFrame()
  const id = { meeting: of.meeting.id }
  if (of.invitations.length === 0) return null
  return (
    <>
      <Table
        caption={t('tavolo.invite.title')}
        rows={of.invitations}
        empty=""
        columns={[
          { header: t('tavolo.member.body'), names: true, cell: ({ body }) => <bdi>{body}</bdi> },
          { header: t('tavolo.member.name'), cell: ({ name }) => <bdi>{name}</bdi> },
          {
            header: t('tavolo.invite.mail'),
            cell: ({ email, sent_at, failed_at, mail_id }) =>
              !email ? (
                <Chip state="wait">{t('tavolo.invite.no_address')}</Chip>
              ) : failed_at ? (
                <Chip state="bad">{t('tavolo.invite.failed')}</Chip>
              ) : sent_at || !mail_id ? (
                <Chip state="good">{t('tavolo.invite.sent')}</Chip>
              ) : (
                <Chip state="wait">{t('tavolo.invite.waiting')}</Chip>
              ),
          },
          {
            header: t('tavolo.invite.answer'),
            cell: ({ answer }) =>
              answer ? (
                <Chip state={answer === 'no' ? 'none' : 'good'}>{t(`tavolo.answer.${answer}`)}</Chip>
              ) : (
                <Chip state="wait">{t('tavolo.answer.none')}</Chip>
              ),
          },
          of.standing === 'planned' && {
            header: t('tavolo.invite.for_them'),
            cell: (one) => <a href={tavolo.answer.href({ invitation: one.id })}>{t('tavolo.invite.note_answer')}</a>,
          },
        ]}
      />
      {of.standing === 'planned' && (
        <FormCard form={forms.invite} action={tavolo.invitations.href(id)} submit={t('tavolo.invite.more')} quiet>
          <Tick
            form={forms.invite}
            name="again"
            label={t('tavolo.invite.again')}
            hint={t('tavolo.invite.again.hint')}
          />
        </FormCard>
      )}
    </>
  )
}

function Extracts({ of, languages }: Props) {
  const { t, lang } = useFrame()
  if (of.meeting.number === null) return null
  const id = { meeting: of.meeting.id }
  const written = new Map(of.extracts.map((one) => [one.language, one]))
  return (
    <>
      <h2>{t('tavolo.extract.title')}</h2>
      <p>{t('tavolo.extract.lead')}</p>
      <ul class="plain">
        {languages.map((language) => (
          <li>
            <a href={tavolo.extract.href({ ...id, language })}>{languageInWords(language, lang)}</a>{' '}
            {written.has(language) ? (
              <Chip state="good">{t('tavolo.extract.written')}</Chip>
            ) : (
              <Chip state="wait">{t('tavolo.extract.missing')}</Chip>
            )}
          </li>
        ))}
      </ul>
      {of.published ? (
        <>
          <p>
            {t('tavolo.extract.published')} <Day on={of.published.on_day} as="date" /> ·{' '}
            <a href={open.extract.href({ l: 'it', number: String(of.meeting.number) })}>{t('tavolo.extract.see')}</a>
          </p>
          <ButtonForm action={tavolo.withdrawal.href(id)} kind="quiet" sure={t('tavolo.extract.withdraw_sure')}>
            {t('tavolo.extract.withdraw')}
          </ButtonForm>
        </>
      ) : (
        of.standing === 'approved' &&
        written.has('it') && (
          <ButtonForm action={tavolo.publication.href(id)} kind="primary">
            {t('tavolo.extract.publish')}
          </ButtonForm>
        )
      )}
    </>
  )
}

/** Other place, other day, not at all. */
function Changes({ of, forms }: Props) {
  const { t } = useFrame()
  const id = { meeting: of.meeting.id }
  if (of.standing === 'cancelled' || of.standing === 'approved') return null
  return (
    <>
      <h2>{t('tavolo.change.title')}</h2>
      <Details summary={t('tavolo.change.data')} open={wrong(forms.data)}>
        <FormCard form={forms.data} action={tavolo.data.href(id)} submit={t('tavolo.change.save')} quiet>
          <DataFields form={forms.data} />
        </FormCard>
      </Details>
      {of.standing === 'planned' && (
        <>
          <Details summary={t('tavolo.change.move')} open={wrong(forms.move)}>
            <FormCard form={forms.move} action={tavolo.move.href(id)} submit={t('tavolo.change.move_save')} quiet>
              <Field form={forms.move} name="on_day" id="f-move-day" kind="date" label={t('tavolo.meeting.day')} />
              <Field form={forms.move} name="starts_at" id="f-move-from" kind="time" label={t('tavolo.meeting.from')} />
              <Field form={forms.move} name="ends_at" id="f-move-to" kind="time" label={t('tavolo.meeting.to')} />
              <Field form={forms.move} name="why" id="f-move-why" label={t('tavolo.change.why')} optional />
            </FormCard>
          </Details>
          <Details summary={t('tavolo.change.cancel')} open={wrong(forms.cancel)}>
            <FormCard
              form={forms.cancel}
              action={tavolo.cancellation.href(id)}
              submit={t('tavolo.change.cancel_save')}
              quiet
            >
              <Field form={forms.cancel} name="why" id="f-cancel-why" label={t('tavolo.change.why')} />
            </FormCard>
          </Details>
          <ButtonForm action={tavolo.feed.href(id)} kind="quiet">
            {t('tavolo.feed')}
          </ButtonForm>
        </>
      )}
    </>
  )
}

/** Mode, link, place, chair: in the form of a new meeting and of one that changes. */
export function DataFields({ form }: { form: Form<typeof dataForm> }) {
  const { t } = useFrame()
  return (
    <>
      <Choice
        form={form}
        name="mode"
        label={t('tavolo.meeting.mode')}
        options={modes.map((value) => ({ value, text: t(`tavolo.mode.${value}`) }))}
        beside
      />
      <Field form={form} name="link" label={t('tavolo.meeting.link')} hint={t('tavolo.meeting.link.hint')} optional />
      <Tick form={form} name="jitsi" label={t('tavolo.meeting.jitsi')} hint={t('tavolo.meeting.jitsi.hint')} />
      <Field form={form} name="place" label={t('tavolo.meeting.place')} optional />
      <Field form={form} name="chair" label={t('tavolo.meeting.chair')} optional />
      <Field form={form} name="about" kind="textarea" label={t('tavolo.meeting.about')} optional />
    </>
  )
}
