/** One meeting: its agenda, what was said, and what there is to do with it now. */
import { dayOf } from '../../kernel/clock.ts'
import { References } from '../../programme/parts.tsx'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Live } from '../../ui/live.tsx'
import { Page } from '../../ui/page.tsx'
import { Day, Moment, TimeRange } from '../../ui/time.tsx'
import type { MeetingWhole } from '../actions/reading.ts'
import { tavolo } from '../urls.ts'
import { ItemForm, Loose, Point } from './meeting-agenda.tsx'
import { Changes } from './meeting-changes.tsx'
import { type MeetingProps, wrong } from './meeting-forms.ts'
import { Corrections, Extracts, Papers } from './meeting-papers.tsx'
import { Came, Invited } from './meeting-people.tsx'
import { Carried, StandingChip, useMeetingTitle } from './words.tsx'

export function MeetingPage(props: MeetingProps) {
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
          {(of.came.length > 0 || of.standing !== 'planned') && <Came of={of} />}
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
function NextStep({ of, forms, others }: MeetingProps) {
  const { t, now } = useFrame()
  const id = { meeting: of.meeting.id }
  const titled = useMeetingTitle()
  const today = dayOf(now)
  if (of.standing === 'planned' && !of.meeting.invited_at && of.meeting.on_day >= today)
    return (
      <>
        {of.meeting.mode !== 'in_person' && !of.meeting.link && (
          <Callout state="wait">
            <p>{t('tavolo.invite.no_link')}</p>
          </Callout>
        )}
        <ButtonForm action={tavolo.invitations.href(id)} kind="primary">
          {t('tavolo.invite.all')}
        </ButtonForm>
      </>
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
