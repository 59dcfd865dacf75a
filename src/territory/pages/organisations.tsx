import { Chip } from '../../ui/chip.tsx'
import { Select, Tick } from '../../ui/choice.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { Field } from '../../ui/field.tsx'
import { asFilters, Filters } from '../../ui/filters.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import { organisationKinds } from '../rules/organisations.ts'
import type { Organisation } from '../store/organisations.ts'
import { territory } from '../urls.ts'
import { Sections } from './sections.tsx'

type Props = { organisations: Organisation[]; query: URLSearchParams; changes: boolean }

export function OrganisationsPage({ organisations, query, changes }: Props) {
  const { t } = useFrame()
  const filters = asFilters(query, ['nome', 'tipo', 'usciti'])
  return (
    <Page
      title={t('territory.organisations.title')}
      lead={t('territory.organisations.intro')}
      actions={
        <>
          {changes && (
            <a class="btn btn-primary" href={territory.newOrganisation.href()}>
              {t('territory.organisations.add')}
            </a>
          )}
          <ExportLink href={`${territory.organisationsExport.href()}?${query}`} />
        </>
      }
      wide
    >
      <Sections here="organisations" />
      <Filters
        action={territory.organisations.href()}
        active={query.size > 0}
        submit={t('territory.organisations.filter')}
      >
        <Field form={filters} name="nome" kind="search" label={t('territory.organisations.search')} search />
        <Select
          form={filters}
          name="tipo"
          label={t('territory.organisations.kind')}
          none={t('territory.organisations.all_kinds')}
          options={organisationKinds.map((kind) => ({ value: kind, text: t(`territory.kind.${kind}`) }))}
        />
        <Tick form={filters} name="usciti" label={t('territory.organisations.with_ended')} />
      </Filters>
      <p>{t('territory.organisations.count', { count: organisations.length })}</p>
      <Table
        caption={t('territory.organisations.caption')}
        caption_hidden
        rows={organisations}
        empty={t('territory.organisations.empty')}
        columns={[
          {
            header: t('territory.organisation.name'),
            names: true,
            cell: ({ id, name, ended_on }) => (
              <>
                <a href={territory.organisation.href({ id })}>{name}</a> {ended_on && <Ended on={ended_on} />}
              </>
            ),
          },
          { header: t('territory.organisations.kind'), cell: ({ kind }) => t(`territory.kind.${kind}`) },
          { header: t('territory.organisation.comune'), cell: ({ comune_name }) => comune_name ?? '—' },
          { header: t('territory.organisations.contacts'), cell: (organisation) => <Contacts {...organisation} /> },
        ]}
      />
    </Page>
  )
}

function Contacts({ phone, email, website }: Pick<Organisation, 'phone' | 'email' | 'website'>) {
  const { t } = useFrame()
  const lines = [
    phone && <Link href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</Link>,
    email && <Link href={`mailto:${email}`}>{email}</Link>,
    website && <Link href={website} />,
  ].filter(Boolean)
  if (lines.length === 0) return <span class="text-muted">{t('territory.organisation.unknown')}</span>
  return (
    <ul class="list-unstyled">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  )
}

export function Ended({ on }: { on: string }) {
  const { t } = useFrame()
  return (
    <Chip state="none">
      {t('territory.organisation.ended')} <Day on={on} as="numeric" />
    </Chip>
  )
}
