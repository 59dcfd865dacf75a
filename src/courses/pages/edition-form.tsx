import type { Form } from '../../kernel/form.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { languageInWords } from '../../ui/words-of-time.ts'
import { choices, kinds, levelLabel, stepLevels } from '../codes.ts'
import type { editionForm, textForm } from '../forms.ts'
import type { Edition, EditionText } from '../store/editions.ts'
import { courses } from '../urls.ts'

type EditionLists = {
  organisations: readonly { id: string; name: string }[]
  places: readonly { id: string; name: string }[]
  lines: readonly { code: string; title: string }[]
}

export function EditionFormPage({
  form,
  lists,
  back,
}: {
  form: Form<typeof editionForm>
  lists: EditionLists
  back: string | null
}) {
  const { t, lang } = useFrame()
  const levels = stepLevels.map((value) => ({ value, text: levelLabel(value, lang) }))
  return (
    <Page title={back ? t('courses.edition.change') : t('courses.edition.new')}>
      <FormCard
        form={form}
        submit={t('courses.save')}
        {...(back && { cancel: { href: back, text: t('courses.back_to_edition') } })}
      >
        <Field
          form={form}
          name="title"
          label={t('courses.edition.title')}
          hint={t('courses.edition.title.hint')}
          max_length={160}
        />
        <Field
          form={form}
          name="summary"
          kind="textarea"
          label={t('courses.edition.summary')}
          max_length={600}
          optional
        />
        <Choice
          form={form}
          name="kind"
          label={t('courses.edition.kind')}
          hint={t('courses.edition.kind.hint')}
          options={kinds.map((value) => ({ value, text: t(`courses.kind.${value}`) }))}
        />
        <Choice
          form={form}
          name="action"
          label={t('courses.edition.action')}
          options={['01', '02', '03'].map((value) => ({ value, text: value }))}
          beside
        />
        <Tick form={form} name="civic" label={t('courses.edition.civic')} hint={t('courses.edition.civic.hint')} />
        <Field form={form} name="hours" kind="number" label={t('courses.edition.hours')} />
        <div class="fields-beside">
          <Field form={form} name="minimum" kind="number" label={t('courses.edition.minimum')} />
          <Field form={form} name="capacity" kind="number" label={t('courses.edition.capacity')} />
        </div>
        <Choice
          form={form}
          name="choice"
          label={t('courses.edition.choice')}
          options={choices.map((value) => ({ value, text: t(`courses.choice.${value}`) }))}
        />
        <Field
          form={form}
          name="offer_hours"
          kind="number"
          label={t('courses.edition.offer_hours')}
          hint={t('courses.edition.offer_hours.hint')}
        />
        <Field form={form} name="enrol_until" kind="date" label={t('courses.enrol_until')} optional />
        <Select
          form={form}
          name="place_id"
          label={t('courses.where')}
          options={lists.places.map(({ id, name }) => ({ value: id, text: name }))}
          optional
        />
        <Field form={form} name="place_text" label={t('courses.edition.place_text')} max_length={300} optional />
        <Field form={form} name="link" label={t('courses.edition.link')} max_length={300} optional />
        <Select
          form={form}
          name="provider_id"
          label={t('courses.provider')}
          options={lists.organisations.map(({ id, name }) => ({ value: id, text: name }))}
          optional
        />
        <div class="fields-beside">
          <Select form={form} name="entry_level" label={t('courses.entry_level')} options={levels} optional />
          <Select form={form} name="target_level" label={t('courses.target_level')} options={levels} optional />
        </div>
        <Tick form={form} name="women_only" label={t('courses.women_only')} />
        <Tick form={form} name="childcare" label={t('courses.childcare')} />
        <Field
          form={form}
          name="skills"
          kind="textarea"
          label={t('courses.edition.skills')}
          hint={t('courses.edition.skills.hint')}
          max_length={1000}
          optional
        />
        <Field form={form} name="contact" label={t('courses.contact')} max_length={200} optional />
        {!back && (
          <Field
            form={form}
            name="budget_line"
            label={t('courses.edition.budget_line')}
            offered={lists.lines.map(({ code, title }) => [code, title].join(' '))}
            max_length={60}
            optional
          />
        )}
      </FormCard>
    </Page>
  )
}

export function TextPage({
  edition,
  language,
  form,
  source,
}: {
  edition: Edition
  language: string
  form: Form<typeof textForm>
  source: EditionText | undefined
}) {
  const { t, lang } = useFrame()
  const words = isLanguage(language) ? languageInWords(language, lang) : language
  return (
    <Page title={t('courses.text.title', { language: words })} lead={edition.title}>
      {source && language !== 'it' && (
        <Facts
          of={[
            [t('courses.edition.title'), source.title],
            [t('courses.edition.summary'), source.summary],
            [t('courses.text.body'), source.body],
          ]}
        />
      )}
      <FormCard
        form={form}
        submit={t('courses.save')}
        cancel={{ href: courses.edition.href({ edition: edition.id }), text: t('courses.back_to_edition') }}
      >
        <Field form={form} name="title" label={t('courses.edition.title')} max_length={160} />
        <Field
          form={form}
          name="summary"
          kind="textarea"
          label={t('courses.edition.summary')}
          max_length={600}
          optional
        />
        <Field form={form} name="body" kind="textarea" label={t('courses.text.body')} max_length={6000} optional />
      </FormCard>
    </Page>
  )
}
