import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { privacyPage } from '../../ui/urls.ts'
import { fields, genderReasons, genders, modes, purposes } from '../codes.ts'
import type { interviewsForm, requestForm } from '../forms.ts'
import { open } from '../urls.ts'

export type Lists = {
  comuni: readonly { code: string; name: string }[]
  languages: readonly { code: string; name: string }[]
  /** Only for whoever wrote one we do not know. */
  countries: () => readonly { code: string; name: string }[]
  bodies: readonly string[]
}
type Props<F> = { form: F; lists: Lists }

/** Who asks, what for, when: two minutes. The name of the person helped is asked for nowhere. */
export function RequestPage({ form, lists }: Props<Form<typeof requestForm>>) {
  const { t, lang } = useFrame()
  const coded = (kind: string, codes: readonly string[]) =>
    codes.map((code) => ({ value: code, text: t(`mediation.${kind}.${code}` as TextKey) }))
  const extra = [
    'variety',
    'other_language',
    'comes_from',
    'to',
    'on_2',
    'from_2',
    'on_3',
    'from_3',
    'repeat',
    'repeat_until',
    'adults',
    'minors',
    'staff',
    'gender',
    'gender_reason',
    'same_mediator',
    'safety',
    'pages',
    'link',
  ]
  const opened = extra.some((name) => form.errors[name as 'variety'] || form.values[name as 'variety'])
  return (
    <Page title={t('mediation.ask.title')} lead={t('mediation.ask.lead')}>
      <p>
        <a href={open.interviews.href({ l: lang })}>{t('mediation.ask.interviews')}</a>
      </p>
      <FormCard form={form} submit={t('mediation.ask.send')}>
        <h2>{t('mediation.ask.what')}</h2>
        <Select
          form={form}
          name="language"
          label={t('mediation.ask.language')}
          hint={t('mediation.ask.language_hint')}
          options={lists.languages.map(({ code, name }) => ({ value: code, text: name }))}
        />
        <Select form={form} name="field" label={t('mediation.ask.field')} options={coded('field', fields)} />
        <Select form={form} name="purpose" label={t('mediation.ask.purpose')} options={coded('purpose', purposes)} />
        <Choice form={form} name="mode" label={t('mediation.ask.mode')} options={coded('mode', modes)} />
        <h2>{t('mediation.ask.when')}</h2>
        <Field form={form} name="on" kind="date" label={t('mediation.ask.on')} />
        <Field form={form} name="from" kind="time" label={t('mediation.ask.from')} />
        <Field
          form={form}
          name="minutes"
          kind="number"
          label={t('mediation.ask.minutes')}
          hint={t('mediation.ask.minutes_hint')}
        />
        <Tick form={form} name="urgent" label={t('mediation.ask.urgent')} hint={t('mediation.ask.urgent_hint')} />
        <h2>{t('mediation.ask.where')}</h2>
        <Select
          form={form}
          name="comune"
          label={t('mediation.ask.comune')}
          options={lists.comuni.map(({ code, name }) => ({ value: code, text: name }))}
        />
        <Field
          form={form}
          name="place"
          label={t('mediation.ask.place')}
          hint={t('mediation.ask.place_hint')}
          max_length={300}
        />
        <Details summary={t('mediation.ask.more')} open={opened}>
          <Field form={form} name="variety" label={t('mediation.ask.variety')} max_length={80} optional />
          {form.errors.comes_from ? (
            <Select
              form={form}
              name="comes_from"
              label={t('mediation.ask.comes_from')}
              options={lists.countries().map(({ code, name }) => ({ value: code, text: name }))}
              optional
            />
          ) : (
            <Field
              form={form}
              name="comes_from"
              label={t('mediation.ask.comes_from')}
              hint={t('mediation.ask.comes_from_hint')}
              max_length={60}
              autocomplete="off"
              optional
            />
          )}
          <Select
            form={form}
            name="other_language"
            label={t('mediation.ask.other_language')}
            options={lists.languages.map(({ code, name }) => ({ value: code, text: name }))}
            optional
          />
          <Field
            form={form}
            name="to"
            kind="time"
            label={t('mediation.ask.to')}
            hint={t('mediation.ask.to_hint')}
            optional
          />
          <Field form={form} name="on_2" kind="date" label={t('mediation.ask.on_2')} optional />
          <Field form={form} name="from_2" kind="time" label={t('mediation.ask.from_2')} optional />
          <Field form={form} name="on_3" kind="date" label={t('mediation.ask.on_3')} optional />
          <Field form={form} name="from_3" kind="time" label={t('mediation.ask.from_3')} optional />
          <Choice
            form={form}
            name="repeat"
            label={t('mediation.ask.repeat')}
            options={coded('repeat', ['weekly', 'fortnightly'])}
            optional
          />
          <Field form={form} name="repeat_until" kind="date" label={t('mediation.ask.repeat_until')} optional />
          <Field form={form} name="adults" kind="number" label={t('mediation.ask.adults')} optional />
          <Field form={form} name="minors" kind="number" label={t('mediation.ask.minors')} optional />
          <Field form={form} name="staff" kind="number" label={t('mediation.ask.staff')} optional />
          <Choice
            form={form}
            name="gender"
            label={t('mediation.ask.gender')}
            options={coded('gender', genders)}
            optional
          />
          <Select
            form={form}
            name="gender_reason"
            label={t('mediation.ask.gender_reason')}
            options={coded('gender_reason', genderReasons)}
            optional
          />
          <Tick form={form} name="same_mediator" label={t('mediation.ask.same_mediator')} />
          <Field form={form} name="link" label={t('mediation.ask.link')} max_length={300} optional />
          <Field
            form={form}
            name="pages"
            kind="number"
            label={t('mediation.ask.pages')}
            hint={t('mediation.ask.pages_hint')}
            optional
          />
          <Field
            form={form}
            name="safety"
            kind="textarea"
            rows={3}
            label={t('mediation.ask.safety')}
            hint={t('mediation.ask.safety_hint')}
            max_length={500}
            optional
          />
        </Details>
        <Asker form={form as never} lists={lists} />
      </FormCard>
    </Page>
  )
}

