import type { Form } from '../../kernel/form.ts'
import { Chip } from '../../ui/chip.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Moment, Money } from '../../ui/time.tsx'
import type { Target } from '../actions/targets.ts'
import type { projectForm } from '../forms.ts'
import { References } from '../parts.tsx'
import { monthNumber, monthsLong } from '../rules/calendar.ts'
import type { ReferenceKind } from '../rules/references.ts'
import { type Words, wordsIn } from '../rules/words.ts'
import type { ActionRow, Project, ProjectChange } from '../store/project.ts'
import { programme } from '../urls.ts'
import { Sections, whoOf } from './sections.tsx'
import { TargetTable } from './targets.tsx'

type Reference = { what: ReferenceKind; number: string; dated: string | null; note: string }
type Props = {
  project: Project
  today: string
  areas: readonly ({ code: string } & Words)[]
  rows: ActionRow[]
  targets: Target[]
  references: Reference[]
  changes: ProjectChange[]
  names: ReadonlyMap<string, string>
  may: { keep: boolean; set: boolean; attach: boolean }
}

export function ProjectPage({ project, today, areas, rows, targets, references, changes, names, may }: Props) {
  const { t } = useFrame()
  return (
    <Page
      title={t('programme.project.title')}
      lead={<MonthNow project={project} today={today} />}
      actions={
        may.keep && (
          <a class="btn btn-primary" href={programme.identity.href()}>
            {t('programme.project.change')}
          </a>
        )
      }
      wide
    >
      <Sections here="project" />
      <h2>{t('programme.project.identity')}</h2>
      <Identity project={project} />
      <References
        rows={references}
        {...(may.attach && { of: { kind: 'programme.project', thing_id: project.id, back: programme.project.href() } })}
      />
      <h2>{t('programme.actions.title')}</h2>
      <p>
        <ExportLink href={programme.targetsExport.href()} />
      </p>
      {areas.map((area) => (
        <Area area={area} rows={rows.filter((row) => row.area === area.code)} targets={targets} changes={may.set} />
      ))}
      <h2>{t('programme.project.history')}</h2>
      <History changes={changes} names={names} />
    </Page>
  )
}

function MonthNow({ project, today }: { project: Project; today: string }) {
  const { t } = useFrame()
  const month = monthNumber(project, today)
  if (month) return <>{t('programme.project.month', { month, months: monthsLong(project) })}</>
  return <>{t(today < project.starts_on ? 'programme.project.before' : 'programme.project.after')}</>
}

function Identity({ project }: { project: Project }) {
  const { t } = useFrame()
  const to_be_given = <Chip state="wait">{t('programme.project.to_be_given')}</Chip>
  return (
    <Facts
      of={[
        [t('programme.field.name'), project.name],
        [t('programme.field.fund'), project.fund],
        [t('programme.field.lead'), project.lead],
        [t('programme.field.partner'), project.partner],
        [t('programme.field.contact'), <Link href={`mailto:${project.contact}`}>{project.contact}</Link>],
        [t('programme.field.starts_on'), <Day on={project.starts_on} />],
        [t('programme.field.ends_on'), <Day on={project.ends_on} />],
        [t('programme.field.total_cents'), <Money cents={project.total_cents} />],
        [t('programme.field.contribution_cents'), <Money cents={project.contribution_cents} />],
        [t('programme.field.cup'), project.cup || to_be_given],
        [t('programme.field.project_code'), project.project_code || to_be_given],
      ]}
    />
  )
}

function Area({
  area,
  rows,
  targets,
  changes,
}: {
  area: { code: string } & Words
  rows: ActionRow[]
  targets: Target[]
  changes: boolean
}) {
  const { t, lang } = useFrame()
  if (rows.length === 0) return null
  const { text } = wordsIn(area, lang)
  const name = area.code === '00' ? text : t('programme.actions.area', { code: area.code, name: text })
  return (
    <section>
      <h3>{name}</h3>
      <TargetTable
        caption={t('programme.actions.caption', { area: name })}
        rows={rows}
        targets={targets}
        changes={changes}
      />
    </section>
  )
}

function History({ changes, names }: { changes: ProjectChange[]; names: ReadonlyMap<string, string> }) {
  const { t } = useFrame()
  const empty = t('programme.project.empty_value')
  return (
    <Table
      caption={t('programme.project.history_caption')}
      caption_hidden
      rows={changes}
      empty={t('programme.project.no_history')}
      columns={[
        { header: t('programme.history.what'), names: true, cell: ({ field }) => t(`programme.field.${field}`) },
        { header: t('programme.history.before'), cell: ({ before }) => before || empty },
        { header: t('programme.history.after'), cell: ({ after }) => after || empty },
        { header: t('programme.history.note'), cell: ({ note }) => note },
        { header: t('programme.history.when'), cell: ({ recorded_at }) => <Moment at={recorded_at} as="numeric" /> },
        { header: t('programme.history.who'), cell: ({ recorded_by }) => whoOf(names, recorded_by, t) },
      ]}
    />
  )
}

export function IdentityPage({ form }: { form: Form<typeof projectForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('programme.project.edit_title')}>
      <FormCard
        form={form}
        submit={t('programme.project.save')}
        cancel={{ href: programme.project.href(), text: t('programme.nav.project') }}
      >
        <Field form={form} name="name" label={t('programme.field.name')} />
        <Field form={form} name="fund" label={t('programme.field.fund')} />
        <Field form={form} name="lead" label={t('programme.field.lead')} />
        <Field form={form} name="partner" label={t('programme.field.partner')} />
        <Field form={form} name="contact" kind="email" label={t('programme.field.contact')} />
        <Field form={form} name="starts_on" kind="date" label={t('programme.field.starts_on')} />
        <Field form={form} name="ends_on" kind="date" label={t('programme.field.ends_on')} />
        <Field
          form={form}
          name="total"
          label={t('programme.field.total_cents')}
          hint={t('programme.project.money_hint')}
          width="medium"
        />
        <Field form={form} name="contribution" label={t('programme.field.contribution_cents')} width="medium" />
        <Field form={form} name="cup" label={t('programme.field.cup')} width="medium" optional />
        <Field form={form} name="project_code" label={t('programme.field.project_code')} width="medium" optional />
        <Field
          form={form}
          name="note"
          label={t('programme.project.note')}
          hint={t('programme.project.note_hint')}
          optional
        />
      </FormCard>
    </Page>
  )
}
