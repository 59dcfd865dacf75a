import { Field } from '../../ui/field.tsx'
import { Filters } from '../../ui/filters.tsx'
import { useFrame } from '../../ui/frame.ts'
import type { PeriodAsked } from '../rules/report.ts'

/** Any two days (whole months for those who see no person): the period stands in the address, so that a view can be kept and sent. */
export function PeriodFilter({ action, asked: { period, errors, by_month } }: { action: string; asked: PeriodAsked }) {
  const { t } = useFrame()
  const fields = {
    values: { dal: period.from, al: period.to },
    errors: {
      dal: errors.dal && t(`monitoring.period.${errors.dal}`),
      al: errors.al && t(`monitoring.period.${errors.al}`),
    },
  }
  return (
    <Filters action={action} submit={t('monitoring.period.show')}>
      <Field form={fields} name="dal" kind="date" label={t('monitoring.period.from')} />
      <Field form={fields} name="al" kind="date" label={t('monitoring.period.to')} />
      {by_month && <p class="form-text">{t('monitoring.period.by_month')}</p>}
    </Filters>
  )
}

export const monthInWords = (month: string, lang: string) =>
  Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 }).toLocaleString(lang, { month: 'long', year: 'numeric' })

/** The period as an address carries it. */
export const periodIn = ({ period }: PeriodAsked) => ({ dal: period.from, al: period.to })