function Asker({ form, lists }: Props<Form<typeof requestForm>>) {
  const { lang, t } = useFrame()
  return (
    <>
      <h2>{t('mediation.ask.who')}</h2>
      <Field
        form={form}
        name="body"
        label={t('mediation.ask.body')}
        hint={t('mediation.ask.body_hint')}
        offered={lists.bodies}
        max_length={200}
        autocomplete="organization"
      />
      <Field form={form} name="name" label={t('mediation.ask.name')} max_length={120} autocomplete="name" />
      <Field form={form} name="job" label={t('mediation.ask.job')} max_length={120} optional />
      <Field
        form={form}
        name="email"
        kind="email"
        label={t('mediation.ask.email')}
        hint={t('mediation.ask.email_hint')}
        autocomplete="email"
      />
      <Field
        form={form}
        name="phone"
        kind="tel"
        label={t('mediation.ask.phone')}
        hint={t('mediation.ask.phone_hint')}
        autocomplete="tel"
      />
      <Tick
        form={form}
        name="privacy"
        label={t('mediation.ask.privacy')}
        hint={
          <>
            {t('mediation.ask.privacy_hint')}{' '}
            <a href={privacyPage.href({ l: lang })} target="_blank" rel="noopener">
              {t('mediation.ask.privacy_read')}
            </a>
          </>
        }
      />
    </>
  )
}

export function InterviewsPage({ form, lists }: Props<Form<typeof interviewsForm>>) {
  const { t } = useFrame()
  const languages = lists.languages.map(({ code, name }) => ({ value: code, text: name }))
  return (
    <Page title={t('mediation.interviews.title')} lead={t('mediation.interviews.lead')}>
      <FormCard form={form} submit={t('mediation.ask.send')}>
        <Select
          form={form}
          name="field"
          label={t('mediation.ask.field')}
          options={fields.map((code) => ({ value: code, text: t(`mediation.field.${code}` as TextKey) }))}
        />
        <Field form={form} name="on" kind="date" label={t('mediation.ask.on')} />
        <Field form={form} name="from" kind="time" label={t('mediation.ask.from')} />
        <Field form={form} name="slot_minutes" kind="number" label={t('mediation.interviews.slot')} />
        <Select
          form={form}
          name="language_1"
          label={t('mediation.interviews.language', { number: 1 })}
          options={languages}
        />
        <Field form={form} name="interviews_1" kind="number" label={t('mediation.interviews.count', { number: 1 })} />
        <Select
          form={form}
          name="language_2"
          label={t('mediation.interviews.language', { number: 2 })}
          options={languages}
          optional
        />
        <Field
          form={form}
          name="interviews_2"
          kind="number"
          label={t('mediation.interviews.count', { number: 2 })}
          optional
        />
        <Select
          form={form}
          name="language_3"
          label={t('mediation.interviews.language', { number: 3 })}
          options={languages}
          optional
        />
        <Field
          form={form}
          name="interviews_3"
          kind="number"
          label={t('mediation.interviews.count', { number: 3 })}
          optional
        />
        <Select
          form={form}
          name="comune"
          label={t('mediation.ask.comune')}
          options={lists.comuni.map(({ code, name }) => ({ value: code, text: name }))}
        />
        <Field
          form={form}
          name="place"
          label={t('mediation.ask.place')}
          hint={t('mediation.ask.place_hint')}
          max_length={300}
        />
        <Asker form={form as never} lists={lists} />
      </FormCard>
    </Page>
  )
}
