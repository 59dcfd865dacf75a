import { Chip } from '../../ui/chip.tsx'
import { Tick } from '../../ui/choice.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Table } from '../../ui/table.tsx'
import type { MeetingWhole } from '../actions/reading.ts'
import { tavolo } from '../urls.ts'
import type { MeetingProps } from './meeting-forms.ts'

export function Came({ of }: { of: MeetingWhole }) {
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

export function Invited({ of, forms }: MeetingProps) {
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
