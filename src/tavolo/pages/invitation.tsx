/** An invitation: one tap is the answer. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { Agenda } from '../actions/reading.ts'
import type { answers } from '../codes.ts'
import type { answerForm } from '../forms.ts'
import { open } from '../urls.ts'
import { MeetingFacts, PaperList, type Papers, ReadAgenda } from './meeting-read.tsx'
import { useMeetingTitle } from './words.tsx'

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
