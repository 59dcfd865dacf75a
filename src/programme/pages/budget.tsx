import type { Form } from '../../kernel/form.ts'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Moment, Money } from '../../ui/time.tsx'
import { numberInWords } from '../../ui/words-of-time.ts'
import type { budgetForm } from '../forms.ts'
import { type BudgetLine, costFamilies, sumOf } from '../rules/budget.ts'
import type { BudgetVersion } from '../store/budget.ts'
import type { Project } from '../store/project.ts'
import { programme } from '../urls.ts'
import { Sections, whoOf } from './sections.tsx'

type Version = BudgetVersion & { lines: BudgetLine[] }
type Props = {
  project: Project
  version: Version | undefined
  versions: BudgetVersion[]
  names: ReadonlyMap<string, string>
  changes: boolean
}

export function BudgetPage({ project, version, versions, names, changes }: Props) {
  const { t, lang } = useFrame()
  const add = changes && (
    <a class="btn btn-primary" href={programme.newBudget.href()}>
      {t('programme.budget.new')}
    </a>
  )
  const total = numberInWords(project.total_cents / 100, lang, { style: 'currency', currency: 'EUR' })
  return (
    <Page title={t('programme.budget.title')} lead={t('programme.budget.intro')} actions={add} wide>
      <Sections here="budget" />
      {version ? (
        <Lines project={project} version={version} />
      ) : (
        <EmptyState pictogram="coin-euro">{t('programme.budget.empty', { total })}</EmptyState>
      )}
      {versions.length > 0 && (
        <>
          <h2>{t('programme.budget.versions')}</h2>
          <Table
            caption={t('programme.budget.versions_caption')}
            caption_hidden
            rows={versions}
            empty=""
            columns={[
              { header: t('programme.budget.reason'), names: true, cell: ({ reason }) => reason },
              {
                header: t('programme.budget.valid_from'),
                cell: ({ id, valid_from }) => (
                  <>
                    <Day on={valid_from} as="numeric" />{' '}
                    {id === version?.id && <Chip state="good">{t('programme.budget.in_force')}</Chip>}
                  </>
                ),
              },
              {
                header: t('programme.history.when'),
                cell: ({ recorded_at }) => <Moment at={recorded_at} as="numeric" />,
              },
              { header: t('programme.history.who'), cell: ({ recorded_by }) => whoOf(names, recorded_by, t) },
            ]}
          />
        </>
      )}
    </Page>
  )
}

function Lines({ project, version }: { project: Project; version: Version }) {
  const { t } = useFrame()
  const sum = sumOf(version.lines)
  return (
    <>
      <Table
        caption={t('programme.budget.caption')}
        rows={version.lines}
        empty=""
        columns={[
          { header: t('programme.budget.code'), cell: ({ code }) => code },
          { header: t('programme.budget.line'), names: true, cell: ({ title }) => title },
          { header: t('programme.budget.work_package'), cell: ({ work_package }) => work_package },
          { header: t('programme.budget.family'), cell: ({ cost_family }) => t(`programme.cost.${cost_family}`) },
          { header: t('programme.budget.amount'), align: 'end', cell: ({ cents }) => <Money cents={cents} /> },
        ]}
        foot={['', t('programme.budget.sum'), '', '', <Money cents={sum} />]}
      />
      {sum < project.total_cents && (
        <p>
          {t('programme.budget.rest')}: <Money cents={project.total_cents - sum} />
        </p>
      )}
    </>
  )
}

export function BudgetFormPage({ form }: { form: Form<typeof budgetForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('programme.budget.new')} lead={t('programme.budget.intro')}>
      <FormCard
        form={form}
        submit={t('programme.budget.save')}
        cancel={{ href: programme.budget.href(), text: t('programme.nav.budget') }}
      >
        <Field
          form={form}
          name="reason"
          label={t('programme.budget.reason')}
          hint={t('programme.budget.reason_hint')}
        />
        <Field form={form} name="valid_from" kind="date" label={t('programme.budget.valid_from')} />
        <Field
          form={form}
          name="lines"
          kind="textarea"
          rows={14}
          label={t('programme.budget.lines')}
          hint={`${t('programme.budget.lines_hint')} ${t('programme.budget.families', { families: costFamilies.map((family) => t(`programme.cost.${family}`)).join(', ') })}`}
        />
      </FormCard>
    </Page>
  )
}
