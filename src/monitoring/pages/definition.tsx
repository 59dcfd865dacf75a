import type { Form } from '../../kernel/form.ts'
import { Choice, Choices, Select } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count } from '../../ui/time.tsx'
import type { definitionForm } from '../forms.ts'
import { countings } from '../rules/definitions.ts'
import { kindInWords, knownKinds } from '../rules/kinds.ts'
import { monitoring } from '../urls.ts'

export type Change = { code: string; before: number; after: number }
type Props = {
  code: string
  form: Form<typeof definitionForm>
  parents: readonly string[]
  tried: readonly Change[] | null
}

/** A change is tried first: what every row would say with it, then it can be saved. */
export function DefinitionPage({ code, form, parents, tried }: Props) {
  const { t, lang } = useFrame()
  return (
    <Page title={t('monitoring.definition.title', { code })} lead={t('monitoring.definition.lead')}>
      {tried && <Tried changes={tried} />}
      <FormCard
        form={form}
        submit={t('monitoring.definition.preview')}
        {...(tried && { second: { name: 'save', value: '1', text: t('monitoring.definition.save') } })}
        cancel={{ href: monitoring.definitions.href(), text: t('monitoring.definitions.title') }}
      >
        <Field
          form={form}
          name="since"
          kind="date"
          label={t('monitoring.definition.since')}
          hint={t('monitoring.definition.since.hint')}
        />
        {(['name_it', 'name_en', 'says_it', 'says_en'] as const).map((name) => (
          <Field
            form={form}
            name={name}
            kind="textarea"
            rows={2}
            label={t(`monitoring.definition.${name}`)}
            max_length={500}
          />
        ))}
        <Choice
          form={form}
          name="counts"
          label={t('monitoring.definition.counts')}
          options={countings.map((value) => ({ value, text: t(`monitoring.counts.${value}`) }))}
        />
        <Choices
          form={form}
          name="kinds"
          label={t('monitoring.definition.kinds')}
          hint={t('monitoring.definition.kinds.hint')}
          options={knownKinds.map((value) => ({ value, text: kindInWords(value, lang) }))}
          optional
        />
        <Field
          form={form}
          name="more_kinds"
          kind="textarea"
          label={t('monitoring.definition.more_kinds')}
          hint={t('monitoring.definition.more_kinds.hint')}
          rows={2}
          optional
        />
        <Choices
          form={form}
          name="actions"
          label={t('monitoring.definition.actions')}
          hint={t('monitoring.definition.actions.hint')}
          options={['00', '01', '02', '03'].map((value) => ({
            value,
            text: value === '00' ? t('monitoring.family.action.00') : t('monitoring.family.action', { action: value }),
          }))}
          beside
          optional
        />
        <Select
          form={form}
          name="parent"
          label={t('monitoring.definition.parent')}
          options={parents.map((value) => ({ value, text: value }))}
          optional
        />
        <Field form={form} name="note" kind="textarea" label={t('monitoring.definition.note')} rows={2} optional />
      </FormCard>
    </Page>
  )
}

function Tried({ changes }: { changes: readonly Change[] }) {
  const { t } = useFrame()
  return (
    <section aria-live="polite">
      <h2 class="h4">{t('monitoring.definition.changes')}</h2>
      <Table
        caption={t('monitoring.definition.changes')}
        caption_hidden
        columns={[
          { header: t('monitoring.definition.row'), names: true, cell: (one) => one.code },
          { header: t('monitoring.definition.before'), align: 'end', cell: (one) => <Count of={one.before} /> },
          { header: t('monitoring.definition.after'), align: 'end', cell: (one) => <Count of={one.after} /> },
        ]}
        rows={changes}
        empty={t('monitoring.definition.unchanged')}
      />
    </section>
  )
}
