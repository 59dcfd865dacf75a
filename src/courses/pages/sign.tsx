import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { Pen } from '../../ui/pen.tsx'
import { Day } from '../../ui/time.tsx'
import type { RegisterRow } from '../actions/register.ts'
import type { drawingForm } from '../forms.ts'
import type { Lesson } from '../store/editions.ts'

type Props = {
  row: RegisterRow
  lesson: Lesson
  form: Form<typeof drawingForm>
  back: string
  /** What is signed and what such a signature is, in the language of whoever signs. */
  own: { lang: string; lead: string; kind: string }
}

/** The telephone is handed over: who, which lesson, a field to draw in. */
export function SignPage({ row, lesson, form, back, own }: Props) {
  const { t } = useFrame()
  return (
    <Page title={t('courses.sign.title')} heading={<Name latin={row.name.latin} original={row.name.original} />}>
      <p>
        <strong>
          <Day on={lesson.on_day} />
        </strong>
      </p>
      <p>
        <bdi lang={own.lang}>{own.lead}</bdi>
      </p>
      {form.errors.form && (
        <Callout state="bad" live>
          <p>{form.errors.form}</p>
        </Callout>
      )}
      <FormCard form={form} submit={t('courses.sign.do')} cancel={{ href: back, text: t('courses.lesson.title') }}>
        <Pen
          form={form}
          name="drawing"
          label={t('courses.sign.label')}
          clear={t('courses.sign.clear')}
          without={t('courses.sign.without')}
        />
      </FormCard>
      <p class="text-muted">
        {t('courses.sign.kind')} {own.lang !== 'it' && <bdi lang={own.lang}>{own.kind}</bdi>}
      </p>
    </Page>
  )
}
