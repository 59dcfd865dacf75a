/** Two minutes, one question a screen; the answers so far go along in the address, so that back always works. */
import type { Form } from '../../kernel/form.ts'
import { Select } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { type Face, faces, type Question, questions } from '../codes.ts'
import type { questionnaireForm } from '../forms.ts'
import { open } from '../urls.ts'
import { Faces, Topics } from './pictured.tsx'
import { Trap } from './trap.tsx'
import type { Places } from './voice.tsx'

export type Given = Partial<Record<Question, Face>>
const isFace = (text: unknown): text is Face => faces.includes(text as Face)
/** What has been answered before this screen, from the address or from a form that came back. */
export const givenIn = (value: (name: Question) => unknown): Given =>
  Object.fromEntries(questions.flatMap((name) => (isFace(value(name)) ? [[name, value(name)]] : [])))

type Props = {
  form: Form<typeof questionnaireForm>
  given: Given
  /** Asked for by a link back. */
  at: Question | undefined
  /** Sent on without an answer. */
  skipped: boolean
  comuni: Places
}

export function QuestionnairePage({ form, given, at, skipped, comuni }: Props) {
  const { lang, t } = useFrame()
  const here = at ?? questions.find((name) => given[name] === undefined)
  const step = here ? questions.indexOf(here) + 1 : questions.length + 1
  const before = here ? questions.slice(0, step - 1).filter((name) => given[name]) : questions
  return (
    <Page
      title={t('participation.questionnaire.title')}
      lead={step === 1 ? t('participation.questionnaire.lead') : undefined}
      head={<meta name="robots" content="noindex" />}
    >
      <p class="text-muted">{t('participation.questionnaire.step', { step, of: questions.length + 1 })}</p>
      {before.length > 0 && (
        <Facts
          of={before.map((name) => [
            t(`participation.question.${name}`),
            <>
              {t(`participation.face.${given[name] as Face}`)}{' '}
              <a href={`${open.questionnaire.href({ l: lang }, { ...given })}&torna=${name}`}>
                {t('participation.questionnaire.change')}
                <span class="visually-hidden">: {t(`participation.question.${name}`)}</span>
              </a>
            </>,
          ])}
        />
      )}
      {here ? (
        <OneQuestion name={here} given={given} skipped={skipped} />
      ) : (
        <LastQuestions form={form} given={given} comuni={comuni} />
      )}
    </Page>
  )
}

function OneQuestion({ name, given, skipped }: { name: Question; given: Given; skipped: boolean }) {
  const { lang, t } = useFrame()
  const form = {
    values: { [name]: given[name] } as Partial<Record<Question, string>>,
    errors: (skipped ? { [name]: t('kernel.form.required') } : {}) as Partial<Record<Question, string>>,
  }
  return (
    <form method="get" action={open.questionnaire.href({ l: lang })} class="form-card">
      <input type="hidden" name="avanti" value={name} />
      {questions.map((other) => other !== name && given[other] && <Hidden name={other} value={given[other]} />)}
      <Faces form={form as never} name={name as never} label={t(`participation.question.${name}`)} />
      <div class="form-buttons">
        <button class="btn btn-primary" type="submit">
          {t('participation.questionnaire.on')}
        </button>
      </div>
    </form>
  )
}

function LastQuestions({ form, given, comuni }: Pick<Props, 'form' | 'given' | 'comuni'>) {
  const { t } = useFrame()
  return (
    <FormCard form={form} submit={t('participation.questionnaire.send')}>
      {questions.map((name) => (
        <Hidden name={name} value={given[name] ?? ''} />
      ))}
      <Topics
        form={form}
        name="hardest"
        label={t('participation.question.hardest')}
        hint={t('participation.question.hardest.hint')}
        several
        optional
      />
      <Select
        form={form}
        name="comune"
        label={t('participation.voice.comune')}
        none={t('ui.field.choose')}
        options={comuni.map(({ code, name }) => ({ value: code, text: name, lang: 'it' }))}
        optional
      />
      <Field
        form={form}
        name="text"
        kind="textarea"
        label={t('participation.voice.text')}
        hint={t('participation.voice.text.hint')}
        optional
      />
      <Trap />
    </FormCard>
  )
}
