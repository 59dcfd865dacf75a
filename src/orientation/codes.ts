/** The code lists of this module; lists/employment-status.json and lists/education-levels.json are kept as the field gave them. */
import education from './lists/education-levels.json' with { type: 'json' }
import employment from './lists/employment-status.json' with { type: 'json' }

export const availabilities = ['morning', 'afternoon', 'evening', 'night', 'weekend', 'full_time', 'part_time'] as const
export const childcares = ['not_needed', 'has', 'needed'] as const
export const transports = ['foot', 'bicycle', 'public', 'scooter', 'car'] as const
export const licences = ['AM', 'A', 'B', 'C', 'D', 'CQC', 'foreign', 'forklift'] as const
export const stepKinds = [
  'cv',
  'search',
  'apply',
  'interview',
  'register',
  'recognition',
  'traineeship',
  'course',
  'italian',
  'licence',
  'documents',
  'childcare',
  'digital',
  'other',
] as const
export const owners = ['person', 'adviser', 'both', 'other'] as const
export const stepDeeds = ['done', 'dropped', 'open'] as const
export const sessionKinds = ['individual', 'group', 'accompaniment'] as const
export type SessionKind = (typeof sessionKinds)[number]
export const ways = ['in_person', 'phone', 'video'] as const
export const places = ['job_centre', 'employer', 'school', 'office', 'other'] as const
export const topics = [
  'needs',
  'skills',
  'cv',
  'search',
  'interview',
  'rights',
  'training',
  'recognition',
  'services',
  'check',
] as const
export const withdrawalReasons = ['wrong_person', 'twice', 'not_happened', 'wrong_data'] as const
export const endReasons = ['did_not_come', 'not_wanted', 'elsewhere'] as const
export const closeReasons = ['reached', 'moved', 'gave_up', 'elsewhere', 'unreachable'] as const

export const milestoneKinds = ['registration', 'recognition', 'traineeship', 'course'] as const
export type MilestoneKind = (typeof milestoneKinds)[number]
export const isMilestoneKind = (kind: string): kind is MilestoneKind =>
  (milestoneKinds as readonly string[]).includes(kind)
/** What each may be, and how it may end. */
export const whats = {
  registration: ['cpi', 'did', 'patto', 'gol', 'dote'],
  recognition: ['qualification', 'skills', 'licence'],
  traineeship: ['extracurricular', 'inclusion'],
  course: ['proposed'],
} as const satisfies Record<MilestoneKind, readonly string[]>
export const milestoneOutcomes = {
  registration: [],
  recognition: ['recognised', 'partly', 'refused'],
  traineeship: ['completed', 'hired', 'interrupted'],
  course: ['joined', 'declined'],
} as const satisfies Record<MilestoneKind, readonly string[]>
export const everyWhat = [...whats.registration, ...whats.recognition, ...whats.traineeship, ...whats.course] as const
export const everyOutcome = [
  ...milestoneOutcomes.recognition,
  ...milestoneOutcomes.traineeship,
  ...milestoneOutcomes.course,
] as const
/** Of GOL the name of the path, never the score. */
export const golPaths = ['1', '2', '3', '4', '5'] as const

export const entryKinds = ['work', 'education', 'language', 'skill', 'certificate'] as const
export type EntryKind = (typeof entryKinds)[number]
export const isEntryKind = (kind: string): kind is EntryKind => (entryKinds as readonly string[]).includes(kind)
export const languageLevels = ['MADRE', 'PRE_A1', 'A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const
export const purposes = ['skills_profile', 'cv', 'certificate', 'other'] as const

/** Those that would tell of health, of work without a contract or of a title that gives no right to work are not asked. */
const untold = new Set(['OCC_IRR', 'INAB', 'NO_AUT', 'MINORE'])
export const employmentList = employment.items.filter(({ code }) => !untold.has(code))
export const employmentCodes = employmentList.map(({ code }) => code) as [string, ...string[]]
const statuses = new Map(employmentList.map((item) => [item.code, item]))
/** `NON_RIL`: nobody was reached. */
export const notReached = 'NON_RIL'
export const employmentLabel = (code: string, lang: string) => labelOf(statuses.get(code), lang) ?? code
/** By the groups of the list, which is as much as a report tells. */
export const employmentGroups = ['occupato', 'disoccupato', 'inattivo', 'non_rilevato'] as const
export const employmentGroup = (code: string) => statuses.get(code)?.group ?? 'non_rilevato'

/** A religious school may tell a faith. */
export const educationList = education.items.filter(({ code }) => code !== 'CORAN')
export const educationCodes = educationList.map(({ code }) => code) as [string, ...string[]]
const degrees = new Map(educationList.map((item) => [item.code, item]))
export const educationLabel = (code: string, lang: string) => labelOf(degrees.get(code), lang) ?? code
const labelOf = (item: { it: string; en: string } | undefined, lang: string) => (lang === 'it' ? item?.it : item?.en)

export const callAnswers = ['reached', 'no_answer'] as const
export type CallAnswer = (typeof callAnswers)[number]
