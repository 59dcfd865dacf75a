/** The code lists of the desk: lists/needs.json (87 needs in two levels), kept as the field gave it. */
import needs from './lists/needs.json' with { type: 'json' }

export const openingKinds = ['foreigners', 'refugees', 'digital', 'self'] as const
/** What is said on the telephone to whom no mail reaches. */
export const callReasons = ['reminder', 'moved', 'cancelled'] as const
export type CallReason = (typeof callReasons)[number]
export const missedWhy = ['not_come', 'told_late', 'ours'] as const
export type OpeningKind = (typeof openingKinds)[number]
export const channels = ['walk_in', 'appointment', 'phone', 'email', 'chat', 'outreach'] as const
export const forWhom = ['self', 'family', 'other'] as const
export const helps = [
  'information',
  'orientation',
  'form',
  'booking',
  'legal',
  'call',
  'accompaniment',
  'referral',
] as const
export const outcomes = ['solved', 'in_progress', 'sent', 'application_sent', 'call_back', 'not_here'] as const
export const withdrawalReasons = ['wrong_person', 'twice', 'not_happened', 'wrong_data'] as const

/** Services of the programme itself: whoever is sent there is told of to them. */
export const ownServices = ['self'] as const
export type OwnService = (typeof ownServices)[number]

type Need = { code: string; it: string; en: string; parent: string | null; refer?: string; aliases?: string[] }
export const needList: readonly Need[] = needs.items
const byCode = new Map(needList.map((need) => [need.code, need]))
export const needCodes = needList.map((need) => need.code) as [string, ...string[]]
export const needLabel = (code: string, lang: string) =>
  (lang === 'it' ? byCode.get(code)?.it : byCode.get(code)?.en) ?? code

/** What is asked at a digital afternoon stands first there, residence documents first elsewhere; whole groups come last. */
export const needsFor = (kind: string) => {
  const weight = (need: Need) => (need.parent === null ? 2 : kind === 'digital' && need.parent === 'DIG' ? 0 : 1)
  return [...needList].sort((a, b) => weight(a) - weight(b))
}
