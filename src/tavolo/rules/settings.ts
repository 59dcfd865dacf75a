/** The rhythm of the tavolo, and what goes out by itself. Nothing of it was found written: all of it is assumed until somebody says so. */
import type { Setting } from '../../kernel/module.ts'

const whole = <Name extends string>(name: Name, fallback: number, min: number, max: number) =>
  ({
    name: `tavolo.${name}`,
    kind: 'whole',
    default: fallback,
    min,
    max,
    assumed: true,
    text: `tavolo.setting.${name}` as `tavolo.setting.${Name}`,
  }) as const

export const everyMonths = whole('every_months', 1, 1, 12)
export const minutesLong = whole('minutes_long', 120, 15, 480)
export const reminderDays = whole('reminder_days', 1, 0, 14)
export const papersDays = whole('papers_days', 3, 0, 14)
export const taskReminderDays = whole('task_reminder_days', 3, 0, 30)
export const weekdayOf = {
  name: 'tavolo.weekday',
  kind: 'choice',
  default: '4',
  choices: {
    1: 'tavolo.weekday.1',
    2: 'tavolo.weekday.2',
    3: 'tavolo.weekday.3',
    4: 'tavolo.weekday.4',
    5: 'tavolo.weekday.5',
  },
  assumed: true,
  text: 'tavolo.setting.weekday',
} as const satisfies Setting
export const weekOf = {
  name: 'tavolo.week',
  kind: 'choice',
  default: '2',
  choices: { 1: 'tavolo.week.1', 2: 'tavolo.week.2', 3: 'tavolo.week.3', 4: 'tavolo.week.4', last: 'tavolo.week.last' },
  assumed: true,
  text: 'tavolo.setting.week',
} as const satisfies Setting
export const startsAt = {
  name: 'tavolo.starts_at',
  kind: 'text',
  default: '10:00',
  assumed: true,
  text: 'tavolo.setting.starts_at',
  hint: 'tavolo.setting.starts_at.hint',
} as const satisfies Setting
export const usualMode = {
  name: 'tavolo.mode',
  kind: 'choice',
  default: 'online',
  choices: { online: 'tavolo.mode.online', in_person: 'tavolo.mode.in_person', mixed: 'tavolo.mode.mixed' },
  assumed: true,
  text: 'tavolo.setting.mode',
} as const satisfies Setting
export const usualLink = {
  name: 'tavolo.link',
  kind: 'text',
  default: '',
  assumed: true,
  text: 'tavolo.setting.link',
  hint: 'tavolo.setting.link.hint',
} as const satisfies Setting
/** Which bodies are "local and regional authorities" of O.2.2 is not said by the fund in so many words. */
export const authorities = {
  name: 'tavolo.authorities',
  kind: 'choice',
  default: 'territorial',
  choices: { territorial: 'tavolo.setting.authorities.territorial', public: 'tavolo.setting.authorities.public' },
  assumed: true,
  text: 'tavolo.setting.authorities',
  hint: 'tavolo.setting.authorities.hint',
} as const satisfies Setting

export const settings = [
  everyMonths,
  weekOf,
  weekdayOf,
  startsAt,
  minutesLong,
  usualMode,
  usualLink,
  reminderDays,
  papersDays,
  taskReminderDays,
  authorities,
] as const satisfies readonly Setting[]

const territorial: readonly string[] = ['ambito', 'region', 'comune']
export const isAuthority = (kind: string, is_public: boolean, which: 'territorial' | 'public') =>
  which === 'public' ? is_public : territorial.includes(kind)
