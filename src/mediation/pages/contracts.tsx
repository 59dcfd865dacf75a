import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import type { Reference } from '../../programme/actions.ts'
import { ReferenceLine } from '../../programme/parts.tsx'
import { programme } from '../../programme/urls.ts'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Minutes, Money } from '../../ui/time.tsx'
import { dispatches } from '../codes.ts'
import type { contractForm, providerForm } from '../forms.ts'
import type { Contract } from '../store/contracts.ts'
import { mediation } from '../urls.ts'
import { Sections } from './calls.tsx'

type ProvidersProps = {
  providers: readonly { id: string; name: string; coordinator_name: string; email: string; phone: string }[]
  contracts: readonly (Contract & { provider_name: string | null; held: number | null })[]
  references: ReadonlyMap<string, readonly Reference[]>
  form: Form<typeof providerForm>
}
export function ProvidersPage({ providers, contracts, references, form }: ProvidersProps) {
  const { t } = useFrame()
  return (
    <Page
      title={t('mediation.nav.providers')}
      wide
      actions={
        <a class="btn btn-primary" href={mediation.newContract.href()}>
          {t('mediation.contract.new')}
        </a>
      }
    >
      <Sections here="providers" />
      <Table
        caption={t('mediation.nav.providers')}
        rows={providers}
        empty={t('mediation.provider.none')}
        columns={[
          { header: t('mediation.provider.name'), names: true, cell: ({ name }) => name },
          { header: t('mediation.provider.coordinator'), cell: ({ coordinator_name }) => coordinator_name },
          {
            header: t('mediation.mediator.phone'),
            cell: ({ phone }) => phone && <Link href={`tel:${phone}`}>{phone}</Link>,
          },
        ]}
      />
      <Table
        caption={t('mediation.contract.list')}
        rows={contracts}
        empty={t('mediation.contract.none')}
        columns={[
          { header: t('mediation.contract.title'), names: true, cell: ({ title }) => title },
          {
            header: t('mediation.provider.name'),
            cell: ({ provider_name }) => provider_name ?? t('mediation.contract.alone'),
          },
          {
            header: t('mediation.contract.dispatch'),
            cell: ({ dispatch }) => t(`mediation.dispatch.${dispatch}` as TextKey),
          },
          {
            header: t('mediation.contract.rate'),
            align: 'end',
            cell: ({ rate_cents }) => <Money cents={rate_cents} />,
          },
          {
            header: t('mediation.contract.minimum'),
            align: 'end',
            cell: ({ minimum_minutes }) => <Minutes of={minimum_minutes} />,
          },
          {
            header: t('mediation.contract.ceiling'),
            align: 'end',
            cell: ({ held, ceiling_minutes }) => (
              <>
                <Minutes of={held ?? 0} />{' '}
                {ceiling_minutes !== null && (
                  <>
                    / <Minutes of={ceiling_minutes} />
                  </>
                )}
              </>
            ),
          },
          {
            header: t('mediation.contract.references'),
            cell: ({ id }) => (
              <>
                {(references.get(id) ?? []).map((one) => (
                  <>
                    <ReferenceLine {...one} />
                    <br />
                  </>
                ))}
                <a
                  href={programme.references.href(
                    { kind: 'mediation.contract', thing: id },
                    { torna: mediation.providers.href() },
                  )}
                >
                  {t('mediation.contract.write_references')}
                </a>
              </>
            ),
          },
        ]}
      />
      <Details summary={t('mediation.provider.new')}>
        <FormCard form={form} submit={t('mediation.save')} quiet>
          <Field form={form} name="name" label={t('mediation.provider.name')} max_length={200} />
          <Field
            form={form}
            name="coordinator_name"
            label={t('mediation.provider.coordinator')}
            max_length={120}
            optional
          />
          <Field form={form} name="email" kind="email" label={t('mediation.mediator.email')} optional />
          <Field form={form} name="phone" kind="tel" label={t('mediation.mediator.phone')} optional />
        </FormCard>
      </Details>
    </Page>
  )
}

export function ContractFormPage({
  form,
  providers,
}: {
  form: Form<typeof contractForm>
  providers: readonly { id: string; name: string }[]
}) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.contract.new')}>
      <FormCard form={form} submit={t('mediation.save')}>
        <Field form={form} name="title" label={t('mediation.contract.title')} max_length={200} />
        <Select
          form={form}
          name="provider_id"
          label={t('mediation.provider.name')}
          none={t('mediation.contract.alone')}
          options={providers.map(({ id, name }) => ({ value: id, text: name }))}
          optional
        />
        <Choice
          form={form}
          name="dispatch"
          label={t('mediation.contract.dispatch')}
          options={dispatches.map((code) => ({ value: code, text: t(`mediation.dispatch.${code}`) }))}
        />
        <Field form={form} name="starts_on" kind="date" label={t('mediation.contract.starts_on')} />
        <Field form={form} name="ends_on" kind="date" label={t('mediation.contract.ends_on')} optional />
        <Field form={form} name="rate" label={t('mediation.contract.rate')} width="short" inputmode="numeric" />
        <Field form={form} name="minimum_minutes" kind="number" label={t('mediation.contract.minimum')} />
        <Choice
          form={form}
          name="rounding_minutes"
          label={t('mediation.contract.rounding')}
          options={['1', '5', '10', '15', '30', '60'].map((value) => ({ value, text: value }))}
          beside
        />
        <Tick form={form} name="pays_travel" label={t('mediation.contract.pays_travel')} />
        <Field form={form} name="late_hours" kind="number" label={t('mediation.contract.late_hours')} />
        <Field form={form} name="ceiling_hours" kind="number" label={t('mediation.contract.ceiling')} optional />
      </FormCard>
    </Page>
  )
}
