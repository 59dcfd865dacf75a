import { permissions } from '../kernel/actor.ts'
import { addDays } from '../kernel/clock.ts'
import type { Problems } from '../kernel/errors.ts'
import type { Setting } from '../kernel/module.ts'
import type { Alone } from './codes.ts'
import type { GroupInput, HelpInput } from './forms.ts'

export const may = permissions('digital', {
  see: ['operator', 'lawyer', 'coordinator'],
  work: ['operator', 'lawyer'],
  see_figures: ['operator', 'lawyer', 'coordinator', 'office'],
})

/** One network of desks caps use at two hours a month and twenty meetings a person (domain.md §4.7): a hint here, never a wall. */
export const monthlyMinutes = {
  name: 'digital.monthly_minutes',
  kind: 'whole',
  default: 120,
  min: 15,
  max: 2000,
  assumed: true,
  text: 'digital.setting.monthly_minutes',
  hint: 'digital.setting.monthly_minutes.hint',
} as const satisfies Setting
export const mostSessions = {
  name: 'digital.most_sessions',
  kind: 'whole',
  default: 20,
  min: 1,
  max: 500,
  assumed: true,
  text: 'digital.setting.most_sessions',
} as const satisfies Setting
/** Its address was not found: until somebody writes it, the board is named without a link. */
export const boardAddress = {
  name: 'digital.board_address',
  kind: 'text',
  default: '',
  assumed: true,
  text: 'digital.setting.board_address',
} as const satisfies Setting
export const guideAddress = {
  name: 'digital.guide_address',
  kind: 'text',
  default: 'https://lodipertutti.it',
  assumed: true,
  text: 'digital.setting.guide_address',
} as const satisfies Setting
export const settings = [monthlyMinutes, mostSessions, boardAddress, guideAddress] as const satisfies readonly Setting[]

type Opening = { kind: string; on_day: string; cancelled_at: unknown }

/** Paper is brought in the days after; what is older belongs to a register that was signed long ago. */
export const days_after = 31

/** Sheets are written at an opening of this kind: on its day, or from paper in the month after it. */
export const openingErrors = (opening: Opening, today: string): Problems => ({
  ...(opening.kind !== 'digital' && { form: 'digital.error.another_desk' as const }),
  ...((opening.on_day > today || opening.on_day < addDays(today, -days_after)) && {
    form: ['digital.error.another_day', { days: days_after }] as const,
  }),
  ...(opening.cancelled_at !== null && { form: 'digital.error.cancelled' as const }),
})

export const helpErrors = (input: Pick<HelpInput, 'topics'>): Problems<HelpInput> => ({
  ...(input.topics.length === 0 && { topics: 'digital.error.no_topic' as const }),
})

export const groupErrors = (input: Pick<GroupInput, 'topics' | 'people' | 'alone_people'>): Problems<GroupInput> => ({
  ...(input.topics.length === 0 && { topics: 'digital.error.no_topic' as const }),
  ...(new Set([...input.people, ...input.alone_people]).size < 2 && { people: 'digital.error.no_group' as const }),
})

type Once = { on_day: string; topics: readonly string[]; alone: string; recorded_at: string }

/** Topic by topic, how it went the last time and each time before: the newest says what the person can do now. */
export function progressOf(sheets: readonly Once[]) {
  const inOrder = sheets.toSorted((a, b) =>
    `${a.on_day} ${a.recorded_at}`.localeCompare(`${b.on_day} ${b.recorded_at}`),
  )
  const topics = new Map<string, { on_day: string; alone: Alone }[]>()
  for (const { topics: own, on_day, alone } of inOrder)
    for (const topic of own) topics.set(topic, [...(topics.get(topic) ?? []), { on_day, alone: alone as Alone }])
  return [...topics].map(([topic, times]) => ({ topic, times, now: times.at(-1) as (typeof times)[number] }))
}
export type Progress = ReturnType<typeof progressOf>

/** Whether the soft limit is reached, by whom it is set: told, and nothing else happens. */
export const overLimit = (used: { minutes: number; sessions: number }, limit: { minutes: number; sessions: number }) =>
  used.minutes >= limit.minutes || used.sessions >= limit.sessions
