import type { Form } from '../../kernel/form.ts'
import { Choices } from '../../ui/choice.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import type { officesForm } from '../forms.ts'
import type { Comune } from '../store/comuni.ts'
import type { Organisation } from '../store/organisations.ts'
import { territory } from '../urls.ts'
import { Sections } from './sections.tsx'

type Office = { id: string; name: string }
type Props = { comuni: Comune[]; offices: Map<string, Office[]>; changes: boolean }

export function ComuniPage({ comuni, offices, changes }: Props) {
  const { t } = useFrame()
  return (
    <Page title={t('territory.comuni.title')} lead={t('territory.comuni.intro', { count: comuni.length })} wide>
      <Sections here="comuni" />
      <Table
        caption={t('territory.comuni.caption')}
        caption_hidden
        rows={comuni}
        empty={t('territory.comuni.empty')}
        columns={[
          { header: t('territory.comuni.name'), names: true, cell: ({ name }) => name },
          { header: t('territory.comuni.codes'), cell: ({ code, cadastral }) => `${code} · ${cadastral}` },
          { header: t('territory.comuni.cap'), cell: ({ cap }) => cap },
          { header: t('territory.comuni.province'), cell: ({ province }) => province },
          {
            header: t('territory.comuni.offices'),
            cell: ({ code }) =>
              offices
                .get(code)
                ?.map(({ name }) => name)
                .join(', ') || t('territory.comuni.none'),
          },
          changes && {
            header: t('territory.comuni.change'),
            cell: ({ code, name }) => (
              <a href={territory.offices.href({ code })} aria-label={t('territory.comuni.change_of', { comune: name })}>
                {t('territory.comuni.change')}
              </a>
            ),
          },
        ]}
      />
    </Page>
  )
}

export function OfficesPage({
  comune,
  candidates,
  form,
}: {
  comune: Comune
  candidates: Organisation[]
  form: Form<typeof officesForm>
}) {
  const { t } = useFrame()
  return (
    <Page title={t('territory.comune.title', { comune: comune.name })} lead={t('territory.comune.intro')}>
      {candidates.length === 0 ? (
        <EmptyState
          pictogram="building"
          action={<a href={territory.newOrganisation.href()}>{t('territory.organisations.add')}</a>}
        >
          {t('territory.comune.no_candidates')}
        </EmptyState>
      ) : (
        <FormCard
          form={form}
          submit={t('territory.comune.save')}
          cancel={{ href: territory.comuni.href(), text: t('territory.nav.comuni') }}
        >
          <Choices
            form={form}
            name="offices"
            label={t('territory.comune.offices')}
            options={candidates.map(({ id, name, kind }) => ({
              value: id,
              text: name,
              hint: t(`territory.kind.${kind}`),
            }))}
          />
        </FormCard>
      )}
    </Page>
  )
}
