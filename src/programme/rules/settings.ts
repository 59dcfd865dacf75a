/** Decisions that are open: each has a default, marked as assumed until somebody sets it. */
import type { Setting, ValueOf } from '../../kernel/module.ts'

export const reportPeriod = {
  name: 'programme.report_period',
  kind: 'choice',
  default: 'quarter',
  choices: {
    month: 'programme.setting.report_period.month',
    quarter: 'programme.setting.report_period.quarter',
    half_year: 'programme.setting.report_period.half_year',
  },
  assumed: true,
  text: 'programme.setting.report_period',
  hint: 'programme.setting.report_period.hint',
} as const satisfies Setting

export const freezeDaysBefore = {
  name: 'programme.freeze_days_before',
  kind: 'whole',
  default: 14,
  min: 0,
  max: 90,
  assumed: true,
  text: 'programme.setting.freeze_days_before',
  hint: 'programme.setting.freeze_days_before.hint',
} as const satisfies Setting

export const certificateThreshold = {
  name: 'programme.certificate_threshold',
  kind: 'whole',
  default: 70,
  min: 1,
  max: 100,
  assumed: true,
  text: 'programme.setting.certificate_threshold',
  hint: 'programme.setting.certificate_threshold.hint',
} as const satisfies Setting

export const screenSignature = {
  name: 'programme.screen_signature',
  kind: 'yes',
  default: false,
  assumed: true,
  text: 'programme.setting.screen_signature',
  hint: 'programme.setting.screen_signature.hint',
} as const satisfies Setting

export const aLittleIsPositive = {
  name: 'programme.a_little_is_positive',
  kind: 'yes',
  default: false,
  assumed: true,
  text: 'programme.setting.a_little_is_positive',
  hint: 'programme.setting.a_little_is_positive.hint',
} as const satisfies Setting

export const alfaIsAStep = {
  name: 'programme.alfa_is_a_step',
  kind: 'yes',
  default: true,
  assumed: true,
  text: 'programme.setting.alfa_is_a_step',
  hint: 'programme.setting.alfa_is_a_step.hint',
} as const satisfies Setting

export const lastPaymentOn = {
  name: 'programme.last_payment_on',
  kind: 'day',
  default: null,
  assumed: false,
  text: 'programme.setting.last_payment_on',
  hint: 'programme.setting.last_payment_on.hint',
} as const satisfies Setting

export const retentionYears = {
  name: 'programme.retention_years',
  kind: 'whole',
  default: 5,
  min: 1,
  max: 30,
  assumed: true,
  text: 'programme.setting.retention_years',
  hint: 'programme.setting.retention_years.hint',
} as const satisfies Setting

export const programmeSettings = [
  reportPeriod,
  freezeDaysBefore,
  certificateThreshold,
  screenSignature,
  aLittleIsPositive,
  alfaIsAStep,
  lastPaymentOn,
  retentionYears,
] as const satisfies readonly Setting[]

/** Papers are kept until 31 December of the year of the last payment, and these years more; unknown while nothing is paid. */
export const keptUntil = (last_payment_on: string | null, years: number) =>
  last_payment_on ? `${Number(last_payment_on.slice(0, 4)) + years}-12-31` : null

/** What was typed, as the setting's own kind of value; undefined when it is not one. An empty day means none. */
export function readSetting<S extends Setting>(setting: S, typed: string | undefined): ValueOf<S> | undefined {
  return read(setting, typed ?? '') as ValueOf<S> | undefined
}

function read(setting: Setting, typed: string) {
  switch (setting.kind) {
    case 'whole': {
      const value = /^\d{1,9}$/.test(typed) ? Number(typed) : undefined
      return value !== undefined && value >= setting.min && value <= setting.max ? value : undefined
    }
    case 'yes':
      return typed === 'yes' ? true : typed === 'no' ? false : undefined
    case 'choice':
      return Object.hasOwn(setting.choices, typed) ? typed : undefined
    case 'day':
      return typed === '' ? null : /^\d{4}-\d\d-\d\d$/.test(typed) ? typed : undefined
    case 'text':
      return typed
  }
}

/** As a form shows it. */
export const typedSetting = (value: unknown) =>
  value === true ? 'yes' : value === false ? 'no' : value === null || value === undefined ? '' : String(value)
