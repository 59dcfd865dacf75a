/** What orientation announces. Ids, codes and days only. */
import { event } from '../kernel/events.ts'
import type { SessionKind } from './codes.ts'

/** An hour given: to one person, to a group, or on the way with somebody. */
export const sessionHeld = event<{
  session_id: string
  kind: SessionKind
  on: string
  minutes: number
  person_ids: string[]
}>('orientation.session_held')
export const sessionWithdrawn = event<{ session_id: string; on: string }>('orientation.session_withdrawn')

/** A recognition of qualifications or skills was applied for. */
export const recognitionApplied = event<{ milestone_id: string; person_id: string; on: string }>(
  'orientation.recognition_applied',
)
export const recognitionWithdrawn = event<{ milestone_id: string; on: string }>('orientation.recognition_withdrawn')
