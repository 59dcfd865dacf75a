/** Italian and plain Italian side by side; what readers will see, before it is saved. */
import { raw } from 'hono/html'
import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { newItemForm, sourceForm } from '../forms.ts'
import { htmlOf } from '../rules/markdown.ts'
import type { Kind } from '../rules/publication.ts'
import { linesOf, type SourceText } from '../rules/texts.ts'

type Props = {
  kind: Kind
  form: Form<typeof newItemForm> | Form<typeof sourceForm>
  title?: string
  version?: number
  preview?: SourceText
}

export function WritingPage({ kind, form, title, version, preview }: Props) {
  const { t } = useFrame()
  const of = form as Form<typeof newItemForm>
  return (
    <Page title={title ?? t(`board.items.new.${kind}`)} lead={t('board.writing.lead')} wide>
      {preview && <Preview of={preview} />}
      <FormCard
        form={of}
        submit={t('board.writing.save')}
        second={{ name: 'button', value: 'preview', text: t('board.writing.preview') }}
      >
        {version !== undefined && <Hidden name="version" value={String(version)} />}
        <Field
          form={of}
          name="title"
          label={t('board.field.title')}
          hint={t('board.field.title.hint')}
          max_length={160}
        />
        <div class="side-by-side">
          <section aria-label={t('board.writing.italian')}>
            <h2>{t('board.writing.italian')}</h2>
            <Field
              form={of}
              name="summary"
              kind="textarea"
              rows={3}
              label={t('board.field.summary')}
              hint={t('board.field.summary.hint')}
              max_length={400}
              optional
            />
            <Field
              form={of}
              name="body"
              kind="textarea"
              rows={14}
              label={t('board.field.body')}
              hint={t('board.field.body.hint')}
              max_length={12_000}
              optional
            />
          </section>
          <section aria-label={t('board.writing.plain')}>
            <h2>{t('board.writing.plain')}</h2>
            <Field
              form={of}
              name="plain_summary"
              kind="textarea"
              rows={3}
              label={t('board.field.plain_summary')}
              hint={t('board.field.plain.hint')}
              max_length={400}
              optional
            />
            <Field
              form={of}
              name="plain_body"
              kind="textarea"
              rows={14}
              label={t('board.field.plain_body')}
              max_length={12_000}
              optional
            />
          </section>
        </div>
        <Field
          form={of}
          name="bring"
          kind="textarea"
          rows={5}
          label={t('board.field.bring')}
          hint={t('board.field.bring.hint')}
          max_length={2000}
          optional
        />
        <Field form={of} name="for_whom" label={t('board.field.for_whom')} max_length={500} optional />
        <Field form={of} name="cost" label={t('board.field.cost')} max_length={300} optional />
        <Field form={of} name="booking" label={t('board.field.booking')} max_length={500} optional />
      </FormCard>
      <Details summary={t('board.writing.marks')}>
        <p>{t('board.writing.marks.text')}</p>
        <pre dir="ltr">{t('board.writing.marks.example')}</pre>
      </Details>
    </Page>
  )
}

function Preview({ of }: { of: SourceText }) {
  const { t } = useFrame()
  return (
    <section aria-label={t('board.writing.preview')} class="preview">
      <Callout state="info" live>
        <p>{t('board.writing.preview.not_saved')}</p>
      </Callout>
      <h2>{of.title}</h2>
      <div class="side-by-side">
        <Side title={t('board.writing.italian')} summary={of.summary} body={of.body} />
        <Side title={t('board.writing.plain')} summary={of.plain_summary} body={of.plain_body} />
      </div>
      {of.bring && (
        <ul>
          {linesOf(of.bring).map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Side({ title, summary, body }: { title: string; summary: string; body: string }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {summary && <p class="lead">{summary}</p>}
      <div class="prose">{raw(htmlOf(body))}</div>
    </section>
  )
}
