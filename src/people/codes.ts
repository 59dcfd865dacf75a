/** The code lists of this module: lists/permits.json, kept as the field gave it. */
import permits from './lists/permits.json' with { type: 'json' }

export type Verdict = 'yes' | 'no' | 'check'
export const genders = ['F', 'M', 'X'] as const
export const readings = ['yes', 'little', 'no'] as const
/** How somebody wants to be reached. */
export const contactChannels = ['call', 'sms', 'whatsapp', 'email', 'paper'] as const
export const noticeWays = ['read', 'explained', 'mediator', 'paper'] as const
export const verdicts = ['yes', 'no', 'check', 'as_kind'] as const

type Permit = { code: string; it: string; en: string; group: string; famiDefault: string; aliases?: string[] }
type Status = { code: string; it: string; en: string; famiDefault: string }

/** Without a title, EU and Italian citizens: no title of a person. 'SENZA' exists on anonymous visits only (domain.md §3.4). */
const neverOnAPerson = new Set(['SENZA', 'CITT_UE', 'CITT_IT'])
export const permitList: readonly Permit[] = permits.items.filter((permit) => !neverOnAPerson.has(permit.code))
export const statusList: readonly Status[] = permits.titleStatus
export const titleKinds = permitList.map((permit) => permit.code) as [string, ...string[]]
export const titleStatuses = statusList.map((status) => status.code) as [string, ...string[]]

/** A title is there, and nobody could tell of which kind: for a person to decide. */
export const undecidedKind = 'NON_RIL'

const permitOf = new Map(permitList.map((permit) => [permit.code, permit]))
const statusOf = new Map(statusList.map((status) => [status.code, status]))
export const kindLabel = (code: string, lang: string) => labelOf(permitOf.get(code), lang) ?? code
export const statusLabel = (code: string, lang: string) => labelOf(statusOf.get(code), lang) ?? code
const labelOf = (item: { it: string; en: string } | undefined, lang: string) => (lang === 'it' ? item?.it : item?.en)

/** Kinds that tell of asylum, violence, health, justice or faith: shown as "title verified" (domain.md §1.16 and §6.8). */
const sensitiveGroups = new Set(['protezione', 'casi_speciali'])
const sensitiveKinds = new Set(['SLP_PI', 'CURE_MED', 'GIUST', 'REL', 'INT_MIN', 'ASS_MIN'])
export const isSensitive = (code: string) =>
  sensitiveKinds.has(code) || sensitiveGroups.has(permitOf.get(code)?.group ?? '')

/** The right of a long-term resident does not end with the card that shows it. */
export const isLongTerm = (code: string) => permitOf.get(code)?.group === 'lungo_periodo'

/** Statuses that need no end: a receipt carries on, a long-term right does not expire. */
export const openEnded = new Set(['IN_RINNOVO', 'PRIMO_RIL', 'CONVERS', 'ILLIMITATO'])

/** The matrix a new Ambito starts with, from `famiDefault`; the office changes it with dated lines. */
export const matrixDefaults = [
  ...permitList.map(({ code, famiDefault }) => ({ about: 'kind' as const, code, verdict: famiDefault as Verdict })),
  ...statusList.map(({ code, famiDefault }) => ({
    about: 'status' as const,
    code,
    verdict: famiDefault === 'as type' ? ('as_kind' as const) : (famiDefault as Verdict),
  })),
]
