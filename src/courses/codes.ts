/** The code lists of this module: lists/cefr-levels.json, kept as the field gave it. */
import list from './lists/cefr-levels.json' with { type: 'json' }

export const kinds = ['language', 'experiential', 'operators', 'mediators', 'other'] as const
export type Kind = (typeof kinds)[number]
/** Of people who work: with their body and role, never participants. */
export const isForStaff = (kind: string) => kind === 'operators' || kind === 'mediators'

export const choices = ['first_come', 'selection'] as const
export const dropReasons = [
  'work',
  'shift',
  'moved',
  'childcare',
  'health',
  'transport',
  'level',
  'unreachable',
  'cpia',
  'other',
] as const
export const absences = ['work', 'health', 'family', 'transport', 'other'] as const
export const moments = ['entry', 'exit'] as const
export type Moment = (typeof moments)[number]
/** What people say of themselves in faces: five skills, and how much they want to learn. */
export const skills = ['understand', 'speak', 'read', 'write', 'manage', 'motivation'] as const
export const faces = ['yes', 'little', 'no'] as const
export const signers = ['parent', 'tutore'] as const

export const levels = list.items.map(({ code }) => code) as [string, ...string[]]
/** Those somebody may ask for, or aim at: without the mother tongue and "not assessed". */
export const stepLevels = list.items.filter(({ step }) => step !== null).map(({ code }) => code) as [
  string,
  ...string[],
]
const items = new Map(list.items.map((item) => [item.code, item]))
export const stepOf = (level: string) => items.get(level)?.step ?? null
export const levelLabel = (code: string, lang: string) => items.get(code)?.[lang === 'it' ? 'it' : 'en'] ?? code
