/** "What is missing?": for everybody, in their language, and what happens next. */
import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Select } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { ownName } from '../../ui/words-of-time.ts'
import type { voiceForm } from '../forms.ts'
import { open } from '../urls.ts'
import { Topics } from './pictured.tsx'
import { Trap } from './trap.tsx'

export type Places = readonly { code: string; name: string }[]

export function VoicePage({ form, comuni }: { form: Form<typeof voiceForm>; comuni: Places }) {
  const { lang, languages, t } = useFrame()
  const l = { l: lang }
  return (
    <Page
      title={t('participation.voice.title')}
      lead={t('participation.voice.lead')}
      description={t('participation.voice.lead')}
    >
      <Danger />
      <p class="actions">
        <a class="btn btn-outline-primary" href={open.questionnaire.href(l)}>
          <Pictogram name="mood-happy" size="s" /> {t('participation.questionnaire.go')}
        </a>
        <a class="btn btn-outline-primary" href={open.replies.href(l)}>
          <Pictogram name="messages" size="s" /> {t('participation.replies.go')}
        </a>
      </p>
      <FormCard form={form} submit={t('participation.voice.send')}>
        {form.values.about && <Hidden name="about" value={String(form.values.about)} />}
        <Topics form={form} name="topic" label={t('participation.voice.topic')} />
        <Field
          form={form}
          name="text"
          kind="textarea"
          rows={5}
          label={t('participation.voice.text')}
          hint={t('participation.voice.text.hint')}
        />
        <Select
          form={form}
          name="comune"
          label={t('participation.voice.comune')}
          none={t('ui.field.choose')}
          options={comuni.map(({ code, name }) => ({ value: code, text: name, lang: 'it' }))}
          optional
        />
        <h2>{t('participation.voice.answer')}</h2>
        <p>{t('participation.voice.answer.hint')}</p>
        <Field
          form={form}
          name="email"
          kind="email"
          label={t('participation.contact.email')}
          autocomplete="email"
          optional
        />
        <Field
          form={form}
          name="phone"
          kind="tel"
          label={t('participation.contact.phone')}
          autocomplete="tel"
          optional
        />
        <Select
          form={{ ...form, values: { answer_in: lang, ...form.values } }}
          name="answer_in"
          label={t('participation.voice.answer_in')}
          options={languages.map((one) => ({ value: one.lang, text: ownName(one.lang), lang: one.lang }))}
        />
        <Trap />
        <p class="text-muted">{t('participation.voice.privacy')}</p>
      </FormCard>
    </Page>
  )
}

/** Nobody reads a voice at night: who is in danger must not wait for us. */
export function Danger() {
  const { t } = useFrame()
  return (
    <Callout state="bad" title={t('participation.danger.title')}>
      <p>
        {t('participation.danger.text')} <a href="tel:112">112</a> · <a href="tel:1522">1522</a>
      </p>
    </Callout>
  )
}

export function ThanksPage({ of }: { of: 'voice' | 'questionnaire' }) {
  const { lang, t } = useFrame()
  const l = { l: lang }
  return (
    <Page
      title={t('participation.thanks.title')}
      lead={t(of === 'voice' ? 'participation.thanks.voice' : 'participation.thanks.questionnaire')}
      head={<meta name="robots" content="noindex" />}
    >
      <h2>{t('participation.thanks.next')}</h2>
      <ol class="prose">
        <li>{t('participation.thanks.read')}</li>
        <li>{t('participation.thanks.together')}</li>
        <li>{t('participation.thanks.answer')}</li>
      </ol>
      <p class="actions">
        <a class="btn btn-primary" href={open.replies.href(l)}>
          {t('participation.replies.go')}
        </a>
        <a class="btn btn-outline-primary" href={open.voice.href(l)}>
          {t('participation.thanks.again')}
        </a>
      </p>
    </Page>
  )
}
