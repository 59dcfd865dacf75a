/** Somebody answered by telephone: we note it for them. */
import type { Form } from '../../kernel/form.ts'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { answers } from '../codes.ts'
import type { answerForm } from '../forms.ts'
import type { Invitation } from '../store/meetings.ts'
import { tavolo } from '../urls.ts'

type Props = { invitation: Invitation; body: string; form: Form<typeof answerForm> }
export function AnswerPage({ invitation, body, form }: Props) {
  const { t } = useFrame()
  return (
    <Page
      title={t('tavolo.invite.note_answer')}
      lead={
        <>
          <bdi>{body}</bdi> – <bdi>{invitation.name}</bdi>
        </>
      }
    >
      <FormCard
        form={form}
        submit={t('tavolo.invite.note_save')}
        cancel={{ href: tavolo.meeting.href({ meeting: invitation.meeting_id }), text: t('tavolo.back') }}
      >
        <Choice
          form={form}
          name="answer"
          label={t('tavolo.invite.answer')}
          options={answers.map((value) => ({ value, text: t(`tavolo.answer.${value}`) }))}
        />
        <Field form={form} name="name" label={t('tavolo.answer.who')} hint={t('tavolo.answer.who.hint')} optional />
        <Field form={form} name="email" kind="email" label={t('tavolo.member.email')} optional />
      </FormCard>
    </Page>
  )
}
