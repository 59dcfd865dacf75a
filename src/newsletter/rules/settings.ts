import type { Setting } from '../../kernel/module.ts'

export const ratePerSecond = {
  name: 'newsletter.rate',
  kind: 'whole',
  default: 20,
  min: 1,
  max: 1000,
  assumed: true,
  text: 'newsletter.setting.rate',
  hint: 'newsletter.setting.rate.hint',
} as const satisfies Setting

export const senderName = {
  name: 'newsletter.sender',
  kind: 'text',
  default: '',
  assumed: true,
  text: 'newsletter.setting.sender',
  hint: 'newsletter.setting.sender.hint',
} as const satisfies Setting

/** A link to confirm holds this long; the row it would confirm goes a few days later. */
export const confirmDays = 3
export const forgetDays = 7

/** Nothing heard for so long: asked once, and let go when nothing comes for so many days more. */
export const silentMonths = 24
export const answerDays = 60
