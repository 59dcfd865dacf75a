import { permissions } from '../kernel/actor.ts'
import type { Problems } from '../kernel/errors.ts'
import type { Language } from '../kernel/i18n.ts'
import type { LanguageOn } from '../kernel/look.ts'
import type { Setting } from '../kernel/module.ts'

export const may = permissions('portal', {
  see_languages: ['editor', 'translator', 'office'],
  keep_languages: ['editor', 'office'],
})

/** Nobody could find out whether the desk has a number of its own. */
export const deskPhone = {
  name: 'portal.phone',
  kind: 'text',
  default: '',
  assumed: true,
  text: 'portal.setting.phone',
  hint: 'portal.setting.phone.hint',
} as const satisfies Setting

// --- languages ------------------------------------------------------------------------------------------------------

export type LanguageState = {
  language: Language
  live: boolean
  since: string
  checked_by: string | null
  checked_on: string | null
}

/** The source is always on, and needs no check. */
export const source = 'it' satisfies Language

export const languagesOnOf = (languages: readonly Language[], states: readonly LanguageState[]): LanguageOn[] =>
  languages.flatMap((lang): LanguageOn[] => {
    if (lang === source) return [{ lang, checked: true }]
    const state = states.find(({ language }) => language === lang)
    return state?.live ? [{ lang, checked: state.checked_on !== null }] : []
  })

export const checkErrors = (input: { checked_on: string }, today: string): Problems<{ checked_on: string }> => ({
  checked_on: input.checked_on > today ? 'portal.error.after_today' : undefined,
})

// --- when the desk is open ------------------------------------------------------------------------------------------

export type Opening = { on_day: string; starts_at: string; ends_at: string; kind: string; place: string }
export type DeskState =
  | { open: true; until: string; opening: Opening }
  | { open: false; day: 'today' | 'tomorrow' | `d${number}` | 'later'; opening: Opening }
  | undefined

/** Open now, or when next; undefined when nobody has said when. `openings` in order, from today; `time` is Rome's, `HH:MM`. */
export function deskState(openings: readonly Opening[], today: string, time: string): DeskState {
  const now = openings.filter(
    (opening) => opening.on_day === today && opening.starts_at <= time && time < opening.ends_at,
  )
  const longest = now.reduce<Opening | undefined>((a, b) => (a && a.ends_at >= b.ends_at ? a : b), undefined)
  if (longest) return { open: true, until: longest.ends_at, opening: longest }
  const next = openings.find((opening) => opening.on_day > today || opening.starts_at > time)
  return next && { open: false, day: nearness(next.on_day, today), opening: next }
}

function nearness(day: string, today: string) {
  const date = Temporal.PlainDate.from(day)
  const away = Temporal.PlainDate.from(today).until(date, { largestUnit: 'day' }).days
  if (away === 0) return 'today'
  if (away === 1) return 'tomorrow'
  return away < 7 ? (`d${date.dayOfWeek}` as const) : 'later'
}

/** Who came but takes no part in the project: how long after its end (domain.md §6.6, a proposal). */
export const monthsAfterProject = 12
