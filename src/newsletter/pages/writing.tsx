/** The words of an issue, and what of the board stands in it. */
import type { Form } from '../../kernel/form.ts'
import { Choices } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Day } from '../../ui/time.tsx'
import type { ItemsToChoose } from '../actions/issues.ts'
import { topics } from '../codes.ts'
import type { contentsForm, wordsForm } from '../forms.ts'
import { newsletter } from '../urls.ts'
import { LanguageName } from './standing.tsx'

export function WordsPage({
  form,
  language,
  italian,
}: {
  form: Form<typeof wordsForm>
  language: string
  italian?: { subject: string; body: string } | undefined
}) {
  const { t } = useFrame()
  return (
    <Page title={t('newsletter.words.title')} lead={<LanguageName of={language} />} {...(italian && { wide: true })}>
      <div class={italian ? 'side-by-side' : undefined}>
        {italian && (
          <section lang="it" dir="ltr" aria-label={t('newsletter.words.italian')}>
            <h2>{italian.subject}</h2>
            <p class="written">{italian.body}</p>
          </section>
        )}
        <FormCard form={form} submit={t('newsletter.words.save')}>
          <Field
            form={form}
            name="subject"
            label={t('newsletter.field.subject')}
            hint={t('newsletter.field.subject.hint')}
            max_length={160}
          />
          <Field
            form={form}
            name="body"
            kind="textarea"
            rows={14}
            label={t('newsletter.field.body')}
            hint={t('newsletter.field.body.hint')}
            max_length={12_000}
            optional
          />
        </FormCard>
      </div>
      <Details summary={t('board.writing.marks')}>
        <p>{t('board.writing.marks.text')}</p>
        <pre dir="ltr">{t('board.writing.marks.example')}</pre>
      </Details>
    </Page>
  )
}

export function ContentsPage({
  id,
  form,
  items,
}: {
  id: string
  form: Form<typeof contentsForm>
  items: ItemsToChoose
}) {
  const { t } = useFrame()
  return (
    <Page title={t('newsletter.contents.title')} lead={t('newsletter.contents.lead')}>
      <FormCard
        form={form}
        submit={t('newsletter.contents.save')}
        cancel={{ href: newsletter.issue.href({ id }), text: t('newsletter.back') }}
      >
        <Choices
          form={form}
          name="items"
          label={t('newsletter.contents.items')}
          optional
          options={items.map((item) => ({
            value: item.id,
            text: `${item.title} (${t(`board.staff_kind.${item.kind}`)})`,
            ...(item.on_day && { hint: <Day on={item.on_day} as="short" /> }),
          }))}
        />
        <Choices
          form={form}
          name="topics"
          label={t('newsletter.contents.topics')}
          hint={t('newsletter.contents.topics.hint')}
          optional
          options={topics.map((value) => ({ value, text: t(`newsletter.topic.${value}`) }))}
        />
      </FormCard>
    </Page>
  )
}
