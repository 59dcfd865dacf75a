import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Choices } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { disputeAbout } from '../codes.ts'
import type { disputeForm, hoursForm } from '../forms.ts'
import { open } from '../urls.ts'

type Props = {
  token: string
  form: Form<typeof hoursForm>
  waiting: readonly { id: string; number: number; text: string; hint: string }[]
  rated: boolean
}

/** A month's calls, ticked and signed at once; what is not right is said call by call. */
export function HoursLinkPage({ token, form, waiting, rated }: Props) {
  const { t, lang } = useFrame()
  if (waiting.length === 0)
    return (
      <Page title={t('mediation.hours.title')}>
        <Callout state="good" title={t('mediation.hours.none')}>
          {t('mediation.hours.thanks')}
        </Callout>
      </Page>
    )
  return (
    <Page title={t('mediation.hours.title')} lead={t('mediation.hours.lead')}>
      <FormCard form={form} submit={t('mediation.hours.sign')}>
        <Choices
          form={form}
          name="right"
          label={t('mediation.hours.right')}
          options={waiting.map(({ id, text, hint }) => ({ value: id, text, hint }))}
        />
        <Field form={form} name="signer" label={t('mediation.hours.signer')} max_length={120} autocomplete="name" />
        <Field form={form} name="job" label={t('mediation.ask.job')} max_length={120} optional />
        {rated ? null : (
          <Choice
            form={form}
            name="rating"
            label={t('mediation.hours.rating')}
            options={['1', '2', '3', '4'].map((value) => ({ value, text: t(`mediation.rating.${value}` as TextKey) }))}
            optional
          />
        )}
      </FormCard>
      <Details summary={t('mediation.hours.wrong')}>
        <ul>
          {waiting.map(({ id, text }) => (
            <li>
              <a href={open.dispute.href({ l: lang, token, call: id })}>{text}</a>
            </li>
          ))}
        </ul>
      </Details>
    </Page>
  )
}

export function DisputePage({ form }: { form: Form<typeof disputeForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.hours.wrong')}>
      <FormCard form={form} submit={t('mediation.dispute.send')}>
        <Choice
          form={form}
          name="about"
          label={t('mediation.dispute.about')}
          options={disputeAbout.map((code) => ({ value: code, text: t(`mediation.dispute.${code}` as TextKey) }))}
        />
        <Field
          form={form}
          name="text"
          kind="textarea"
          rows={3}
          label={t('mediation.dispute.text')}
          hint={t('mediation.report.note_hint')}
          max_length={300}
          optional
        />
      </FormCard>
    </Page>
  )
}
