import type { Form } from '../../kernel/form.ts'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Table } from '../../ui/table.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import type { chargeForm } from '../forms.ts'
import type { Charge, Edition } from '../store/editions.ts'
import { courses } from '../urls.ts'

type Props = {
  edition: Edition
  charges: readonly Charge[]
  lines: readonly { code: string; title: string }[]
  form: Form<typeof chargeForm>
}

/** What the edition is charged to, day by day: nothing is written over. */
export function Charges({ edition, charges, lines, form }: Props) {
  const { t } = useFrame()
  return (
    <>
      <h2>{t('courses.charges')}</h2>
      <Table
        caption={t('courses.charges')}
        caption_hidden
        rows={charges.toSorted((a, b) => b.from_day.localeCompare(a.from_day) || b.position - a.position)}
        empty={t('courses.charges.none')}
        columns={[
          { header: t('courses.charges.from'), names: true, cell: ({ from_day }) => <Day on={from_day} as="short" /> },
          { header: t('courses.edition.budget_line'), cell: ({ budget_line }) => budget_line },
          { header: t('courses.charges.written'), cell: ({ recorded_at }) => <Moment at={recorded_at} as="short" /> },
        ]}
      />
      <FormCard
        form={form}
        action={courses.charge.href({ edition: edition.id })}
        submit={t('courses.charges.add')}
        quiet
      >
        <Field
          form={form}
          name="budget_line"
          label={t('courses.edition.budget_line')}
          offered={lines.map(({ code, title }) => [code, title].join(' '))}
          max_length={60}
        />
        <Field form={form} name="from_day" kind="date" label={t('courses.charges.from')} />
      </FormCard>
    </>
  )
}
