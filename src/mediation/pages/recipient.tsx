import type { Form } from '../../kernel/form.ts'
import { type HeadLine, PersonLine } from '../../people/parts.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import type { recipientForm, typedSheetForm } from '../forms.ts'

/** On the person's own phone, in their language, after the notice was read aloud. Voluntary; used once. */
export function RecipientPage({ form, countries }: { form: Form<typeof recipientForm>; countries: Named }) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.recipient.title')} lead={t('mediation.recipient.lead')}>
      <div data-listen={t('mediation.recipient.listen')} data-stop={t('mediation.recipient.stop')}>
        <Callout state="info" title={t('mediation.recipient.notice')}>
          {t('mediation.recipient.notice_text')}
        </Callout>
      </div>
      <FormCard form={form} submit={t('mediation.recipient.send')}>
        <RecipientFields form={form} countries={countries} />
      </FormCard>
    </Page>
  )
}

type Named = readonly { code: string; name: string }[]
function RecipientFields({ form, countries }: { form: Form<typeof recipientForm>; countries: Named }) {
  const { t } = useFrame()
  return (
    <>
      <Tick form={form} name="heard" label={t('mediation.recipient.heard')} />
      <Field form={form} name="given_names" label={t('mediation.recipient.given_names')} max_length={120} />
      <Field form={form} name="surname" label={t('mediation.recipient.surname')} max_length={120} optional />
      <Field
        form={form}
        name="original_name"
        label={t('mediation.recipient.original_name')}
        max_length={120}
        optional
      />
      <Field
        form={form}
        name="born"
        label={t('mediation.recipient.born')}
        hint={t('mediation.recipient.born_hint')}
        inputmode="numeric"
        width="medium"
        max_length={20}
        optional
      />
      <Choice
        form={form}
        name="gender"
        label={t('mediation.recipient.gender')}
        options={(['F', 'M', 'X'] as const).map((code) => ({
          value: code,
          text: t(`mediation.recipient.gender.${code}`),
        }))}
        beside
        optional
      />
      <Select
        form={form}
        name="citizenship"
        label={t('mediation.recipient.citizenship')}
        options={countries.map(({ code, name }) => ({ value: code, text: name }))}
        optional
      />
      <Field form={form} name="phone" kind="tel" label={t('mediation.recipient.phone')} optional />
    </>
  )
}

type Helped = { person_id: string; call_id: string; number: number; filled_at: string; head: HeadLine }
/** The chip beside each name opens exactly what is missing. */
export function ToCompletePage({ rows }: { rows: readonly Helped[] }) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.complete.title')} lead={t('mediation.complete.lead')} wide>
      <Table
        caption={t('mediation.complete.title')}
        caption_hidden
        rows={rows}
        empty={t('mediation.complete.none')}
        columns={[
          { header: t('mediation.complete.who'), names: true, cell: ({ head }) => <PersonLine of={head} /> },
          { header: t('mediation.call.number'), cell: ({ number }) => `M-${number}` },
          { header: t('mediation.complete.since'), cell: ({ filled_at }) => <Moment at={filled_at} as="short" /> },
        ]}
      />
    </Page>
  )
}

/** At the office, from the sheet on paper. */
export function TypedSheetPage({
  form,
  number,
  countries,
  languages,
}: {
  form: Form<typeof typedSheetForm>
  number: number
  countries: Named
  languages: Named
}) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.sheet.typed', { number })} lead={t('mediation.sheet.typed_lead')}>
      <FormCard form={form} submit={t('mediation.save')}>
        <Select
          form={form}
          name="language"
          label={t('mediation.sheet.language')}
          options={languages.map(({ code, name }) => ({ value: code, text: name }))}
        />
        <RecipientFields form={form as never} countries={countries} />
      </FormCard>
    </Page>
  )
}

export function RecipientDonePage() {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.recipient.title')}>
      <Callout state="good" title={t('mediation.recipient.done')}>
        {t('mediation.recipient.done_text')}
      </Callout>
    </Page>
  )
}
