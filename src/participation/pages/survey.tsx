/** The questionnaire at the end of an activity, behind a personal link. Who it is about stands nowhere on it. */
import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Choices } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { again, changes, type Service } from '../codes.ts'
import type { surveyForm } from '../forms.ts'
import { open } from '../urls.ts'
import { Faces } from './pictured.tsx'

type Props = { form: Form<typeof surveyForm>; service: Service; answered: boolean }

export function SurveyPage({ form, service, answered }: Props) {
  const { lang, t } = useFrame()
  const closed = <meta name="robots" content="noindex, noarchive" />
  if (answered)
    return (
      <Page title={t('participation.survey.thanks')} lead={t('participation.survey.thanks.lead')} head={closed}>
        <p class="actions">
          <a class="btn btn-outline-primary" href={open.replies.href({ l: lang })}>
            {t('participation.replies.go')}
          </a>
        </p>
      </Page>
    )
  return (
    <Page title={t('participation.survey.title')} lead={t(`participation.service.${service}`)} head={closed}>
      <Callout state="info">
        <p>{t('participation.survey.secret')}</p>
      </Callout>
      <FormCard form={form} submit={t('participation.questionnaire.send')}>
        <SurveyFields form={form} />
      </FormCard>
    </Page>
  )
}

export function SurveyFields<F extends Form<typeof surveyForm>>({ form }: { form: F }) {
  const { t } = useFrame()
  const asked = form as Form<typeof surveyForm>
  return (
    <>
      <Faces form={asked} name="useful" label={t('participation.survey.useful')} />
      <Choices
        form={asked}
        name="changed"
        label={t('participation.survey.changed')}
        hint={t('participation.survey.changed.hint')}
        options={changes.map((value) => ({ value, text: t(`participation.changed.${value}`) }))}
        optional
      />
      <Field form={asked} name="missing" kind="textarea" label={t('participation.survey.missing')} optional />
      <Choice
        form={asked}
        name="again"
        label={t('participation.survey.again')}
        options={again.map((value) => ({ value, text: t(`participation.again.${value}`) }))}
      />
    </>
  )
}
