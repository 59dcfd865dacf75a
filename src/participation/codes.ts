/** What people can speak about: the groups of the desk's list of needs that a citizen has a word for, and their pictograms. */
import type { PictogramName } from '../ui/pictograms.ts'

export const topicList = [
  { code: 'DOC', pictogram: 'id' },
  { code: 'LAV', pictogram: 'briefcase' },
  { code: 'SCU', pictogram: 'school' },
  { code: 'SAL', pictogram: 'stethoscope' },
  { code: 'CASA', pictogram: 'home' },
  { code: 'FAM', pictogram: 'users' },
  { code: 'DIG', pictogram: 'device-mobile' },
  { code: 'DIR', pictogram: 'scale' },
  { code: 'INT', pictogram: 'language' },
  { code: 'ALT', pictogram: 'message-circle' },
] as const satisfies readonly { code: string; pictogram: PictogramName }[]
export type Topic = (typeof topicList)[number]['code']
export const topics = topicList.map(({ code }) => code) as [Topic, ...Topic[]]

/** The three answers of every question that has faces. */
export const faces = ['yes', 'little', 'no'] as const
export type Face = (typeof faces)[number]
export const questions = ['living', 'helped', 'heard', 'taking_part'] as const
export type Question = (typeof questions)[number]

/** How a voice is taken down by us. */
export const takenAt = ['desk', 'mediator'] as const
export const statuses = ['open', 'looking', 'proposed', 'answered', 'closed', 'merged'] as const
export type Status = (typeof statuses)[number]
export const alarmRoles = ['operator', 'lawyer', 'coordinator'] as const

export const services = ['desk', 'digital', 'italian', 'civic', 'experiential', 'self', 'mediation', 'event'] as const
export type Service = (typeof services)[number]
export const changes = ['speak', 'know', 'work', 'documents', 'company'] as const
export const again = ['yes', 'maybe', 'no'] as const
export const filledBy = ['operator', 'mediator', 'paper'] as const
