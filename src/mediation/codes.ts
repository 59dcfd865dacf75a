/** The code lists of this module: lists/mediation-fields.json, kept as the field gave it. */
import list from './lists/mediation-fields.json' with { type: 'json' }

type Item = { code: string; it: string; en: string }
const codesOf = <List extends readonly Item[]>(items: List) => items.map(({ code }) => code) as [string, ...string[]]

export const fields = codesOf(list.items)
export const purposes = codesOf(list.related.purpose)
export const modes = ['PRES', 'TEL', 'VIDEO', 'SCRITTA', 'VOCALE'] as const
export type Mode = (typeof modes)[number]
export const outcomes = ['RAGG', 'PARZ', 'NON_R', 'PROSEG'] as const
export const genders = ['F', 'M'] as const
export const genderReasons = ['health', 'violence', 'wish', 'other'] as const
export const levels = ['mother', 'fluent', 'good'] as const
export type Level = (typeof levels)[number]
export const dispatches = ['waves', 'provider', 'by_hand'] as const
export const credentials = ['appointment', 'confidentiality', 'training', 'refresher', 'insurance'] as const
export const declineReasons = ['busy', 'far', 'field', 'known', 'other'] as const
export const disputeAbout = ['times', 'not_happened', 'quality', 'other'] as const
export const refusals = ['out_of_scope', 'no_hours_left', 'twice', 'not_ours'] as const

export const isRemote = (mode: string) => mode !== 'PRES'
export const isWritten = (mode: string) => mode === 'SCRITTA' || mode === 'VOCALE'
/** The kind of hours a mode is counted under. */
export const hoursKind = (mode: string) => (mode === 'PRES' ? 'on_site' : isWritten(mode) ? 'translation' : 'remote')

const items = new Map<string, Item>(list.items.map((item) => [item.code, item]))
/** As staff read it; the public pages have the same in their own words (`mediation.field.…`). */
export const fieldLabel = (code: string, lang: string) => items.get(code)?.[lang === 'en' ? 'en' : 'it'] ?? code
