import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Choice, Tick } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import type { closureForm } from '../forms.ts'
import { territory } from '../urls.ts'
import { Sections } from './sections.tsx'

type ClosedDay = {
  id: string | null
  from_day: string
  to_day: string
  name: string
  kind: 'national' | 'holiday' | 'local' | 'summer' | 'school'
  yearly: boolean
}
type Props = { year: number; days: ClosedDay[]; form: Form<typeof closureForm>; changes: boolean }

export function ClosuresPage({ year, days, form, changes }: Props) {
  const { t } = useFrame()
  return (
    <Page title={t('territory.closures.title', { year: String(year) })} lead={t('territory.closures.intro')}>
      <Sections here="closures" />
      <p>{t('territory.closures.school')}</p>
      <nav aria-label={t('territory.closures.years')} class="d-flex gap-3 mb-3">
        {[year - 1, year + 1].map((other) => (
          <a href={territory.closures.href({}, { anno: other })}>{other}</a>
        ))}
      </nav>
      <Table
        caption={t('territory.closures.caption', { year: String(year) })}
        caption_hidden
        rows={days}
        empty=""
        columns={[
          { header: t('territory.closures.days'), cell: (closed) => <Days {...closed} /> },
          { header: t('territory.closures.name'), names: true, cell: ({ name }) => name },
          {
            header: t('territory.closures.kind'),
            cell: ({ kind, yearly }) =>
              [
                t(`territory.closures.kind.${kind}`),
                yearly && kind !== 'national' && t('territory.closures.every_year'),
              ]
                .filter(Boolean)
                .join(', '),
          },
          changes && {
            header: t('territory.closures.remove'),
            cell: ({ id, name }) =>
              id && (
                <ButtonForm action={territory.closureRemoved.href({ id })} kind="quiet">
                  {t('territory.closures.remove')} <span class="visually-hidden">{name}</span>
                </ButtonForm>
              ),
          },
        ]}
      />
      {changes && (
        <>
          <h2>{t('territory.closure.add_title')}</h2>
          <FormCard form={form} submit={t('territory.closure.add')}>
            <Field form={form} name="from_day" kind="date" label={t('territory.closure.from')} />
            <Field
              form={form}
              name="to_day"
              kind="date"
              label={t('territory.closure.to')}
              hint={t('territory.closure.to_hint')}
              optional
            />
            <Field form={form} name="name" label={t('territory.closure.name')} />
            <Choice
              form={form}
              name="kind"
              label={t('territory.closure.kind')}
              options={(['holiday', 'local', 'summer', 'school'] as const).map((value) => ({
                value,
                text: t(`territory.closures.kind.${value}`),
              }))}
            />
            <Tick form={form} name="yearly" label={t('territory.closure.yearly')} />
          </FormCard>
        </>
      )}
    </Page>
  )
}

function Days({ from_day, to_day }: { from_day: string; to_day: string }) {
  if (from_day === to_day) return <Day on={from_day} />
  return (
    <>
      <Day on={from_day} /> – <Day on={to_day} />
    </>
  )
}
