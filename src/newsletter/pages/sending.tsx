/** An issue as a reader will see it, and when it leaves. */
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Count } from '../../ui/time.tsx'
import type { IssueWhole } from '../actions/issues.ts'
import type { dispatchForm } from '../forms.ts'
import type { Letter } from '../store/issues.ts'
import { newsletter } from '../urls.ts'
import { LanguageName } from './standing.tsx'

export function PreviewPage({ id, letter, tries }: { id: string; letter: Letter; tries: boolean }) {
  const { t } = useFrame()
  const { language } = letter
  return (
    <Page
      title={t('newsletter.preview.title')}
      lead={<LanguageName of={language} />}
      actions={
        <>
          <a class="btn btn-primary" href={newsletter.letter.href({ id, language })}>
            {t('newsletter.preview.html')}
          </a>
          {tries && (
            <ButtonForm action={newsletter.tryOut.href({ id })} values={{ language }}>
              {t('newsletter.preview.try_out')}
            </ButtonForm>
          )}
          <a class="btn btn-outline-primary" href={newsletter.issue.href({ id })}>
            {t('newsletter.back')}
          </a>
        </>
      }
    >
      <Facts
        of={[
          [
            t('newsletter.field.subject'),
            <bdi lang={language} dir="auto">
              {letter.subject}
            </bdi>,
          ],
        ]}
      />
      <h2>{t('newsletter.preview.text')}</h2>
      <p class="written" lang={language} dir="auto">
        {letter.text}
      </p>
    </Page>
  )
}

export function DispatchPage({
  id,
  form,
  subject,
  readers,
}: {
  id: string
  form: Form<typeof dispatchForm>
  subject: string
  readers: IssueWhole['readers']
}) {
  const { t } = useFrame()
  const count = readers.reduce((sum, row) => sum + row.readers, 0)
  const values = Object.keys(form.values).length > 0 ? form.values : { when: 'now' }
  const of = { ...form, values } as typeof form
  return (
    <Page title={t('newsletter.dispatch.title')} lead={subject}>
      <Callout state="info">
        <p>{t('newsletter.dispatch.how_many', { count, languages: readers.length })}</p>
        <p>
          {readers.map(({ language, readers: some }, at) => (
            <>
              {at > 0 && ' · '}
              <LanguageName of={language} /> <Count of={some} />
            </>
          ))}
        </p>
      </Callout>
      <FormCard
        form={of}
        submit={t('newsletter.dispatch.do', { count })}
        cancel={{ href: newsletter.issue.href({ id }), text: t('newsletter.back') }}
      >
        <Choice
          form={of}
          name="when"
          label={t('newsletter.dispatch.when')}
          options={(['now', 'planned'] as const).map((value) => ({ value, text: t(`newsletter.dispatch.${value}`) }))}
        />
        <Field form={of} name="on_day" kind="date" label={t('newsletter.dispatch.day')} optional />
        <Field form={of} name="at" kind="time" label={t('newsletter.dispatch.at')} optional />
        <p class="text-muted">{t('newsletter.dispatch.no_way_back')}</p>
      </FormCard>
    </Page>
  )
}
