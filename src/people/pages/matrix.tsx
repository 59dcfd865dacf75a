import type { Form } from '../../kernel/form.ts'
import { Chip } from '../../ui/chip.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import { kindLabel, permitList, statusLabel, statusList } from '../codes.ts'
import type { matrixForm } from '../forms.ts'
import { people } from '../urls.ts'

type Line = { about: string | null; code: string | null; verdict: string | null }
const stateOf = { yes: 'good', no: 'none', check: 'wait', as_kind: 'info' } as const

export function MatrixPage({ lines, changes }: { lines: Line[]; changes: boolean }) {
  const { t, lang } = useFrame()
  const verdictOf = new Map(lines.map((line) => [`${line.about} ${line.code}`, line.verdict as keyof typeof stateOf]))
  const table = (
    about: 'kind' | 'status',
    codes: readonly { code: string }[],
    label: (code: string, lang: string) => string,
  ) => (
    <Table
      caption={t(`people.matrix.${about}`)}
      rows={codes}
      empty=""
      columns={[
        { header: t(`people.matrix.${about}`), names: true, cell: ({ code }) => label(code, lang) },
        {
          header: t('people.matrix.verdict'),
          cell: ({ code }) => {
            const verdict = verdictOf.get(`${about} ${code}`) ?? 'check'
            return <Chip state={stateOf[verdict]}>{t(`people.verdict.${verdict}`)}</Chip>
          },
        },
        changes && {
          header: t('people.matrix.change'),
          cell: ({ code }) => <a href={people.matrixLine.href({ about, code })}>{t('people.matrix.change')}</a>,
        },
      ]}
    />
  )
  return (
    <Page title={t('people.matrix.title')} lead={t('people.matrix.lead')}>
      {table('kind', permitList, kindLabel)}
      {table('status', statusList, statusLabel)}
    </Page>
  )
}

type History = { verdict: string; since: string | null; note: string; recorded_at: string }[]

export function MatrixLinePage({
  form,
  about,
  code,
  history,
}: {
  form: Form<typeof matrixForm>
  about: 'kind' | 'status'
  code: string
  history: History
}) {
  const { t, lang } = useFrame()
  const verdicts = about === 'kind' ? (['yes', 'no', 'check'] as const) : (['as_kind', 'yes', 'no', 'check'] as const)
  return (
    <Page
      title={t('people.matrix.line')}
      heading={about === 'kind' ? kindLabel(code, lang) : statusLabel(code, lang)}
      lead={t('people.matrix.line_lead')}
    >
      <FormCard
        form={form}
        submit={t('people.matrix.save')}
        cancel={{ href: people.matrix.href(), text: t('people.matrix.back') }}
      >
        <Choice
          form={form}
          name="verdict"
          label={t('people.matrix.verdict')}
          options={verdicts.map((value) => ({ value, text: t(`people.verdict.${value}`) }))}
        />
        <Field form={form} name="since" kind="date" label={t('people.matrix.since')} />
        <Field
          form={form}
          name="note"
          kind="textarea"
          label={t('people.matrix.note')}
          hint={t('people.matrix.note_hint')}
          optional
        />
      </FormCard>
      <Table
        caption={t('people.matrix.history')}
        rows={history}
        empty={t('people.matrix.no_history')}
        columns={[
          {
            header: t('people.matrix.since'),
            names: true,
            cell: ({ since }) => (since ? <Day on={since} as="short" /> : t('people.matrix.from_ever')),
          },
          { header: t('people.matrix.verdict'), cell: ({ verdict }) => t(`people.verdict.${verdict as 'yes'}`) },
          { header: t('people.matrix.note'), cell: ({ note }) => note },
        ]}
      />
    </Page>
  )
}
